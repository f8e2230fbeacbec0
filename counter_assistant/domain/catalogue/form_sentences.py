"""文书用语：每种文书里固定的话，本中心可以换一种说法；句子里空着的地方（〔监督电话〕）照样留着.

The papers' forms ship with a wording of their own (forms/). What the centre says instead is part of its catalogue, approved and sent
like any item (守则 一(四)3), and is told by the sentence that it stands in place of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal

BRACES = "{}"
"""What a template of a form is written with: a sentence that holds one would not be printed as it reads."""

_MARK = re.compile("〔[^〔〕]+〕")


@dataclass(frozen=True, slots=True)
class FormSentence:
    """A sentence of a paper. `standard` is how it ships, and its name; `words` what is printed instead, empty where nothing is.

    Papers that are issued from the day `since` on read so; until then they read as `before`.
    """

    standard: str
    words: str = ""
    source: Source = field(default_factory=lambda: Source("assumption"))
    since: date | None = None
    before: FormSentence | None = None

    @property
    def printed(self) -> str:
        """How it reads on the paper, with the marks of what is filled in."""
        return self.words or self.standard

    def printed_on(self, day: date) -> str:
        """How it reads on a paper that is issued on a day."""
        if self.since is None or day >= self.since:
            return self.printed
        return self.before.printed_on(day) if self.before else self.standard


FormSentences = Mapping[str, tuple[FormSentence, ...]]
"""The sentences of every paper, by the paper's name, in the order in which its form has them."""


def marks(words: str) -> list[str]:
    """〔监督电话〕 and the like, in their order."""
    return _MARK.findall(words)


def reworded(sentence: FormSentence, words: str, source: Source) -> FormSentence:
    """The sentence in the centre's words.

    Raises:
        Refusal: `mark-lost` (what is filled in when the paper is issued stands in it no more, or twice), `words-broken` (a
            brace or a line break).
    """
    made = FormSentence(sentence.standard, "" if words == sentence.standard else words, source)
    if wrong := wrong_in(made):
        raise wrong
    return made


def wrong_in(sentence: FormSentence) -> Refusal | None:
    """Why a sentence cannot be printed; None where it can."""
    for mark, times in Counter(marks(sentence.standard)).items():
        if sentence.printed.count(mark) != times:
            return Refusal(
                "mark-lost",
                f"“{mark}”在这一句里要有 {times} 处：出具时填在那里。",
                f"请照原样写上 {mark}，放在句子里合适的地方。",
            )
    if any(brace in sentence.words for brace in BRACES) or "\n" in sentence.words:
        return Refusal("words-broken", "文书用语里不能有花括号，也不能换行。", "请去掉，写成一句。")
    return None


def laid_over(shipped: FormSentences, centre: FormSentences) -> dict[str, tuple[FormSentence, ...]]:
    """The sentences that ship, with what the centre settled in place of each that still ships."""
    return {
        paper: tuple(
            next((own for own in centre.get(paper, ()) if own.standard == each.standard), each) for each in sentences
        )
        for paper, sentences in shipped.items()
    }


def settled_sentences(
    told: FormSentences, working: FormSentences, decided: date, since: date
) -> dict[str, tuple[FormSentence, ...]]:
    """What the centre has settled: the part of its catalogue that an edition holds.

    What was `decided` on a day begins `since` another; how it reads until then goes with it, and nothing that is over.
    """
    found = {}
    for paper, held in working.items():
        known = {each.standard: each for each in told.get(paper, ())}
        settled = tuple(
            _from(since, known.get(each.standard), each, decided) for each in held if not each.source.to_confirm
        )
        if settled:
            found[paper] = settled
    return found


def _from(since: date, before: FormSentence | None, now: FormSentence, decided: date) -> FormSentence:
    return now if now == before else replace(now, since=since, before=_still_printed(before, decided))


def _still_printed(sentence: FormSentence | None, day: date) -> FormSentence | None:
    """The sentence as it can be printed from a day on."""
    if sentence is None or sentence.since is None:
        return sentence
    over = sentence.since <= day
    return replace(sentence, before=None if over else _still_printed(sentence.before, day))


def every_wording(sentence: FormSentence) -> Iterator[FormSentence]:
    """The sentence, and how it reads until its day, back to what was said first."""
    held: FormSentence | None = sentence
    while held:
        yield held
        held = held.before


def said_otherwise(sentences: FormSentences, day: date) -> dict[str, dict[str, str]]:
    """The words of every sentence that reads on a day otherwise than it ships, by paper and by the sentence that ships."""
    found = {paper: {each.standard: each.printed_on(day) for each in held} for paper, held in sentences.items()}
    new = {paper: {old: new for old, new in words.items() if new != old} for paper, words in found.items()}
    return {paper: words for paper, words in new.items() if words}
