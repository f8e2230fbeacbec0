"""换自己的口令、钥匙文件、PIN，先出示原来的：坐在开着的窗口前的，不一定是本人."""

from __future__ import annotations

from pathlib import Path

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import SignInFailed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.ring_changes import known_of, ring_of, still_in
from counter_assistant.operations.office import Office
from counter_assistant.storage.sealing.person_key_file import read_person_key_file
from counter_assistant.storage.sealing.slots import Holder

Old = str | Path
"""What opened the book until now: a passphrase, or where a key file lies."""
NEEDED, WRONG = "own-secret-needed", "own-secret-wrong"


def show_own(office: Office, who: str, old: Old) -> None:
    """Asks whoever changes what opens the book for them, by staff number, for what did until now. Whoever opened it with the sheet
    or the centre's key shows nothing more.

    Raises:
        Refusal: `own-secret-needed`; what `still_in` and `show` refuse.
    """
    if office.entered.by_master:
        return
    still_in(office, ring_of(office), who)
    if not old:
        raise needed("口令或者钥匙文件")
    show(office, who, old)


def show(office: Office, who: str, old: Old) -> None:
    """Asks for what opens the book for somebody, by staff number, now.

    Raises:
        Refusal: `own-secret-wrong` (an entry `signin_failed`); what `ring_of`, `read_person_key_file`, `KeyRing.by_passphrase`,
            `KeyRing.by_key_file` and `Known.refuse_other` refuse.
    """
    ring = ring_of(office)
    try:
        access = (
            ring.by_key_file(who, read_person_key_file(old)) if isinstance(old, Path) else ring.by_passphrase(who, old)
        )
    except Refusal as refusal:
        if refusal.code != "wrong-passphrase":
            raise
        raise wrong(office, who, "口令") from refusal
    known_of(office).refuse_other(access.slot)


def has_passphrase(office: Office, who: str) -> bool:
    """Whether somebody, by staff number, opens the book with a passphrase, and not with a key file alone.

    Raises:
        Refusal: what `ring_of` refuses.
    """
    ring = ring_of(office)
    slot = ring.slot(Holder.PERSON, who)
    return slot.passphrase is not None if slot else who in ring.people


def needed(what: str) -> Refusal:
    """The refusal where what was there until now is not shown."""
    return Refusal(
        NEEDED,
        f"更换自己的，要先出示原来的{what}。",
        f"请输原来的{what}；忘了的，由两个人一起给新的口令，或者用恢复单打开台账再换。",
    )


def wrong(office: Office, who: str, what: str) -> Refusal:
    """The refusal where it was another; the try is an entry.

    Raises:
        Refusal: what `Book.append` refuses.
    """
    office.book.append(EntryKind.SIGNIN_FAILED, SignInFailed(who, 1).to_payload())
    return Refusal(
        WRONG,
        f"原来的{what}不对，什么都没有换。",
        "请重新输入；忘了的，由两个人一起给新的口令，或者用恢复单打开台账再换。",
    )
