"""换新钥匙：台账另做一份，用新的钥匙加密，核对过再换上；新钥匙封给留下的每个人、恢复单和中心.

Whoever was taken away and kept the keys of before opens what was copied before, and nothing of later.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress

from counter_assistant.domain.entry import Entry
from counter_assistant.domain.people.key_entry import KeyAct
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.ring_changes import (
    folder_of,
    for_all,
    key_of,
    looks_after_keys,
    note,
    ring_of,
    slots_noted,
)
from counter_assistant.operations.office import Office
from counter_assistant.storage.sealing.key_ring import KeyRing, new_key
from counter_assistant.storage.sealing.ring_file import NEXT, settle, write_ring

_COME = {KeyAct.SEALED, KeyAct.ADDED, KeyAct.CHANGED, KeyAct.KEY_FILE_MADE}


def change_key(office: Office, by: str) -> Entry:
    """Puts the book under a new key. Nobody else may have it open; another window that has it is refused by its next act.

    Raises:
        Refusal: what `looks_after_keys` and `changing_key` refuse.
    """
    by = looks_after_keys(office, by)
    for _ in changing_key(office):
        pass
    return note(office, KeyAct.KEY_CHANGED, "", by)


def changing_key(office: Office) -> Generator[str, None, None]:
    """Puts the book under a new key, and says what is done after each step; whatever stops it, one book opens as before.

    Raises:
        Refusal: `not-sealed`, `keys-of-another-day` (somebody opens it of whom the book says nothing), `keys-of-before`;
            what `ring_of`, `Database.sealing` and `write_ring` refuse.
    """
    office.book.require_sound_clock()
    key, folder = new_key(), folder_of(office)
    _who_stays(office).under(key)

    def write_keys() -> None:
        write_ring(folder, _who_stays(office).under(key), key, NEXT)

    for step in office.database.sealing(key, write_keys):
        yield step
        if step == "switched":
            with suppress(OSError):  # else the next opening does it
                settle(folder, key.name)
            yield "keys have their name"


def _who_stays(office: Office) -> KeyRing:
    """The keys as they lie there. An older file of keys, which somebody may have put in the place of today's, lets nobody in for
    good."""
    ring, known = ring_of(office), set()
    for slot in slots_noted(office):
        if slot.act in _COME:
            known.add(slot.who)
        elif slot.act == KeyAct.REMOVED:
            known.discard(slot.who)
    if strangers := [who for who in ring.people if who not in known]:
        raise Refusal(
            "keys-of-another-day",
            f"钥匙文件里有台账没有记载的：工号 {'、'.join(strangers)}，可能是换回了以前的钥匙文件。",
            "请先查明；用不着的先去掉，再换新钥匙。",
        )
    return for_all(office, ring, key_of(office))
