"""An office's phrases: what it adds, hides and pins is in the book, and the case in hand fills the blanks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind, Visibility
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel, fill, own_phrase
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.operations.wording.office_phrases import (
    LONGEST,
    MOST_OWN,
    decide_phrases,
    index_of,
    next_number,
)
from tests.make import an_office

APPROVED = list(range(1, 26))


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def an_own(number: int = 26, text: str = "请您先取号,再到XX窗口。", **changes: Any) -> Phrase:
    """Made without the checks of `own_phrase`, which are asked again when it is recorded."""
    sound = own_phrase(26, "请您先取号。", PhraseChannel.COUNTER, Moment.WELCOME)
    return replace(sound, number=number, text=text, **changes)


def test_an_office_starts_with_the_approved_phrases_and_nothing_in_the_book(office: Office) -> None:
    assert [phrase.number for phrase in office.content.phrases] == APPROVED
    assert office.book.latest(EntryKind.PHRASES) is None
    assert next_number(office) == 26


def test_what_was_decided_is_read_back_from_the_book(office: Office, tmp_path: Path) -> None:
    decide_phrases(office, [an_own(26), an_own(27, "请慢走。", hidden=True)], pinned=(26, 22, 26))
    office.close()
    again = an_office(tmp_path)
    phrases = again.content.phrases
    assert [phrase.number for phrase in phrases] == [26, 22, *(n for n in APPROVED if n != 22), 27]
    assert fill(phrases[0], {"text": "2号"}) == "请您先取号，再到2号窗口。"
    assert (phrases[0].own, phrases[0].pinned, phrases[-1].hidden) == (True, True, True)
    assert [phrase.number for phrase in index_of(again).search("慢走")] == [25]
    assert [phrase.number for phrase in index_of(again).search("qnxqh")] == [26]
    entry = again.book.latest(EntryKind.PHRASES)
    assert entry is not None
    assert (entry.visibility, entry.payload["clerk"], entry.kind.label) == (Visibility.INTERNAL, "李某", "文明用语")
    assert again.book.check().ok
    again.close()


def test_the_latest_decision_holds_and_a_number_is_never_used_again(office: Office) -> None:
    decide_phrases(office, [an_own(26), an_own(next_number(office) + 1)])
    decide_phrases(office, [])
    assert next_number(office) == 28
    assert [phrase.text for phrase in office.content.phrases] == [phrase.text for phrase in program().phrases]


@pytest.mark.parametrize(
    ("own", "pinned", "code"),
    [
        ([an_own(1)], (), "phrase-approved"),
        ([program().phrases[8]], (), "phrase-approved"),
        ([an_own(text=" ")], (), "phrase-empty"),
        ([an_own(text="请" * (LONGEST + 1))], (), "text-too-long"),
        ([an_own(text="请\u202e稍等")], (), "unprintable-text"),
        ([an_own(text="下班了,不办了。")], (), "phrase-forbidden"),
        ([an_own(), an_own(27), an_own()], (), "phrase-number-twice"),
        ([an_own(10**20)], (), "phrase-number-wrong"),
        ([an_own()], (27,), "unknown-phrase"),
        ([an_own()], (0,), "unknown-phrase"),
        ([an_own(n) for n in range(26, 27 + MOST_OWN)], (), "too-many-phrases"),
    ],
)
def test_what_cannot_be_offered_is_refused_and_changes_nothing(
    office: Office, own: list[Phrase], pinned: tuple[int, ...], code: str
) -> None:
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        decide_phrases(office, own, pinned)
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert office.book.head() == before


def test_an_unknown_clerk_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="孙某"):
        decide_phrases(office, [], clerk="孙某")
