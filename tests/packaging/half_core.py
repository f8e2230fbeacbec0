"""How a bundle does on the weakest PC: half a core, 2 GB and a slow disk, held by the system's control groups.

    python -m tests.packaging.half_core BUNDLE [--slips N]

In the groups are the desk, its display, its window manager and its print service, as they are on one PC. Says how long a start takes to the
painted window, with nothing of the program in memory and with it, and how long it takes from F9 until CUPS has the whole sheet. Takes an
administrator, Xvfb, openbox, xdotool and CUPS.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    """Control groups in which processes have no more than a weak PC: of the second version of the system's where it has them."""

    def __init__(self) -> None:
        self._together = (GROUPS / "cgroup.controllers").is_file()
        disk = Path("/var/tmp").stat().st_dev
        place = f"{os.major(disk)}:{os.minor(disk)}"
        if self._together:
            self._set("", "cpu.max", f"{SHARE} {PERIOD}")
            self._set("", "memory.max", str(MEMORY))
            self._set("", "io.max", f"{place} rbps={BYTES} wbps={BYTES} riops={CALLS} wiops={CALLS}")
            return
        self._set("cpu", "cpu.cfs_period_us", str(PERIOD))
        self._set("cpu", "cpu.cfs_quota_us", str(SHARE))
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
        home = opened.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp"))
        with group.joined():
            cups = opened.enter_context(private_server())
            opened.enter_context(screen())
        cups.queue("counter", "窗口打印机")
        cups.run("lpadmin", "-d", "counter")
        figures = measure(group, asked.bundle / "bin" / "counter-assistant", cups, Path(home), asked.slips)
    print(json.dumps(figures | {"held": group.throttled()}, ensure_ascii=False, indent=1))
    return 0


def measure(group: Group, program: Path, cups: CupsServer, home: Path, slips: int) -> dict[str, float]:
    """The figures, in milliseconds."""
    at = partial(desk, group, program, cups, home)
    cold: list[float] = []
    warm: list[float] = []
    for n in range(2 * STARTS):
        if n % 2 == 0:
            subprocess.run(["sync"], check=True)
            Path("/proc/sys/vm/drop_caches").write_text("3")
        with at() as seconds:
            (warm if n % 2 else cold).append(seconds)
            time.sleep(4)
    spooled: list[tuple[float, float]] = []
    with at() as _:
        time.sleep(6)
        keys("Escape")  # the first page takes the example office
        time.sleep(3)
        for n in range(slips + WARM_UP):
            taken = one_slip(group, cups)
            if n >= WARM_UP:
                spooled.append(taken)
    clock, cpu = zip(*spooled, strict=True)
    return {
        "start_cold_ms": round(median(cold) * 1e3), "start_cold_worst_ms": round(max(cold) * 1e3),
        "start_ms": round(median(warm) * 1e3), "start_worst_ms": round(max(warm) * 1e3),
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
    """The jobs of which CUPS has the data and the order: it writes the order last."""
    return {path.name for path in (cups.folder / "spool").glob("c*")}


@contextmanager
def desk(group: Group, program: Path, cups: CupsServer, home: Path) -> Iterator[float]:
    """The desk, open; gives how many seconds it took until the window was there."""
    told = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai", "DISPLAY": DISPLAY}
    began = time.monotonic()
    with group.joined():
        running = subprocess.Popen([program], env=told | {"CUPS_SERVER": cups.address}, stderr=subprocess.DEVNULL)
    xdo("search", "--sync", "--onlyvisible", "--name", "柜台助手")
    try:
        yield time.monotonic() - began
    finally:
        xdo("key", "alt+F4")
        running.wait(60)


@contextmanager
def screen() -> Iterator[None]:
    """A display of the usual size with a window manager."""
    shown = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-ac"], stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = DISPLAY
    time.sleep(3)
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        manager.kill()
        shown.kill()


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
