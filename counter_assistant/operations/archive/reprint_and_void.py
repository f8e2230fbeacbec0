"""档案：查找、查看、补打、作废与核对已出具的文书。"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.papers.slip import Slip
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.files import make_folder, reason_of, write_atomic
from counter_assistant.operations.issuing.set_paper import pdf_of_slip
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name
from counter_assistant.storage.book_reading import BookReading
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.archive import Archive

MOST_NAMESAKES = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """An archived slip: its row, the slip itself as it was stored, how it was voided, and the number of the slip that it corrects. `beside` says
    where it can be worked with, if it can only be looked at here."""

    row: ArchiveRow
    slip: Slip
    voided: SlipVoided | None = None
    corrects: str = ""
    beside: str = ""

    @property
    def state_in_words(self) -> str:
        """Whether it is void, or another one says it right; empty where it stands."""
        if self.voided is None:
            return ""
        return f"已由 {self.voided.corrected_by} 更正" if self.voided.corrected_by else "已经作废"

    @property
    def corrected_in_words(self) -> str:
        """Which slip corrects it and why, and which one it corrects; empty where none does."""
        by = self.voided if self.voided and self.voided.corrected_by else None
        why = f"：{by.reason}" if by and by.reason else ""
        return listed(
            (f"{self.state_in_words}{why}。" if by else "", f"更正了 {self.corrects}。" if self.corrects else ""), ""
        )


def show(office: Office, number: str) -> Record:
    """The record of a number.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`.
    """
    return record_of(office.archive, office.book, number)


def record_of(archive: Archive, book: BookReading, number: str) -> Record:
    """The record of a number in an archive and its book.

    Raises:
        Refusal: `number-unknown`, `content-sealed-away`, `content-destroyed`.
    """
    archived = archive.show(number)
    issued, void_seq = archived.issued, archived.row.void_seq
    void = book.at((void_seq,)).get(void_seq) if void_seq else None
    corrects = issued.act.facts.details.get("corrects", "") if issued.act else ""
    voided = SlipVoided.from_payload(void.payload) if void else None
    return Record(archived.row, issued.drawn(archived.entry.check_code), voided, corrects)


def reprint(
    office: Office, number: str, clerk: str = "", reason: str = "补打", wanted: PaperFormat | None = None
) -> tuple[bytes, int]:
    """The PDF of a slip once more, marked 补打, and how often it has been reprinted. Counted before it is printed. `wanted`: for
    whoever needs it in another format than the office's, such as large print.

    Raises:
        Refusal: `number-unknown`, `missing-glyph`, `layout-unknown`; what `Office.permit` and `check_text` refuse.
    """
    record = show(office, number)
    same_day = record.slip.issued_at.date() == office.today()
    who = office.permit(Permission.REPRINT if same_day else Permission.REPRINT_LATER, clerk)
    count = office.book.reprinted(record.row.number, who.name, check_text(reason, "补打原因"))
    return pdf_of(office, record, reprint_mark(count), wanted), count


def reprint_mark(count: int) -> str:
    """What stands on the sheets of a reprint; nothing on the two copies themselves."""
    return f"补打 第{count}次" if count else ""


def pdf_of(office: Office, record: Record, reprint_mark: str = "", wanted: PaperFormat | None = None) -> bytes:
    """The PDF of both copies; a void slip says so across the page, and one that was corrected also by which one.

    Raises:
        Refusal: `missing-glyph`, `layout-unknown`.
    """
    watermark = office.watermark or (record.voided.state if record.voided else "")
    corrected = record.state_in_words if record.voided and record.voided.corrected_by else ""
    mark = listed((reprint_mark, corrected), "　")
    return pdf_of_slip(office, record.slip, wanted, watermark=watermark, reprint_mark=mark)


def void(office: Office, number: str, reason: str, clerk: str = "", copy_returned: bool = False) -> None:
    """Voids a slip. Its number stays visible and is never given again.

    Raises:
        Refusal: `number-unknown`, `number-void`, `reason-missing`; what `Office.permit` and `check_text` refuse.
    """
    record = show(office, number)
    who = office.permit(Permission.voiding(record.slip.issued_at.date(), office.today()), clerk)
    office.book.void(record.row.number, check_text(reason, "作废原因"), who.name, copy_returned)


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
