"""档案：查找、查看、补打、作废与核对已出具的文书。"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.slip import Slip
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.files import make_folder, reason_of, write_atomic
from counter_assistant.operations.issuing.set_paper import pdf_of_slip
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name
from counter_assistant.storage.journal.records import ArchiveRow

MOST_NAMESAKES = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """An archived slip: its row, and the slip itself as it was stored."""

    row: ArchiveRow
    slip: Slip


def show(office: Office, number: str) -> Record:
    """The record of a number.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`.
    """
    archived = office.archive.show(number)
    return Record(archived.row, archived.issued.drawn(archived.entry.check_code))


def reprint(
    office: Office, number: str, clerk: str = "", reason: str = "补打", wanted: PaperFormat | None = None
) -> tuple[bytes, int]:
    """The PDF of a slip once more, marked 补打, and how often it has been reprinted. Counted before it is printed. `wanted`: for
    whoever needs it in another format than the office's, such as large print.

    Raises:
        Refusal: `number-unknown`, `missing-glyph`, `layout-unknown`; what `Office.permit` and `check_text` refuse.
    """
    record = show(office, number)
    who = office.permit(_act(office, record, Permission.REPRINT, Permission.REPRINT_LATER), clerk)
    count = office.book.reprinted(record.row.number, who.name, check_text(reason, "补打原因"))
    return pdf_of(office, record, reprint_mark(count), wanted), count


def reprint_mark(count: int) -> str:
    """What stands on the sheets of a reprint; nothing on the two copies themselves."""
    return f"补打 第{count}次" if count else ""


def pdf_of(office: Office, record: Record, reprint_mark: str = "", wanted: PaperFormat | None = None) -> bytes:
    """The PDF of both copies; a void slip says so across the page.

    Raises:
        Refusal: `missing-glyph`, `layout-unknown`.
    """
    watermark = office.watermark or ("作废" if record.row.void else "")
    return pdf_of_slip(office, record.slip, wanted, watermark=watermark, reprint_mark=reprint_mark)


def void(office: Office, number: str, reason: str, clerk: str = "", copy_returned: bool = False) -> None:
    """Voids a slip. Its number stays visible and is never given again.

    Raises:
        Refusal: `number-unknown`, `number-void`, `reason-missing`; what `Office.permit` and `check_text` refuse.
    """
    record = show(office, number)
    who = office.permit(_act(office, record, Permission.VOID, Permission.VOID_LATER), clerk)
    office.book.void(record.row.number, check_text(reason, "作废原因"), who.name, copy_returned)


def _act(office: Office, record: Record, same_day: Permission, later: Permission) -> Permission:
    """What is done about a slip: on the day of its issue it is another act than after that."""
    return same_day if record.slip.issued_at.date() == office.today() else later


def paper_folder(folder: Path) -> Path:
    """A folder for papers, created where it is missing; called before anything is recorded.

    Raises:
        Refusal: `no-paper-folder` (it cannot be created or written).
    """
    try:
        make_folder(folder)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
    except (OSError, ValueError) as error:
        where = f"文书存不进文件夹 {folder}：{reason_of(error)}。"
        raise Refusal("no-paper-folder", where, "这一步还没有做；请换一个可以写入的文件夹。") from error
    return folder


def save_paper(pdf: bytes, folder: Path, number: str, mark: str = "", digits: str = "") -> Path:
    """Writes a paper into a folder under its number, and `mark` where it is a reprint; see `file_name` for `digits`.

    Another file of the same name, such as a paper of another book, is neither overwritten nor opened.

    Raises:
        Refusal: `cannot-save-pdf` (the folder cannot be written, or holds `MOST_NAMESAKES` other files of that name).
    """
    name = Path(file_name(number, mark, digits))
    try:
        make_folder(folder)
        names = (name.with_stem(f"{name.stem}{more}") for more in ("", *(f"-{i}" for i in range(2, MOST_NAMESAKES))))
        path = next((p for p in map(folder.joinpath, names) if not os.path.lexists(p) or _holds(p, pdf)), None)
        if path is None:
            raise FileExistsError(errno.EEXIST, name.name)
        write_atomic(path, pdf)
    except (OSError, ValueError) as error:
        raise Refusal(
            "cannot-save-pdf",
            f"文件写不进 {folder}：{reason_of(error)}。文书已经出具并存档，编号 {number}。",
            "请换一个文件夹，用 archive reprint 再打。",
        ) from error
    return path


def _holds(path: Path, pdf: bytes) -> bool:
    """Whether a plain file is this paper. A pipe would block and a link lead elsewhere, so neither is read."""
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_size == len(pdf) and path.read_bytes() == pdf
