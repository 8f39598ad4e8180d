"""Nothing wrong."""
import socket
import threading
import time

from network import SERVER, SERVER6, SYN, TCP_FASTOPEN, reset_on_close
from scenes.scene import exchange, finish, nginx, sample


@sample("http-v4.pcap", p80="closed-normally")
def http_v4(net):
    """curl gets a page from nginx."""
    nginx(net)
    net.run("client", "curl", "-sS", "http://%s/" % SERVER)


@sample("http-v6.pcap", s80="closed-normally")
def http_v6(net):
    """The same over IPv6."""
    nginx(net)
    net.run("client", "curl", "-sS", "-g", "http://[%s]/" % SERVER6)


@sample("http-nanoseconds.pcap", snaplen=96, p80="closed-normally")
def http_nanoseconds(net):
    """The same in a capture with nanoseconds, cut to 96 bytes a packet."""
    http_v4(net)


@sample("http-cooked.pcap@server", p80="closed-normally")
def http_cooked(net):
    """The same, captured on the pseudo-device `any` (link type LINUX_SLL2), at the server."""
    http_v4(net)


@sample("http-keep-alive.pcapng", p80="closed-normally")
def http_keep_alive(net):
    """curl gets three pages over one connection."""
    nginx(net)
    page = "http://%s/" % SERVER
    net.run("client", "curl", "-sS", page, page, page)


@sample("http-pipelined.pcap", p80="closed-normally")
def http_pipelined(net):
    """Three requests sent at once; the last says Connection: close."""
    nginx(net)
    client = net.dial(80)
    request = b"GET / HTTP/1.1\r\nHost: a\r\n%s\r\n"
    client.sendall(request % b"" + request % b"" + request % b"Connection: close\r\n")
    while client.recv(65536):
        pass
    client.close()


@sample("half-close-ncat.pcap", p7="closed-normally")
def half_close_ncat(net):
    """ncat sends two lines and its FIN; only then the server answers, with the lines sorted."""
    listener = net.listen(7)
    ncat = net.program("client", "sh", "-c", "printf 'b\\na\\n' | ncat %s 7" % SERVER)
    server = net.accept(listener)
    lines = b""
    while more := server.recv(100):
        lines += more
    server.sendall(b"".join(sorted(lines.splitlines(True))))
    server.close()
    ncat.wait(5)


@sample("simultaneous-close.pcap@server", p80="closed-normally")
def simultaneous_close(net):
    """Both ends close before the other's FIN has arrived; at the server."""
    listener = net.listen(80)
    net.slow("client", 2000)
    client = net.dial(80)
    server = net.accept(listener)
    client.close()
    server.close()
    time.sleep(2)


@sample("fast-open.pcap", p80="closed-normally")
def fast_open(net):
    """TCP Fast Open: the second connection carries its request in the SYN."""
    net.sysctl("server", "net.ipv4.tcp_fastopen=3")
    net.sysctl("client", "net.ipv4.tcp_fastopen=3")
    listener = net.socket("server")
    listener.bind((SERVER, 80))
    listener.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN, 5)
    listener.listen(5)
    for _ in range(2):
        client = net.socket("client")
        client.settimeout(None)  # else the call returns before the cookie has come
        client.sendto(b"request", socket.MSG_FASTOPEN, (SERVER, 80))
        server = net.accept(listener)
        server.recv(100)
        finish(client, server)


@sample("syn-cookies.pcap", p80="closed-normally")
def syn_cookies(net):
    """A server that always uses SYN cookies (tcp_syncookies = 2)."""
    net.sysctl("server", "net.ipv4.tcp_syncookies=2")
    exchange(net, 80)


@sample("port-reuse.pcap", p80="closed-normally")
def port_reuse(net):
    """The client uses the same port again at once, while the server is in TIME_WAIT."""
    listener = net.listen(80)
    for _ in range(2):
        client = net.dial(80, source_port=40000)
        server = net.accept(listener)
        finish(client, server, end=False)
        server.close()
        client.recv(100)
        client.close()
        time.sleep(1.1)  # the timestamp must have moved on for TIME_WAIT to yield


@sample("slow-connect.pcap", p80="closed-normally")
def slow_connect(net):
    """The first SYN is lost, the second gets through."""
    listener = net.listen(80)
    net.firewall("server", "input", "tcp dport 80 drop")
    threading.Timer(0.5, net.firewall, ("server", "input")).start()
    client = net.dial(80)
    finish(client, net.accept(listener))


@sample("still-open.pcap", p80="still-open")
def still_open(net):
    """An exchange on a connection that is still open when the capture ends."""
    client, server, _ = net.meet(80)
    finish(client, server, end=False)


@sample("reset-after-close.pcap", p80="reset-after-close closed-normally")
def reset_after_close(net):
    """The server has closed and the client has everything; it then closes with a reset."""
    client, server, _ = net.meet(80)
    finish(client, server, end=False)
    server.close()
    client.recv(100)
    reset_on_close(client)
    client.close()
