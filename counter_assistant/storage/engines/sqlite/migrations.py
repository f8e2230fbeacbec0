"""台账文件的升级：先留一份核对过的副本，再升级；一步和它的版本号在同一个事务里。

A step speaks in table and column names, never in the models of storage/journal/tables.py, which always describe the newest
version. It leaves exactly the schema that schema.py makes, which the opening compares word for word.

The file is migrated where it lies, in one transaction and under the write lock from before the copy is taken: another
process may have it open, and would go on writing into the old file if a new one were put in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import give_name, sync, unfinished
from counter_assistant.storage.engines.sqlite import driver, schema
from counter_assistant.storage.journal.chain_check import chain_problems
from counter_assistant.storage.sealing.book_key import BookKey

Step = Callable[[Any], None]


def _add_cases(handle: Any) -> None:
    """办件 get a view of their own. It is filled when the book is opened, since the rules of its views are new."""
    handle.execute_sql(
        'CREATE TABLE "case_row" ("id" TEXT NOT NULL PRIMARY KEY, "stage" TEXT NOT NULL, "open" INTEGER NOT NULL, '
        '"due" TEXT NOT NULL, "look_at" TEXT NOT NULL, "handler" TEXT NOT NULL, "words" TEXT NOT NULL, '
        '"body" TEXT NOT NULL) STRICT, WITHOUT ROWID'
    )
    handle.execute_sql('CREATE INDEX "case_row_open_look_at_words" ON "case_row" ("open", "look_at", "words")')
    handle.execute_sql('CREATE INDEX "case_row_open_stage" ON "case_row" ("open", "stage")')


def _add_tellings(handle: Any) -> None:
    """What a month's figures are counted from gets a view of its own; it is filled as the cases are."""
    handle.execute_sql(
        'CREATE TABLE "telling" ("seq" INTEGER NOT NULL PRIMARY KEY, "recorded" TEXT NOT NULL, "day" TEXT NOT NULL, '
        '"item" TEXT NOT NULL, "clerk" TEXT NOT NULL, "ends" INTEGER NOT NULL, "began" INTEGER NOT NULL, '
        '"number" TEXT NOT NULL, "named" TEXT NOT NULL, "content" TEXT NOT NULL, '
        'FOREIGN KEY ("seq") REFERENCES "entry" ("seq")) STRICT'
    )
    handle.execute_sql('CREATE INDEX "telling_recorded" ON "telling" ("recorded")')


def _pack_payloads(handle: Any) -> None:
    """Contents are stored packed. Their hashes are of what was written, so that the chain stays as it is."""
    handle.execute_sql(
        'CREATE TABLE "payload_packed" ("seq" INTEGER NOT NULL PRIMARY KEY, "salt" BLOB NOT NULL, "body" BLOB NOT NULL, '
        'FOREIGN KEY ("seq") REFERENCES "entry" ("seq")) STRICT'
    )
    handle.execute_sql(
        'INSERT INTO "payload_packed" SELECT "seq", "salt", packed("body") FROM "payload" ORDER BY "seq"'
    )
    handle.execute_sql('DROP TABLE "payload"')
    handle.execute_sql('ALTER TABLE "payload_packed" RENAME TO "payload"')
    for trigger in (
        """CREATE TRIGGER payload_follows BEFORE INSERT ON payload
        WHEN NEW.seq <> (SELECT MAX(seq) FROM entry) OR EXISTS (SELECT 1 FROM payload WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'a payload is written once'); END""",
        "CREATE TRIGGER payload_stays BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'a payload never changes'); END",
        """CREATE TRIGGER payload_kept BEFORE DELETE ON payload
        WHEN NOT EXISTS (SELECT 1 FROM entry WHERE uuid = 'erase:' || OLD.seq AND kind = 'payload_erased')
        BEGIN SELECT RAISE(ABORT, 'a payload is erased only by an erasure entry'); END""",
    ):
        handle.execute_sql(trigger)


def _add_registers(handle: Any) -> None:
    """The registers of the code get a view of their own; it is filled as the cases are."""
    handle.execute_sql(
        'CREATE TABLE "register_row" ("kind" TEXT NOT NULL, "seq" INTEGER NOT NULL, "time" TEXT NOT NULL, '
        '"clerk" TEXT NOT NULL, "state" TEXT NOT NULL, "settled" INTEGER NOT NULL, "stage" TEXT NOT NULL, '
        '"case_id" TEXT NOT NULL, "due" TEXT NOT NULL, "line" TEXT NOT NULL, "words" TEXT NOT NULL, '
        'PRIMARY KEY ("kind", "seq")) STRICT, WITHOUT ROWID'
    )
    handle.execute_sql('CREATE INDEX "register_row_state_stage" ON "register_row" ("state", "stage")')


# STEPS[n] leads from version n to n + 1.
STEPS: Mapping[int, Step] = {1: _add_cases, 2: _add_tellings, 3: _pack_payloads, 4: _add_registers}


def migrate(
    handle: Any, path: Path, version: int, now: datetime,
    steps: Mapping[int, Step] = STEPS, target: int = schema.VERSION, key: BookKey | None = None,
) -> Path:  # fmt: skip
    """Brings the file from `version` to `target` within the caller's immediate transaction.

    Returns the verified copy of the file as it was, under the same `key`. Whatever a step raises undoes the whole migration.

    Raises:
        Refusal: `book-version`: no steps lead there; what `copy_verified` refuses.
    """
    if any(n not in steps for n in range(version, target)) or version >= target:
        raise Refusal("book-version", f"不认识台账文件的版本 {version}。", "请联系维护人员；原文件未改动。")
    copy = path.with_name(f"{path.stem}-v{version}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    copy_verified(path, copy, key)
    try:
        for n in range(version, target):
            steps[n](handle)
            handle.pragma("user_version", n + 1)
    except BaseException:
        copy.unlink(missing_ok=True)  # the file stays as it is, and every try would leave another copy of it
        raise
    return copy


def copy_verified(source: Path, copy: Path, key: BookKey | None = None) -> None:
    """Copies the committed state of a book file by the backup API, verifies the copy, and gives it its name last.

    Raises:
        Refusal: `copy-not-sound`.
    """
    unborn = unfinished(copy, "new")
    try:
        with closing(driver.handle(unborn, driver.MAKE, key=key)) as new:
            new.connect()
            driver.copy(source, new, key)
            problems = problems_of(new)
        if problems:
            raise Refusal("copy-not-sound", f"升级前的核对没有通过：{problems[0]}", "请从备份恢复；原文件未改动。")
        sync(unborn)
        give_name(unborn, copy)
    finally:
        unborn.unlink(missing_ok=True)


def problems_of(handle: Any) -> list[str]:
    """What is wrong with the pages of a copy, else with its chain."""
    found = [text for (text,) in handle.execute_sql("PRAGMA integrity_check").fetchall() if text != "ok"]
    return found or list(chain_problems(handle))
