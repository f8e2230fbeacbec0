"""Tries the package where nothing else is: a bare Debian without network and without Python, with a display next door.

    python packaging/bundle/try_package.py PACKAGE RELEASE [--before PACKAGE]

Installs the package and what it depends on by dpkg alone, opens the desk, does a clerk's day by keys, asks the book whether all
is there, and removes the package again. `--before` installs another build first, fills its book with a thousand slips, people,
keys and a journal, installs the package over it, and asks for all of that. Takes an administrator, debootstrap, Xvfb, openbox and xdotool. Says what came of each step.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WORK = Path(__file__).resolve().parents[2] / "build" / "package"
DISPLAY = ":77"
PYTHON = "/opt/counter-assistant/python/bin/python3.11"
BEFORE = "before.deb"
"""What the build before is called on the stick: two builds of one version have one name."""
SLIPS = 1000
"""How many slips the build before has issued when another is installed over it."""
HOME = "/srv/clerk"
DATA = f"{HOME}/.local/share/counter-assistant"
DAY = [
    ("the first page takes the example office", ["Escape"]),
    ("somebody who rents asks", ["type zl", "Return", "type 1112", "Return", "type Anna Lee"]),
    ("the slip is issued", ["F9"]),
    ("the next visitor", ["Return"]),
    ("the phrases", ["ctrl+j"]),
    ("the phrases away", ["ctrl+j"]),
    ("the slip in the archive", ["F4", "type Anna", "Return"]),
    ("reprinted", ["ctrl+p"]),
    ("the day is closed", ["F2", "type rj", "Return", "F9"]),
    ("back at the desk", ["Escape"]),
]
"""What is done, and by which keys."""


CALLS = "openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,symlink,connect,bind"
"""What strace notes: whatever makes, changes or removes a file, and every socket."""
WRITES = (
    DATA,
    f"{HOME}/journal",
    "/dev/",
    "/proc/",
    "/tmp/counter-assistant-",
    f"{HOME}/.cache/fontconfig",
    f"{HOME}/.fontconfig",
    "/var/cache/fontconfig",
)
"""Where the program may write: its data, what is no file, the socket of the first window, and where the system's fonts are remembered."""
MADE_ON_THE_WAY = re.compile(
    re.escape(HOME) + r"(/\.(local|cache)(/share)?)?|/tmp/[a-z0-9_]{8}|/usr/(local/)?share/fonts(/.*)?/\.uuid\.TMP-\w+"
)
"""The folders that those lie in; the empty file by which Python finds out where temporary files may be, gone at once; and what older systems' own
library of fonts tries to leave beside them, in vain."""
SOCKETS = (
    "/tmp/.X11-unix/", "/run/user/", "/run/dbus/", "/var/run/dbus/", "/run/cups/", "/var/run/cups/", "/tmp/dbus-",
    "/tmp/counter-assistant-", "/var/run/nscd/",
)  # fmt: skip
"""To what it may speak: display, session and system bus, printer, itself; and to whom the system's library asks for names of users."""
PRINTER = re.compile(r'htons\(631\).*(127\.0\.0\.1|"::1")')
"""The print service of this PC, where it has no socket."""


