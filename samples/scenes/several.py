"""Everything at once."""
import socket
import threading
import time

from network import SERVER, UNUSED_BEHIND_ROUTER, UNUSED_ON_LAN, vanish, wait_for
from scenes.scene import finish, keep_alive, nginx, sample


@sample("several-failures.pcapng", p80="closed-normally", p81="no-listener rejected-by-firewall",
        p82="closed-with-unread-data aborted-by-application", p83="data-after-close",
        p84="connection-unknown-to-peer", p85="dropped-by-firewall no-answer accept-queue-full",
        p86="rejected-by-firewall", p87="keepalive-timeout",
        others={UNUSED_BEHIND_ROUTER + ":5432": "host-unreachable",
                UNUSED_ON_LAN + ":0": "neighbor-unresolved"})
def several_failures(net):
    """A bad morning at one client: good exchanges with nginx among nine kinds of failures."""
    net.firewall("server", "input", "tcp dport 85 drop",
                 "tcp dport 86 reject with icmpx admin-prohibited")
    nginx(net)
    page = "http://%s/" % SERVER
    net.run("client", "curl", "-sS", page, page)
    for _ in range(3):
        net.dial(81)
    waiting = [threading.Thread(target=net.dial, args=args) for args in
               ((85, SERVER, 6.0), (85, SERVER, 6.0), (5432, UNUSED_BEHIND_ROUTER),
                (22, UNUSED_ON_LAN))]
    for one in waiting:
        one.start()
        time.sleep(0.05)
    for _ in range(2):
        client, server, listener = net.meet(82)
        client.sendall(b"x" * 3000)
        wait_for(lambda: len(server.recv(3000, socket.MSG_PEEK)) == 3000)
        server.recv(1000)
        server.close()
        listener.close()
    client, server, listener = net.meet(83)
    finish(client, server, end=False)
    server.close()
    time.sleep(0.2)
    client.sendall(b"another request")
    client, server, _ = net.meet(84)
    finish(client, server, end=False)
    vanish(server)
    time.sleep(1)
    client.sendall(b"another request")
    net.dial(86)
    net.dial(86)
    client, _, _ = net.meet(87)
    keep_alive(client)
    net.firewall("router", "forward", "tcp sport 87 drop", "tcp dport 87 drop")
    net.run("client", "curl", "-sS", page)
    for one in waiting:
        one.join()
    time.sleep(1)
    net.run("client", "curl", "-sS", page)
