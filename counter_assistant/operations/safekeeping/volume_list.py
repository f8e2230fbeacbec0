"""卷内文件目录：一天的第一联立成一卷，按收进的次序列出（栏目照 GB/T 9705-2008）；没有当事人的姓名."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.closing.copies import Filed, Signature
from counter_assistant.domain.formatting import chinese_date, listed
from counter_assistant.domain.papers.formats import format_chosen
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.paper.sheets import VOLUME, VOLUME_ROWS, arrange_sheet

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.safekeeping.copies import Copies
    from counter_assistant.storage.journal.records import ArchiveRow

FORM = "volume_list"


def volume_list(office: Office, copies: Copies) -> Sheet:
    """The list of what lies in the volume of a day, each with its place and its first page.

    Raises:
        Refusal: `broken-form`; `number-unknown`.
    """
    rows, page = [], 1
    for place, (row, filed) in enumerate(copies.filed.values(), 1):
        rows.append(_row(place, row, filed, page))
        page += _pages(office, row)
    closed = copies.closed
    facts = {
        "closed": closed,
        "office_is_example": office.is_example,
        "printed": chinese_date(office.today()),
        "count": len(rows),
        "pages": page - 1,
        "missing": [row.number for row in copies.missing.values()],
    }
    return arrange_sheet(VOLUME, office.program.forms.blocks(FORM, facts), {VOLUME_ROWS: tuple(rows)})


def _pages(office: Office, row: ArchiveRow) -> int:
    """How many pages of a copy lie in the volume: none of one whose matter was sealed, which lies with that."""
    if row.bare:
        return 0
    archived = office.archive.show(row.number)
    draft = archived.issued.drawn(archived.entry.check_code).draft
    return office.program.typesetter.page_count(draft, format_chosen(office.profile.paper_formats, draft.kind))


def _row(place: int, row: ArchiveRow, filed: Filed, page: int) -> tuple[Run, ...]:
    title = listed((SlipKind(row.kind).in_words, row.item_name), "　")
    remark = listed(("作废" if row.void else "", "" if filed.signature is Signature.SIGNED else filed.signature.label))
    return tuple(
        map(
            Run,
            (
                str(place),
                row.number,
                row.clerk,
                title,
                f"{row.issued_at:%Y%m%d}",
                "" if row.bare else str(page),
                remark,
            ),
        )
    )
