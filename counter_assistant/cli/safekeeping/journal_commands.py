"""命令行 journal：流水放在哪里，写到第几条；一份拷贝加流水做成新的台账.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import named, open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.people import recovery
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.data_folder import office_folder
from counter_assistant.operations.safekeeping.journal_folder import (
    JournalState,
    keep_none,
    look_at_journal,
    name_folder,
)
from counter_assistant.operations.safekeeping.replay_keys import keys_for
from counter_assistant.operations.safekeeping.replaying import replay
from counter_assistant.paths import absolute_folder, named_folder
from counter_assistant.storage.packs.key_file import open_pair
from counter_assistant.storage.safekeeping.journal_place import read_place
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.person_key_file import read_person_key_file

REPLAY = "replay"
ONE_DISK = "流水和台账在同一块盘上：盘坏了，两处都没有了。最好放到另一块盘、U 盘或者共享文件夹。"


def journal(options: Namespace) -> None:
    """Shows where the journal is kept and how far it is, names a folder for it, ends it, or replays it.

    Raises:
        Refusal: `journal-what`.
    """
    if options.folder == REPLAY:
        _replay(options)
        return
    if options.copy is not None or (options.off and options.folder):
        raise Refusal("journal-what", "没有看懂要做什么。", "写一个文件夹，或者 --off，或者 replay 和一份拷贝。")
    with open_named(options) as office:
        if options.off:
            state = keep_none(office)
        elif options.folder:
            state = name_folder(office, absolute_folder(options.folder, "流水的文件夹"))
        else:
            state = look_at_journal(office)
        if state.folder:
            office.journal.write_all()  # what keeps it from that stands in the state
        _answer(
            options, look_at_journal(office), "" if options.folder is None and not options.off else "流水的设定已改。"
        )


def _replay(options: Namespace) -> None:
    """Makes a new book of a copy and the journal."""
    if options.copy is None:
        raise Refusal("journal-what", "没有写明用哪一份拷贝。", "请写：journal replay 拷贝.db；没有拷贝的写 -。")
    data = office_folder(named(options.data_dir, "--data-dir"), training=options.training)
    copy = None if options.copy == "-" else named_folder(options.copy, "拷贝")
    if copy and not copy.is_file():
        raise Refusal("copy-missing", f"没有这份拷贝：{copy}。", "请核对文件名。")
    source = named_folder(options.journal, "流水") if options.journal else _set_journal(data)
    made = named_folder(options.out, "--out") if options.out else _beside(copy or source)
    copy_key, key = keys_for(copy, source, data, lambda ring: opened_ring(options, ring))
    done = replay(
        copy, source, made, system_clock, copy_key=copy_key, key=key, despite_damage=options.despite_damage
    )  # fmt: skip
    value = {
        "file": path_in_words(done.file), "entries": done.entries, "head": f"{done.entries}:{done.head}",
        "from_copy": done.from_copy, "replayed": max(done.entries - done.from_copy, 0), "damaged": done.damaged or None,
    }  # fmt: skip
    text = [f"新的台账已做好并核对过：{value['file']}", f"共 {done.entries} 条，其中 {value['replayed']} 条来自流水。"]
    text += [f"流水第 {done.damaged} 行损坏，只到它以前；之后的号请看纸面。"] if done.damaged else []
    answer(options, value, text, done=text[0])


def _answer(options: Namespace, state: JournalState, done: str) -> None:
    value = {
        "folder": path_in_words(state.folder) if state.folder else None,
        "file": path_in_words(state.file) if state.file else None,
        "last": state.last, "entries": state.entries, "one_disk": state.one_disk, "warning": state.warning or None,
    }  # fmt: skip
    text = [done] if done else []
    if state.folder is None:
        text.append("没有设流水。用 journal 文件夹 设到另一块盘、U 盘或者共享文件夹。")
    else:
        text += [f"流水在 {value['folder']}", f"写到第 {state.last or 0} 条，台账共 {state.entries} 条。"]
        text += [ONE_DISK] if state.one_disk else []
    answer(options, value, text, done)


def _set_journal(data: Path) -> Path:
    """The journal that this PC keeps, where there is one only."""
    place = read_place(data)
    found = sorted(place.folder.glob("journal-*.jsonl")) if place else []
    if len(found) != 1:
        raise Refusal("journal-which", "不知道是哪一份流水。", "请用 --journal 写明流水文件。")
    return found[0]


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.stem}-replayed.db")


def opened_ring(options: Namespace, ring: KeyRing, secret: Callable[[str], str] | None = None) -> BookKey:
    """The key, by whatever the options say that somebody has; `secret` reads what is asked for.

    Raises:
        Refusal: `nobody-acts`; what opening refuses.
    """
    read = secret or partial(read_secret, options)
    who = options.acting
    if options.centre_key:
        pair = open_pair(options.centre_key, read("中心密钥的口令"))
        return ring.by_centre(pair.secret).key
    if options.sheet:
        return ring.by_sheet(recovery.from_words(read("恢复单上的 12 个字"))).key
    if not who:
        raise Refusal("nobody-acts", "没有写明是谁在办。", "请用 --as 写明工号。")
    if options.key_file:
        return ring.by_key_file(who, read_person_key_file(options.key_file)).key
    return ring.by_passphrase(who, read(f"工号 {who} 的口令")).key


def add_commands(subparsers: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds this command; `command` makes one with the options that all have, `words` reads texts."""
    made = command(
        subparsers, "journal", journal, "流水：放在哪里，写到第几条；replay 拷贝.db 由拷贝和流水做一本新的台账"
    )
    made.add_argument("folder", type=words, nargs="?", metavar="DIR", help="流水放到这个文件夹；或者 replay")
    made.add_argument("copy", type=words, nargs="?", metavar="COPY.db", help="replay 用的拷贝；没有的写 -")
    made.add_argument("--off", action="store_true", help="不再记流水；写下的留着")
    made.add_argument("--journal", type=words, metavar="FILE", help="replay 用的流水文件，默认是设定的那一份")
    made.add_argument("--out", type=words, metavar="NEW.db", help="replay 做出的台账，默认在拷贝旁边")
    made.add_argument("--despite-damage", action="store_true", help="流水有一行损坏时，用它以前的")
