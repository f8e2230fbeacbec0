"""文明用语：守则的二十五句加上本单位自己的；按眼前这件事填空的在 suggestions.py.

What an office adds, hides and pins is an entry of the book; the latest one holds. The approved phrases never change
(守则 二), and no phrase of an office may hold a forbidden one (守则 三).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from counter_assistant import paths
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.identity import check_text
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.guard import guard
from counter_assistant.domain.wording.phrase_search import PhraseIndex
from counter_assistant.domain.wording.phrases import APPROVED, Channel, Moment, Phrase, arrange, own_phrase
from counter_assistant.operations.office import Office
from counter_assistant.storage.content.phrase_files import read_phrases
from counter_assistant.storage.content.pinyin import initials

LONGEST = 200
MOST_OWN = 2_000
HIGHEST = 999_999


@dataclass(frozen=True, slots=True)
class OfficePhrases:
    """What an office has decided: its own phrases, and the numbers of those that come first."""

    own: tuple[Phrase, ...] = ()
    pinned: tuple[int, ...] = ()


@cache
def approved_phrases() -> tuple[Phrase, ...]:
    """The twenty-five of 守则 二."""
    return read_phrases(paths.resources() / "phrases")


def decided(office: Office) -> OfficePhrases:
    """What the book's latest entry of its kind says; nothing own until there is one."""
    entry = office.book.latest(EntryKind.PHRASES)
    return _from_payload(entry.payload) if entry else OfficePhrases()


def office_phrases(office: Office) -> tuple[Phrase, ...]:
    """All phrases in the order in which they are offered, hidden ones included."""
    own = decided(office)
    return arrange(approved_phrases(), own.own, own.pinned)


def index_of(office: Office) -> PhraseIndex:
    """The search over all phrases that are offered. Build it once for a panel, and anew after `decide_phrases`."""
    return PhraseIndex.of(office_phrases(office), initials)


def next_number(office: Office) -> int:
    """The number of a new phrase: no number is used twice, not even that of a phrase given up."""
    entries = office.book.entries(EntryKind.PHRASES)
    return 1 + max((row["number"] for entry in entries for row in entry.payload["own"]), default=APPROVED)


def decide_phrases(office: Office, own: Sequence[Phrase], pinned: Sequence[int] = (), clerk: str = "") -> Entry:
    """Records the office's own phrases, all of them, and what is pinned.

    Refuses one that is no own phrase, empty, too long, unprintable, numbered twice, or that holds a forbidden phrase; a pin
    on a number that there is not; and an unknown clerk.
    """
    who = office.profile.clerk(clerk)
    if len(own) > MOST_OWN:
        raise Refusal("too-many-phrases", f"本单位的用语有 {len(own)} 句，超过 {MOST_OWN} 句。", "请删去不用的。")
    checked = tuple(_checked(phrase) for phrase in own)
    numbers = [phrase.number for phrase in checked]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise Refusal("phrase-number-twice", f"有两句用语编为第 {twice} 句。", "每句一个号，请改正。")
    strange = next((number for number in pinned if number not in {*range(1, APPROVED + 1), *numbers}), None)
    if strange is not None:
        raise Refusal("unknown-phrase", f"没有第 {strange} 句用语，不能置顶。", "请从列出的用语里选。")
    payload = {"own": [_to_row(phrase) for phrase in checked], "pinned": list(dict.fromkeys(pinned))}
    return office.book.append(EntryKind.PHRASES, payload | {"clerk": who.name})


def _checked(phrase: Phrase) -> Phrase:
    """The phrase made anew from its words, so that its blanks are those of its text."""
    if phrase.number > HIGHEST:
        raise Refusal("phrase-number-wrong", f"用语不能编到第 {HIGHEST} 句以后。", "请用接着的下一个号。")
    text = check_text(phrase.text.strip(), f"第 {phrase.number} 句用语", LONGEST)
    hits = guard(text)
    if hits:
        sentence = f"第 {phrase.number} 句用语里有服务忌语“{hits[0].text}”。"
        raise Refusal("phrase-forbidden", sentence, f"可改说：“{hits[0].instead}”")
    return own_phrase(phrase.number, text, phrase.channel, phrase.moment, hidden=phrase.hidden)


def _to_row(phrase: Phrase) -> dict[str, Any]:
    return {
        "number": phrase.number,
        "text": phrase.text,
        "channel": phrase.channel.value,
        "moment": phrase.moment.value,
        "hidden": phrase.hidden,
    }


def _from_payload(payload: dict[str, Any]) -> OfficePhrases:
    own = tuple(
        own_phrase(row["number"], row["text"], Channel(row["channel"]), Moment(row["moment"]), hidden=row["hidden"])
        for row in payload["own"]
    )
    return OfficePhrases(own, tuple(payload["pinned"]))
