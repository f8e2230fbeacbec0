"""换新钥匙：台账另做一份，用新的钥匙加密，核对过再换上；新钥匙封给留下的每个人、恢复单和中心.

Whoever was taken away and kept the keys of before opens what was copied before, and nothing of later.
"""

from __future__ import annotations

from contextlib import suppress

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.ring_changes import (
    end_cut_off,
    folder_of,
    for_all,
    key_of,
    known_of,
    looks_after_keys,
    ring_of,
)
from counter_assistant.operations.office import Office
from counter_assistant.storage.exchange.branch_books import FOLDER
from counter_assistant.storage.exchange.branch_books import KEY as BRANCHES
from counter_assistant.storage.exchange.installation_key import NAME as INSTALLATION
from counter_assistant.storage.exchange.kept_secret import carry_over
from counter_assistant.storage.sealing.key_ring import KeyRing, new_key
from counter_assistant.storage.sealing.ring_file import NEXT, settle, write_ring


def change_key(office: Office, by: str) -> Entry:
    """Puts the book under a new key; whatever stops it, one book opens as before. Nobody else may have it open: another window that
    has it is refused by its next act.

    Raises:
        Refusal: `not-sealed`, `keys-of-another-day` (somebody opens it of whom the book says nothing), `keys-of-before`;
            what `looks_after_keys`, `ring_of`, `carry_over`, `Book.seal` and `write_ring` refuse.
    """
    by, key, folder = looks_after_keys(office, by), new_key(), folder_of(office)
    end_cut_off(office)
    office.book.require_sound_clock()
    _who_stays(office).under(key)
    for secret in (folder / INSTALLATION, folder / FOLDER / BRANCHES):
        carry_over(secret, key_of(office), key)

    def write_keys() -> None:
        write_ring(folder, _who_stays(office).under(key), key, NEXT)

    entry = office.book.seal(key, KeySlot(KeyAct.KEY_CHANGED, "", by).to_payload(), write_keys)
    with suppress(OSError):  # else the next opening does it
        settle(folder, key.name)
    office.journal.keep_up()  # whose keys lie beside it too
    return entry


def _who_stays(office: Office) -> KeyRing:
    """The keys as they lie there. An older file of keys, which somebody may have put in the place of today's, lets nobody in for
    good."""
    ring = ring_of(office)
    if strangers := known_of(office).strangers(ring):
        raise Refusal(
            "keys-of-another-day",
            f"钥匙文件里有台账没有记载的：{'、'.join(strangers)}，可能是换回了以前的，或者有人改过。",
            "请先查明；用不着的先去掉，再换新钥匙。",
        )
    return for_all(office, ring, key_of(office))
