"""A revision, an edition or a pack in which anything at all stands anywhere is read, or refused with its place: nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.catalogue.conditions import All, Answered, AnyOf, Not
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Approval, Note
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import LONGEST, Refusal
from counter_assistant.domain.revision.content_json import DEEPEST
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.domain.revision.revision import (
    ItemRetired,
    QuestionDefined,
    Revision,
    StatuteDefined,
    TextEdited,
    VisitRemoved,
    VisitWritten,
)
from counter_assistant.domain.revision.statements import Part, Statement
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.revision.visits import visit_of
from tests.domain.conftest import Make

CENTRE = Source("centre", document="18号", day=date(2026, 12, 3))
APPROVED = Approval("18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
MADE = datetime(2026, 12, 3, 10, 42, tzinfo=timezone(timedelta(hours=8)))
WRAPPED: dict[str, Callable[[Any], Any]] = {
    "before": lambda held: {"standard": "一句。", "before": held}, "list": lambda held: [held], "object": lambda held: {"x": held}, "not": lambda held: {"not": held},
    "all": lambda held: {"all": [held]}, "any": lambda held: {"any": [{}, held]},
}  # fmt: skip


def revision(make: Make) -> Any:
    """Every kind of act, and a batch."""
    who = Answered("who", ("self",))
    text = make.item(notes=(Note("额度", make.guide, All((AnyOf((who, Not(who))), who))),))
    acts = (
        Verdict(Statement(Part.CONDITION, "符合sound"), Answer.AGREE, CENTRE),
        TextEdited(text), ItemRetired("T02"), VisitWritten(visit_of(text, "本人", {"who": "self"})),
        VisitRemoved("T01", "本人"), QuestionDefined(make.question("way", "car", "train").question),
        StatuteDefined("某条例", make.statute().versions[0]),
    )  # fmt: skip
    return Revision("2026.11").with_acts(acts[:3]).with_acts(acts[3:], "甲.xlsx").to_json()


def an_edition(make: Make) -> Any:
    base = make.catalogue(make.item(conditions=(make.condition("sound", Answered("who", ("other",))),)))
    own = FormSentence("一句。", "另一句。", CENTRE)
    made = edition(base, replace(base, form_sentences={"回执": (own,)}), APPROVED, "2026-12-15", ("改了",))
    assert made.catalogue.form_sentences["回执"][0].since == APPROVED.since
    return made.to_json()


def a_pack(make: Make) -> Any:
    base = make.catalogue(make.item())
    return Pack("某中心", MADE, edition(base, base, APPROVED, "2026-12-15", ()), "Ed25519", "ab" * 32).to_json()


def read_edition(written: Any) -> None:
    dict(Edition.from_json(written).catalogue.items)


READERS: dict[str, tuple[Callable[[Make], Any], Callable[[Any], object]]] = {
    "revision": (revision, Revision.from_json),
    "edition": (an_edition, read_edition),
    "pack": (a_pack, lambda written: Pack.from_json(written, "5f1e")),
}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everything that holds something, with its key or position there."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.sampled_from(["2026-02-30", "9" * 5000, "acts", "statute", "\ud800"]),
)  # fmt: skip


@pytest.mark.parametrize("name", READERS)
@given(
    at=st.integers(0, 10**6),
    under=st.sampled_from(sorted(WRAPPED)),
    deep=st.one_of(st.integers(0, 40), st.integers(0, 5000)),
    leaf=odd,
)
def test_whatever_stands_anywhere_is_read_or_refused(name: str, at: int, under: str, deep: int, leaf: Any) -> None:
    written_by, reader = READERS[name]
    written = json.loads(json.dumps(written_by(Make())))
    held = list(places(written))
    holder, key = held[at % len(held)]
    for _ in range(deep):
        leaf = WRAPPED[under](leaf)
    holder[key] = leaf
    assert refused(reader, written) in (None, "broken-content")


def refused(reader: Callable[[Any], object], written: Any) -> str | None:
    """The code of the refusal, in a sentence that can be shown; None where it was read."""
    try:
        reader(written)
    except Refusal as refusal:
        return refusal.code if len(refusal.sentence) <= LONGEST else refusal.sentence
    return None


@pytest.mark.parametrize("levels", [40, 5000])
def test_what_a_sentence_said_before_goes_back_as_far_as_anybody_reworded_it_and_no_further(levels: int) -> None:
    written = an_edition(Make())
    (sentence,) = written["content"]["form_sentences"]["回执"]
    before: Any = {"standard": "一句。"}
    for _ in range(levels):
        before = {"standard": "一句。", "before": before}
    assert refused(read_edition, written) is None
    sentence["before"] = before
    assert refused(read_edition, written) == ("broken-content" if levels > DEEPEST else None)


@pytest.mark.parametrize("name", READERS)
def test_what_nobody_changed_is_read(name: str) -> None:
    written_by, reader = READERS[name]
    reader(json.loads(json.dumps(written_by(Make()))))
