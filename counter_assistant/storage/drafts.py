"""草稿：还没有出具的文书、还没有登记的投诉。出具或登记的同时草稿即删去；填表时问到的值，随办件留着.

Drafts are the clerk's desk, not the record: they are not in the chain, and may be dropped. A sealed one is told by its name and
shows nothing, not even when it was saved: the desk never meets it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from counter_assistant.domain.entry import FORMS_OF, ROTA_OF, SEALED_ACT, SENT_OF
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.sealed_content import SealedContent
from counter_assistant.storage.engines.engine import Engine
from counter_assistant.storage.journal import chain, tables

CLERK = "clerk"
"""Under which key the content of a draft says who typed it, by staff number."""
_NEWEST_FIRST = (tables.Draft.saved_at.desc(), tables.Draft.uuid)
_IS_SEALED = tables.Draft.uuid.startswith(SEALED_ACT)
_OF_FORMS = tables.Draft.uuid.startswith(FORMS_OF)
_IS_SENT = tables.Draft.uuid.startswith(SENT_OF)
_OF_THE_DESK = ~_IS_SEALED & ~_OF_FORMS & ~_IS_SENT & ~tables.Draft.uuid.startswith(ROTA_OF)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it was last saved. Its `uuid` becomes that of the slip."""

    uuid: str
    body: dict[str, Any]
    saved_at: datetime

    @property
    def clerk(self) -> str:
        """Who typed it, by staff number; empty in a draft of before that was kept."""
        return str(self.body.get(CLERK, ""))


