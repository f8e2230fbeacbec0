"""销毁清册：一份编了号的纸，一式二份，列出销毁了哪些编号、谁、什么时候、凭什么，台账的头前后是什么；从台账的记录印出，随时能再印。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.cases.destruction import GROUND, Certificate
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.formatting import chinese_date, chinese_time
from counter_assistant.domain.papers.slip import Run
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.sheets import DESTRUCTION, DESTRUCTION_ROWS, arrange_copies

if TYPE_CHECKING:
    from counter_assistant.domain.papers.sheet import Sheet
    from counter_assistant.operations.office import Office

FORM = "destruction_list"


def destruction_list(office: Office, certificate: Certificate) -> Sheet:
    """The paper of a certificate; it names nobody but the two who answer for it.

    Raises:
        Refusal: `broken-form`.
    """
    facts = {
        "office": office.profile,
        "office_is_example": office.is_example,
        "certificate": certificate,
        "destroyed_at": chinese_time(certificate.at),
        "by": _named(office, certificate.by),
        "second": _named(office, certificate.second),
        "ground": GROUND,
        "on_server": office.database.shared,
        "copies_by": chinese_date(certificate.copies_by),
        "before": grouped(certificate.before[1]),
        "after": grouped(certificate.after[1]),
    }
    rows = tuple(
        tuple(map(Run, (str(place), paper.number, paper.kind.in_words, chinese_date(paper.issued))))
        for place, paper in enumerate(certificate.papers, 1)
    )
    return arrange_copies(DESTRUCTION, office.program.forms.blocks(FORM, facts), {DESTRUCTION_ROWS: rows})


def destruction_pdf(office: Office, certificate: Certificate) -> bytes:
    """The PDF of both copies, marked 样本 in training.

    Raises:
        Refusal: `broken-form`, `missing-glyph`.
    """
    return office.program.typesetter.sheet(destruction_list(office, certificate), office.watermark)


def _named(office: Office, staff_number: str) -> str:
    """Whoever has that staff number, if they still work here."""
    try:
        return f"{office.profile.clerk(staff_number).name}（工号 {staff_number}）"
    except Refusal:
        return f"工号 {staff_number}"
