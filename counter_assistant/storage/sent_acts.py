"""送往服务器的办理：不知道生效没有的，记在本机；离线时不再办第二次，断电重开也记得."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from counter_assistant.domain.entry import SENT_OF
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage import drafts
from counter_assistant.storage.engines.engine import UNSURE, Engine
from counter_assistant.storage.journal import tables

_KEPT = 'SELECT EXISTS (SELECT 1 FROM "draft" WHERE "uuid" = {})'


@contextmanager
def sent(database: Engine, uuid: str | None) -> Iterator[None]:
    """Notes on this PC that an act is on its way to a server, until it is known to be done or not: what nobody knows of is not done offline
    a second time, whatever becomes of the window meanwhile. That it is done goes with its draft (`drafts.drop_elsewhere`).

    Raises:
        Refusal: `offline-in-doubt`: offline, of an act that is on its way still.
    """
    if uuid is None or database.desk is database:
        yield
        return
    if not database.shared:
        if _is_sent(database, uuid):
            raise Refusal(
                "offline-in-doubt",
                "这一份已经送往大厅的服务器，还不知道是否生效，离线不能再出。",
                "草稿留着，连上以后按 F9，接着办的是同一份；别的当事人照样可以办。",
            )
        yield
        return
    before = _note_sent(database, uuid)
    try:
        yield
    except Refusal as refusal:
        if refusal.code != UNSURE and not before:
            drafts.drop(database, SENT_OF + uuid)
        raise


def _note_sent(database: Engine, uuid: str) -> bool:
    """Whether it was noted before."""
    name, time = SENT_OF + uuid, datetime.now(UTC).isoformat()  # the clock of the book is read for what it says
    with database.desk.writing() as handle:
        if before := _is_kept(handle, name):
            return before
        tables.insert_rows(handle, tables.Draft, [(name, "{}", time, drafts.draft_digest(name, "{}", time))])
        return False


def _is_sent(database: Engine, uuid: str) -> bool:
    with database.desk.query() as handle:
        return _is_kept(handle, SENT_OF + uuid)


def _is_kept(handle: Any, name: str) -> bool:
    return bool(handle.execute_sql(_KEPT.format(handle.param), (name,)).fetchone()[0])
