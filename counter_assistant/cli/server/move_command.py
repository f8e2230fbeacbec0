"""命令行 book move：把台账搬到一台服务器上，或者搬回这台电脑的文件；断在哪里，再办一次就接着搬."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer, warn
from counter_assistant.cli.office import named, open_named
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.data_folder import office_folder
from counter_assistant.operations.moving.moving import Moving, move
from counter_assistant.operations.moving.places import InFile, OnServer
from counter_assistant.operations.office import Office
from counter_assistant.paths import named_folder
from counter_assistant.storage.server.book_place import BookPlace, is_address, read_book_place

TENTHS = 10
STOPPED = "停下了，什么也没有丢。再办一次 book move，会接着搬；还没有搬完，原来的台账照常用。"
BROKEN_OFF = "hall-"
"""How the codes of refusals begin that come of the server or of the line to it."""


def move_book(options: Namespace) -> None:
    """Moves the book to where `--to` says."""
    folder = office_folder(named(options.data_dir, "--data-dir"), training=options.training)
    place = BookPlace(options.book) if options.book else read_book_place(folder)
    progress = Progress()
    with open_named(options) as office:
        try:
            done = move(Moving(office, place, _target(office, options.to), progress))
        except (KeyboardInterrupt, Refusal) as stop:
            if progress.began and (isinstance(stop, KeyboardInterrupt) or stop.code.startswith(BROKEN_OFF)):
                warn(STOPPED)
            raise
    value = {"to": done.place, "entries": done.entries, "head": f"{done.entries}:{done.head}", "copied": done.copied}
    text = [
        f"台账搬到了 {done.place}，共 {done.entries} 条，逐条比过，核对都对。",
        "这台电脑从下次打开起用那里的一本；草稿、打印、流水还在这台电脑上。",
    ]
    answer(options, value, text, done=text[0])


def _target(office: Office, to: str) -> OnServer | InFile:
    return OnServer(office, to) if is_address(to) else InFile(office, named_folder(to, "--to"))


class Progress:
    """Says on stderr what is being done, and each tenth of it."""

    def __init__(self) -> None:
        self._said = ("", 0)

    @property
    def began(self) -> bool:
        """Whether anything was done."""
        return bool(self._said[0])

    def __call__(self, doing: str, done: int, of: int) -> None:
        now = (doing, done * TENTHS // of if of else 0)
        if now != self._said:
            self._said = now
            warn(f"{doing}：{done} / {of}" if of else f"{doing}……")


def add_command(acts: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds the command to those of `book`."""
    made = command(acts, "move", move_book, "把台账搬到服务器上，或者搬回这台电脑；逐条比过、核对过才算")
    made.add_argument(
        "--to", type=words, required=True, metavar="URL|FILE",
        help="管理员的地址 postgresql://管理员@服务器/数据库?schema=台账，或者这台电脑的 book.db",
    )  # fmt: skip