class Root:
    """A bare root of a release, in which commands run without any network."""

    def __init__(self, release: str) -> None:
        self.folder = WORK / f"try-{release}"
        bare = WORK / f"bare-{release}"
        if not (bare / "etc" / "os-release").is_file():
            call("debootstrap", "--variant=minbase", release, str(bare))
        shutil.rmtree(self.folder, ignore_errors=True)
        call("cp", "-a", str(bare), str(self.folder))
        self.release = release

    def run(self, *command: str, user: str = "root", network: bool = False, **extra: str) -> str:
        """What a command says; ends where it fails."""
        return subprocess.run(
            self._line(command, user, network, extra), check=True, capture_output=True, text=True
        ).stdout

    def start(self, *command: str, user: str, watched: Path, **extra: str) -> subprocess.Popen[bytes]:
        """Starts a command and leaves it running; what it asks of the system is written to `watched`, where strace is there."""
        watch = (
            ["strace", "-f", "-qq", "-s", "200", "-e", f"trace={CALLS}", "-o", str(watched)]
            if shutil.which("strace")
            else []
        )
        return subprocess.Popen(
            [*watch, *self._line(command, user, network=False, extra=extra)], stderr=subprocess.PIPE
        )

    def data(self) -> Path:
        """Where the clerk's data lie, seen from outside."""
        return self.folder / DATA.lstrip("/")

    @contextmanager
    def window(self) -> Iterator[None]:
        """The desk, open and at work; at the end it has to close, having written and spoken only where it may."""
        began = time.monotonic()
        watched = WORK / f"calls-{self.release}"
        desk = self.start("counter-assistant", user="clerk", watched=watched, DISPLAY=DISPLAY)
        xdo("search", "--sync", "--onlyvisible", "--name", "柜台助手")
        print(f"✓ the window is there after {time.monotonic() - began:.1f} s")
        time.sleep(5)  # the book is opened behind the first paint
        yield
        with step("the window closes"):
            desk.wait(60)
        if said := desk.stderr and desk.stderr.read().decode().strip():
            print("  said on the way:", said)
        if watched.is_file() and (outside := strays(watched.read_text("utf-8", "replace"))):
            raise SystemExit("outside of what is allowed:\n" + "\n".join(outside))
        print("✓ nothing was written but where it may be, and nobody spoken to but display, bus, printer and itself")

    def _line(self, command: tuple[str, ...], user: str, network: bool, extra: dict[str, str]) -> list[str]:
        home = HOME if user != "root" else "/root"
        told = {"HOME": home, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai"} | extra
        inside = ["chroot", f"--userspec={user}", str(self.folder), "env", "-i", *(f"{k}={v}" for k, v in told.items())]
        return [*([] if network else ["unshare", "--net"]), *inside, *command]

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """With the display's socket and what every system has."""
        socket = self.folder / "tmp" / ".X11-unix"
        socket.mkdir(parents=True, exist_ok=True)
        mounts = [("/proc", "proc"), ("/dev", "dev"), ("/dev/shm", "dev/shm"), ("/tmp/.X11-unix", "tmp/.X11-unix")]
        for source, target in mounts:
            call("mount", "--bind", source, str(self.folder / target))
        try:
            yield
        finally:
            for _, target in reversed(mounts):
                subprocess.call(["umount", "--lazy", str(self.folder / target)])


def main(arguments: list[str]) -> int:
    """Does all of it, and says what took how long."""
    parser = argparse.ArgumentParser(prog="try_package.py")
    parser.add_argument("package", type=Path)
    parser.add_argument("release")
    parser.add_argument("--before", type=Path)
    asked = parser.parse_args(arguments)
    carried = carry(asked.package, asked.release)
    root = Root(asked.release)
    (root.folder / "stick").mkdir()
    for path in (*carried, asked.package):
        shutil.copy2(path, root.folder / "stick")
    if asked.before:
        shutil.copy2(asked.before, root.folder / "stick" / BEFORE)
    with root.mounted(), display():
        root.run("useradd", "--create-home", "--home-dir", HOME, "clerk")
        first = BEFORE if asked.before else asked.package.name
        with step(f"{first} and {len(carried)} others installed by dpkg without network"):
            root.run("dpkg", "-i", *(f"/stick/{path.name}" for path in carried), f"/stick/{first}")
        print("  python3 on this system:", (root.folder / "usr/bin/python3").exists())
        if asked.before:
            upgrade(root, asked.package)
        else:
            day(root)
        with step("what speaks to a server loads"):
            root.run(PYTHON, "-c", "import counter_assistant.storage.engines.postgres.driver")
        with step("the package removed"):
            root.run("dpkg", "--purge", "counter-assistant")
        left = root.data() / "book.db"
        print(
            "  /opt/counter-assistant left:",
            (root.folder / "opt" / "counter-assistant").exists(),
            "· book left:",
            left.is_file(),
        )
    return 0


def carry(package: Path, release: str) -> list[Path]:
    """The packages that a bare root needs beside ours, fetched once; and what speaks to a server."""
    folder = WORK / f"depends-{release}"
    if not folder.is_dir():
        root = Root(release)
        shutil.copy2("/etc/resolv.conf", root.folder / "etc")
        shutil.copy2(package, root.folder / "tmp")
        root.run("apt-get", "-qq", "update", network=True)
        fetch = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "--download-only"]
        root.run(*fetch, f"/tmp/{package.name}", "libpq5", network=True)
        shutil.copytree(
            root.folder / "var/cache/apt/archives", folder, ignore=shutil.ignore_patterns("partial", "lock")
        )
    return sorted(folder.glob("*.deb"))


