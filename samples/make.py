#!/usr/bin/env python3
"""Makes the captures of this folder again, with expected.tsv and the table of README.md.

usage (as root): samples/make.py [SCENE...]        default: all, four at a time
       samples/make.py --list

Packages: scripts/install-packages.sh samples
"""
import concurrent.futures
import os
import shutil
import signal
import subprocess
import sys

import network
from scenes import SCENES

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS_PER_SCENE = 150


def play(scene, prefix):
    """Plays one scene in this process and puts its captures here."""
    with network.Network(prefix) as net:
        for name, role in scene.captures.items():
            net.capture(role, name, scene.snaplen)
        scene.play(net)
        for name, path in net.end_captures().items():
            shutil.copyfile(path, os.path.join(HERE, name))


def play_apart(scene):
    """Plays one scene in a process of its own; whatever becomes of it, no namespace stays."""
    child = subprocess.Popen([sys.executable, __file__, "--play", scene.name],
                             stderr=subprocess.PIPE, text=True)
    try:
        said = child.communicate(timeout=SECONDS_PER_SCENE)[1]
    except subprocess.TimeoutExpired:
        child.kill()
        said = child.communicate()[1] + "took too long"
    network.remove_namespaces(prefix_of(child.pid))
    return scene, child.returncode, said


def prefix_of(pid):
    return "tcpwhy%d-" % pid


def write_expected():
    with open(os.path.join(HERE, "expected.tsv"), "w") as file:
        file.write("# What each capture must be found to hold: written by make.py from scenes/.\n"
                   "# file\tserver\tacceptable causes, the truth first\n")
        for scene in SCENES:
            for name in scene.captures:
                for server, causes in scene.truth.items():
                    file.write("%s\t%s\t%s\n" % (name, server, causes.replace(" ", ",")))


def write_table():
    path = os.path.join(HERE, "README.md")
    with open(path) as file:
        text = file.read()
    mark = "| capture |"
    rows = [mark + " taken at | how it was made | truth |", "|---|---|---|---|"]
    for scene in SCENES:
        truth = ", ".join("%s: %s" % (server.replace(network.SERVER + ":", ":")
                                      .replace("[%s]:" % network.SERVER6, ":"), causes.split()[0])
                          for server, causes in scene.truth.items())
        rows += ["| `%s` | %s | %s | %s |" % (name, role, scene.how, truth)
                 for name, role in scene.captures.items()]
    with open(path, "w") as file:
        file.write(text.split(mark)[0] + "\n".join(rows) + "\n")


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(scene.name for scene in SCENES))
        return 0
    if os.geteuid() != 0:
        print("make.py: network namespaces need root; run it with sudo", file=sys.stderr)
        return 2
    if arguments[:1] == ["--play"]:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        play(next(s for s in SCENES if s.name == arguments[1]), prefix_of(os.getpid()))
        return 0
    unknown = set(arguments) - {scene.name for scene in SCENES}
    if unknown:
        print("make.py: no scene is named", *sorted(unknown), file=sys.stderr)
        return 2
    chosen = [scene for scene in SCENES if not arguments or scene.name in arguments]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for scene, code, said in pool.map(play_apart, chosen):
            if code:
                failed += 1
                print("%s: failed\n%s" % (scene.name, said), file=sys.stderr)
    write_expected()
    write_table()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
