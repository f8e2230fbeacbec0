"""钥匙文件里的每一份，台账记着是哪一份：没有记载的、换过的，都打不开.

Whoever has opened the book can write the file of keys, with a passphrase of their own in a colleague's place. Who is in it by an act
of this program is in an entry, and that they cannot write without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.slots import Holder, Slot

SHEET = ""
"""Under what the recovery sheet stands among the staff numbers."""
_COME = frozenset((KeyAct.ADDED, KeyAct.CHANGED, KeyAct.KEY_FILE_MADE))


@dataclass(frozen=True)
class Known:
    """What the book says of its keys: the digest of the slot of each who opens it, by staff number, empty where an earlier version
    has noted none; the keepers of registers; the public half of the centre in hex, empty without one."""

    slots: Mapping[str, str]
    keepers: frozenset[str]
    centre: str

    def holds(self, slot: Slot) -> bool:
        """Whether a slot is the one that the book knows."""
        if slot.holder is Holder.CENTRE:
            return slot.public.hex() == self.centre
        digest = self.slots.get(slot.who)
        return digest is not None and digest in {"", slot.digest}

    def refuse_other(self, slot: Slot) -> None:
        """Asks whether a slot is the one that the book knows.

        Raises:
            Refusal: `slot-unknown`.
        """
        if not self.holds(slot):
            raise Refusal(
                "slot-unknown",
                f"钥匙文件里的这一份（{_whose(slot.holder, slot.who)}），台账没有记载：已经去掉或者换过，或者有人改过钥匙文件。",
                "请用现在的口令或者恢复单打开；都打不开的，请把当天备份里的钥匙文件拷回来，并告诉管理员。",
            )

    def strangers(self, ring: KeyRing) -> tuple[str, ...]:
        """Whose keys lie there and are not those that the book knows, in words."""
        slots = [_whose(slot.holder, slot.who) for slot in ring.slots if not self.holds(slot)]
        older = [_whose(wrap.holder, wrap.who) for wrap in ring.older if self.slots.get(wrap.who) != ""]
        return tuple(slots + older)

    def fits(self, ring: KeyRing) -> bool:
        """Whether the keys are those of which the book says that they lie there."""
        centre = ring.slot(Holder.CENTRE)
        there = {slot.who for slot in ring.slots if slot.holder is not Holder.CENTRE} | {
            wrap.who for wrap in ring.older
        }
        same = there == set(self.slots) and (centre.public.hex() if centre else "") == self.centre
        return same and frozenset(ring.keepers) == self.keepers and not self.strangers(ring)

    def unnoted(self, ring: KeyRing) -> dict[str, str]:
        """The slots that are known without a digest, with theirs."""
        return {slot.who: slot.digest for slot in ring.slots if self.slots.get(slot.who) == ""}


def known(noted: Iterable[KeySlot]) -> Known:
    """What was done about the keys, in its order, comes to this."""
    slots: dict[str, str] = {}
    keepers: set[str] = set()
    centre = ""
    for each in noted:
        if each.act == KeyAct.SEALED:
            slots = {each.who: "", SHEET: ""}
        elif each.act in _COME:
            slots[each.who] = ""
        elif each.act == KeyAct.REMOVED:
            slots.pop(each.who, None)
            keepers.discard(each.who)
        elif each.act == KeyAct.KEEPER_NAMED:
            keepers.add(each.who)
        elif each.act == KeyAct.KEEPER_DISMISSED:
            keepers.discard(each.who)
        elif each.act == KeyAct.CENTRE_TAKEN:
            centre = each.who
        slots.update(each.slots)
    return Known(slots, frozenset(keepers), centre)


def named(*slots: Slot | None) -> dict[str, str]:
    """What an entry says of new slots."""
    return {slot.who: slot.digest for slot in slots if slot}


def _whose(holder: Holder, who: str) -> str:
    return {Holder.SHEET: "恢复单", Holder.CENTRE: "中心"}.get(holder, f"工号 {who}")
