"""导出台账给审计：全部记录、文书表、清单，和一个不用本程序就能核对的核对程序."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from counter_assistant import __version__
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.exported_entry import BookExported
from counter_assistant.files import make_folder, reason_of, sync_names
from counter_assistant.operations.office import Office
from counter_assistant.paths import verifier
from counter_assistant.storage.engines.engine import DISK_DONE
from counter_assistant.storage.safekeeping import export_files
from counter_assistant.storage.safekeeping.export_files import LINES, MANIFEST, TABLE, VERIFIER

NOT_SEALED = "导出的文件没有加密，里面有当事人的姓名和完整号码，只交给有权核对的人，用完销毁。"


@dataclass(frozen=True, slots=True)
class Exported:
    """An export: where it lies, of which book, how many entries it has, the hash of the last in hex, and its files."""

    folder: Path
    book: str
    entries: int
    head: str
    files: tuple[str, ...]


def export(office: Office, folder: Path, clerk: str = "") -> Exported:
    """Writes the whole book into an empty folder, which is created where it is missing. A folder without a manifest is no export:
    whatever stops it, what was written of it goes again. The entry that says so comes before the manifest, so that nobody has an export
    of which the book knows nothing; it is no part of it.

    Raises:
        Refusal: `export-folder-taken` (it is not empty), `cannot-export` (it cannot be written), `export-book-busy`, `book-damaged`,
            `clock-doubtful`; what `Office.permit` refuses.
    """
    by = office.permit(Permission.EXPORT, clerk).staff_number
    office.book.require_sound_clock()
    try:
        make_folder(folder)
        if any(folder.iterdir()):
            raise Refusal("export-folder-taken", f"文件夹 {folder} 不是空的。", "请换一个空的或者还没有的文件夹。")
        with _all_or_nothing(folder):
            program = verifier().read_bytes()
            written = export_files.write_book(office.database, folder)
            if written is None:
                raise Refusal("export-book-busy", "导出的时候一直有人在办理。", "请等柜台空下来再导出。")
            written.files[VERIFIER] = export_files.write_copy(program, folder / VERIFIER)
            entry = _noted(office, BookExported(by, written.seq, written.head))
            export_files.write_manifest(folder, written, entry.time.isoformat(), __version__)
            sync_names(folder)
    except (OSError, ValueError) as error:
        raise Refusal(
            "cannot-export", f"导出写不进 {folder}：{reason_of(error)}。", "请检查空间和权限，或者换一个文件夹。"
        ) from error
    return Exported(folder, written.book, written.seq, written.head, (*sorted(written.files), MANIFEST))


def _noted(office: Office, said: BookExported) -> Entry:
    """The entry that says so; also where the disk did not say that it has it, and does when it is asked again."""
    try:
        return office.book.append(EntryKind.BOOK_EXPORTED, said.to_payload())
    except Refusal as refusal:
        entry = office.book.latest(EntryKind.BOOK_EXPORTED)
        if refusal.code != DISK_DONE or entry is None or BookExported.from_payload(entry.payload) != said:
            raise
        return entry


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for name in (MANIFEST, LINES, TABLE, VERIFIER):
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise
