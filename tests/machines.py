"""Machines of one's own, each with a name, a network card and folders of its own, for what is set up on several: namespaces of Linux.

What a page tells somebody to type is typed here as it stands. A stick is the same folder in all of them, /media/usb. A machine whose power is
cut keeps what is on its disk and nothing else. Nothing of it is seen outside, and nothing outside is changed.
"""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.places import ROOT

KEPT = ("etc", "var/lib/postgresql", "var/log/postgresql", "var/backups", "usr/local/sbin")
"""What each machine has on a disk of its own: of /etc a copy, of all else a folder with nothing in it."""
PROGRAM = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {ROOT / ".venv" / "bin" / "python"} -m counter_assistant "$@"\n'
PATIENCE = 120
"""How long, in seconds, what was typed may take."""
ALONE = "unshare --net --mount --uts --pid --fork --kill-child --mount-proc"


@cache
def missing() -> str:
    """Why no machines can be had here; empty where they can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs Linux, as root"
    for program in ("unshare", "nsenter", "ip", "pg_createcluster", "openssl"):
        if not shutil.which(program):
            return f"needs {program}"
    tried = subprocess.run(
        [*ALONE.split(), "sh", "-c", "ip link add x type bridge && mount -t tmpfs none /run"],
        check=False,
        capture_output=True,
    )
    if not any(Path("/etc/postgresql").glob("*/main")):
        return "needs PostgreSQL as its package leaves it (/etc/postgresql)"
    return "" if tried.returncode == 0 else "needs namespaces (unshare) and a bridge"


class Machine:
    """A machine that runs until it is cut off."""

    def __init__(self, network: Network, name: str, number: int) -> None:
        self.name, self.address, self._network = name, f"10.77.0.{number}", network
        self._disk = network.folder / name
        self._outer: subprocess.Popen[bytes] | None = None
        self._disk.mkdir()
        subprocess.run(["cp", "-a", "/etc", self._disk], check=True)
        for place in KEPT[1:]:
            (self._disk / place).mkdir(parents=True)
        for data in Path("/etc/postgresql").glob("*/main"):  # as the package leaves it, but for what is in it
            made = self._disk / "var/lib/postgresql" / data.relative_to("/etc/postgresql")
            made.mkdir(parents=True)
            (made / "PG_VERSION").write_text(f"{data.parent.name}\n")
        subprocess.run(["chown", "-R", "postgres:postgres", *(self._disk / place for place in KEPT[1:3])], check=True)
        program = self._disk / "usr/local/sbin/counter-assistant"
        program.write_text(PROGRAM)
        program.chmod(0o755)

    def start(self) -> None:
        """Switches it on."""
        python = Path(sys.base_prefix)
        steps = [
            *(f"mount --bind {self._disk / place} /{place}" for place in KEPT),
            f"mkdir -p {self._disk}/python {self._disk}/mnt",
            f"mount --bind {python} {self._disk}/python",
            f"mount --bind {self._network.stick} /media",
            "mount -t tmpfs -o mode=755 none /run",
            "mkdir -p /run/postgresql && chown postgres:postgres /run/postgresql && chmod 2775 /run/postgresql",
            *(
                (
                    "mount -t tmpfs -o mode=755 none /root",
                    f"mkdir -p {python}",
                    f"mount --bind {self._disk}/python {python}",
                )
                if python.is_relative_to("/root")
                else ()
            ),
            f"hostname {self.name}",
            "ip link set lo up",
            "touch /run/on",
            "exec sleep infinity",
        ]
        switched_on = [
            "nsenter",
            "-t",
            str(self._network.switch.pid),
            "-n",
            *ALONE.split(),
            "sh",
            "-ec",
            "; ".join(steps),
        ]
        self._outer = subprocess.Popen(switched_on, stdin=subprocess.DEVNULL)
        _until(lambda: bool(self._inner) and self._is_on())
        self._network.plug_in(self.name, self._inner, self.address)

    def _is_on(self) -> bool:
        return subprocess.run([*self._into, "test", "-e", "/run/on"], check=False, capture_output=True).returncode == 0

    @property
    def _inner(self) -> int:
        assert self._outer
        below = Path(f"/proc/{self._outer.pid}/task/{self._outer.pid}/children").read_text().split()
        return int(below[0]) if below else 0

    @property
    def _into(self) -> list[str]:
        return ["nsenter", "-t", str(self._inner), "-m", "-n", "-u", "-p"]

    def cut(self) -> None:
        """Takes its power away."""
        if self._outer:
            self._outer.kill()
            self._outer.wait()
            self._outer = None
            self._network.unplug(self.name)

    def type(self, commands: str, answers: Sequence[str] = (), code: int = 0) -> str:
        """Types commands at its terminal as root, and what is asked for after them; gives what they say. They are done until one fails."""
        typed = [*self._into, "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                 f"PYTHONPYCACHEPREFIX={self._network.bytecode}", "HOME=/root", "sh", "-euc", f"cd /root\n{commands}"]  # fmt: skip
        ours, theirs = pty.openpty()
        try:
            with tempfile.TemporaryFile("w+") as said:  # a pipe would be held open by the servers that are started
                done = subprocess.Popen(typed, stdin=theirs, stdout=said, stderr=said, start_new_session=True)
                for asked, answer in enumerate(answers, 1):
                    _until(lambda asked=asked: os.pread(said.fileno(), 9999, 0).decode().count("：") >= asked)
                    os.write(ours, f"{answer}\n".encode())
                done.wait(PATIENCE)
                said.seek(0)
                text = said.read()
        finally:
            os.close(ours)
            os.close(theirs)
        assert done.returncode == code, f"{self.name}: {commands}\n{text}"
        return text


class Network:
    """Machines on one switch."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder, self.stick, self.bytecode = folder, folder / "stick", folder / "bytecode"
        self.bytecode.mkdir()
        self.bytecode.chmod(0o777)
        (self.stick / "usb").mkdir(parents=True)
        folder.chmod(0o755)
        bridge = "ip link add br0 type bridge && ip link set br0 up && echo on && exec sleep infinity"
        self.switch = subprocess.Popen(
            ["unshare", "--net", "sh", "-c", bridge], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        assert self.switch.stdout
        self.switch.stdout.readline()
        self.machines = {name: Machine(self, name, n) for n, name in enumerate(names, 1)}
        hosts = "".join(f"{one.address} {name}\n" for name, one in self.machines.items())
        for name in names:
            (folder / name / "etc/hosts").write_text(f"127.0.0.1 localhost\n{hosts}")

    def plug_in(self, name: str, process: int, address: str) -> None:
        at_switch = ["nsenter", "-t", str(self.switch.pid), "-n", "sh", "-ec"]
        card = f"ip link add {name} type veth peer name lan netns {process}; ip link set {name} master br0 up"
        subprocess.run([*at_switch, card], check=True)
        inside = f"ip addr add {address}/24 dev lan; ip link set lan up"
        subprocess.run(["nsenter", "-t", str(process), "-n", "sh", "-ec", inside], check=True)

    def unplug(self, name: str) -> None:
        """Takes a machine's cable out; what it sends arrives nowhere, and nothing says so."""
        gone = ["nsenter", "-t", str(self.switch.pid), "-n", "ip", "link", "del", name]
        subprocess.run(gone, check=False, capture_output=True)

    def end(self) -> None:
        """Switches all of it off."""
        for machine in self.machines.values():
            machine.cut()
        self.switch.send_signal(signal.SIGKILL)
        self.switch.wait()
        if self.switch.stdout:
            self.switch.stdout.close()


@contextmanager
def network(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Machine]]:
    """Machines of these names that run, on one switch."""
    made = Network(folder, names)
    try:
        for machine in made.machines.values():
            machine.start()
        yield made.machines
    finally:
        made.end()


def _until(holds: object) -> None:
    assert callable(holds)
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends, "a machine does not start"
        time.sleep(0.02)
