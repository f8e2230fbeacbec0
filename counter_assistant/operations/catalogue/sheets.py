"""核定表的出和进：导出给人填，导入先看改了什么，再一句一句记进这一稿."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.approval_sheet import Reading, already_answered, read_rows, sheet_rows
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.wording.check import refuse_forbidden

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import Catalogue
    from counter_assistant.domain.revision.revision import Revision
    from counter_assistant.operations.office import Office

HINT = "结论写 同意、改 或 不要；改的写出改后的一整句；写明批准的文号、条和日期。用于可以删去不适用的事项。灰底的格请不要动。"


def export_sheet(office: Office, revising: Revising, path: Path) -> int:
    """Writes what is open and what was answered into an .xlsx file; returns the number of rows.

    Raises:
        Refusal: `sheet-unwritable`.
    """
    from counter_assistant.storage.content.sheet_writing import write_sheet

    rows = sheet_rows(revising.working, revising.revision.acts)
    title = f"{office.profile.unit}办事目录核定表（目录 {revising.base.version}）"
    try:
        write_atomic(path, write_sheet(rows, title, HINT))
    except (OSError, ValueError) as error:
        raise Refusal(
            "sheet-unwritable", f"核定表没有存成：{reason_of(error)}。", "请换一个文件夹或者名称。"
        ) from error
    return len(rows)


def read_filled_in(office: Office, revising: Revising, path: Path) -> list[Reading]:
    """What the rows that were filled in come to, on the revision as it is; nothing is changed.

    Raises:
        Refusal: what `read_sheet` refuses.
    """
    return read_answers(path, revising.working, revising.revision, office.today())


def read_answers(path: Path, working: Catalogue, revision: Revision, today: date) -> list[Reading]:
    """As `read_filled_in`, of values that do not change, so that it may be done beside the window.

    Raises:
        Refusal: what `read_sheet` refuses.
    """
    from counter_assistant.storage.content.sheet_reading import read_sheet

    rows = already_answered(read_sheet(path), revision.acts)
    return [_guarded(reading) for reading in read_rows(rows, working, today)]


def take_rows(revising: Revising, readings: Sequence[Reading], origin: str) -> int:
    """Takes every row into the revision, in the order of the sheet and all at once; returns how many.

    `origin` is the name of the sheet, by which the acts can be taken back together.

    Raises:
        Refusal: `sheet-faulty` (a row cannot be taken: nothing is); what `Revising.do_all` refuses.
    """
    whole_sheet(readings)
    verdicts = [reading.verdict for reading in readings if reading.verdict]
    revising.do_all(verdicts, origin)
    return len(verdicts)


def whole_sheet(readings: Sequence[Reading]) -> None:
    """Whether a sheet can be taken.

    Raises:
        Refusal: `sheet-faulty`, naming the first row that cannot be.
    """
    if faulty := [reading for reading in readings if reading.refusal]:
        first = faulty[0]
        raise Refusal(
            "sheet-faulty",
            f"有 {len(faulty)} 行不能导入，第 {first.row.number} 行：{first.refusal}",
            "改好以后再导入；这次一行也没有记。",
        )


def _guarded(reading: Reading) -> Reading:
    """The reading, refused where its words hold a forbidden phrase."""
    if reading.verdict:
        try:
            refuse_forbidden({"改为": reading.verdict.words})
        except Refusal as refusal:
            return Reading(reading.row, None, refusal)
    return reading
