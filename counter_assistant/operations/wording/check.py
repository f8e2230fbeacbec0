"""用语检查：凡要印出、复制的文字，先过一遍忌语守护；转述他人原话的，说明理由可以保留.

守则 一(二)1⑴ 禁用服务忌语. What an applicant said may have to be recorded as it was said, so a clerk can keep a find by
giving a reason; what was kept, and why, goes into the book with the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.guard import Hit, guard
from counter_assistant.domain.wording.phrases import typeset
from counter_assistant.operations.program import program


@dataclass(frozen=True, slots=True)
class Kept:
    """A find that the clerk keeps: in which field (`place`), which words, and why. It covers those words only."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A find: in which field, and what."""

    place: str
    hit: Hit

    @property
    def in_words(self) -> str:
        """What the clerk reads."""
        return f"{self.place}里有服务忌语“{self.hit.text}”，可改说：“{typeset(self.hit.instead)}”"


def find_forbidden(text: str) -> list[Hit]:
    """The forbidden phrases in a text, in its order; empty where there is none."""
    return guard(text, program().forbidden_phrases)


def check_wording(texts: Mapping[str, str], kept: Iterable[Kept] = ()) -> list[Found]:
    """What is found in the fields, given by their Chinese names, and is not kept.

    Raises:
        Refusal: `keep-reason-missing` (something is kept without a reason).
    """
    kept_words = {(each.place, each.text) for each in map(_reasoned, kept)}
    found = [Found(place, hit) for place, text in texts.items() for hit in find_forbidden(text)]
    return [each for each in found if (each.place, each.hit.text) not in kept_words]


def refuse_forbidden(texts: Mapping[str, str], kept: Iterable[Kept] = ()) -> None:
    """Checks that nothing is found in texts but what is kept.

    Raises:
        Refusal: `forbidden-wording`, naming the first field and what to say instead; `keep-reason-missing`.
    """
    found = check_wording(texts, kept)
    if found:
        more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        remedy = "请改写；确属转述他人原话的，请写明理由后保留。"
        raise Refusal("forbidden-wording", f"{found[0].in_words}{more}。", remedy)


def _reasoned(kept: Kept) -> Kept:
    if not kept.reason.strip():
        raise Refusal("keep-reason-missing", f"保留“{kept.text}”要写明理由。", "请写明，例如：转述当事人原话。")
    return kept
