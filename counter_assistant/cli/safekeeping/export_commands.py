"""命令行 archive export：导出台账给审计.

Raises what its operation refuses.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.operations.safekeeping.exporting import NOT_SEALED, export
from counter_assistant.paths import named_folder


def archive_export(options: Namespace) -> None:
    """Exports the whole book into an empty folder."""
    folder = named_folder(options.folder, "DIR")
    with open_named(options) as office:
        done = export(office, folder, options.clerk)
    value = {
        "folder": path_in_words(done.folder), "book": done.book, "entries": done.entries,
        "head": f"{done.entries}:{done.head}", "files": list(done.files),
    }  # fmt: skip
    text = [
        f"导出了 {done.entries} 条记录：{value['folder']}", f"台账头：{value['head']}",
        f"核对：python3 verify_book.py（在那个文件夹里）；这台电脑上没有 python3 的，用 {sys.executable}", NOT_SEALED,
    ]  # fmt: skip
    answer(options, value, text, done=text[0])


def add_commands(acts: Any, command: Callable[..., Any], words: Any) -> None:
    """Adds the command to those of `archive`."""
    exported = command(acts, "export", archive_export, "导出台账给审计：全部记录、文书表、清单和核对程序")
    exported.add_argument("folder", type=words, metavar="DIR", help="空的或者还没有的文件夹")
    exported.add_argument("--clerk", type=words, default="", metavar="CLERK", help="经办人工号或姓名")
