"""`python -m tests.two_windows [FOLDER]`: from nothing a server, a book on it, and two windows that practise on it together.

Without a display the same main job is done from two processes at once. The server is stopped at the end; what lies in the folder
stays, so that the next time goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from counter_assistant.paths import TRAINING
from counter_assistant.storage.server.book_place import BookPlace, note_book_place
from tests import hall
from tests.places import ROOT

WINDOWS = (1, 2)
SCHEMA = "practice"
REQUEST = ROOT / "packaging" / "demo-request.json"


def main() -> int:
    """Starts all of it and ends it again; gives the exit code."""
    parser = argparse.ArgumentParser(prog="./dev hall", description="一台服务器，一本练习台账，两个窗口。")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "hall", help="放在哪里")
    folder: Path = parser.parse_args().folder.absolute()
    if why := hall.missing():
        sys.stderr.write(f"开不了：{why}。Debian：apt install postgresql postgresql-common\n")
        return 1
    for ends in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ends, _end)
    for window in WINDOWS:
        (folder / f"window-{window}" / TRAINING).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hall-") as sockets:  # the name of a socket must be short
        server = hall.Server(Path(sockets), folder / "server")
        server.own()
        if not (server.data / "PG_VERSION").exists():
            print("正在建立服务器……", flush=True)
            server.make()
        server.start()
        try:
            _book(server, folder)
            return _windows(folder) if _has_display() else _two_processes(folder)
        finally:
            server.stop()
            print(f"服务器停了，台账还在：{folder}")


def _end(*_: object) -> None:
    """Ends as if the windows had been closed: a server that is left running would not start the next time."""
    raise SystemExit(1)


def _has_display() -> bool:
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _book(server: hall.Server, folder: Path) -> None:
    """The database, and where each window finds its book."""
    with suppress(RuntimeError):  # it is there from the last time
        server.run("createdb", "-h", str(server.folder), "-U", hall.USER, hall.DATABASE)
    for window in WINDOWS:
        place = BookPlace(f"{server.address}&schema={SCHEMA}", f"综合窗口 {window}")
        note_book_place(folder / f"window-{window}" / TRAINING, place)


def _command(folder: Path, window: int, *arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "counter_assistant",
        *arguments,
        "--training",
        "--data-dir",
        str(folder / f"window-{window}"),
    ]


def _windows(folder: Path) -> int:
    """Two windows, each with what it would have on a PC of its own; until both are closed."""
    print("两个窗口都在练习模式里，用同一本台账。都关上就结束。", flush=True)
    opened = [subprocess.Popen(_command(folder, window)) for window in WINDOWS]
    try:
        return max(window.wait() for window in opened)
    finally:
        for window in opened:
            window.terminate()


def _two_processes(folder: Path) -> int:
    """The main job from two processes at once, then what the book has of it."""
    print("没有显示器，改由两个进程同时各出一份告知单：", flush=True)
    opened = [
        subprocess.Popen(_command(folder, n, "issue", str(REQUEST), "--out", str(folder / "papers"), "--json"), stdout=subprocess.PIPE)
        for n in WINDOWS
    ]  # fmt: skip
    said = [window.communicate()[0] for window in opened]
    if failed := max(window.returncode for window in opened):
        return failed
    for window, answer in zip(WINDOWS, said, strict=True):
        print(f"综合窗口 {window}：{json.loads(answer)['number']}")
    return subprocess.call(_command(folder, WINDOWS[0], "archive", "check"))


if __name__ == "__main__":
    raise SystemExit(main())
