"""找到一件办件：按编号、按文书编号或者尾号。"""

from __future__ import annotations

from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.papers.numbering import read_qr
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.cases import Horizon

SOON = 3
"""Working days within which a case counts as due soon."""


def horizon(office: Office) -> Horizon:
    """Today, and the last day that counts as soon: `SOON` working days from today."""
    today = office.today()
    return Horizon(today, office.calendar.deadline(today, SOON, "workday").due)


def case_of_id(office: Office, case_id: str) -> Case:
    """The case with that id.

    Raises:
        Refusal: `case-unknown`.
    """
    case = office.cases.get(case_id)
    if case is None:
        raise Refusal("case-unknown", "没有这一件办件。", "请在办件页按姓名、编号查找。")
    return case


def case_of_number(office: Office, typed: str) -> Case | None:
    """The case of a slip's number, or of the digits of its QR code; None where the text is neither.

    Raises:
        Refusal: `another-installation` (the QR code is one of another PC).
    """
    text = typed.strip()
    if not text:
        return None
    if reference := read_qr(text):
        if reference.installation_code != office.profile.installation_code:
            where = f"这份文书由安装点 {reference.installation_code} 出具，不在本机的台账里。"
            raise Refusal("another-installation", where, "请到出具的窗口查询。")
        rows = office.archive.search(text, limit=1)
        text = rows[0].number if rows else text
    found = office.cases.found(text, limit=2)
    return found[0] if len(found) == 1 and text in found[0].papers else None


def last_act(office: Office, case: Case) -> ActRecorded:
    """The last act at the window of a case: its newest paper, or the act that began it.

    Raises:
        Refusal: `case-without-act` (the entry that began it is gone).
    """
    entry = office.archive.show(case.papers[-1]).entry if case.papers else office.book.find(case.id)
    if entry is None:
        raise Refusal("case-without-act", "找不到这一件开始时的记录。", "请在档案页按姓名查找。")
    return ActRecorded.from_payload(entry.payload)
