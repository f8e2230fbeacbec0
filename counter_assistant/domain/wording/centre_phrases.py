"""本中心的用语：中心自己加的文明用语，随一版目录批准，发到各网点；网点照用，不能改（守则 二）."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_assistant.domain.wording.phrases import CENTRE, Moment, Phrase, PhraseChannel, own_phrase


@dataclass(frozen=True, slots=True)
class CentrePhrase:
    """A phrase of the centre's own. `number` is that of the centre, from 26 on; each XX in `text` is a blank."""

    number: int
    text: str
    channel: PhraseChannel
    moment: Moment

    def at_a_branch(self) -> Phrase:
        """As a branch says it; it is none of the branch's own.

        Raises:
            Refusal: what `own_phrase` refuses.
        """
        made = own_phrase(self.number, self.text, self.channel, self.moment)
        return Phrase(
            CENTRE + made.number, made.text, made.channel, made.moment, "本中心", made.blanks, order=self.number
        )


def centre_phrases(own: Iterable[Phrase]) -> tuple[CentrePhrase, ...]:
    """What an edition takes of the office's own phrases: those that are offered."""
    return tuple(
        CentrePhrase(phrase.number, phrase.text, phrase.channel, phrase.moment) for phrase in own if not phrase.hidden
    )


def phrase_changes(before: Iterable[CentrePhrase], after: Iterable[CentrePhrase]) -> list[str]:
    """What differs, in words: 文明用语：“甲”改为“乙”."""
    old, new = ({each.number: each for each in held} for held in (before, after))
    said = []
    for number in sorted({*old, *new}):
        was, is_ = old.get(number), new.get(number)
        if was == is_:
            continue
        if is_ is None:
            said.append(f"文明用语：删去“{old[number].text}”")
        elif was is None:
            said.append(f"文明用语：新增“{is_.text}”")
        else:
            moved = "" if was.text != is_.text else f"（{is_.channel.label}，{is_.moment.label}）"
            said.append(f"文明用语：“{was.text}”改为“{is_.text}”{moved}")
    return said
