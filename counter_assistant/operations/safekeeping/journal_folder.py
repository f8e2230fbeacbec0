"""流水放到哪里：另一块盘、U 盘或者共享文件夹；只管这台电脑，不记进台账."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import real_path, reason_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.safekeeping.book_journal import BEHIND, LATER
from counter_assistant.storage.safekeeping.journal_place import JournalPlace, on_one_disk, read_place, write_place
from counter_assistant.storage.safekeeping.stored_lines import book_name


class JournalState(NamedTuple):
    """Where the journal is kept, and how far it is: `last` of the `entries` of the book are in it.

    `folder` and `file` are None where none is kept; `last` is None where it is not known. `one_disk` is whether book and journal would
    be lost together. `warning` is what is wrong, in words.
    """

    folder: Path | None
    file: Path | None
    last: int | None
    entries: int
    one_disk: bool
    warning: str


def look_at_journal(office: Office) -> JournalState:
    """How the journal stands, once what is missing was written as far as that is quickly done.

    Raises:
        Refusal: what reading the book refuses.
    """
    office.journal.look_again()
    return journal_state(office)


def journal_state(office: Office) -> JournalState:
    """How the journal stands as far as it is known; nothing is waited for.

    Raises:
        Refusal: what reading the book refuses.
    """
    folder, entries = _folder_of(office), office.book.head()[0]
    place, end = read_place(folder), office.journal.end
    if place is None:
        return JournalState(None, None, None, entries, False, "")
    with office.database.query() as handle:
        file = place.file_of(book_name(handle))
    last = end.seq if end and end.known else None
    return JournalState(place.folder, file, last, entries, _on_one_disk(place.folder, folder), office.journal.warning)


def name_folder(office: Office, folder: Path) -> JournalState:
    """Has the journal kept in a folder from now on. What the book holds already is written there first, as far as that is quickly
    done, and the rest bit by bit.

    Raises:
        Refusal: `journal-in-training`, `journal-folder-missing`, `journal-unusable` (it cannot be written there, or another book's
            journal lies there), `setting-unsaved`; what `Office.permit` refuses.
    """
    office.permit(Permission.SAFEKEEPING)
    if office.training:
        raise Refusal("journal-in-training", "练习不记流水。", "请在正式的台账里设定。")
    beside = _folder_of(office)
    try:
        there, place = folder.is_dir(), real_path(folder)
    except (OSError, ValueError) as error:
        why = reason_of(error)
        raise Refusal("journal-folder-missing", f"读不到文件夹 {folder}：{why}。", "请检查这块盘，再选它。") from error
    if not there:
        raise Refusal("journal-folder-missing", f"没有这个文件夹：{folder}。", "请先接上盘、建好文件夹，再选它。")
    before = read_place(beside)
    _save(beside, JournalPlace(place, apart=not _on_one_disk(folder, beside)))
    state = look_at_journal(office)
    if state.warning not in ("", BEHIND):
        _save(beside, before)
        office.journal.keep_up()
        raise Refusal("journal-unusable", f"没有设上：{_hindrance(state.warning)}。", "请换一个文件夹。")
    return state


def _hindrance(warning: str) -> str:
    """What is wrong with a folder in which nothing is kept: without the promise to fill in later what is missing."""
    said, _, then = warning.removeprefix("流水：").rpartition("；")
    return said if then.endswith(LATER) else warning.removeprefix("流水：")


def keep_none(office: Office) -> JournalState:
    """Has no journal kept any more; what was written stays where it is.

    Raises:
        Refusal: `setting-unsaved`; what `Office.permit` refuses.
    """
    office.permit(Permission.SAFEKEEPING)
    _save(_folder_of(office), None)
    return look_at_journal(office)


def _folder_of(office: Office) -> Path:
    return office.folder


def _save(beside: Path, place: JournalPlace | None) -> None:
    try:
        write_place(beside, place)
    except OSError as error:
        raise Refusal(
            "setting-unsaved", f"设定没有存下：{reason_of(error)}。", "请检查数据文件夹的权限后重试。"
        ) from error


def _on_one_disk(one: Path, other: Path) -> bool:
    try:
        return on_one_disk(one, other)
    except OSError:
        return False
