"""No handshake: nobody answers, or too late, or wrongly."""
import contextlib
import socket
import struct
import threading
import time

from network import ACK, CLIENT, SERVER, SYN, TCP_MD5SIG, UNUSED_BEHIND_ROUTER, tcp_packet
from scenes.scene import exchange, sample


@sample("dropped-by-nftables.pcap", p80="closed-normally",
        p8080="dropped-by-firewall no-answer accept-queue-full")
def dropped_by_nftables(net):
    """nftables on the server drops the port; another port of the host answers."""
    net.firewall("server", "input", "tcp dport 8080 drop")
    exchange(net, 80)
    net.dial(8080, timeout=6)


@sample("no-answer.pcap.gz", others={UNUSED_BEHIND_ROUTER + ":80": "no-answer dropped-by-firewall"})
def no_answer(net):
    """The router silently drops everything for an address. Compressed with gzip."""
    net.firewall("router", "forward", "ip daddr %s drop" % UNUSED_BEHIND_ROUTER)
    net.dial(80, UNUSED_BEHIND_ROUTER, timeout=6)


@sample("accept-queue-full-at-syn.pcap",
        p80="accept-queue-full dropped-by-firewall still-open listener-closed")
def accept_queue_full_at_syn(net):
    """The accept queue of a listener that never accepts is full before the SYN comes: the SYN is
    dropped, as a firewall would do; the first connection went through."""
    net.listen(80, backlog=0)
    net.dial(80)
    net.dial(80, timeout=6)


@sample("accept-queue-full-at-ack.pcap", "accept-queue-full-at-ack.server.pcap@server",
        p80="accept-queue-full still-open")
def accept_queue_full_at_ack(net):
    """Two handshakes at once at a listener with room for one more: the final ACK of the second is
    dropped, the server repeats its SYN-ACK."""
    crowd(net, seconds=5)


@sample("accept-queue-full-abort.pcap", p80="accept-queue-full still-open")
def accept_queue_full_abort(net):
    """The same with tcp_abort_on_overflow: the final ACK is answered by a reset."""
    net.sysctl("server", "net.ipv4.tcp_abort_on_overflow=1")
    crowd(net, seconds=1)


def crowd(net, seconds):
    """Room for three, two of them taken; then two handshakes at the same time."""
    net.sysctl("server", "net.ipv4.tcp_syncookies=0")
    net.listen(80, backlog=2)
    net.dial(80)
    # So slow that both SYNs have arrived before the first ACK: they queue up behind this one's.
    net.slow("client", 8000)
    net.dial(80)
    for _ in range(2):
        one = net.socket("client")
        one.setblocking(False)
        one.connect_ex((SERVER, 80))
    time.sleep(seconds)


@sample("connect-timeout-too-short.pcap", p79="still-open", p80="connect-timeout-too-short")
def connect_timeout_too_short(net):
    """The client waits half a second, the SYN-ACK takes longer; the late SYN-ACK is reset."""
    net.listen(80)
    net.slow("server", 400)
    net.meet(79)
    net.dial(80, timeout=0.5).close()
    time.sleep(5)


@sample("handshake-abandoned.pcap@server",
        p80="handshake-abandoned syn-scan syn-flood not-enough-evidence")
def handshake_abandoned(net):
    """A raw SYN whose sender never answers the SYN-ACK, not even with a reset; at the server."""
    net.listen(80)
    net.firewall("client", "output", "tcp flags rst drop")
    net.inject("client", tcp_packet(CLIENT, 40000, SERVER, 80, SYN, 1_000_000))
    time.sleep(8)


@sample("authentication-mismatch.pcap",
        p179="authentication-mismatch no-answer dropped-by-firewall")
def authentication_mismatch(net):
    """The client signs its SYNs with TCP-MD5, the server has no key for it and ignores them."""
    net.listen(179)
    one = net.socket("client")
    key = struct.pack("HH", socket.AF_INET, 0) + socket.inet_aton(SERVER)
    one.setsockopt(socket.IPPROTO_TCP, TCP_MD5SIG,
                   key.ljust(128, b"\0") + struct.pack("BBHi", 0, 0, 6, 0) +
                   b"secret".ljust(80, b"\0"))
    with contextlib.suppress(OSError):
        one.connect((SERVER, 179))


@sample("bad-syn-ack.pcap", p80="bad-syn-ack")
def bad_syn_ack(net):
    """A program on the server answers the SYN with a SYN-ACK for a number that was never sent."""
    net.firewall("server", "input", "tcp dport 80 drop")
    with net.inside("server"):
        wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
    wire.settimeout(3)

    def answer():
        while True:
            packet = wire.recv(2000)
            if packet[9] == socket.IPPROTO_TCP and packet[33] == SYN:
                port, seq = struct.unpack("!H2xI", packet[20:28])
                net.inject("server", tcp_packet(SERVER, 80, CLIENT, port, SYN | ACK, 5000,
                                                seq + 777))
                return
    other = threading.Thread(target=answer)
    other.start()
    net.dial(80, timeout=0.5)
    other.join()
    wire.close()


@sample("syn-scan.pcap", p22="syn-scan", p80="syn-scan",
        **{"p%d" % port: "no-listener rejected-by-firewall"
           for port in (21, 23, 25, 110, 143, 443)})
def syn_scan(net):
    """Raw SYNs to eight ports; the scanning host's kernel resets the SYN-ACKs of the open two."""
    net.listen(22)
    net.listen(80)
    for at, port in enumerate((21, 22, 23, 25, 80, 110, 143, 443)):
        net.inject("client", tcp_packet(CLIENT, 50000 + at, SERVER, port, SYN,
                                        7_000_000 * (at + 1)))


@sample("syn-flood.pcap.zst@server", snaplen=96,
        p80="syn-flood handshake-abandoned dropped-by-firewall no-answer accept-queue-full")
def syn_flood(net):
    """150 SYNs from forged sources within a fraction of a second; at the server, zstd."""
    net.listen(80, backlog=8)
    net.run("router", "ip", "route", "add", "blackhole", "203.0.113.0/24")
    for at in range(150):
        net.inject("client", tcp_packet("203.0.113.%d" % (at + 50), 1024 + 37 * at, SERVER, 80,
                                        SYN, 99_991 * at, ttl=250))
    time.sleep(1.5)
