"""密封台账：密封、怎样打开、谁的口令能打开、恢复单。口令只在内存里，从不写进台账、日志和错误."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people import recovery
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot, SignInFailed
from counter_assistant.domain.people.profile_change import require_administrator
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.at_window import Entered
from counter_assistant.operations.data_folder import keys_of
from counter_assistant.operations.keys.known_slots import named
from counter_assistant.operations.keys.own_secret import Old, show_own
from counter_assistant.operations.keys.ring_changes import (
    change_ring,
    folder_of,
    for_all,
    in_place_of,
    key_of,
    known_of,
    looks_after_keys,
    note_slots,
    ring_of,
    still_in,
    tidy,
)
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.forgotten import stands_by
from counter_assistant.operations.people.second_person import NOBODY, Second
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import open_pair
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import KeyRing, new_key, new_ring
from counter_assistant.storage.sealing.person_key_file import read_person_key_file
from counter_assistant.storage.sealing.ring_file import write_ring
from counter_assistant.storage.sealing.slots import Access, Holder, passphrase_slot, sheet_access

NOTED = {Holder.SHEET: KeyAct.OPENED_BY_SHEET, Holder.CENTRE: KeyAct.OPENED_BY_CENTRE}
"""What of opening is an entry: whatever is nobody's own."""


class Opened(NamedTuple):
    """Who opened a sealed book, by staff number, what that gave them, what was tried in vain before, and whether they say that a
    doubtful clock is right."""

    who: str
    access: Access
    failed: tuple[SignInFailed, ...] = ()
    clock_confirmed: bool = False

    @property
    def key(self) -> BookKey:
        """The key of the book."""
        return self.access.key

    @property
    def by_master(self) -> bool:
        """Whether it was by the sheet or by the centre's key."""
        return self.access.slot.holder is not Holder.PERSON


def by_passphrase(folder: Path, who: str, passphrase: str) -> Opened:
    """Opens the sealed book in a folder by the passphrase of the clerk with staff number `who`.

    Takes about a second and 256 MB on purpose, for whoever guesses.

    Raises:
        Refusal: what `keys_of` and `KeyRing.by_passphrase` refuse.
    """
    return Opened(who, keys_of(folder).by_passphrase(who, passphrase))


def by_key_file(folder: Path, who: str, path: Path) -> Opened:
    """Opens the sealed book in a folder by the key file of the clerk with staff number `who`.

    Raises:
        Refusal: what `read_person_key_file`, `keys_of` and `KeyRing.by_key_file` refuse.
    """
    return Opened(who, keys_of(folder).by_key_file(who, read_person_key_file(path)))


def by_sheet(folder: Path, who: str, words: str) -> Opened:
    """Opens the sealed book in a folder by the twelve characters of its recovery sheet.

    Raises:
        Refusal: what `from_words`, `keys_of` and `KeyRing.by_sheet` refuse.
    """
    return Opened(who, keys_of(folder).by_sheet(recovery.from_words(words)))


def by_centre_key(folder: Path, who: str, path: Path, passphrase: str) -> Opened:
    """Opens the sealed book in a folder by the centre's key, which lies in the file at `path` under a passphrase.

    Raises:
        Refusal: what `open_pair`, `keys_of` and `KeyRing.by_centre` refuse.
    """
    return Opened(who, keys_of(folder).by_centre(open_pair(path, passphrase).secret))


def let_in(office: Office, opened: Opened) -> None:
    """Whoever opened the book is who acts. That it was by the sheet or the centre's key is an entry before anything else is done or
    seen; so it waits for a clock that can be believed, or was confirmed. Nobody has shown then that the staff number is theirs.

    Raises:
        Refusal: `clock-doubtful` (of the sheet and the centre's key); what `Known.refuse_other`, `Office.act_as` and `Book.append` refuse.
    """
    slot, who = opened.access.slot, opened.who
    tidy(office, slot)
    known_of(office).refuse_other(slot)
    office.act_as(who)
    if opened.by_master:
        if opened.clock_confirmed:
            office.confirm_clock()
        office.book.append(EntryKind.KEY_SLOT, KeySlot(NOTED[slot.holder], who, "").to_payload())
    note_slots(office, who)
    register = ring_of(office).register_of(opened.access)
    office.at_window.keep(Entered(who, opened.by_master, register, monotonic()))
    for failed in opened.failed:
        known = (
            failed if failed.who in office.profile.clerk_names else replace(failed, who="")
        )  # it may be a passphrase
        office.openings.note(EntryKind.SIGNIN_FAILED, known.to_payload())


def new_sheet() -> str:
    """The twelve characters of a new recovery sheet, which opens nothing yet."""
    return recovery.to_words(ciphers.random_bytes(recovery.BYTES))


def refuse_unsealable(office: Office) -> None:
    """Asks whether a book may be sealed at all.

    Raises:
        Refusal: `already-sealed`, `training-stays-open`, `example-stays-open` (the office has confirmed nothing yet);
            what `Book.require_sound_clock` refuses.
    """
    if office.sealed:
        raise Refusal("already-sealed", "台账已经密封。", "要为同事添加口令，在设置的“本机”里选“密封台账和口令”。")
    if office.training:
        raise Refusal("training-stays-open", "练习用的台账不密封。", "请在正式的台账里密封。")
    if not office.profile.confirmed:
        raise Refusal(
            "example-stays-open", "单位资料还没有确认，台账里只有示例。", "请先在设置里确认单位资料，再密封台账。"
        )
    office.book.require_sound_clock()


