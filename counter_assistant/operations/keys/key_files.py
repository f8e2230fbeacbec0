"""钥匙文件：放在自己的 U 盘上，代替口令，或者和口令各开各的；从不放在台账旁边."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.people.passphrase import normal, typed_passphrase
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import real_path
from counter_assistant.operations.keys.own_secret import Old, show, show_own
from counter_assistant.operations.keys.ring_changes import (
    change_ring,
    folder_of,
    had_secret,
    in_place_of,
    key_of,
    known_of,
    looks_after_keys,
    ring_of,
    still_in,
)
from counter_assistant.operations.office import Office
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.person_key_file import make_person_key_file
from counter_assistant.storage.sealing.slots import person_access


def give_key_file(office: Office, by: str, who: str, path: Path, passphrase: str = "", old: Old = "") -> Entry:
    """Makes a key file at `path` with which somebody opens the book, in place of an earlier one of theirs.

    With their `passphrase`, that opens it too; without one, of one's own, the file is instead of the `old` passphrase or key file.

    Raises:
        Refusal: `not-sealed`, `key-file-beside-book`, `has-passphrase` (a colleague's, who must type it); what
            `OfficeProfile.clerk`, `Office.permit`, `looks_after_keys`, `show`, `show_own`, `still_in`, `typed_passphrase`, `make_person_key_file`, `in_place_of` and
            `change_ring` refuse.
    """
    key, number = key_of(office), office.profile.clerk(who).staff_number
    own = number == office.profile.clerk(by).staff_number
    by = office.permit(Permission.OWN_KEY, by).staff_number if own else looks_after_keys(office, by)
    _refuse_beside(folder_of(office), path)
    said = _shown(office, number, passphrase, old, own=own)
    made = make_person_key_file(path)
    slot = person_access(key, number, said, made).slot

    def with_file(ring: KeyRing) -> KeyRing:
        return in_place_of(office, still_in(office, ring, number) if own else ring, slot)

    try:
        return change_ring(office, with_file, KeyAct.KEY_FILE_MADE, number, by, new=slot)
    except BaseException:
        with suppress(OSError, Refusal):
            if not known_of(office).holds(slot):
                path.unlink()
        raise


def _shown(office: Office, number: str, passphrase: str, old: Old, *, own: bool) -> str:
    """The passphrase that opens the book beside the file, in its one spelling, once it was shown; empty where none does."""
    ring = still_in(office, ring_of(office), number) if own else ring_of(office)
    if number not in ring.people:
        if not own and not office.entered.by_master and had_secret(office, number):
            raise Refusal(
                "has-passphrase",
                f"工号 {number} 有过口令。",
                "忘了的先由两个人一起给新口令，再由本人做钥匙文件。",
            )
        return typed_passphrase(passphrase) if passphrase else ""
    if passphrase:
        show(office, number, normal(passphrase))
        return normal(passphrase)
    if not own:
        raise Refusal(
            "has-passphrase",
            f"工号 {number} 已经能打开台账。",
            "请本人输入口令再做钥匙文件；忘了口令的由两个人一起给新的。",
        )
    show_own(office, number, old)
    return ""


def _refuse_beside(folder: Path, path: Path) -> None:
    if real_path(path).is_relative_to(real_path(folder)):
        raise Refusal(
            "key-file-beside-book",
            "钥匙文件不能放在台账旁边：拷走文件夹的人就打得开了。",
            "请放在自己的 U 盘上，用完带走。",
        )
