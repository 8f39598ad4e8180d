"""A client, a router and a server in network namespaces of their own, and captures of them.

    client 192.0.2.2 ── 192.0.2.1 router 198.51.100.1 ── 198.51.100.2 server
    client 2001:db8:1::2 ── 2001:db8:1::1 router 2001:db8:2::1 ── 2001:db8:2::2 server

A socket belongs to the namespace in which it was made, so one program plays both ends, step by
step, against real kernel stacks.
"""
import contextlib
import ctypes
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

CLIENT, SERVER = "192.0.2.2", "198.51.100.2"
CLIENT6, SERVER6 = "2001:db8:1::2", "2001:db8:2::2"
UNUSED_ON_LAN, UNUSED_BEHIND_ROUTER, ELSEWHERE = "192.0.2.77", "198.51.100.77", "203.0.113.9"
ELSEWHERE6 = "2001:db8:9::9"
ROLES = ("client", "router", "server")

# linux/tcp.h; not all of them are in Python's socket module.
TCP_MD5SIG, TCP_REPAIR, TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ, TCP_FASTOPEN = 14, 19, 20, 21, 23
RECEIVE_QUEUE, SEND_QUEUE = 1, 2
CLONE_NEWNET = 0x40000000
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def run(*command, **more):
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, **more)


