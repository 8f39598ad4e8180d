"""Reset: by an end of the connection, or in its name."""
import contextlib
import os
import socket
import time

from network import (ACK, RST, SERVER, SERVER6, SYN, next_sequence_numbers, reset_on_close,
                     tcp_packet, vanish, wait_for)
from scenes.scene import finish, sample

ABORT = "aborted-by-application closed-with-unread-data"


@sample("unread-data.pcap", "unread-data.server.pcap@server", 
        p80="closed-with-unread-data aborted-by-application")
def unread_data(net):
    """The server reads 1000 of 5000 bytes and closes: its kernel sends a reset."""
    client, server, _ = net.meet(80)
    client.sendall(b"x" * 5000)
    wait_for(lambda: len(server.recv(5000, socket.MSG_PEEK)) == 5000)
    server.recv(1000)
    server.close()


@sample("unread-data-window-shut.pcap", "unread-data-window-shut.server.pcap@server",
        p80="closed-with-unread-data aborted-by-application")
def unread_data_window_shut(net):
    """A small receive buffer fills up and its window shuts; then the server closes unread."""
    client, server, _ = net.meet(80, receive_buffer=4096)
    client.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while client.send(b"x" * 1000):
            pass
    time.sleep(0.6)
    server.close()
    time.sleep(0.2)


@sample("linger-zero.pcap", "linger-zero.server.pcap@server", p80=ABORT)
def linger_zero(net):
    """The server reads the request, answers it, and closes with SO_LINGER {1, 0}."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    reset_on_close(server)
    server.close()


@sample("linger-zero-v6.pcap", s80=ABORT)
def linger_zero_v6(net):
    """The same over IPv6, by the client."""
    client, server, _ = net.meet(80, SERVER6)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    reset_on_close(client)
    client.close()


@sample("write-after-close.pcapng", p80="data-after-close")
def write_after_close(net):
    """The server answers and closes completely; the client then sends a second request."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    server.close()
    client.recv(100)
    time.sleep(0.2)
    client.sendall(b"another request")
    time.sleep(0.1)


@sample("restarted-server.pcap", "restarted-server.server.pcap@server",
        p80="connection-unknown-to-peer")
def restarted_server(net):
    """The server's machine restarts (its socket vanishes without a packet) and its service listens
    again; the client, which knows nothing of that, sends on."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    vanish(server)
    time.sleep(2)
    client.sendall(b"another request")
    time.sleep(0.1)


@sample("server-gone.pcap", p80="connection-unknown-to-peer")
def server_gone(net):
    """A filter drops the FIN of a server that ends, then its service is gone: half-open."""
    client, server, listener = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    net.firewall("server", "output", "tcp sport 80 tcp flags & (fin | rst) != 0 drop")
    vanish(server)
    listener.close()
    net.firewall("server", "output")
    time.sleep(1)
    client.sendall(b"another request")
    time.sleep(0.1)


@sample("listener-closed.pcap",
        p80="listener-closed aborted-by-application closed-with-unread-data")
def listener_closed(net):
    """Three connections wait in the accept queue when the listening program ends."""
    listener = net.listen(80)
    for _ in range(3):
        net.dial(80)
    time.sleep(0.2)
    listener.close()


@sample("stale-connection-heals.pcap",
        p80="connection-unknown-to-peer stale-connection-at-peer closed-normally")
def stale_connection_heals(net):
    """The client's machine restarts and uses the same port again, while the server still holds the
    old connection: challenge ACK, reset (the end of the old one), a new SYN, and all is well."""
    listener = net.listen(80)
    restart(net, listener)
    client = net.dial(80, source_port=40000)
    finish(client, net.accept(listener))


@sample("stale-connection-at-peer.pcap",
        p80="stale-connection-at-peer connection-unknown-to-peer still-open not-enough-evidence")
def stale_connection_at_peer(net):
    """The same behind a firewall that drops the reset: the server never forgets the old connection,
    and the new one does not come about."""
    listener = net.listen(80)
    restart(net, listener)
    net.firewall("router", "forward", "tcp flags rst drop")
    net.dial(80, source_port=40000)


def restart(net, listener):
    """A connection from port 40000 of which the client forgets everything."""
    client = net.dial(80, source_port=40000)
    server = net.accept(listener)
    client.sendall(b"request")
    server.recv(100)
    vanish(client)
    time.sleep(0.5)


@sample("injected-reset.pcap", p80="injected-reset forged-reset")
def injected_reset(net):
    """The router sends a reset in the server's name right after the request; the server's answer
    still arrives."""
    client, server, _ = net.meet(80)
    client.sendall(b"GET /forbidden HTTP/1.1\r\n\r\n")
    server.recv(100)
    seq, expected = next_sequence_numbers(client)
    for again in range(2):
        net.inject("router", tcp_packet(SERVER, 80, *client.getsockname(), RST | ACK, expected, seq,
                                        ttl=101, identification=4711 + again))
    server.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    time.sleep(0.2)


@sample("forged-resets-survived.pcap@server", p80="forged-reset closed-normally still-open")
def forged_resets_survived(net):
    """Resets guessed from off the path, all inside the window and none exact: challenge ACKs, and
    the connection lives on to its normal end."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    seq, _ = next_sequence_numbers(client)
    for step in range(1, 6):
        net.inject("router", tcp_packet(*client.getsockname(), SERVER, 80, RST, seq + 3000 * step,
                                        ttl=41, identification=step * 999))
    server.sendall(b"answer")
    client.recv(100)
    finish(client, server)


@sample("forged-syn.pcap@server", p80="forged-syn closed-normally")
def forged_syn(net):
    """A forged SYN inside an established connection: a challenge ACK, and life goes on."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    seq, _ = next_sequence_numbers(client)
    net.inject("router", tcp_packet(*client.getsockname(), SERVER, 80, SYN, seq + 100, ttl=41,
                                    identification=999))
    time.sleep(0.1)
    server.sendall(b"answer")
    client.recv(100)
    finish(client, server)


@sample("time-wait-assassination.pcap",
        p80="time-wait-assassination closed-normally reset-after-close")
def time_wait_assassination(net):
    """A forged reset reaches the client in TIME_WAIT."""
    client, server, _ = net.meet(80)
    finish(client, server, end=False)
    client.shutdown(socket.SHUT_WR)
    server.recv(1)
    seq, expected = next_sequence_numbers(client)
    address = client.getsockname()
    server.close()
    time.sleep(0.2)
    net.inject("router", tcp_packet(SERVER, 80, *address, RST, expected + 1, ttl=63))


@sample("refused-behind-proxy.pcap", p8080="refused-behind-proxy")
def refused_behind_proxy(net):
    """nftables' synproxy on the router completes the handshake; behind it the port is closed."""
    net.sysctl("router", "net.netfilter.nf_conntrack_tcp_loose=0")
    rules = """table ip t {
  chain early { type filter hook prerouting priority raw
    tcp dport 8080 tcp flags syn notrack
  }
  chain pass { type filter hook forward priority 0
    tcp dport 8080 ct state invalid,untracked synproxy mss 1460 wscale 7 timestamp sack-perm
    ct state invalid drop
  }
}
"""
    with open(os.path.join(net.folder, "rules"), "w") as file:
        file.write(rules)
    net.run("router", "nft", "-f", file.name)
    client = net.dial(8080)
    with contextlib.suppress(OSError):
        client.sendall(b"request")
        client.recv(100)
    time.sleep(0.5)
