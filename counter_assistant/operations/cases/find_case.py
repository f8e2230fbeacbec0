"""找到一件办件：按编号、按文书编号或者尾号。"""

from __future__ import annotations

from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.closing.outside_head import is_sheet_code
from counter_assistant.domain.papers.numbering import read_qr
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.scan import Scan, read_scan
from counter_assistant.operations.office import Office
from counter_assistant.storage.views.cases import Horizon

ELSEWHERE, KIT_NOT_RECORDED = "another-installation", "kit-not-recorded"
SOON = 3
"""Working days within which a case counts as due soon."""

SCAN_IT = "请在窗口里用扫码枪扫"


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
    """The case of a slip's number, or of its scanned QR code; None where the text is neither.

    Raises:
        Refusal: as `number_of_scan`, where the text is a scan.
    """
    text = typed.strip()
    if not text:
        return None
    if scan := read_scan(text):
        text = number_of_scan(office, scan)
    found = office.cases.found(text, limit=2)
    return found[0] if len(found) == 1 and text in found[0].papers else None


def number_of_scan(office: Office, scan: Scan) -> str:
    """The number of the slip whose QR code was scanned.

    Raises:
        Refusal: `newer-code` (a newer program's version of the format), `misread-code` (the check digits do not fit),
            `another-installation` (a slip of another PC), `code-not-in-book`, `sheet-code` (that of a day sheet), `kit-not-recorded` (a slip
            of a kit that nobody has recorded yet).
    """
    if is_sheet_code(scan.digits):
        sheet = "扫到的是日结单上的码，不是文书。"
        raise Refusal("sheet-code", sheet, f"要与台账核对，{SCAN_IT}。")
    if not scan.known:
        newer = "这个二维码是更新版本的程序印的，本机的程序认不出。"
        raise Refusal("newer-code", newer, "请升级程序，或者按纸上的编号查找。")
    reference = read_qr(scan.digits)
    if reference is None:
        raise Refusal("misread-code", "扫到的编码校验不符。", "请再扫一次，或者按纸上的编号查找。")
    if rows := office.archive.search(scan.digits, limit=1):
        return rows[0].number
    if reference.installation_code != office.profile.installation_code:
        where = f"这份文书由安装点 {reference.installation_code} 出具，不在本机的台账里。"
        raise Refusal(ELSEWHERE, where, "请到出具的窗口查询。")
    if reference.kit:
        raise Refusal(KIT_NOT_RECORDED, "这是停电备用单，还没有补录。", "请在受理台输入它的编号，照纸补录。")
    raise Refusal("code-not-in-book", "本机台账里没有这份文书。", "请核对是否从备份恢复过。")


def last_act(office: Office, case: Case) -> ActRecorded:
    """The last act at the window of a case: its newest paper, or the act that began it.

    Raises:
        Refusal: `case-without-act` (the entry that began it is gone).
    """
    entry = office.archive.show(case.papers[-1]).entry if case.papers else office.book.find(case.id)
    if entry is None:
        raise Refusal("case-without-act", "找不到这一件开始时的记录。", "请在档案页按姓名查找。")
    return ActRecorded.from_payload(entry.payload)