class Drafts:
    """The drafts in a book file that whoever sits at the desk may go on with. `forms` is what was asked for the forms of cases, by the id
    of the case; `rotas` is who leads on which day, by the Monday of the week."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.forms, self.rotas = KeptValues(database, FORMS_OF), KeptValues(database, ROTA_OF)

    def save(self, uuid: str, body: Mapping[str, Any], clerk: str = "") -> bool:
        """Saves a draft over its earlier state, as one of the clerk with that staff number.

        False, and nothing saved, where it has been issued meanwhile.
        """
        return _save(self.database, uuid, {**body, CLERK: clerk} if clerk else body)

    def load(self, uuid: str) -> SavedDraft | None:
        """A draft by its uuid."""
        return next(iter(self._read(tables.Draft.uuid == uuid)), None)

    def newest(self) -> SavedDraft | None:
        """The draft saved last: what the desk offers to go on with."""
        return next(iter(self._read(limit=1)), None)

    def next_older(self, uuid: str = "", first: str = "") -> SavedDraft | None:
        """The draft next in age to this one; the newest where there is no older one, or no such draft. None but itself: None.

        Those of the clerk `first`, by staff number, come before those of others.
        """
        ids = self._ids(first)
        at = ids.index(uuid) + 1 if uuid in ids else 0
        found = ids[at % len(ids)] if ids else uuid
        return self.load(found) if found != uuid else None

    def all(self, first: str = "") -> list[SavedDraft]:
        """Every draft, the one saved last first; those of the clerk `first`, by staff number, before those of others."""
        return sorted(self._read(), key=lambda draft: bool(first) and draft.clerk != first)

    def drop(self, uuid: str) -> None:
        """Throws a draft away. One that is not there is no mistake; a sealed one stays, which only its keepers throw away."""
        if not uuid.startswith(SEALED_ACT):
            drop(self.database, uuid)

    def drop_before(self, day: date) -> None:
        """Throws away the drafts that nobody has touched since a day; never a sealed one, which says no time."""
        with self.database.desk.writing() as handle:
            tables.Draft.delete().where(~_IS_SEALED, tables.Draft.saved_at < day.isoformat()).execute(handle)

    def _ids(self, first: str) -> list[str]:
        """The ids in the order of `all`, without a look at whether the contents are whole."""
        draft = tables.Draft
        with self.database.desk.query() as handle:
            query = draft.select(draft.uuid, draft.body).where(_OF_THE_DESK).order_by(*_NEWEST_FIRST)
            rows = tables.fetch(handle, query)
        own = json.dumps({CLERK: first}, ensure_ascii=False, separators=(",", ":"))[1:-1]
        return [uuid for uuid, _ in sorted(rows, key=lambda row: bool(first) and own not in row[1])]

    def _read(self, *conditions: Any, limit: int | None = None) -> list[SavedDraft]:
        query = tables.Draft.select().where(_OF_THE_DESK, *conditions).order_by(*_NEWEST_FIRST).limit(limit)
        with self.database.desk.query() as handle:
            return [_draft(*row) for row in tables.fetch(handle, query)]


class KeptValues:
    """What was typed once and is kept from one time to the next, by a name within its kind. It may hold whole numbers of accounts, and is
    dropped as drafts are."""

    def __init__(self, database: Engine, kind: str) -> None:
        """`kind` is what their names in the file begin with."""
        self.database, self._kind = database, kind

    def save(self, name: str, values: Mapping[str, str]) -> None:
        """Keeps values in the place of those before; none where there are none."""
        if values:
            _save(self.database, self._kind + name, values)
        else:
            drop(self.database, self._kind + name)

    def load(self, name: str) -> dict[str, str]:
        """The values of a name; nothing where none are kept.

        Raises:
            Refusal: `draft-damaged`.
        """
        return next((values for _, values in self._of(tables.Draft.uuid == self._kind + name)), {})

    def all(self) -> list[tuple[str, dict[str, str]]]:
        """The values of every name that has some.

        Raises:
            Refusal: `draft-damaged`.
        """
        return self._of(tables.Draft.uuid.startswith(self._kind))

    def _of(self, condition: Any) -> list[tuple[str, dict[str, str]]]:
        with self.database.desk.query() as handle:
            rows = tables.fetch(handle, tables.Draft.select().where(condition))
        return [
            (uuid.removeprefix(self._kind), {key: str(value) for key, value in _body(uuid, *rest).items()})
            for uuid, *rest in rows
        ]


class SealedDrafts:
    """The drafts for the keepers of a register: whoever writes one cannot read it back. Each name begins with `SEALED_ACT`."""

    def __init__(self, database: Engine) -> None:
        self.database = database

    def save(self, act: str, content: SealedContent) -> bool:
        """Saves a draft over its earlier state. False, and nothing saved, where it has been recorded meanwhile."""
        if not act.startswith(SEALED_ACT):
            raise ValueError("a sealed draft has a name of its own kind")
        return _save(self.database, act, content.to_payload(), dated=False)

    def all(self) -> list[tuple[str, SealedContent | None]]:
        """Every sealed draft by its name, in the order of names, which is none; None for one that is damaged."""
        query = tables.Draft.select().where(_IS_SEALED).order_by(tables.Draft.uuid)
        with self.database.desk.query() as handle:
            return [(row[0], _sealed(*row)) for row in tables.fetch(handle, query)]

    def drop(self, act: str) -> None:
        """Throws a draft away. One that is not there is no mistake."""
        drop(self.database, act)


def drop_of_act(handle: Any, uuid: str | None) -> None:
    """Throws away the draft of an act that is being recorded, if it has one."""
    if uuid is not None:
        handle.execute_sql(_DROP.format(handle.param), (uuid,))


def drop_elsewhere(database: Engine, uuid: str | None) -> None:
    """Throws away the draft of an act that is durable, where drafts lie apart from the book, and that it was on its way. What fails the next
    opening does."""
    if uuid is not None and database.desk is not database:
        with suppress(Refusal):
            drop(database, uuid, SENT_OF + uuid)


@contextmanager
def at_desk(database: Engine, handle: Any) -> Iterator[Any]:
    """Where drafts are written in an act on a handle; what lies elsewhere is durable before the act is, and may be done again."""
    if database.desk is database:
        yield handle
    else:
        with database.desk.writing() as desk:
            yield desk


def carry(desk: Any, made: Any) -> None:
    """Puts the drafts of this PC's own file into the one that is to take its place, instead of those that are there."""
    tables.Draft.delete().execute(made)
    tables.insert_rows(made, tables.Draft, tables.fetch(desk, tables.Draft.select()))


