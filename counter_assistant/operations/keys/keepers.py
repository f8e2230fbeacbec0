"""登记保管人：有些登记只封给他们看，恢复单和中心也打得开；第一位由本单位指定，以后由保管人指定."""

from __future__ import annotations

from dataclasses import replace

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.people import roles
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.people.office_profile import Clerk
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.ring_changes import change_ring, looks_after_keys, ring_of
from counter_assistant.operations.office import Office
from counter_assistant.storage import ciphers
from counter_assistant.storage.sealing.key_ring import KeyRing


def keepers(office: Office) -> tuple[str, ...]:
    """Who reads the registers that are sealed for keepers, by staff number.

    Raises:
        Refusal: what `ring_of` refuses.
    """
    return ring_of(office).keepers


def who_keeps(office: Office) -> tuple[Clerk, ...]:
    """To whom what is sealed for keepers can be given: who has the key of the registers and the role. Where no book is sealed there is
    no such key, and everybody practises.

    Raises:
        Refusal: what `keepers` refuses.
    """
    if not office.sealed:
        return office.profile.clerks
    held = keepers(office)
    able = roles.who_may(office.profile, Permission.READ_SEALED)
    return tuple(clerk for clerk in able if clerk.staff_number in held)


def register_public(office: Office) -> bytes:
    """The public half of the key of the registers, to which anybody may seal; empty while no keeper was named.

    Raises:
        Refusal: what `ring_of` refuses.
    """
    return ring_of(office).register_public


def name_keeper(office: Office, by: str, who: str) -> Entry:
    """Names somebody a keeper of registers, who reads what was sealed before as well. With the first one their key is made.

    Raises:
        Refusal: `keeper-needed` (there are keepers, and who acts is none of them); what `looks_after_keys` (where there is none
            yet), `OfficeProfile.clerk`, `KeyRing.with_keeper` and `change_ring` refuse.
    """
    number, first = office.profile.clerk(who).staff_number, ciphers.new_pair()
    by = _keeper(office, by) if ring_of(office).register_public else looks_after_keys(office, by)

    def named(ring: KeyRing) -> KeyRing:
        return ring.with_keeper(number, office.register_secret if ring.register_public else first.secret)

    entry = change_ring(office, named, KeyAct.KEEPER_NAMED, number, by)
    if number == by and ring_of(office).register_public == first.public:
        office.at_window.keep(replace(office.entered, register=first.secret))
    return entry


def dismiss_keeper(office: Office, by: str, who: str) -> Entry:
    """Lets somebody read the registers no more; `who` is a staff number. They open the book as before.

    Raises:
        Refusal: `keeper-needed` (who acts is no keeper); what `KeyRing.without_keeper` and `change_ring` refuse.
    """
    by = _keeper(office, by)
    entry = change_ring(office, lambda ring: ring.without_keeper(who), KeyAct.KEEPER_DISMISSED, who, by)
    if who == by and not office.entered.by_master:
        office.at_window.keep(replace(office.entered, register=b""))
    return entry


def _keeper(office: Office, by: str) -> str:
    """The staff number of who acts, who has the secret half of the key of the registers; nobody else can name a keeper."""
    number = office.permit(Permission.OWN_KEY, by).staff_number
    if not office.register_secret:
        raise Refusal(
            "keeper-needed",
            "登记保管人由保管人自己指定和去掉。",
            "请登记保管人打开台账来办；都不在的，用恢复单打开。",
        )
    return number
