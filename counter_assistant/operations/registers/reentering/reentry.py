"""以前记在公开台账里的投诉件，由登记保管人一次改记成密封的投诉登记（守则 一(九)5 做好保密工作）.

What the entries say goes into the register; kind and time of each stay, and of a paper its number, so that the chain holds and a paper is
verified. All of it is one transaction, and what is done already is not found again.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from counter_assistant.domain.closing.closing_entry import Closed
from counter_assistant.domain.entry import FORMS_OF, EntryKind
from counter_assistant.domain.papers.paper_entry import SlipVoided
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import NUMBER_BYTES, SEALED_ITEMS, complaint_number
from counter_assistant.domain.registers.old_matter import as_sealed
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.operations.cases.whole_matter import Said, said_about
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaint_drafts import new_act, sealed_draft
from counter_assistant.operations.registers.reentering.open_matters import (
    as_told,
    open_drafts,
    open_matters,
    written_in,
)
from counter_assistant.operations.registers.register_key import require_keeper
from counter_assistant.storage.drafts import SavedDraft
from counter_assistant.storage.erasing.book_erasure import SealedAway
from counter_assistant.storage.sealing.sealed_payload import RegisterKey, SealedPlace, seal_content

REASON = "改记为密封的投诉登记（守则 一(九)5）"


class Reentered(NamedTuple):
    """The numbers under which old matters are in the register now, how many drafts of them were sealed, and how many reasons for a void stay
    where a day was closed over them: a closing is never erased. `written_anew`: the file of the book was, so that none of its bytes has them."""

    numbers: tuple[str, ...]
    drafts: int
    in_closings: int
    written_anew: bool = True

    @property
    def left_where(self) -> str:
        """Where something of it is left, for who is to look after that."""
        closed = f"另有 {self.in_closings} 处作废的理由写在做过的日结里，改不了。" if self.in_closings else ""
        rest = "" if self.written_anew else "台账文件大或者别处开着，没有整个重写，擦去的字在文件的空白处可能还有残余。"
        return f"以前的备份、导出的文件和打出的纸里还有，请收好。{closed}{rest}"


def reenter(office: Office, key: RegisterKey, *, clerk: str = "") -> Reentered:
    """Re-enters every old matter sealed, by a keeper, and lets what it says leave the open part of the book: entries, drafts, and what is
    looked up. Copies that were made before keep it.

    Raises:
        Refusal: `nothing-to-reenter`, `already-sealed-away`, `clock-doubtful`; what `require_keeper` refuses.
    """
    keeper = require_keeper(office, key, clerk)
    matters, drafts = open_matters(office), open_drafts(office)
    if not matters and not drafts:
        raise Refusal("nothing-to-reenter", "公开的台账里没有以前的投诉件了。", "不用再改。")
    about = said_about(office, matters)
    now, acts, numbers = office.database.now(), dict[str, SealedContent](), list[str]()
    for matter in matters:
        number = complaint_number(secrets.token_bytes(NUMBER_BYTES))
        numbers.append(number)
        for said in as_sealed(as_told(office, matter, about[matter.id]), number, keeper, now):
            act = new_act()
            acts[act] = seal_content(key, SealedPlace(EntryKind.COMPLAINT, act), said.to_payload())
    written_anew = office.book.seal_away(
        SealedAway(
            acts,
            {one.entry.seq for matter in matters for one in (*matter.said, *about[matter.id])},
            dict(_sealed(key, draft, keeper) for draft in drafts),
            {*(draft.uuid for draft in drafts), *(f"{FORMS_OF}{matter.id}" for matter in matters)},
            keeper,
            REASON,
        )
    )
    office.prints.settle({number for matter in matters for number in matter.papers})
    reasons = _in_closings(office, [one for some in about.values() for one in some])
    return Reentered(tuple(numbers), len(drafts), reasons, written_anew)


def _in_closings(office: Office, about: list[Said]) -> int:
    """How many of the reasons for a void a closing repeats."""
    latest = office.book.latest(EntryKind.DAY_CLOSED)
    closed_to = Closed.from_payload(latest.payload).last if latest else 0
    return sum(isinstance(one.content, SlipVoided) and one.entry.seq <= closed_to for one in about)


def _sealed(key: RegisterKey, draft: SavedDraft, keeper: str) -> tuple[str, SealedContent]:
    """A draft of the desk as one of the register, with the fields of the form that it fills."""
    body, act = draft.body, new_act()
    typed = {
        "category": SEALED_ITEMS[body["item"]].value, "matter": written_in(draft), "name": str(body.get("name", "")),
        "phone": str(body.get("phone", "")),
    }  # fmt: skip
    return act, sealed_draft(key, act, draft.clerk or keeper, typed, draft.saved_at)
