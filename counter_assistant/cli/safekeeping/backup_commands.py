"""命令行 backup：现在做一份备份，核对过再算数；指定第二个地方.

Raises what its operations refuse. `--piped` is the other process of the window, which reads its task and the key from standard input.
"""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import named, open_named
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import is_sealed, office_folder
from counter_assistant.operations.office import Office
from counter_assistant.operations.other_process import PIPED
from counter_assistant.operations.safekeeping import backup_process
from counter_assistant.operations.safekeeping.backing_up import Done, Task, back_up
from counter_assistant.operations.safekeeping.backup_state import (
    SAME_DISK,
    folder_in,
    name_place,
    refuse_on_server,
    refuse_parted,
    refuse_training,
    refuse_unconfirmed,
    set_cap,
)
from counter_assistant.paths import BOOK_NAME, named_folder
from counter_assistant.storage.safekeeping.backup_folder import is_on_another_disk
from counter_assistant.storage.server.book_place import read_book_place


def backup(options: Namespace) -> None:
    """Makes a copy now; of a sealed book that nobody opens, one that is verified by the next sign-in."""
    if options.piped:
        sys.stdout.write(backup_process.serve() + "\n")
        return
    refuse_training(options.training)
    folder = office_folder(named(options.data_dir, "--data-dir"))
    place = named_folder(options.place, "DIR") if options.place else None
    nobody = is_sealed(folder) and not (options.acting or place or options.cap)
    refuse_on_server(bool(options.book) or read_book_place(folder).on_server)
    if nobody or not (folder / BOOK_NAME).is_file():
        done = back_up(Task(folder, system_clock().replace(microsecond=0)))
    else:
        with open_named(options) as office:
            refuse_unconfirmed(office)
            refuse_parted(office)
            if options.cap is not None:
                set_cap(office, options.cap)
            also = _place(office, place, options.once)
            done = back_up(Task(folder, office.database.now(), office.database.key, also=also))
    _answer(options, folder, done)


def _place(office: Office, place: Path | None, once: bool) -> Path | None:
    if place is None:
        return None
    if once:
        return folder_in(office, place)
    name_place(office, place)
    return None


def _answer(options: Namespace, folder: Path, done: Done) -> None:
    assert done.made is not None
    copy, elsewhere = done.made.copy, [path_in_words(path) for path in done.elsewhere]
    off_disk = any(is_on_another_disk(path, folder) for path in done.elsewhere)
    holds = copy.holds
    value = {
        "made": path_in_words(done.made.folder),
        "state": copy.state.value,
        "entries": holds.entries if holds else None,
        "head": f"{holds.seq}:{holds.hash}" if holds else None,
        "bytes": copy.size,
        "elsewhere": elsewhere,
        "off_disk": off_disk,
        "verified_earlier": done.verified,
        "branches": done.branches,
        "warnings": list(done.warnings),
    }
    count = f"共 {holds.entries} 条记录" if holds else "下次有人用口令打开台账时核对"
    text = [f"备份做好了，{copy.state.label}，{count}：{value['made']}"]
    text += [f"另存一份：{path}" for path in elsewhere]
    text += [f"网点的台账有新的，换了 {done.branches} 本。"] if done.branches else []
    text += [*done.warnings, *([] if off_disk or done.only_here else [SAME_DISK])]
    answer(options, value, text, done=text[0])


def add_commands(subparsers: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds the command; `command` makes one with the options that all have, `words` reads texts."""
    made = command(subparsers, "backup", backup, "现在备份台账；写明 DIR 的，从此也往那里放一份")
    made.add_argument("place", type=words, nargs="?", default="", metavar="DIR", help="另一块盘、U 盘或者共享文件夹")
    made.add_argument("--once", action="store_true", help="只这一次放到 DIR，以后不放")
    made.add_argument("--cap", type=int, metavar="GB", help="从此一个地方的备份最多占多少 GB")
    made.add_argument(PIPED, action="store_true", help=argparse.SUPPRESS)
