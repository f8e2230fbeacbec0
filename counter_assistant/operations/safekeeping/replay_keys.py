"""重放流水用哪把钥匙：流水旁边、拷贝旁边、数据文件夹里的钥匙文件，哪一份是它的就用哪一份。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.safekeeping.replaying import journal_key_name
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.sealing.book_key import BookKey
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.key_ring import KeyRing
from counter_assistant.storage.sealing.ring_file import read_ring_file

Opening = Callable[[KeyRing], BookKey]
"""How somebody opens the keys: by a passphrase, say."""


def keys_for(copy: Path | None, journal: Path, folder: Path, opening: Opening) -> tuple[BookKey | None, BookKey | None]:
    """The key of the copy and that of the journal, each None where anybody can read it; `opening` is asked once for each key.

    Raises:
        Refusal: `no-keys-for` (no file of keys that is theirs lies beside the journal, the copy or the book); what `read_journal` and
            `opening` refuse.
    """
    book, name = journal_key_name(journal)
    copied = Database.name_of(copy) if copy and Database.needs_key(copy) else b""
    places = [journal.with_name(f"journal-{book}.keys"), folder / NAME, *([copy.parent / NAME] if copy else [])]
    found = {each: opening(_ring_of(each, places)) for each in {name, copied} if each}
    return found.get(copied), found.get(name)


def _ring_of(name: bytes, places: list[Path]) -> KeyRing:
    for place in places:
        try:
            ring = read_ring_file(place)
        except Refusal:
            continue
        if ring.book == name.hex():
            return ring
    raise Refusal("no-keys-for", f"没有找到打开它的钥匙文件 {NAME}。", "请把同一天的钥匙文件放到拷贝旁边，再来一次。")
