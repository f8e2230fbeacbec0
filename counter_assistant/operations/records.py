"""档案：查找、查看、补打、作废与核对已出具的文书。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_assistant.domain.identity import check_text
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.slip import Slip
from counter_assistant.operations.issuing import slip_of
from counter_assistant.operations.office import Office
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


def save_pdf(pdf: bytes, folder: Path, number: str, moment: datetime | None = None) -> Path:
    """Writes a paper into a folder under its number. A character that does not belong in a file name becomes _."""
    stem = "".join(char if char.isalnum() or char in "〔〕-" else "_" for char in number)
    suffix = moment.strftime("-%H%M%S") if moment else ""
    path = folder / f"{stem}{suffix}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf)
    except OSError as error:
        raise Refusal(
            "cannot-save-pdf",
            f"文件写不进 {folder}：{error.strerror}。文书已经出具并存档，编号 {number}。",
            "请换一个文件夹，用 archive reprint 再打。",
        ) from error
    return path
