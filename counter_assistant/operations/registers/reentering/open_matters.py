"""以前记在公开台账里的投诉件：找出来，照各条记录说的合成一件一件.

Before complaints were sealed, 举报单位 and 服务投诉 were items like any other: cases, papers, calls and drafts that everybody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, StepWithdrawn, act_in
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.cases.case import Stage
from counter_assistant.domain.cases.entry_acts import case_of
from counter_assistant.domain.entry import UNNAMED_CASE, Entry
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.paper_entry import SlipReprinted, SlipVoided
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.number_entry import NumberRevealed
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.complaint import SEALED_ITEMS
from counter_assistant.domain.registers.old_matter import OldLine, OldMatter
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled
from counter_assistant.operations.cases.whole_matter import Said, WholeMatter
from counter_assistant.operations.office import Office
from counter_assistant.storage.drafts import SavedDraft
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.acts_of_items import acts_of_items

NOT_TAKEN_IN = frozenset((Stage.WAITING, Stage.HELD, Stage.ASKED, Stage.NOTIFIED))
"""The stages of a case that nobody has taken in, or of which nobody knows yet whether anybody will."""
TYPED = ("name", "phone", "agent_name", "id_number")
"""The fields of a draft of the desk that say who it is about."""


class OldComplaints:
    """The complaints that still lie in the open. They are looked for again only after something was recorded."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._head = (0, "")
        self._matters = 0

    def count(self) -> int:
        """How many there are now, drafts included."""
        head = self._office.book.head()
        if head != self._head:
            self._head, self._matters = head, len(open_matters(self._office))
        return self._matters + len(open_drafts(self._office))


def open_still(office: Office) -> str:
    """What to say to who names a keeper: only then can the complaints of before be sealed; empty where there are none."""
    count = OldComplaints(office).count()
    if not count:
        return ""
    return f"以前的投诉件 {count} 份还在公开的台账里，请保管人在登记页的“投诉”里改成密封。"


def open_matters(office: Office) -> tuple[WholeMatter, ...]:
    """The old matters in the order in which they began. Who only asked how to complain, and is named nowhere, is none (守则 一(五)1)."""
    cases, seqs = acts_of_items(office.database, SEALED_ITEMS.keys())
    places = seqs | {trace.seq for case in cases for trace in case.history if trace.seq}
    found: dict[str, list[Said]] = {}
    for _, entry in sorted(office.book.at(places).items()):
        content = None if entry.erased else content_of(entry)
        if matter := _matter_of(entry, content):
            found.setdefault(matter, []).append(Said(entry, content))
    by_id = {case.id: case for case in cases}
    matters = (WholeMatter(matter, tuple(said), by_id.get(matter)) for matter, said in found.items())
    return tuple(matter for matter in matters if _is_one(matter))


def open_drafts(office: Office) -> list[SavedDraft]:
    """What lies half done on the desk about such a matter: nobody can issue it any more. One in which nothing was typed is none."""
    drafts = (draft for draft in office.drafts.all() if draft.body.get("item") in SEALED_ITEMS)
    return [draft for draft in drafts if any(draft.body.get(name) for name in TYPED) or written_in(draft)]


def written_in(draft: SavedDraft) -> str:
    """What was written in the fields of a draft."""
    details, agent = draft.body.get("details"), str(draft.body.get("agent_name", ""))
    texts = [str(text) for text in details.values()] if isinstance(details, dict) else []
    return listed((*texts, f"代办人 {agent}" if agent else ""), "。")


