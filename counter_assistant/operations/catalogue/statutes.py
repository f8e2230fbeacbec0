"""法规的新版本：贴进正文，认出条款，对照目录里的引用，收进正在改的一稿."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.catalogue.statutes import StatuteVersion
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import StatuteDefined
from counter_assistant.domain.revision.statute_changes import Citation, citations
from counter_assistant.domain.revision.statute_text import StatuteText, read_statute_text
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.catalogue.revising import Revising

LONGEST = 60
YEARS = range(1949, 2200)


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """How a version is called: its year, what papers say of it, its first day, and the document that announced it."""

    year: int
    label: str
    effective_from: date
    source: str = ""


@dataclass(frozen=True)
class StatuteLook:
    """A new version as it was recognised, and every citation that it touches."""

    statute: str
    version: StatuteVersion
    text: StatuteText
    touched: tuple[Citation, ...]


def look_at_statute(revising: Revising, name: str, pasted: str, named: NamedVersion, before: str = "") -> StatuteLook:
    """A pasted text as the version that it is said to be, held against what the revision cites.

    `before` is the text of the version that is cited now, needed where the catalogue keeps only its numbers.

    Raises:
        Refusal: `statute-unnamed` (without name or label), `statute-year`; what `read_statute_text` and `check_text` refuse.
    """
    said = [check_text(text.strip(), what, LONGEST) for what, text in (("法规名称", name), ("版本的说法", named.label))]
    if not all(said):
        raise Refusal(
            "statute-unnamed", "没有写明法规名称，或者版本怎样称呼。", "请写明，如 2028年修订，2028年1月1日起施行。"
        )
    if named.year not in YEARS:
        raise Refusal("statute-year", f"版本年份 {named.year} 不对。", "请写四位年份。")
    source = check_text(named.source.strip(), "公布的文件", LONGEST) or said[1]
    text = read_statute_text(pasted)
    version = text.version(named.year, said[1], named.effective_from, source)
    old = {each.number: each.known for each in read_statute_text(before).articles} if before else None
    return StatuteLook(said[0], version, text, tuple(citations(revising.working, said[0], version, old)))


def define_statute(revising: Revising, seen: StatuteLook) -> None:
    """Puts a version that was looked at into the revision.

    Raises:
        Refusal: what `Revising.do` refuses.
    """
    revising.do(StatuteDefined(seen.statute, seen.version))
