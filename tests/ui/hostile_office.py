"""An office in whose book hostile text stands wherever text can stand, as a book from elsewhere might: written past what refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from counter_assistant.domain.catalogue.items import Approval, Catalogue
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.agent import Agent
from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.closing import close
from counter_assistant.storage.content.catalogue_index import CatalogueIndex
from counter_assistant.storage.journal.records import IssuedRecord
from counter_assistant.ui.desk.presentation.draft_mapping import to_draft
from counter_assistant.ui.desk.presentation.state import DeskState
from tests.decision_rows import ROWS
from tests.hostile import HOSTILE
from tests.make import PHONE, a_request, confirmed, give_items

UNSEEN = (
    "\u202e岩温",
    "岩\u2066温\u2069",
    "a\x1b[31mb",
    "岩\x00温",
    "岩\u2028温",
    "\ufeff岩",
    "岩\u200d温",
    "岩\n温",
    "岩\t温",
)
"""Bidirectional and other controls, which what is typed here never keeps."""
EVERY = (*HOSTILE, *UNSEEN)
SAID = frozenset(
    (
        "name", "text", "broken_text", "next_step", "requirement", "issuer", "why", "basis_note", "procedure", "flow", "standard", "remedy", "redress",
        "refusal", "label", "phrase", "topic", "also_called", "department",
    )
)  # fmt: skip
"""The fields of the catalogue that are words, and no code or key."""


def hostile(made: Any, texts: Iterator[str]) -> Any:
    """The same object with hostile words in the place of its own."""
    if isinstance(made, tuple):
        return tuple(hostile(each, texts) for each in made)
    if not is_dataclass(made) or isinstance(made, type):
        return made
    changed: dict[str, Any] = {}
    for field in fields(made):
        value = getattr(made, field.name)
        if field.name in SAID and isinstance(value, str):
            changed[field.name] = next(texts) if value else ""
        elif field.name in SAID and isinstance(value, tuple):
            changed[field.name] = tuple(next(texts) for _ in value)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[field.name] = hostile(value, texts)
    return replace(made, **changed)


def fill(office: Office, texts: Iterator[str]) -> None:
    """Writes hostile words into everything that an office's book and catalogue hold."""
    office.decide_profile(confirmed(office.profile))
    approve(office, ("B08", "B01"), office.today(), Approval("<b>号</b>", office.today(), "<img src=a>"))
    _kit(office, texts)
    promise = _issued(office, a_request(**{**ROWS["11-promise"][0], "request_id": "template 1"}))
    notice = _issued(office, a_request(request_id="template 2"))
    for n, text in enumerate(EVERY):
        _slip(office, promise if n % 2 else notice, n, text, texts)
    numbers = [row.number for row in office.archive.search(limit=40)]
    for number in numbers[:20]:
        office.book.void(number, next(texts), next(texts), copy_returned=True)
    for number in numbers[20:]:
        office.book.reprinted(number, next(texts), next(texts))
    office.book.append(EntryKind.PHRASES, _phrases(texts))
    for n in range(12):
        state = DeskState(
            uuid=f"draft {n}", item="B08", item_name=next(texts), name=next(texts), agent_name=next(texts)
        )
        office.drafts.save(state.uuid, to_draft(state))
    office.book.append(EntryKind.OFFICE_PROFILE, _profile(office, texts))
    office.reread()
    give_items(office, _catalogue(office.program.catalogue, texts))
    vars(office.content)["index"] = _index(office, texts)
    close(office, Period.DAY, office.today().isoformat())


def _kit(office: Office, texts: Iterator[str]) -> None:
    """A kit that calls its items by hostile names."""
    kit = print_kit(office, 1).printed
    named = tuple(
        replace(each, item_name=next(texts), numbers=tuple(f"{number}{next(texts)}" for number in each.numbers))
        for each in kit.items
    )
    office.book.append(EntryKind.KIT_PRINTED, replace(kit, first=100, items=named).to_payload())


def _issued(office: Office, request: Any) -> Any:
    issued = issue_slip(office, request)
    assert issued.slip is not None
    return office.archive.show(issued.slip.number).entry


def _slip(office: Office, template: Any, n: int, text: str, texts: Iterator[str]) -> None:
    """A slip like the template, with one hostile text as its name and others in all that it says."""
    from counter_assistant.domain.cases.act_entry import SlipIssued
    from counter_assistant.domain.papers.slip import Draft, Slip

    said = SlipIssued.from_payload(template.payload)
    assert said.act is not None
    facts = replace(
        said.act.facts, situation=next(texts), reason=next(texts), item_name=next(texts), case=f"case {n}", clerk="0001",
        details={"contact": next(texts), "verify": next(texts), "owner": "0002"}, defects={"id-card": next(texts)},
    )  # fmt: skip
    person = Applicant(text, PHONE, agent=Agent(next(texts), next(texts)))
    act = replace(said.act, applicant=person, facts=facts)

    def make(place: int, moment: datetime) -> IssuedRecord:
        number = f"临公积金耿一告〔2026〕{place + 1000}号{text if n % 7 == 0 else ''}"
        card = replace(
            said.registered.card,
            number=number,
            applicant=text,
            item_name=next(texts),
            clerk=next(texts),
            other_names=(next(texts),),
            qr="",
        )
        draft = hostile(Draft.from_payload(said.slip["draft"]), texts)
        return IssuedRecord(card, Slip(draft, number, moment, "", "").to_payload(), act)

    office.book.issue(lambda year: f"hostile/{year}", f"case {n}", "", make)


def _phrases(texts: Iterator[str]) -> dict[str, Any]:
    from counter_assistant.domain.wording.office_phrases import OfficePhrases

    moments = cycle(Moment)
    own = [own_phrase(1000 + n, f"{next(texts)}。", PhraseChannel.COUNTER, next(moments)) for n in range(60)]
    return OfficePhrases(own=tuple(own), pinned=(1000, 1001)).to_payload()


def _profile(office: Office, texts: Iterator[str]) -> dict[str, Any]:
    profile = office.profile
    clerks = tuple(
        replace(clerk, name=next(texts), department=next(texts), title=next(texts), duty=next(texts), phone=next(texts))
        for clerk in profile.clerks
    )
    posts = tuple(replace(post, name=next(texts), department=next(texts)) for post in profile.posts)
    words: dict[str, Any] = {
        name: next(texts)
        for name in (
            "unit",
            "branch",
            "window",
            "supervision_phone",
            "hotlines",
            "address",
            "hours",
            "fee",
            "banks",
            "online",
            "result",
        )
    }
    bodies = tuple(
        replace(body, name=next(texts), what_for=next(texts), address=next(texts)) for body in profile.bodies
    )
    return replace(profile, clerks=clerks, posts=posts, bodies=bodies, **words).to_payload()


def _catalogue(catalogue: Catalogue, texts: Iterator[str]) -> Catalogue:
    items = {id_: hostile(catalogue.items[id_], texts) for id_ in catalogue.items}
    questions = {id_: hostile(question, texts) for id_, question in catalogue.questions.items()}
    return replace(catalogue, items=items, questions=questions)


def _index(office: Office, texts: Iterator[str]) -> CatalogueIndex:
    from counter_assistant.storage.content.index_building import index_of

    return index_of(office.program.catalogue, office.content.index)


def endless() -> Iterator[str]:
    """Every hostile text, again and again."""
    return cycle(EVERY)


def later(moment: datetime) -> datetime:
    """The next morning."""
    return moment + timedelta(days=1)