def drop_recorded(database: Engine) -> None:
    """Throws away the drafts on this PC of acts that a book elsewhere has recorded: what could not be done when they were.

    Raises:
        Refusal: the book cannot be asked, or the drafts cannot be written.
    """
    row, entry = tables.Draft, tables.Entry
    with database.desk.query() as handle:
        kept = [uuid for (uuid,) in tables.fetch(handle, row.select(row.uuid))]
    if not kept:
        return
    acts = {uuid.removeprefix(SENT_OF) for uuid in kept}
    with database.query() as handle:
        recorded = {uuid for (uuid,) in tables.fetch(handle, entry.select(entry.uuid).where(entry.uuid.in_(acts)))}
    for uuid in kept:
        if uuid.removeprefix(SENT_OF) in recorded:
            drop(database, uuid)


def put_sealed(handle: Any, act: str, content: SealedContent) -> None:
    """Saves a sealed draft, of an act that has not been recorded."""
    text = chain.canonical(content.to_payload())
    tables.replace_rows(handle, tables.Draft, [(act, text, "", draft_digest(act, text, ""))])


_DROP = 'DELETE FROM "draft" WHERE "uuid" = {}'
"""Written out, as what else each act asks: peewee takes longer to put it together than the database to do it."""


def faults(handle: Any) -> Iterator[str]:
    """Sentences about drafts that are not what was saved."""
    for uuid, body, time, digest in tables.fetch(handle, tables.Draft.select()):
        if draft_digest(uuid, body, time) != digest:
            yield f"{time} 保存的草稿已损坏。" if time else "有一份封存的草稿已损坏。"


def _save(database: Engine, uuid: str, body: Mapping[str, Any], *, dated: bool = True) -> bool:
    text, recorded = chain.canonical(body), tables.Entry.select().where(tables.Entry.uuid == uuid)
    if database.desk is not database and _is_recorded(database, recorded):
        return False
    with database.desk.writing() as handle:
        if recorded.exists(handle):
            return False
        time = database.clock().replace(microsecond=0).isoformat() if dated else ""
        tables.replace_rows(handle, tables.Draft, [(uuid, text, time, draft_digest(uuid, text, time))])
        return True


def _is_recorded(database: Engine, recorded: Any) -> bool:
    """Whether a book elsewhere has recorded an act. One that does not answer may have: what is typed is kept all the same, and the next
    opening throws it away."""
    try:
        with database.query() as handle:
            return bool(recorded.exists(handle))
    except Refusal:
        return False


def drop(database: Engine, *uuids: str) -> None:
    """Throws away drafts of any kind. One that is not there is no mistake."""
    with database.desk.writing() as handle:
        for uuid in uuids:
            drop_of_act(handle, uuid)


def _draft(uuid: str, body: str, time: str, digest: str) -> SavedDraft:
    return SavedDraft(uuid, _body(uuid, body, time, digest), datetime.fromisoformat(time))


def _body(uuid: str, body: str, time: str, digest: str) -> dict[str, Any]:
    if draft_digest(uuid, body, time) != digest:
        raise Refusal("draft-damaged", "有一份草稿已损坏，读不出。", "请在档案页核对台账；草稿须重新录入。")
    return chain.parse(body)


def _sealed(act: str, body: str, time: str, digest: str) -> SealedContent | None:
    try:
        return SealedContent.from_payload(_body(act, body, time, digest))
    except (Refusal, ValueError):
        return None


def draft_digest(uuid: str, body: str, time: str) -> str:
    """What a draft is told by, so that one that the disk has changed is not taken for what was typed."""
    return hashlib.sha256("\0".join((uuid, time, body)).encode()).hexdigest()
