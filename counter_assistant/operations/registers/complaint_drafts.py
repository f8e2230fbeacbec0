"""没有登记完的投诉：打了字就封给登记保管人，停电也不丢，别人打不开（守则 一(九)5）.

Whoever types cannot open it again, so that nothing of it lies on the disk that a colleague could read; what stands in the window stays
there as long as the window is open. A keeper finds it, says who began it when, and goes on with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter_assistant.domain.entry import SEALED_ACT
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint_forms import COMPLAINT_FORM, STEP_FORMS, SUPPLEMENT_FORM
from counter_assistant.domain.registers.hand_forms import FieldSort
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.register_key import require_keeper
from counter_assistant.storage.drafts import SealedDrafts
from counter_assistant.storage.sealing.sealed_payload import (
    RegisterKey,
    SealedPlace,
    Unsealed,
    open_content,
    seal_content,
)

WRITTEN = frozenset(
    field.name
    for form in (COMPLAINT_FORM, SUPPLEMENT_FORM, *STEP_FORMS.values())
    for field in form
    if field.sort is FieldSort.TEXT
)
"""The fields in which something is written."""
DRAFT = "draft"
"""The kind of place that a draft has."""

ASKED_STEP, ASKED_OF = "step", "of"
"""Under which names a draft says which step it is, and of which complaint, beside the fields of the form."""


@dataclass(frozen=True, slots=True, repr=False)
class UnfinishedComplaint:
    """A draft of a complaint: what was typed so far, as the form names the fields, and by whom; `at` when it was saved last, None in one of
    before that was kept."""

    act: str
    author: str
    typed: Mapping[str, Any]
    at: datetime | None = None

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, each field as the form has it."""
        return {name: said for name, said in self.typed.items() if isinstance(said, str) and said}

    @property
    def says_something(self) -> bool:
        """Whether anything was written; a draft that was emptied again is waited for by nobody."""
        return any(name in WRITTEN for name in self.texts)


def new_act() -> str:
    """The name of a sealed act, under which it is drafted and recorded once."""
    return SEALED_ACT + secrets.token_hex(16)


def sealed_draft(key: RegisterKey, act: str, author: str, typed: Mapping[str, Any], at: datetime) -> SealedContent:
    """A draft as it is saved."""
    return seal_content(key, SealedPlace(DRAFT, act), {"author": author, "typed": dict(typed), "at": at.isoformat()})


def save_draft(office: Office, key: RegisterKey, act: str, typed: Mapping[str, Any], *, clerk: str = "") -> bool:
    """Keeps what was typed so far, sealed. False, and nothing kept, where it has been recorded meanwhile.

    Raises:
        Refusal: what `Office.permit` refuses.
    """
    author = office.permit(Permission.RECORD_SEALED, clerk).staff_number
    return SealedDrafts(office.database).save(act, sealed_draft(key, act, author, typed, office.database.now()))


def opened_drafts(office: Office, key: RegisterKey) -> tuple[tuple[UnfinishedComplaint, ...], tuple[str, ...]]:
    """The drafts, for who has the secret half of the key, and the names of those that do not open."""
    drafts, damaged = [], []
    for act, content in SealedDrafts(office.database).all():
        opened = open_content(key, SealedPlace(DRAFT, act), content) if content else None
        if draft := _draft(act, opened):
            drafts.append(draft)
        else:
            damaged.append(act)
    return tuple(drafts), tuple(damaged)


def find_draft(office: Office, key: RegisterKey, act: str, *, clerk: str = "") -> UnfinishedComplaint:
    """A draft by its name, for a keeper.

    Raises:
        Refusal: `complaint-unknown`; what `require_keeper` refuses.
    """
    require_keeper(office, key, clerk)
    if draft := next((draft for draft in opened_drafts(office, key)[0] if draft.act == act), None):
        return draft
    raise _unknown()


def drop_draft(office: Office, key: RegisterKey, act: str, *, clerk: str = "") -> None:
    """Throws a draft away, as a keeper: whom it complains of sits at the same PC. Recording takes away the draft of what is recorded.

    Raises:
        Refusal: `complaint-unknown` (no sealed draft has this name); what `require_keeper` refuses.
    """
    require_keeper(office, key, clerk)
    drafts, damaged = opened_drafts(office, key)
    if act not in {*(draft.act for draft in drafts), *damaged}:
        raise _unknown()
    SealedDrafts(office.database).drop(act)


def _unknown() -> Refusal:
    return Refusal("complaint-unknown", "投诉登记里没有这份草稿。", "请再看一遍清单。")


def _draft(act: str, opened: Unsealed | None) -> UnfinishedComplaint | None:
    match opened and opened.said:
        case {"author": str(author), "typed": dict(typed), **more}:
            return UnfinishedComplaint(act, author, typed, _time(more.get("at")))
    return None


def _time(said: object) -> datetime | None:
    try:
        return datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
