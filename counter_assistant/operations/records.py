"""档案：查找、查看、补打、作废与核对已出具的文书。"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_assistant.domain.identity import check_text
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.slip import Slip
from counter_assistant.operations.issuing import slip_of
from counter_assistant.operations.office import Office
from counter_assistant.printing.file import file_name, save_pdf
from counter_assistant.storage.failures import reason_of
from counter_assistant.storage.records import ArchiveRow


@dataclass(frozen=True, slots=True)
class Record:
    """An archived slip: its row and the slip itself, drawn from what was stored."""

    row: ArchiveRow
    slip: Slip


def show(office: Office, number: str) -> Record:
    """The record of a number. Refuses one that was never given."""
    archived = office.archive.show(number)
    return Record(archived.row, slip_of(archived.entry.payload, archived.entry.check_code))


def reprint(office: Office, number: str, clerk: str = "", reason: str = "补打") -> tuple[bytes, int]:
    """The slip once more, marked 补打; returns the PDF and how many times it has been reprinted. Counted before printing."""
    record = show(office, number)
    who = office.profile.clerk(clerk)
    count = office.book.reprinted(record.row.number, who.name, check_text(reason, "补打原因"))
    mark = f"补打 第{count}次"
    return pdf_of(office, record, mark), count


def pdf_of(office: Office, record: Record, reprint_mark: str = "") -> bytes:
    """Both copies; a void slip says so across the page."""
    watermark = office.watermark or ("作废" if record.row.void else "")
    return office.typesetter.pdf(record.slip, watermark=watermark, reprint_mark=reprint_mark)


def void(office: Office, number: str, reason: str, clerk: str = "", copy_returned: bool = False) -> None:
    """Voids a slip; its number stays visible and is never given again. Refuses an empty reason."""
    record = show(office, number)
    office.book.void(record.row.number, check_text(reason, "作废原因"), office.profile.clerk(clerk).name, copy_returned)


def save_paper(pdf: bytes, folder: Path, number: str, mark: str = "") -> Path:
    """Writes a paper into a folder under its number, and `mark` where it is a reprint.

    Another paper that lies there under the same name, as one of another book may, is never overwritten.
    """
    name = Path(file_name(number, mark))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = (name.with_stem(f"{name.stem}{more}") for more in ("", *(f"-{i}" for i in range(2, 1000))))
        path = next(p for p in map(folder.joinpath, names) if not p.exists() or p.read_bytes() == pdf)
    except OSError as error:
        raise Refusal(
            "cannot-save-pdf",
            f"文件写不进 {folder}：{reason_of(error)}。文书已经出具并存档，编号 {number}。",
            "请换一个文件夹，用 archive reprint 再打。",
        ) from error
    return save_pdf(pdf, path)