def seal(office: Office, who: str, passphrase: str, words: str) -> Entry:
    """Seals the book: from now on it opens with the passphrase of `who` or with the recovery sheet of these `words`; and for the
    centre, where it has handed out its key.

    Nobody else may have the book open; another window that has it is refused by its next act.

    Raises:
        Refusal: what `refuse_unsealable`, `looks_after_keys`, `typed_passphrase`, `from_words`, `write_ring` and
            `Book.seal` refuse.
    """
    refuse_unsealable(office)
    number, key = looks_after_keys(office, who), new_key()
    ring = new_ring(key).with_passphrase(key, number, passphrase).with_sheet(key, recovery.from_words(words))
    ring = for_all(office, ring, key)
    made = named(ring.slot(Holder.PERSON, number), ring.slot(Holder.SHEET))
    slot = KeySlot(KeyAct.SEALED, number, number, slots=made)
    return office.book.seal(key, slot.to_payload(), lambda: write_ring(folder_of(office), ring, key))


def people(office: Office) -> tuple[str, ...]:
    """Who opens the book with something of their own, by staff number.

    Raises:
        Refusal: what `ring_of` refuses.
    """
    return ring_of(office).people


def add_passphrase(office: Office, by: str, who: str, passphrase: str, second: Second = NOBODY) -> Entry:
    """Lets a colleague open the book with a passphrase of their own. Whoever has forgotten theirs gets another one where a
    `second` person stands by.

    Raises:
        Refusal: `not-sealed`, `own-passphrase` (one changes one's own); what `looks_after_keys`, `OfficeProfile.clerk`, `stands_by`,
            `typed_passphrase`, `in_place_of` and `change_ring` refuse.
    """
    key, number = key_of(office), office.profile.clerk(who).staff_number
    by = looks_after_keys(office, by)
    if number == by:
        raise Refusal("own-passphrase", "这是您自己的工号。", "要换自己的口令，请用“更换”。")
    other = stands_by(office, by, number, second)
    slot = passphrase_slot(key, number, passphrase)
    return change_ring(
        office, lambda ring: in_place_of(office, ring, slot), KeyAct.ADDED, number, by, second=other, new=slot
    )


def change_passphrase(office: Office, who: str, old: Old, passphrase: str) -> Entry:
    """Gives oneself another passphrase in the place of the `old` one, or of a key file, which opens no more; or one where the book
    was opened with the sheet.

    Raises:
        Refusal: `not-sealed`; what `Office.permit`, `show_own`, `typed_passphrase`, `in_place_of` and `change_ring` refuse.
    """
    key, number = key_of(office), office.permit(Permission.OWN_KEY, who).staff_number
    show_own(office, number, old)
    slot = passphrase_slot(key, number, passphrase)

    def changed(ring: KeyRing) -> KeyRing:
        return in_place_of(office, still_in(office, ring, number), slot)

    return change_ring(office, changed, KeyAct.CHANGED, number, number, new=slot)


def remove_passphrase(office: Office, by: str, who: str) -> Entry:
    """Takes somebody's passphrase and key file away, who may have left: `who` is a staff number, of a clerk of today or of before.

    They still open a copy of the keys from before, and with it the book, until its key is changed.

    Raises:
        Refusal: what `looks_after_keys`, `KeyRing.without`, `require_administrator` and `change_ring` refuse.
    """
    key_of(office)
    by, profile = looks_after_keys(office, by), office.profile

    def fewer(ring: KeyRing) -> KeyRing:
        left = ring.without(who, profile.clerk_names)
        if not office.entered.by_master:  # the sheet is what an office has left whose administrator is gone
            require_administrator(profile, ring.people, profile, left.people)
        return left

    return change_ring(office, fewer, KeyAct.REMOVED, who, by)


def renew_sheet(office: Office, by: str, words: str) -> Entry:
    """Puts a new recovery sheet in the place of the one there was.

    Raises:
        Refusal: `keeper-needed` (there are keepers, and none has opened the book); what `Office.permit`, `looks_after_keys`, `from_words` and
            `change_ring` refuse.
    """
    sheet = sheet_access(key_of(office), recovery.from_words(words)).slot
    keeper = bool(office.register_secret)
    by = office.permit(Permission.OWN_KEY, by).staff_number if keeper else looks_after_keys(office, by)

    def renewed(ring: KeyRing) -> KeyRing:
        if ring.register_public and not keeper:
            raise Refusal(
                "keeper-needed",
                "恢复单也打得开封给登记保管人的登记，要由保管人打开台账来换。",
                "请登记保管人打开台账再换，或者用现在的恢复单打开再换。",
            )
        return ring.with_slot(sheet)

    return change_ring(office, renewed, KeyAct.SHEET_RENEWED, "", by, new=sheet)