def day(root: Root) -> None:
    """A clerk's day by keys, and what the book says of it."""
    with root.window():
        do(DAY)
        slips = json.loads(root.run("counter-assistant", "archive", "search", "Anna", "--json", user="clerk"))
        checked = json.loads(root.run("counter-assistant", "archive", "check", "--json", user="clerk"))
        print("  slips:", [slip["number"] for slip in slips], "· check:", checked["ok"], checked["entries"])
        if not slips or not checked["ok"]:
            raise SystemExit("the book does not hold what was done")
        xdo("key", "alt+F4")


def do(steps: list[tuple[str, list[str]]]) -> None:
    """Does steps by keys, and keeps a picture of each."""
    for what, keys in steps:
        for key in keys:
            xdo("type", "--delay", "60", key[5:]) if key.startswith("type ") else xdo("key", key)
            time.sleep(0.7)
        picture(what)
        print("✓", what)


def strays(calls: str) -> list[str]:
    """What a program did outside the places where it may write and the sockets to which it may speak, each once."""
    found: dict[str, None] = {}
    for call in calls.splitlines():
        name, _, rest = call.partition(" ")[2].strip().partition("(")
        path = (re.search(r'"((?:[^"\\]|\\.)*)"', rest) or ["", ""])[1]
        if name in ("connect", "bind"):
            path = (re.search(r'sun_path=@?"([^"]*)"', rest) or ["", ""])[1]
            inside = (
                ("AF_UNIX" in rest and path.startswith(SOCKETS)) or "AF_NETLINK" in rest or bool(PRINTER.search(rest))
            )
        elif name.startswith("open") and not re.search("O_WRONLY|O_RDWR|O_CREAT", rest):
            continue
        else:
            inside = path.startswith(WRITES) or not path.startswith("/") or bool(MADE_ON_THE_WAY.fullmatch(path))
        if not inside:
            found[f"{name} {path or rest}"] = None
    return list(found)


def upgrade(root: Root, package: Path) -> None:
    """Fills the book of the build before, installs the package over it, and asks the book and the window whether all is there."""
    with step(f"{SLIPS} slips, a journal and a sealed book of two people by the build before"):
        filled = filling(root, "fill", f"{HOME}/journal", str(SLIPS))
    with step(f"{package.name} installed over it"):
        root.run("dpkg", "-i", f"/stick/{package.name}")
    kept = {name: value for name, value in filled.items() if name != "sheet"}
    for who in ("0001", "0002"):
        told = filling(root, "tell", who)
        print(f"  opened by {who}: {told}")
        if told != kept:
            raise SystemExit(f"before the upgrade it was {kept}")
    with root.window():
        do([("opened after the upgrade", ["type 0001", "Return", "type san yue de yu luo zai gengma", "Return"])])
        time.sleep(10)
        copies = [json.loads(path.read_text("utf-8")) for path in (root.data() / "backups").glob("*/backup.json")]
        print("  copies, before anything is done:", [(each["made"], each["program"]) for each in copies])
        do(DAY[1:3])
        xdo("key", "alt+F4")
    copied = any(f"_{each['program']}_" in package.name for each in copies)
    told = filling(root, "tell", "0002")
    print(f"  after one more slip: {told}")
    if not told["ok"] or told["entries"] <= kept["entries"] or told["journal"] != told["entries"] or not copied:
        raise SystemExit("the upgraded book does not go on where it was")


def filling(root: Root, *words: str) -> dict[str, Any]:
    """What fill_book.py says, run by the installed program's own Python as the clerk."""
    shutil.copy2(Path(__file__).with_name("fill_book.py"), root.folder / "stick")
    python = [PYTHON, "/stick/fill_book.py"]
    found: dict[str, Any] = json.loads(
        root.run(*python, *words, user="clerk", PYTHONPATH="/opt/counter-assistant/app").splitlines()[-1]
    )
    return found


@contextmanager
def display() -> Iterator[None]:
    """A screen of 1366 × 768 with a window manager."""
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-ac"], stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = DISPLAY
    time.sleep(1)
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        manager.kill()
        screen.kill()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says what was done and how long it took."""
    began = time.monotonic()
    yield
    print(f"✓ {what}: {time.monotonic() - began:.1f} s", flush=True)


def picture(what: str) -> None:
    """Keeps what the screen shows, where ImageMagick is there."""
    if shutil.which("import"):
        shots = WORK / "pictures"
        shots.mkdir(parents=True, exist_ok=True)
        subprocess.call(["import", "-window", "root", str(shots / f"{what.replace(' ', '-')}.png")])


def xdo(*command: str) -> str:
    """What xdotool says."""
    return subprocess.run(["xdotool", *command], check=True, capture_output=True, text=True).stdout


def call(*command: str) -> None:
    """Runs a command; ends where it fails."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
