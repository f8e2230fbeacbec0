"""换人和解锁：PIN 或者口令；密封的台账里，或者服务器问过密码的，那里才知道谁是谁.

A PIN unlocks a program that runs, and opens nothing: what tells a right one lies in the sealed book. Of a book on a server it lies on the PC, and
unlocks the window of whoever's shift it is: who comes instead shows the password, by which the server knows them. Wrong tries are entries.
Deriving a key takes its time on purpose, so `check` is made here, where the book is read, and run in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.people.pin import Tries, is_pin, new_pin
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.at_window import Entered
from counter_assistant.operations.keys.own_secret import needed, wrong
from counter_assistant.operations.keys.ring_changes import known_of, ring_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.server_books import is_password
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost, Sealed
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.server.book_place import Shift
from counter_assistant.storage.server.window_pins import read_pins, write_pin

PIN_COST = Cost(2, 64 << 20)
"""About a tenth of a second: whoever guesses has the sealed book open already."""


OLD_PIN = " PIN 或者口令"


def sealed_pin(pin: str) -> Sealed:
    """What tells a right PIN from a wrong one; it takes a tenth of a second.

    Raises:
        Refusal: what `new_pin` refuses.
    """
    return ciphers.seal(b"", new_pin(pin), PIN_COST)


def own_secret(office: Office) -> str:
    """What the current clerk shows before they get a PIN, in words."""
    return "自己在服务器上的密码" if office.in_shift else OLD_PIN


def set_pin(office: Office, sealed: Sealed, old: str = "") -> Entry | None:
    """Gives the current clerk a PIN. In place of one there was, they show that or their passphrase, `old`, where `asks_for_old`. None where it
    is no entry, but lies on this PC.

    Raises:
        Refusal: `not-sealed`, `own-secret-needed`, `own-secret-wrong` (an entry `signin_failed`), `too-soon`; what `Office.permit`, `check`,
            `write_pin` and `Book.append` refuse.
    """
    if not office.in_shift:
        _require_sealed(office)
    who = office.permit(Permission.OWN_KEY).staff_number
    if asks_for_old(office):
        if not old:
            raise needed(own_secret(office))
        tries = office.tries.setdefault(who, Tries())
        if left := tries.left(monotonic()):
            raise too_soon(left)
        if not check(office, who, old, pin_is_spent=tries.pin_is_spent)():
            tries.fail(monotonic())
            raise wrong(office, who, own_secret(office))
        office.tries[who] = Tries()
    pin = sealed.to_json(ciphers.SEAL)
    if office.in_shift:
        write_pin(office.folder, who, pin)
        return None
    return office.book.append(EntryKind.KEY_SLOT, KeySlot(KeyAct.PIN_SET, who, who, pin).to_payload())


def too_soon(left: int) -> Refusal:
    """The refusal while the wait after a wrong try is not over: so many seconds more."""
    return Refusal("too-soon", f"刚才不对，还要等 {left} 秒才能再试。", "请等一等，再由本人输入。")


def asks_for_old(office: Office) -> bool:
    """Whether the current clerk has a PIN and has not shown more than that just now: whoever sits at an open window may be somebody
    else. On a server they always show who they are."""
    if office.in_shift:
        return True
    entered = office.entered
    return has_pin(office, office.profile.current_clerk) and not (entered.by_master or entered.is_fresh(monotonic()))


def has_pin(office: Office, who: str) -> bool:
    """Whether a clerk, given by staff number, has a PIN."""
    return _pin_of(office, who) is not None


def check(office: Office, who: str, secret: str, *, pin_is_spent: bool = False) -> Callable[[], bool]:
    """Asks whether a PIN or a passphrase is that of a clerk, given by staff number. What is given back may run in a thread; a keeper
    of registers reads them after their passphrase, and not after a PIN. On a server it is the password there, or the PIN of whoever's shift it is.

    Raises:
        Refusal: `not-sealed`, `pin-spent` (after too many wrong ones only the passphrase counts), `no-pin`; what
            `OfficeProfile.clerk` and `ring_of` refuse. What is given back raises what `KeyRing.by_passphrase`, but
            `wrong-passphrase`, and `Known.refuse_other` refuse.
    """
    number = office.profile.clerk(who).staff_number
    if office.in_shift:
        return _check_on_server(office, number, secret, pin_counts=not pin_is_spent)
    key = _require_sealed(office)
    if not is_pin(secret):
        ring, known = ring_of(office), known_of(office)

        def by_passphrase() -> bool:
            try:
                access = ring.by_passphrase(number, secret)
            except Refusal as refusal:
                if refusal.code != "wrong-passphrase":
                    raise
                return False
            known.refuse_other(access.slot)
            office.at_window.keep(Entered(number, register=ring.register_of(access), at=monotonic()))
            return access.key == key

        return by_passphrase
    office.at_window.forget_coming()
    if pin_is_spent:
        raise Refusal("pin-spent", "PIN 错了太多次。", "请用口令。")
    sealed = _pin_of(office, number)
    if sealed is None:
        raise Refusal("no-pin", f"工号 {number} 还没有 PIN。", "请用口令；进去以后可以设 PIN。")
    return lambda: ciphers.unseal(sealed, secret) is not None


def _check_on_server(office: Office, who: str, secret: str, *, pin_counts: bool) -> Callable[[], bool]:
    """A password may be nothing but digits as well, so that the server is asked where it is not the PIN."""
    pin = _pin_of(office, who) if pin_counts and is_pin(secret) and who == office.profile.current_clerk else None
    shift = Shift(who, secret)
    return lambda: (pin is not None and ciphers.unseal(pin, secret) is not None) or is_password(office, shift)


def _require_sealed(office: Office) -> BookKey:
    if office.database.key is None:
        raise Refusal("not-sealed", "台账没有密封，不问 PIN。", "请先密封台账。")
    return office.database.key


def _pin_of(office: Office, who: str) -> Sealed | None:
    """The last PIN of a clerk; none where their passphrase was taken away since."""
    pin: Mapping[str, Any] = {}
    if office.in_shift:
        return _read_pin(read_pins(office.folder).get(who, pin))
    for entry in office.book.entries(EntryKind.KEY_SLOT):
        slot = KeySlot.from_payload(entry.payload)
        if slot.who == who and slot.act in (KeyAct.PIN_SET, KeyAct.REMOVED):
            pin = slot.pin
    return Sealed.from_json(pin, ciphers.SEAL) if pin else None


def _read_pin(pin: Mapping[str, Any]) -> Sealed | None:
    """One that somebody has changed by hand counts as none."""
    try:
        return Sealed.from_json(pin, ciphers.SEAL) if pin else None
    except (ValueError, KeyError, TypeError):
        return None
