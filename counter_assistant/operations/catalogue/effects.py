"""改动管到哪里：哪些情形、哪些未结办件会告知得不一样；今天的单子和改后的单子摆在一起."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.cases.case import Case, TraceKind
from counter_assistant.domain.catalogue.approval import Approvals, with_approvals
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.formatting import STAR, listed
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import COPY_LABELS, Draft
from counter_assistant.domain.revision.effects import ItemEffect, Telling, effects, otherwise, tells_otherwise
from counter_assistant.domain.revision.statements import newest, newest_or_none
from counter_assistant.domain.revision.stoppable import Reached, Stoppable, share_of
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.issuing.issue import draft_of
from counter_assistant.storage.views.acts import acts_at

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

_BATCH = 200
"""How many cases are looked at before it is said how far the search is."""


@dataclass(frozen=True, slots=True)
class CasesEffect:
    """The open cases whose applicants would be told otherwise.

    `accepted` stay under the text of their day of acceptance (法不溯及既往). `waiting` are not accepted yet: what is handed in
    complete from the first day of the new text on is handled under it. Both are the ids of cases.
    """

    accepted: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """影响未结办件 7 件：都按受理日的旧规定办，不用另行告知."""
        if not self.accepted and not self.waiting:
            return "不影响未结办件"
        kept = "都按受理日的旧规定办，不用另行告知"
        if self.waiting:
            kept = f"{len(self.accepted)} 件已受理，按受理日的旧规定办" if self.accepted else ""
        told = f"{len(self.waiting)} 件还没有受理，生效以后补齐的按新规定办，来时再告知一次" if self.waiting else ""
        return f"影响未结办件 {len(self.accepted) + len(self.waiting)} 件：{listed((kept, told), '；')}"


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change of the catalogue does: item by item, and to the open cases."""

    items: tuple[ItemEffect, ...]
    cases: CasesEffect


def effects_of(office: Office, before: Catalogue, after: Catalogue) -> Stoppable[Effects]:
    """What differs between the newest texts of two catalogues, for applicants to come and for the open cases."""
    items = yield from share_of(effects(before, after), 0, 2)
    cases = yield from share_of(open_cases_told_otherwise(office, before, after), 1, 2)
    return Effects(items, cases)


def open_cases_told_otherwise(office: Office, before: Catalogue, after: Catalogue) -> Stoppable[CasesEffect]:
    """The open cases to whose applicants, with the answers of their last visit, the newest texts tell different things.

    Only what is told in the situation counts, as in `domain/revision/effects.py`; of an item that is retired, everything.
    """
    tellings = _differing(before, after)
    accepted, waiting, done, cases = list[str](), list[str](), 0, office.cases.open_cases()
    whole, known = office.cases.open_count(), dict[tuple[str, frozenset[tuple[str, str]]], bool]()
    while batch := list(islice(cases, _BATCH)):
        yield Reached(min(done, whole), whole)
        done += len(batch)
        touched = [case for case in batch if case.item in tellings]
        answers = {act.seq: act.facts.answers for act in acts_at(office.database, map(_last_visit, touched))}
        for case in touched:
            given = answers.get(_last_visit(case), {})
            situation = (case.item, frozenset(given.items()))
            if situation not in known:
                pair = tellings[case.item]
                known[situation] = pair is None or tells_otherwise(otherwise(pair[0].of(given), pair[1].of(given)))
            if known[situation]:
                (accepted if case.rule.complete else waiting).append(case.id)
    return CasesEffect(tuple(accepted), tuple(waiting))


def _differing(before: Catalogue, after: Catalogue) -> dict[str, tuple[Telling, Telling] | None]:
    """What the newest texts of items tell before and after, of those that differ; None where one is handled no more."""
    found: dict[str, tuple[Telling, Telling] | None] = {}
    for id_ in before.items:
        old, new = newest(before, id_), newest_or_none(after, id_)
        if old != new:
            found[id_] = (Telling(old), Telling(new)) if new else None
    return found


def _last_visit(case: Case) -> int:
    """The number of the entry of its last act at the window; 0 where no entry is known."""
    return next((trace.seq for trace in reversed(case.history) if trace.kind is TraceKind.VISIT), 0)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of the two slips: empty `before` where it is new, empty `after` where it is gone."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether both slips say it, whichever number it has in a table."""
        return _unnumbered(self.before) == _unnumbered(self.after)


