"""A server with one book of 1,000,000 acts, or of `--size N`: check and rebuild by whoever looks after it (`server check`, `server rebuild`).

The book is that of tests/busy_book.py, carried over table by table, and its heads are compared. `_s` is by the clock, `_own_s` this process's
own work, without that of the server, and `_mb` the most memory that it took. The server has its settings as they come. A place with room is named by TMPDIR:
10 GB for a million.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from counter_assistant.operations.office import open_office
from counter_assistant.operations.server_books import check_server, prepare_server, rebuild_server
from counter_assistant.storage.engines.postgres.schema import TABLES
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.journal import entries
from tests import hall
from tests.bench.million import most_memory
from tests.bench.told_once import some_people
from tests.busy_book import NOW, OPENING, build
from tests.busy_hall import FILLING

SIZE, BOOK = 1_000_000, f"b{'7' * 16}"


def run(size: int = SIZE) -> dict[str, float]:
    """The figures of this bench."""
    if why := hall.missing():
        raise SystemExit(why)
    with hall.open_folder(Path(tempfile.gettempdir())) as folder:
        chance, began = random.Random(20261130), time.perf_counter()
        office = open_office(folder / "pc", lambda: OPENING)
        office.clock = lambda: NOW
        build(office, chance, some_people(chance, size // 4), size)
        office.close()
        with hall.kept(folder / "server") as server:
            prepare_server(f"{server.address}&schema={BOOK}")
        with hall.kept(folder / "server", FILLING) as server:
            carry_over(folder / "pc" / "book.db", server)
        figures = {"fill_s": time.perf_counter() - began}
        with hall.kept(folder / "server") as server:
            for what in ("rebuild", "check"):
                figures |= in_its_own_process(what, f"{server.address}&schema={BOOK}")
    return {name: round(value, 1) for name, value in figures.items()}


def carry_over(book: Path, server: hall.Server) -> None:
    """Makes a book on a server hold all rows of one in a file."""
    database = Database.open(book, lambda: NOW)
    try:
        with server.connected() as connection, connection.transaction():
            connection.execute(f"SET search_path TO {BOOK}; SET session_replication_role = replica")
            connection.execute("TRUNCATE " + ", ".join(f'"{table._meta.table_name}"' for table in TABLES))
            for table in TABLES:
                name, columns = table._meta.table_name, [f'"{column}"' for column in table._meta.columns]
                rows = database.handle.execute_sql(f'SELECT {", ".join(columns)} FROM "{name}"')
                with connection.cursor().copy(f'COPY "{name}" ({", ".join(columns)}) FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row(row)
            last = entries.head(database.handle)
            connection.execute("UPDATE chain_head SET seq = %s, hash = %s", (last.seq, last.hash))
    finally:
        database.close()
    with server.connected() as connection:
        connection.execute(f"SET search_path TO {BOOK}; ANALYZE")


def in_its_own_process(what: str, address: str) -> dict[str, float]:
    """The figures of a part, by the memory of a whole process."""
    command = [sys.executable, "-m", "tests.bench.hall_million", what, address]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {name: float(value) for name, value in (line.split() for line in said.splitlines())}


def part(what: str, address: str) -> None:
    """Does a part, and prints its figures."""
    began, own = time.perf_counter(), time.process_time()
    given: Any = rebuild_server(address) if what == "rebuild" else check_server(address)
    if what == "check" and given[1]:
        raise SystemExit(f"the book is not whole: {given[1]}")
    print(f"{what}_s", time.perf_counter() - began)
    print(f"{what}_own_s", time.process_time() - own)
    print(f"{what}_mb", most_memory())
    print(f"{what}_entries", given if what == "rebuild" else given[0])


if __name__ == "__main__":
    part(sys.argv[1], sys.argv[2])
