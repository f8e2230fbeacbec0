"""命令行 restore：由备份和流水恢复台账；--confirmed 说都对了.

Raises what its operations refuse.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import named, open_named
from counter_assistant.cli.safekeeping.journal_commands import opened_ring
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import office_folder
from counter_assistant.operations.safekeeping.backup_state import refuse_training
from counter_assistant.operations.safekeeping.restored import confirm_restored, skipped_in_words
from counter_assistant.operations.safekeeping.restoring import Done, Restoring, restore
from counter_assistant.paths import named_folder
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing

CONFIRMED = "已确认：备份从此接着做。"
NEXT = "请查一查档案和编号；都对了，办 restore --confirmed，在那以前备份停着。"


def restore_book(options: Namespace) -> None:
    """Restores the book, or says that a restored one is right.

    Raises:
        Refusal: `restore-what`.
    """
    if options.confirmed == bool(options.source):
        raise Refusal("restore-what", "没有看懂要做什么。", "请写一份备份；恢复以后都对了的，写 restore --confirmed。")
    refuse_training(options.training)
    if options.confirmed:
        with open_named(options) as office:
            entry = confirm_restored(office)
        answer(options, {"confirmed": True, "entry": entry.seq}, [CONFIRMED], done=CONFIRMED)
        return
    folder = office_folder(named(options.data_dir, "--data-dir"))
    read = cache(lambda prompt: read_secret(options, prompt))
    master = KeyAct.OPENED_BY_CENTRE if options.centre_key else KeyAct.OPENED_BY_SHEET if options.sheet else None
    task = Restoring(
        named_folder(options.source, "备份"), folder, system_clock, options.acting, options.over, tuple(options.last),
        named_folder(options.journal, "--journal") if options.journal else None, not options.no_journal,
        options.despite_damage, options.clock_confirmed, master,
    )  # fmt: skip
    _answer(options, restore(task, partial(_key, options, read)), folder)


def _key(options: Namespace, read: Callable[[str], str], ring: KeyRing) -> BookKey:
    """Who acts is said by whoever opens the book with the sheet or the centre's key too, because the book names them."""
    if not options.acting:
        raise Refusal("nobody-acts", "没有写明是谁在办。", "请用 --as 写明工号。")
    return opened_ring(options, ring, read)


def _answer(options: Namespace, done: Done, folder: Path) -> None:
    said = done.said
    value = {
        "entry": done.entry.seq, "copy": said.copy, "replayed": done.replayed, "journal": said.journal or None,
        "damaged": done.damaged or None, "old": said.old or None, "lost": said.lost,
        "skipped": {series: list(numbers) for series, numbers in said.skipped.items()},
        "kept": path_in_words(done.kept) if done.kept else None, "branches": done.branches.strands, "warnings": list(done.branches.warnings),
    }  # fmt: skip
    text = [
        f"台账已恢复并核对过：{path_in_words(folder)}",
        done.in_figures,
    ]
    text += [skipped_in_words(said)] if said.skipped else []
    text += [f"流水第 {done.damaged} 行损坏，只到它以前；之后的号请看纸面。"] if done.damaged else []
    text += done.branches.warnings
    text += [f"原来的台账留在 {value['kept']}"] if done.kept else []
    answer(options, value, [*text, NEXT], done=text[0])


def add_commands(subparsers: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds the command; `command` makes one with the options that all have, `words` reads texts."""
    made = command(subparsers, "restore", restore_book, "由一份备份和流水恢复台账；原来的留着，用过的号不再出")
    made.add_argument(
        "source", type=words, nargs="?", default="", metavar="FILE|FOLDER", help="备份的文件夹，或者里面的 book.db"
    )
    made.add_argument(
        "--last",
        type=words,
        action="append",
        default=[],
        metavar="NUMBER",
        help="最近的纸上的编号，可以多次：以前的号不再出",
    )
    made.add_argument("--over", action="store_true", help="现在的台账里多出来的、读不出的，都不要了；它的文件留着")
    made.add_argument("--journal", type=words, default="", metavar="FILE", help="用这一份流水，默认是设定的那一份")
    made.add_argument("--no-journal", action="store_true", help="流水没有了，不用流水")
    made.add_argument("--despite-damage", action="store_true", help="流水有一行损坏时，用它以前的")
    made.add_argument("--confirmed", action="store_true", help="恢复以后查过、都对了：备份接着做")