@dataclass(frozen=True, slots=True)
class Beside:
    """Today's slip beside the changed one, and all their lines in order; None where the item is new, or handled no more."""

    before: Draft | None
    after: Draft | None
    lines: tuple[SlipLine, ...]

    @property
    def differing(self) -> tuple[SlipLine, ...]:
        """The lines that only one of the two has."""
        return tuple(line for line in self.lines if not line.same)


def slips_beside(office: Office, before: Catalogue, after: Catalogue, request: Request) -> Beside:
    """The slip of one request as it would read under each of two catalogues. Nothing is recorded.

    Where no paper belongs to it, it is what would be told: the notification slip.

    Raises:
        Refusal: what `assess` and `draft_of` refuse.
    """
    known = [catalogue for catalogue in (before, after) if request.item in catalogue.items] or [before]
    drafts = {id(catalogue): _draft(office, catalogue, request) for catalogue in known}
    now, then = drafts.get(id(before)), drafts.get(id(after))
    return Beside(now, then, tuple(_aligned(now.lines() if now else [], then.lines() if then else [])))


@dataclass(frozen=True, slots=True)
class Pages:
    """Today's slip and the changed one as the pages that would be printed, None where there is none; `situation` in words."""

    before: bytes | None
    after: bytes | None
    situation: str


def slips_as_pages(
    office: Office, before: Catalogue, after: Catalogue, item: str, answers: Mapping[str, str], watermark: str
) -> Pages:
    """The slips of an item beside each other, as PDF, with these answers. Nothing is recorded.

    Raises:
        Refusal: what `slips_beside` refuses.
    """
    beside = slips_beside(office, before, after, Request(item, answers=answers))
    text = newest_or_none(after, item) or newest(before, item)
    setter = office.program.typesetter
    now, then = (
        setter.preview(draft, copy=COPY_LABELS[1], watermark=office.watermark or watermark) if draft else None
        for draft in (beside.before, beside.after)
    )
    return Pages(now, then, Situation.of(text, text.known_answers(answers)).in_words())


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What a change of one item does; and the slips of the situation in which it shows most often."""

    effects: Effects
    beside: Beside

    @property
    def item(self) -> ItemEffect | None:
        """What is told otherwise to applicants; None where both texts are the same."""
        return next(iter(self.effects.items), None)


def effect_shown(office: Office, before: Catalogue, after: Catalogue, item: str) -> Stoppable[ShownEffect]:
    """What the change of one item between two catalogues does, with an example of its slip."""
    old, new = (
        replace(each, items={id_: each.items[id_] for id_ in {item} & {*each.items}}) for each in (before, after)
    )
    found = yield from effects_of(office, old, new)
    answers = next((each.answers for effect in found.items for each in effect.changes), {})
    return ShownEffect(found, slips_beside(office, before, after, Request(item, answers=answers)))


def _draft(office: Office, catalogue: Catalogue, request: Request) -> Draft:
    under = office.under(with_approvals(catalogue, Approvals(in_texts=True)))
    day = office.today()
    if request.item in catalogue.items:
        text = newest(catalogue, request.item)
        request = replace(request, answers=text.known_answers(request.answers))
        day = max(day, text.effective_from)
    matter = assess(request, under.catalogue, under.profile, day)
    return draft_of(under, matter, matter.kind or SlipKind.NOTIFICATION_SLIP)


def _aligned(before: list[str], after: list[str]) -> Iterator[SlipLine]:
    """The lines of both, those beside each other that are the same; of what was replaced line for line, both."""
    matcher = SequenceMatcher(None, [*map(_unnumbered, before)], [*map(_unnumbered, after)], autojunk=False)
    for _, start, end, to_start, to_end in matcher.get_opcodes():
        gone, come = before[start:end], after[to_start:to_end]
        if len(gone) == len(come):
            yield from map(SlipLine, gone, come)
        else:
            yield from (SlipLine(line, "") for line in gone)
            yield from (SlipLine("", line) for line in come)


def _unnumbered(line: str) -> str:
    """A line of a slip without what it shares with its table: the number of its row, which is another where a line before it is new
    or gone, and the mark ＊, which stands at the head where every row has it.
    """
    number, mark, rest = line.replace(STAR, "").partition(" | ")
    return rest if mark and number.isdecimal() else line.replace(STAR, "")
