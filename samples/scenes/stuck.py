"""Given up, or stuck."""
import contextlib
import socket
import time

from network import SERVER6
from scenes.scene import exchange, keep_alive, sample


@sample("keepalive-timeout.pcap", p80="keepalive-timeout")
def keepalive_timeout(net):
    """The path breaks while the connection is idle; keepalive (1 s, 3 probes) gives it up."""
    client, _, _ = net.meet(80)
    keep_alive(client)
    net.firewall("router", "forward", "drop")
    time.sleep(5.5)


@sample("peer-vanishes.pcap", p80="peer-stopped-answering")
def peer_vanishes(net):
    """The link behind the router goes down during a transfer. The router says so (ICMP 3/0), which
    an established connection does not take for an end; the client sends its data again and again,
    then gives up in silence (tcp_retries2 = 6)."""
    net.sysctl("client", "net.ipv4.tcp_retries2=6")
    client, server, _ = net.meet(80)
    client.sendall(b"x" * 3000)
    server.recv(3000)
    net.run("router", "ip", "link", "set", "eth1", "down")
    client.sendall(b"y" * 1000)
    with contextlib.suppress(OSError):
        client.settimeout(60)
        client.recv(1)
    time.sleep(1)


@sample("peer-vanishes-v6.pcap", s80="peer-stopped-answering")
def peer_vanishes_v6(net):
    """Over IPv6, with a filter on the router that begins to drop everything in silence."""
    net.sysctl("client", "net.ipv4.tcp_retries2=6")
    client, server, _ = net.meet(80, SERVER6)
    client.sendall(b"x" * 3000)
    server.recv(3000)
    net.firewall("router", "forward", "drop")
    client.sendall(b"y" * 1000)
    with contextlib.suppress(OSError):
        client.settimeout(60)
        client.recv(1)
    time.sleep(1)


@sample("path-mtu-black-hole.pcap.lz4", p80="path-mtu-blackhole")
def path_mtu_black_hole(net):
    """The link behind the router carries 1400 bytes, and the router's ICMP about it is filtered.
    Compressed with lz4."""
    net.run("router", "ip", "link", "set", "eth1", "mtu", "1400")
    net.firewall("router", "output", "meta l4proto icmp drop")
    client, server, _ = net.meet(80)
    client.sendall(b"small")
    server.recv(100)
    client.sendall(b"x" * 4500)
    time.sleep(8)


@sample("zero-window-stall.pcap", "zero-window-stall.server.pcap@server", p80="zero-window-stall")
def zero_window_stall(net):
    """The server's program stops reading: its window shuts, the client probes it."""
    client, _, _ = net.meet(80, receive_buffer=4096)
    client.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while client.send(b"x" * 1000):
            pass
    time.sleep(12)


@sample("peer-never-closes.pcap", p80="peer-never-closed")
def peer_never_closes(net):
    """The client has sent everything and says so; the server's program forgets to close."""
    client, server, _ = net.meet(80)
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    client.shutdown(socket.SHUT_WR)
    time.sleep(65)
    exchange(net, 81)  # so that the capture shows how long it went on
