"""文明用语：守则的二十五句加上本单位自己的；按眼前这件事填空的在 suggestions.py.

What an office adds, hides and pins is an entry of the book; the latest one counts. The approved phrases never change
(守则 二), and no phrase of an office may contain a forbidden one (守则 三).
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.wording.office_phrases import OfficePhrases
from counter_assistant.domain.wording.phrase_search import PhraseIndex
from counter_assistant.domain.wording.phrases import APPROVED, Phrase, own_phrase
from counter_assistant.operations.content import phrases_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.check import find_forbidden
from counter_assistant.storage.characters.pinyin import initials

LONGEST = 200
MOST_OWN = 2_000
HIGHEST = 999_999


def decided(office: Office) -> OfficePhrases:
    """What the book says now, whichever window of the office decided it: what the next decision is based on."""
    return phrases_of(office.book.latest(EntryKind.PHRASES))


def index_of(office: Office) -> PhraseIndex:
    """The search over all phrases that are offered. Build it once for a panel, and again after `decide_phrases`."""
    return PhraseIndex.of(office.content.phrases, initials)


def next_number(office: Office) -> int:
    """The number of a new phrase: no number is used twice, not even that of a deleted phrase."""
    given = (phrases_of(entry).own for entry in office.book.entries(EntryKind.PHRASES))
    return 1 + max((phrase.number for own in given for phrase in own), default=APPROVED)


def decide_phrases(office: Office, own: Sequence[Phrase], pinned: Sequence[int] = (), clerk: str = "") -> Entry:
    """Records the office's own phrases, all of them, and what is pinned.

    Raises:
        Refusal: `too-many-phrases`, `phrase-number-twice`, `phrase-number-wrong`, `unknown-phrase` (a pin on a number
            that does not exist), `phrase-forbidden`; what `own_phrase`, `Office.permit` and `check_text` refuse.
    """
    who = office.permit(Permission.PHRASES, clerk)
    if len(own) > MOST_OWN:
        raise Refusal("too-many-phrases", f"本单位的用语有 {len(own)} 句，超过 {MOST_OWN} 句。", "请删去不用的。")
    checked = tuple(_checked(phrase) for phrase in own)
    numbers = [phrase.number for phrase in checked]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise Refusal("phrase-number-twice", f"有两句用语编为第 {twice} 句。", "每句一个号，请改正。")
    known = {*range(1, APPROVED + 1), *numbers, *(phrase.number for phrase in office.content.centre_phrases)}
    strange = next((number for number in pinned if number not in known), None)
    if strange is not None:
        raise Refusal("unknown-phrase", f"没有第 {strange} 句用语，不能置顶。", "请从列出的用语里选。")
    said = OfficePhrases(checked, tuple(dict.fromkeys(pinned)), who.name)
    entry = office.book.append(EntryKind.PHRASES, said.to_payload())
    office.reread()
    return entry


def _checked(phrase: Phrase) -> Phrase:
    """The phrase made again from its words, so that its blanks are those of its text."""
    if phrase.number > HIGHEST:
        raise Refusal("phrase-number-wrong", f"用语不能编到第 {HIGHEST} 句以后。", "请用接着的下一个号。")
    text = check_text(phrase.text.strip(), f"第 {phrase.number} 句用语", LONGEST)
    hits = find_forbidden(text)
    if hits:
        sentence = f"第 {phrase.number} 句用语里有服务忌语“{hits[0].text}”。"
        raise Refusal("phrase-forbidden", sentence, f"可改说：“{hits[0].instead}”")
    return own_phrase(phrase.number, text, phrase.channel, phrase.moment, hidden=phrase.hidden)
