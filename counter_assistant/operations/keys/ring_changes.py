"""改钥匙文件：每次只有一个窗口在改，改了什么记进台账；有中心公钥的，总也封给中心一份."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.data_folder import keys_of
from counter_assistant.operations.keys.known_slots import Known, known, named
from counter_assistant.operations.office import Office
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.ring_file import (
    CHANGED,
    drop_changed,
    is_changing,
    is_unsettled,
    read_changed,
    settle,
    take_changed,
    write_ring,
)
from counter_assistant.storage.sealing.slots import Holder, Slot

GIVEN = frozenset((KeyAct.SEALED, KeyAct.ADDED, KeyAct.KEY_FILE_MADE))
"""With what somebody got something that opens the book."""


def key_of(office: Office) -> BookKey:
    """The key of a sealed book that is open.

    Raises:
        Refusal: `not-sealed`.
    """
    if office.database.key is None:
        raise Refusal("not-sealed", "台账没有密封。", "请先密封台账。")
    return office.database.key


def looks_after_keys(office: Office, by: str) -> str:
    """The staff number of who changes the keys: somebody who may, or who opened the book by the sheet or by the centre's key.

    Raises:
        Refusal: what `Office.permit` refuses.
    """
    permission = Permission.OWN_KEY if office.entered.by_master else Permission.KEYS
    return office.permit(permission, by).staff_number


def folder_of(office: Office) -> Path:
    """Where the keys lie."""
    return office.folder


def ring_of(office: Office) -> KeyRing:
    """The keys as they lie beside the book, which somebody who has its key wrote.

    Raises:
        Refusal: `not-sealed`, `keys-damaged`; what `read_ring` refuses.
    """
    key = key_of(office)
    return keys_of(folder_of(office)).proven(key)


def change_ring(
    office: Office,
    change: Callable[[KeyRing], KeyRing],
    act: KeyAct,
    who: str,
    by: str,
    *,
    second: str = "",
    new: Slot | None = None,
) -> Entry:
    """Changes the keys, alone, for somebody who was asked whether they may: another window that does the same waits for the book.
    `new` is the slot that somebody gets by it.

    The changed keys lie aside until their entry is durable, and then take the name; cut off between, the next opening ends it.

    Raises:
        Refusal: `keys-busy`; what `change`, `ring_of`, `write_ring` and `Book.append` refuse: nothing has changed then. What
            `take_changed` refuses: the change stands.
    """
    folder, key = folder_of(office), key_of(office)
    end_cut_off(office)

    def write() -> None:
        if is_changing(folder):
            raise Refusal("keys-busy", "另一个窗口正在改钥匙文件。", "请稍等，再做一次。")
        write_ring(folder, for_all(office, change(ring_of(office)), key), key, CHANGED)

    slot = KeySlot(act.value, who, by, second=second, slots=named(new))
    try:
        entry = office.book.append(EntryKind.KEY_SLOT, slot.to_payload(), then=write)
    except BaseException:
        with suppress(Refusal):
            end_cut_off(office)
        raise
    take_changed(folder)
    return entry


def end_cut_off(office: Office) -> None:
    """Changed keys take the name if the book says that they were changed, and go if it does not.

    Raises:
        Refusal: what `ring_of`, `take_changed` and `drop_changed` refuse.
    """
    folder, key = folder_of(office), key_of(office)
    if not is_changing(folder):
        return
    with office.database.writing():
        now, changed = known_of(office), read_changed(folder)
        if changed and not now.fits(ring_of(office)) and now.fits(changed.proven(key)):
            take_changed(folder)
        else:
            drop_changed(folder)


def known_of(office: Office) -> Known:
    """What the book says of its keys."""
    return known(slots_noted(office))


def for_all(office: Office, ring: KeyRing, key: BookKey) -> KeyRing:
    """A ring that is sealed for the centre too, where it has handed out its key; and in which sheet and centre read the registers,
    where somebody acts who can give them that."""
    public, held = centre_public(office), ring.slot(Holder.CENTRE)
    if public and (held is None or held.public != public):
        ring = ring.with_centre(key, public)
    return ring.with_register(office.register_secret) if office.register_secret else ring


def in_place_of(office: Office, ring: KeyRing, slot: Slot) -> KeyRing:
    """A ring with a new slot of somebody, who reads the registers as before.

    Raises:
        Refusal: `keeper-changes-own`: they are a keeper, and somebody else has opened the book.
    """
    if slot.who not in ring.keepers:
        return ring.with_slot(slot)
    if not office.register_secret:
        raise Refusal(
            "keeper-changes-own",
            f"工号 {slot.who} 是登记保管人，口令要在本人打开台账以后更换。",
            "请退出程序，由本人打开台账再换；本人忘了的，用恢复单打开。",
        )
    return ring.with_slot(slot).with_keeper(slot.who, office.register_secret)


def still_in(office: Office, ring: KeyRing, who: str) -> KeyRing:
    """The ring, if somebody opens the book by it who changes what is their own: whoever was taken away does not let themselves in
    again.

    Raises:
        Refusal: `no-passphrase-of` (unless the book was opened by the sheet or the centre's key).
    """
    if who not in ring.people and not office.entered.by_master:
        raise Refusal(
            "no-passphrase-of",
            f"工号 {who} 没有打开台账的口令，或者已经去掉了。",
            "请管理员添加；没有别人的，用恢复单打开台账再换。",
        )
    return ring


def centre_public(office: Office) -> bytes:
    """The public half of the centre's key for opening books; empty where it has handed out none."""
    return bytes.fromhex(known_of(office).centre)


def slots_noted(office: Office) -> list[KeySlot]:
    """What was done about the keys, in its order."""
    return [KeySlot.from_payload(entry.payload) for entry in office.book.entries(EntryKind.KEY_SLOT)]


def had_secret(office: Office, who: str) -> bool:
    """Whether somebody, by staff number, has or once had something that opens the book."""
    return any(slot.who == who and slot.act in GIVEN for slot in slots_noted(office))


def tidy(office: Office, slot: Slot) -> None:
    """Ends a change of the keys that was cut off, and brings the slot of who opened the book over to today's format. What cannot
    be written now is done by the next opening."""
    folder, key = folder_of(office), key_of(office)
    with suppress(Refusal):
        end_cut_off(office)
    with suppress(Refusal, OSError):
        ring = ring_of(office)
        if ring.brought_over(slot) is ring and not is_unsettled(folder):
            return
        with office.database.writing():
            settle(folder, key.name)
            ring = ring_of(office)
            if (brought := ring.brought_over(slot)) is not ring:
                write_ring(folder, brought, key)


def note_slots(office: Office, who: str) -> None:
    """Says of each slot that an earlier version put there which it is; from then on no other is taken for it."""
    if unnoted := known_of(office).unnoted(ring_of(office)):
        slot = KeySlot(KeyAct.SLOTS_NOTED, who, who, slots=unnoted)
        office.openings.note(EntryKind.KEY_SLOT, slot.to_payload())
