"""What a scene is, and what several scenes do.

A scene says what is done and what therefore is the truth. @sample lists the captures it gives, each
with "@" and the host at which it is taken (the client where nothing is said), and the causes that
are acceptable for the connections to each server address and port: the truth first, then what the
same packets may mean as well.
"""
import os
import socket

from network import SERVER, SERVER6, wait_for

SCENES = []


class Scene:
    def __init__(self, play, captures, truth, snaplen):
        self.play, self.snaplen = play, snaplen
        self.captures = {name.split("@")[0]: (name.split("@") + ["client"])[1] for name in captures}
        self.truth = truth
        self.name = play.__name__.replace("_", "-")
        self.how = " ".join(play.__doc__.split())


def sample(*captures, snaplen=0, **truth):
    """truth: p<port>="causes" for the server's IPv4 address, s<port> for its IPv6 address;
    others={"address:port": "causes"}."""
    rows = dict(truth.pop("others", {}))
    for key, causes in truth.items():
        address = SERVER if key[0] == "p" else "[%s]" % SERVER6
        rows["%s:%s" % (address, key[1:])] = causes

    def add(play):
        SCENES.append(Scene(play, captures, rows, snaplen))
        return play
    return add


def finish(client, server, end=True):
    """A request and its answer, then the client closes first."""
    client.sendall(b"request")
    server.recv(100)
    server.sendall(b"answer")
    client.recv(100)
    if end:
        client.shutdown(socket.SHUT_WR)
        server.recv(100)
        server.close()
        client.recv(100)
        client.close()


def exchange(net, port):
    client, server, listener = net.meet(port)
    finish(client, server)
    listener.close()


def keep_alive(one):
    """A probe after each second of silence; the third without an answer is the last."""
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1),
                          (socket.TCP_KEEPCNT, 3)):
        one.setsockopt(socket.IPPROTO_TCP, option, value)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)


def nginx(net):
    with open(os.path.join(net.folder, "index.html"), "w") as file:
        file.write("<p>" + "It works. " * 150 + "</p>\n")
    with open(os.path.join(net.folder, "nginx.conf"), "w") as file:
        file.write("""user root; daemon off; pid {0}/pid; error_log {0}/error; worker_processes 1;
events {{ }}
http {{ access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f;
  uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
  server {{ listen 80; listen [::]:80; root {0}; }} }}
""".format(net.folder))
    # Stops with its parent: killing the master by SIGKILL would leave the worker behind.
    net.program("server", "nginx", "-g", "master_process off;", "-c", file.name)
    wait_for(lambda: net.listening(80))
