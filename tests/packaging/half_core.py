"""How a bundle does on the weakest PC: half a core, 2 GB and a slow disk, held by the system's control groups.

    python -m tests.packaging.half_core BUNDLE [--slips N]

In the groups are the desk, its display, its window manager and its print service, as they are on one PC. Says how long a start takes to the
window, the first one after the PC was switched on and its display has come up (nothing else is in memory), and a later one; and how long it
takes from F9 until CUPS has the whole sheet. Takes an administrator, Xvfb, openbox, xdotool and CUPS.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from tests.printing.conftest import CupsServer, private_server

GROUPS = Path("/sys/fs/cgroup")
NAME = "counter-assistant-half-core"
SHARE, PERIOD = 50_000, 100_000  # microseconds of processor in each period
MEMORY = 2 << 30
BYTES, CALLS = 60_000_000, 300  # a second, of the disk, each way
DISPLAY = ":79"
STARTS, WARM_UP = 5, 2


class Group:
    """Control groups in which processes have no more than a weak PC, and that much whatever else runs; of either version of the system's."""

    def __init__(self) -> None:
        self._together = (GROUPS / "cgroup.controllers").is_file()
        disk = Path("/var/tmp").stat().st_dev
        place = f"{os.major(disk)}:{os.minor(disk)}"
        if self._together:
            self._set("", "cpu.max", f"{SHARE} {PERIOD}")
            self._set("", "cpu.weight", "10000")
            self._set("", "memory.max", str(MEMORY))
            self._set("", "io.max", f"{place} rbps={BYTES} wbps={BYTES} riops={CALLS} wiops={CALLS}")
            return
        self._set("cpu", "cpu.cfs_period_us", str(PERIOD))
        self._set("cpu", "cpu.cfs_quota_us", str(SHARE))
        self._set("cpu", "cpu.shares", "100000")
        self._set("cpuacct", "", "")
        self._set("memory", "memory.limit_in_bytes", str(MEMORY))
        for way in ("read", "write"):
            self._set("blkio", f"blkio.throttle.{way}_bps_device", f"{place} {BYTES}")
            self._set("blkio", f"blkio.throttle.{way}_iops_device", f"{place} {CALLS}")

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Whatever is started meanwhile stays in the groups; this process, which only looks on, leaves them again."""
        self._enter(NAME)
        try:
            yield
        finally:
            self._enter("")

    def _enter(self, name: str) -> None:
        for kind in ("",) if self._together else ("cpu", "cpuacct", "memory", "blkio"):
            (GROUPS / kind / name / "cgroup.procs").write_text(str(os.getpid()))

    def worked(self) -> float:
        """Seconds of processor that all in the groups have had: what no other work on this machine changes."""
        if not self._together:
            return int((GROUPS / "cpuacct" / NAME / "cpuacct.usage").read_text("ascii")) / 1e9
        stat = dict(line.split() for line in (GROUPS / NAME / "cpu.stat").read_text("ascii").splitlines())
        return int(stat["usage_usec"]) / 1e6

    def throttled(self) -> str:
        """What the system says of how often it held them back."""
        place = GROUPS / ("" if self._together else "cpu") / NAME / "cpu.stat"
        return " ".join(place.read_text("ascii").split())

    def _set(self, kind: str, name: str, value: str) -> None:
        folder = GROUPS / kind / NAME
        folder.mkdir(exist_ok=True)
        if name:
            (folder / name).write_text(value)


def main(arguments: list[str]) -> int:
    """Measures, and prints one JSON value."""
    parser = argparse.ArgumentParser(prog="half_core")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--slips", type=int, default=40)
    asked = parser.parse_args(arguments)
    group = Group()
    with ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")))
        with group.joined():
            cups = opened.enter_context(private_server())
        cups.queue("counter", "窗口打印机")
        cups.run("lpadmin", "-d", "counter")
        figures = measure(
            group, partial(desk, group, asked.bundle / "bin" / "counter-assistant", cups, home), cups, asked.slips
        )
    print(json.dumps(figures | {"held": group.throttled()}, ensure_ascii=False, indent=1))
    return 0


def measure(
    group: Group, open_desk: Callable[[], AbstractContextManager[float]], cups: CupsServer, slips: int
) -> dict[str, float]:
    """The figures, in milliseconds."""
    first: list[float] = []
    later: list[float] = []
    for _ in range(STARTS):
        subprocess.run(["sync"], check=True)
        Path("/proc/sys/vm/drop_caches").write_text("3", "ascii")
        with screen(group):
            for starts in (first, later):
                with open_desk() as seconds:
                    starts.append(seconds)
                    time.sleep(4)
    spooled: list[tuple[float, float]] = []
    with screen(group), open_desk():
        time.sleep(6)
        keys("Escape")  # the first page takes the example office
        time.sleep(3)
        for n in range(slips + WARM_UP):
            taken = one_slip(group, cups)
            if n >= WARM_UP:
                spooled.append(taken)
    clock, cpu = zip(*spooled, strict=True)
    return {
        "first_start_ms": round(median(first) * 1e3), "first_start_worst_ms": round(max(first) * 1e3),
        "start_ms": round(median(later) * 1e3), "start_worst_ms": round(max(later) * 1e3),
        "f9_to_spooled_ms": round(median(clock) * 1e3), "f9_to_spooled_p95_ms": round(quantiles(clock, n=20)[-1] * 1e3),
        "f9_to_spooled_cpu_ms": round(median(cpu) * 1e3),
    }  # fmt: skip


def one_slip(group: Group, cups: CupsServer) -> tuple[float, float]:
    """Seconds from F9 until CUPS has the sheets of a slip, by the clock and of processor."""
    keys("type zl", "Return", "type 1112", "Return", "type Anna Lee")
    time.sleep(3)  # the paper beside it is drawn; a clerk reads it
    before = jobs(cups)
    began, worked = time.monotonic(), group.worked()
    xdo("key", "F9")
    while not jobs(cups) - before:
        if time.monotonic() - began > 30:
            subprocess.call(["import", "-window", "root", "not-spooled.png"])
            raise SystemExit("nothing was spooled: not-spooled.png shows why")
        time.sleep(0.002)
    taken = time.monotonic() - began, group.worked() - worked
    time.sleep(3)
    keys("Return")  # the next visitor
    time.sleep(2)
    return taken


def jobs(cups: CupsServer) -> set[str]:
    """The sheets that CUPS has whole: it names the file of a job once the last byte is there, and then answers the desk.

    Its list of orders beside them is not waited for: CUPS writes that when nothing else is to be done, at most DirtyCleanInterval later.
    """
    return {path.name for path in (cups.folder / "spool").glob("d*")}


@contextmanager
def desk(group: Group, program: Path, cups: CupsServer, home: Path) -> Iterator[float]:
    """The desk, open; gives how many seconds it took until the window was there."""
    told = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai", "DISPLAY": DISPLAY}
    began = time.monotonic()
    with group.joined():
        running = subprocess.Popen([program], env=told | {"CUPS_SERVER": cups.address}, stderr=subprocess.DEVNULL)
    while not shown():
        time.sleep(0.01)
    try:
        yield time.monotonic() - began
    finally:
        while running.poll() is None:
            xdo("key", "alt+F4")  # a window manager that is only starting hears no key
            with suppress(subprocess.TimeoutExpired):
                running.wait(5)


@contextmanager
def screen(group: Group) -> Iterator[None]:
    """A display of the usual size with a window manager."""
    os.environ["DISPLAY"] = DISPLAY
    with group.joined():
        display = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-ac"], stderr=subprocess.DEVNULL)
        time.sleep(5)
        manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
        time.sleep(5)
    try:
        yield
    finally:
        for each in (manager, display):
            each.kill()
            each.wait()


def shown() -> bool:
    """Whether the window is on the screen. xdotool's own waiting looks twice a second."""
    return not subprocess.call(
        ["xdotool", "search", "--onlyvisible", "--name", "柜台助手"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def keys(*pressed: str) -> None:
    """Presses keys, and types what begins with `type `, as fast as a clerk."""
    for key in pressed:
        xdo("type", "--delay", "60", key[5:]) if key.startswith("type ") else xdo("key", key)
        time.sleep(0.5)


def xdo(*command: str) -> None:
    """Has xdotool do something."""
    subprocess.run(["xdotool", *command], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
