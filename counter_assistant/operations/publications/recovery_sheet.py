"""恢复单：一张 A4，12 个字，锁进保险柜；不编号，不留记录，不写到磁盘上."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.counter_sign import Role, SignLine

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TITLE, PER_LINE = "台账恢复单", 4
KEEP = ("所有口令都忘了，只有它能打开台账", "请锁进保险柜，不拍照，不另抄")


def sheet_pdf(office: Office, words: str) -> bytes:
    """The PDF of a recovery sheet, with the place of the first character of each line before it.

    Raises:
        Refusal: `missing-glyph`.
    """
    profile, starts = office.profile, range(0, len(words), PER_LINE)
    lines = [SignLine(TITLE, Role.HEADLINE)]
    lines += [
        SignLine(f"第{start + 1}至{start + PER_LINE}字　{'　'.join(words[start : start + PER_LINE])}", Role.BODY)
        for start in starts
    ]
    lines += [SignLine(words, Role.BODY) for words in KEEP]
    lines.append(SignLine(f"{profile.unit}　{profile.branch}　{chinese_date(office.today())}", Role.FOOT))
    return office.program.typesetter.sign(TITLE, lines)