def wait_for(condition, seconds=5.0):
    """Waits until condition() holds; an error when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.02)


def remove_namespaces(prefix):
    """Removes what a network with that prefix left behind, if anything."""
    for role in ROLES:
        subprocess.run(["ip", "netns", "delete", prefix + role], stderr=subprocess.DEVNULL)


class Network:
    """The three namespaces while it is open."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.sockets, self.captures, self.programs = [], [], []
        self.folder = tempfile.mkdtemp(prefix="tcpwhy-sample-")

    def __enter__(self):
        for role in ROLES:
            run("ip", "netns", "add", self.prefix + role)
            self.run(role, "ip", "link", "set", "lo", "up")
            # Nothing among the packets that no connection asked for.
            self.sysctl(role, "net.ipv6.conf.default.router_solicitations=0",
                        "net.ipv6.conf.default.accept_dad=0")
        self.join("client", "eth0", "router", "eth0")
        self.join("router", "eth1", "server", "eth0")
        self.address("client", "eth0", CLIENT + "/24", CLIENT6 + "/64")
        self.address("router", "eth0", "192.0.2.1/24", "2001:db8:1::1/64")
        self.address("router", "eth1", "198.51.100.1/24", "2001:db8:2::1/64")
        self.address("server", "eth0", SERVER + "/24", SERVER6 + "/64")
        self.sysctl("router", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
        for role, gateway, gateway6 in (("client", "192.0.2.1", "2001:db8:1::1"),
                                        ("server", "198.51.100.1", "2001:db8:2::1")):
            self.run(role, "ip", "route", "add", "default", "via", gateway)
            self.run(role, "ip", "-6", "route", "add", "default", "via", gateway6)
        return self

    def __exit__(self, *_):
        for program in self.programs:
            program.kill()
            program.wait()
        for one in self.sockets:
            one.close()
        remove_namespaces(self.prefix)
        shutil.rmtree(self.folder, ignore_errors=True)

    # Set-up.
    def run(self, role, *command):
        run("ip", "netns", "exec", self.prefix + role, *command,
            stdout=subprocess.DEVNULL)

    def sysctl(self, role, *settings):
        for setting in settings:
            key, value = setting.split("=", 1)
            with self.inside(role), open("/proc/sys/" + key.replace(".", "/"), "w") as file:
                file.write(value)

    def join(self, role, name, other_role, other_name):
        run("ip", "link", "add", name, "netns", self.prefix + role, "type", "veth",
            "peer", "name", other_name, "netns", self.prefix + other_role)
        for where, what in ((role, name), (other_role, other_name)):
            self.run(where, "ip", "link", "set", what, "up")

    def address(self, role, name, *addresses):
        for one in addresses:
            nodad = ["nodad"] if ":" in one else []
            self.run(role, "ip", "address", "add", one, "dev", name, *nodad)

    def firewall(self, role, hook, *rules):
        """A fresh packet filter on input, output or forward; without rules, none."""
        text = "flush ruleset\n"
        if rules:
            text += "table inet t { chain c {\ntype filter hook %s priority 0;\n%s\n}\n}\n" % (
                hook, "\n".join(rules))
        subprocess.run(["ip", "netns", "exec", self.prefix + role, "nft", "-f", "-"],
                       input=text.encode(), check=True)

    def slow(self, role, bits_per_second):
        """Small packets that leave eth0 queue up behind each other; large ones are lost."""
        self.run(role, "tc", "qdisc", "add", "dev", "eth0", "root", "tbf",
                 "rate", "%dbit" % bits_per_second, "burst", "90", "latency", "60s")

    # Sockets and programs.
    @contextlib.contextmanager
    def inside(self, role):
        libc = ctypes.CDLL(None, use_errno=True)
        own = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open("/run/netns/" + self.prefix + role, os.O_RDONLY)
        try:
            if libc.setns(there, CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
            yield
        finally:
            libc.setns(own, CLONE_NEWNET)
            os.close(own)
            os.close(there)

    def socket(self, role, family=socket.AF_INET, kind=socket.SOCK_STREAM, protocol=0):
        with self.inside(role):
            one = socket.socket(family, kind, protocol)
        one.settimeout(5)
        self.sockets.append(one)
        return one

    def listen(self, port, backlog=16, address=SERVER, receive_buffer=0):
        one = self.socket("server", family_of(address))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if receive_buffer:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        one.bind((address, port))
        one.listen(backlog)
        return one

    def dial(self, port, address=SERVER, timeout=5.0, source_port=0):
        """A client's connection attempt; returns its socket, connected or failed."""
        one = self.socket("client", family_of(address))
        one.settimeout(timeout)
        if source_port:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((CLIENT6 if ":" in address else CLIENT, source_port))
        with contextlib.suppress(OSError):
            one.connect((address, port))
        return one

    def meet(self, port, address=SERVER, **more):
        """A connection made and accepted: the client's socket, the server's, the listener."""
        listener = self.listen(port, address=address, **more)
        client = self.dial(port, address)
        return client, self.accept(listener), listener

    def accept(self, listener):
        one, _ = listener.accept()
        one.settimeout(5)
        self.sockets.append(one)
        return one

    def program(self, role, *command, **more):
        one = subprocess.Popen(["ip", "netns", "exec", self.prefix + role, *command],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, **more)
        self.programs.append(one)
        return one

    def listening(self, port):
        """Whether some program listens on that port at the server."""
        with self.inside("server"):
            # /proc/net follows the reader's namespace: /proc/thread-self, not the process's own.
            for table in ("tcp", "tcp6"):
                with open("/proc/thread-self/net/" + table) as file:
                    if any(line.split()[1].endswith(":%04X" % port) and line.split()[3] == "0A"
                           for line in file.readlines()[1:]):
                        return True
        return False

    def inject(self, role, packet):
        """Sends an IPv4 packet made by tcp_packet()."""
        raw = self.socket(role, kind=socket.SOCK_RAW, protocol=socket.IPPROTO_RAW)
        raw.sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))

    # Captures.
    def capture(self, role, name, snaplen=0):
        """Begins a capture on eth0 of role; its form follows from the file's name."""
        plain = os.path.join(self.folder, name.removesuffix(".gz").removesuffix(".zst")
                             .removesuffix(".lz4"))
        if plain.endswith(".pcapng"):
            command = ["dumpcap", "-q", "-i", "eth0", "-w", plain]
        else:
            interface = "any" if "cooked" in name else "eth0"
            command = ["tcpdump", "-i", interface, "-U", "--immediate-mode", "-Z", "root",
                       "-s", str(snaplen), "-w", plain]
            if "nanoseconds" in name:
                command.append("--time-stamp-precision=nano")
        log = plain + ".log"
        with open(log, "w") as file:
            one = subprocess.Popen(["ip", "netns", "exec", self.prefix + role, *command],
                                   stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        self.programs.append(one)
        wait_for(lambda: "listening on" in open(log).read() or "File:" in open(log).read(), 10)
        self.captures.append((one, plain, name))

    def end_captures(self):
        """Stops all captures; returns their files by name."""
        time.sleep(0.3)  # dumpcap hands packets over every 0.1 s
        for one, _, _ in self.captures:
            one.send_signal(signal.SIGINT)
        files = {}
        for one, plain, name in self.captures:
            one.wait(10)
            packer = {".gz": ["gzip", "-9nk"], "zst": ["zstd", "-q19"], "lz4": ["lz4", "-q9"]}
            if name[-3:] in packer:
                run(*packer[name[-3:]], plain, *([plain + ".lz4"] if name.endswith("lz4") else []))
                plain = os.path.join(self.folder, name)
            files[name] = plain
        return files


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def reset_on_close(one):
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def vanish(one):
    """Ends a socket without a packet, as a crash of the whole machine would."""
    one.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    one.close()


def next_sequence_numbers(one):
    """(snd_nxt, rcv_nxt) of a connection."""
    numbers = []
    one.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    for queue in (SEND_QUEUE, RECEIVE_QUEUE):
        one.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR_QUEUE, queue)
        number = one.getsockopt(socket.IPPROTO_TCP, TCP_QUEUE_SEQ)
        numbers.append(number & 0xFFFFFFFF)
    one.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, -1)  # off, without a window probe
    return tuple(numbers)


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data[:len(data) & ~1]))
    total += data[-1] << 8 if len(data) & 1 else 0
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def tcp_packet(source, source_port, target, target_port, flags, seq, ack=0, window=1024, ttl=64,
               identification=0, payload=b""):
    """An IPv4 packet with a TCP segment without options, as a tool would forge it."""
    addresses = socket.inet_aton(source) + socket.inet_aton(target)
    head = struct.pack("!HHIIBBHHH", source_port, target_port, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF,
                       5 << 4, flags, window, 0, 0)
    pseudo = addresses + struct.pack("!BBH", 0, socket.IPPROTO_TCP, len(head) + len(payload))
    head = head[:16] + struct.pack("!H", checksum(pseudo + head + payload)) + head[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 40 + len(payload), identification, 0, ttl,
                     socket.IPPROTO_TCP, 0) + addresses
    return ip + head + payload