def as_told(office: Office, matter: WholeMatter, about: Iterable[Said]) -> OldMatter:
    """A matter as its entries say it, and what others say about it."""
    first, case, acts = matter.said[0], matter.case, matter.acts
    more = [line for one in about if (line := _line_about(one))]
    lines = tuple(sorted((*_lines(matter), *more), key=lambda line: line.at))
    if isinstance(first.content, CallNoted):
        answered = any(isinstance(one.content, Answered) for one in about)
        return _call(office, first.entry, first.content, lines, answered=answered)
    if not acts:
        card = first.content.registered.card
        day = first.entry.time.date()
        return OldMatter(
            card.item, card.item_name, card.channel, day, lines, card.applicant, card.phone_tail, (), (card.number,)
        )
    facts = acts[0].facts
    named = next((act.applicant for act in acts if act.applicant.name or act.applicant.phone_tail), acts[0].applicant)
    said = dict.fromkeys(text for act in acts for text in _texts(act))
    return OldMatter(
        facts.item, facts.item_name or facts.item, facts.channel, facts.day, lines, named.name, named.phone or named.phone_mask,
        tuple(said), tuple(matter.papers), case.due if case else None, bool(case and case.provisional),
        accepted=bool(case and case.open and case.stage not in NOT_TAKEN_IN), ended=bool(case and not case.open),
    )  # fmt: skip


def _matter_of(entry: Entry, content: object) -> str:
    """The matter that an entry belongs to; empty where that is none of ours."""
    if isinstance(content, StepTaken | StepWithdrawn):
        return content.case
    if isinstance(content, CallNoted):
        return f"{UNNAMED_CASE}{entry.seq}" if content.item in SEALED_ITEMS else ""
    act = act_in(content)
    if isinstance(content, SlipIssued) or act:
        return case_of(entry, act)
    return ""


def _is_one(matter: WholeMatter) -> bool:
    """Whether somebody is named or anything was written or done: to be told how to complain is no complaint."""
    acts = matter.acts
    return len(acts) < len(matter.said) or any(
        act.facts.purpose is not Purpose.INQUIRE
        or any((act.applicant.name, act.applicant.phone_tail, act.applicant.id_tail, act.applicant.agent.name))
        or any((act.facts.reason, *act.facts.details.values(), *act.facts.defects.values()))
        for act in acts
    )


def _texts(act: ActRecorded) -> Iterator[str]:
    """What somebody wrote about a matter, and the answers in words."""
    facts, agent = act.facts, act.applicant.agent
    yield from (
        text for text in (facts.situation, *facts.details.values(), *facts.defects.values(), facts.reason) if text
    )
    if agent.name:
        yield listed(("代办人", agent.name, agent.relation, agent.phone or agent.phone_mask), " ")


def _lines(matter: WholeMatter) -> Iterator[OldLine]:
    """What was done, as the history of the case tells it, else an act a line."""
    if matter.case:
        for trace in matter.case.history:
            if trace.recorded:
                yield OldLine(trace.clerk, trace.recorded, listed((trace.words, trace.number), " "))
        return
    for entry, content in matter.said:
        act = act_in(content)
        clerk = act.facts.clerk if act else getattr(content, "clerk", "")
        number = content.registered.number if isinstance(content, SlipIssued) else ""
        yield OldLine(clerk, entry.time, listed((entry.kind.label, number), " "))


def _line_about(one: Said) -> OldLine | None:
    """What somebody wrote about it elsewhere, as a line; None where nothing was written."""
    match one.content:
        case Answered() as said:
            words = (said.text, said.to)
        case ResultFiled() as said:
            words = (said.text, said.document)
        case SlipVoided() | SlipReprinted() | NumberRevealed() as said:
            words = (said.number, said.reason)
        case RegisterWithdrawn() | Review() as said:
            words = (said.reason, "")
        case _:
            return None
    clerk = said.reviewer if isinstance(said, Review) else said.clerk
    return OldLine(clerk, one.entry.time, listed((one.entry.kind.label, *words), " "))


def _call(office: Office, entry: Entry, call: CallNoted, lines: tuple[OldLine, ...], *, answered: bool) -> OldMatter:
    item = office.catalogue.item(call.item, office.today())
    said = tuple(text for text in (call.note, call.caller and f"来电人 {call.caller}") if text)
    return OldMatter(
        call.item, item.name if item else call.item, call.channel, entry.time.date(), lines, said=said, ended=answered
    )
