"""编号从几号接着编：年中启用的网点接着纸质登记簿，跳过的号留在台账里."""

from __future__ import annotations

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import series
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.office import Office

MOST = 999_999
"""The highest number that the QR code holds."""


def next_number(office: Office, kind: SlipKind) -> int:
    """The number that the next slip of a kind will get this year."""
    return office.book.last_number(series(kind, office.today().year, office.profile)) + 1


def start_numbers(office: Office, kind: SlipKind, first: str, reason: str) -> None:
    """Sets the number with which a kind continues this year.

    Raises:
        Refusal: `bad-first-number` (not a whole number from 1 to `MOST`), `number-passed`, `reason-missing`; what
            `check_text` refuses.
    """
    plain = first.strip()
    if not (plain.isascii() and plain.isdecimal() and 1 <= int(plain) <= MOST):
        raise Refusal("bad-first-number", f"起始编号应是 1 到 {MOST} 的整数。", "请按纸质登记簿核对。")
    wanted = series(kind, office.today().year, office.profile)
    office.book.start_series(
        wanted, int(plain), office.permit(Permission.NUMBER_SERIES).name, check_text(reason, "理由")
    )
