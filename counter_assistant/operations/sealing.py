"""密封台账：密封、谁的口令能打开、恢复单。口令只在内存里，从不写进台账、日志和错误."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people import recovery
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_ring import (
    KeyRing,
    new_key,
    new_ring,
    passphrase_wrap,
    read_ring,
    write_ring,
)


def key_by_passphrase(folder: Path, who: str, passphrase: str) -> BookKey:
    """The key of the sealed book in a folder, by the passphrase of the clerk with staff number `who`.

    Takes about a second and 256 MB on purpose, for whoever guesses.

    Raises:
        Refusal: what `read_ring` and `KeyRing.by_passphrase` refuse.
    """
    return read_ring(folder).by_passphrase(who, passphrase)


def key_by_sheet(folder: Path, words: str) -> BookKey:
    """The key of the sealed book in a folder, by the twelve characters of its recovery sheet.

    Raises:
        Refusal: what `from_words`, `read_ring` and `KeyRing.by_sheet` refuse.
    """
    return read_ring(folder).by_sheet(recovery.from_words(words))


class Opened(NamedTuple):
    """Who opened a sealed book, by staff number, with which key, and whether by the sheet."""

    key: BookKey
    who: str
    by_sheet: bool = False


def let_in(office: Office, opened: Opened) -> None:
    """Whoever opened the book is who acts; the sheet is noted, once the clock can be believed.

    Raises:
        Refusal: what `Office.act_as` and `Book.append` refuse.
    """
    office.act_as(opened.who)
    if opened.by_sheet:
        office.opened_by_sheet(opened.who)


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
    """Seals the book: from now on it opens with the passphrase of `who` or with the recovery sheet of these `words`.

    Nobody else may have the book open; another window that has it is refused by its next act.

    Raises:
        Refusal: what `refuse_unsealable`, `OfficeProfile.clerk`, `typed_passphrase`, `from_words`, `write_ring` and
            `Book.seal` refuse.
    """
    refuse_unsealable(office)
    number, key = office.profile.clerk(who).staff_number, new_key()
    ring = new_ring(key).with_passphrase(key, number, passphrase).with_sheet(key, recovery.from_words(words))
    slot = KeySlot(KeyAct.SEALED.value, number, number)
    return office.book.seal(key, slot.to_payload(), lambda: write_ring(_folder(office), ring))


def people(office: Office) -> tuple[str, ...]:
    """Whose passphrase opens the book, by staff number.

    Raises:
        Refusal: `not-sealed`; what `read_ring` refuses.
    """
    _key(office)
    return read_ring(_folder(office)).people


def add_passphrase(office: Office, by: str, who: str, passphrase: str) -> Entry:
    """Lets a colleague open the book with a passphrase of their own.

    Raises:
        Refusal: `not-sealed`, `has-passphrase`; what `OfficeProfile.clerk`, `typed_passphrase`, `read_ring` and `write_ring`
            refuse.
    """
    key, number = _key(office), office.profile.clerk(who).staff_number
    by = office.profile.clerk(by).staff_number
    _refuse_second(read_ring(_folder(office)), number)
    wrap = passphrase_wrap(key, number, passphrase)

    def added(ring: KeyRing) -> KeyRing:
        _refuse_second(ring, number)
        return ring.with_wrap(wrap)

    return _change(office, added, KeyAct.ADDED, number, by)


def _refuse_second(ring: KeyRing, number: str) -> None:
    if number in ring.people:
        raise Refusal(
            "has-passphrase",
            f"工号 {number} 已经有口令。",
            "忘了口令的，先去掉原来的口令再添加；要换自己的口令，请填自己的工号。",
        )


def change_passphrase(office: Office, who: str, passphrase: str) -> Entry:
    """Gives oneself another passphrase, or one where the book was opened with the sheet.

    Raises:
        Refusal: `not-sealed`; what `OfficeProfile.clerk`, `typed_passphrase`, `read_ring` and `write_ring` refuse.
    """
    key, number = _key(office), office.profile.clerk(who).staff_number
    wrap = passphrase_wrap(key, number, passphrase)
    return _change(office, lambda ring: ring.with_wrap(wrap), KeyAct.CHANGED, number, number)


def remove_passphrase(office: Office, by: str, who: str) -> Entry:
    """Takes somebody's passphrase away, who may have left: `who` is a staff number, of a clerk of today or of before.

    Raises:
        Refusal: `not-sealed`; what `OfficeProfile.clerk`, `KeyRing.without`, `read_ring` and `write_ring` refuse.
    """
    _key(office)
    by = office.profile.clerk(by).staff_number
    return _change(office, lambda ring: ring.without(who), KeyAct.REMOVED, who, by)


def renew_sheet(office: Office, by: str, words: str) -> Entry:
    """Puts a new recovery sheet in the place of the one there was.

    Raises:
        Refusal: `not-sealed`; what `OfficeProfile.clerk`, `from_words`, `read_ring` and `write_ring` refuse.
    """
    key, secret = _key(office), recovery.from_words(words)
    by = office.profile.clerk(by).staff_number
    return _change(office, lambda ring: ring.with_sheet(key, secret), KeyAct.SHEET_RENEWED, "", by)


def _change(office: Office, change: Callable[[KeyRing], KeyRing], act: KeyAct, who: str, by: str) -> Entry:
    """Changes the keys, alone: another window that does the same waits for the book. Without its entry nothing changes."""
    folder, rings = _folder(office), []

    def write() -> None:
        before = read_ring(folder)
        after = change(before)
        rings.append((before, after))
        write_ring(folder, after)

    try:
        return office.book.append(EntryKind.KEY_SLOT, KeySlot(act.value, who, by).to_payload(), then=write)
    except BaseException:
        for before, after in rings:
            with suppress(Refusal), office.database.writing():
                if read_ring(folder) == after:
                    write_ring(folder, before)
        raise


def _key(office: Office) -> BookKey:
    if office.database.key is None:
        raise Refusal("not-sealed", "台账没有密封。", "请先密封台账。")
    return office.database.key


def _folder(office: Office) -> Path:
    return office.database.path.parent
