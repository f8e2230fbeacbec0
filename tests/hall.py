"""A server of one's own: PostgreSQL from the distribution, in memory where there is room, on a private socket, gone at the end.

It refuses to run as root, so that root starts it as the user that the distribution made for it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

DISTRIBUTION = Path("/usr/lib/postgresql")
OLDEST = 15
USER = "postgres"
DATABASE = "centre"


@cache
def missing() -> str:
    """Why no server can be started here; empty where one can."""
    if importlib.util.find_spec("psycopg") is None:
        return "needs psycopg (counter-assistant[hall])"
    if programs() is None:
        return f"needs PostgreSQL {OLDEST} or newer (initdb)"
    try:  # as root it is run as the user that its package made
        Server(Path(tempfile.gettempdir())).run("initdb", "--version")
    except (OSError, LookupError, RuntimeError, subprocess.SubprocessError) as error:
        return f"initdb does not run as {USER}: {error}"
    return ""


@cache
def programs() -> Path | None:
    """Where the newest initdb lies that is new enough."""
    folders = [path for path in DISTRIBUTION.glob("*/bin") if path.parent.name.isdigit() and (path / "initdb").exists()]
    found = [path for path in folders if int(path.parent.name) >= OLDEST]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A server that runs, in a folder of its own, which holds its socket, and its data where no other folder is given for that."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        self.folder = folder
        self.data = data or folder / "data"
        self.settings: dict[str, str] = {}  # of what it is started with, besides

    def own(self) -> None:
        """Gives the folders to the user that it runs as."""
        if os.geteuid() == 0:
            self.data.parent.mkdir(parents=True, exist_ok=True)
            shutil.chown(self.folder, USER, USER)
            if not self.data.exists():
                self.data.mkdir(0o700)
                shutil.chown(self.data, USER, USER)

    @property
    def address(self) -> str:
        """As the program takes it, but for the schema."""
        return f"postgresql://{USER}@/{DATABASE}?host={self.folder}"

    def make(self) -> None:
        """Writes the data folder, with the settings as they come but for less room."""
        self.run("initdb", "-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self, *settings: str) -> None:
        """Starts it, with more `settings` such as `ssl=on`, and waits until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=60"
        options += "".join(
            f" -c {setting}" for setting in (*(f"{name}={value}" for name, value in self.settings.items()), *settings)
        )
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "log"), "-w", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stops it; `immediate` is as if it had died."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "-m", how, "stop")

    def kill(self) -> None:
        """Ends all its processes at once, as if its machine had lost its power."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # it starts nothing any more
        below = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (*map(int, below), postmaster):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while _lives(postmaster):
            time.sleep(0.01)
        for left in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            left.unlink()  # after a cut of power no process has those numbers; here one that was not waited for may

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of its programs as the user that it wants."""
        where = programs()
        assert where is not None
        as_user: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [where / program, *arguments], check=False, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, **as_user,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def clear(self) -> None:
        """Takes every book away, and ends whoever has one open."""
        self.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL"
        )
        for (book,) in self.tell("SELECT nspname FROM pg_namespace WHERE nspname ~ '^b[0-9a-f]{16}$'"):
            self.drop(book)  # each by itself: one transaction has not room for the locks of all

    def drop(self, book: str) -> None:
        """Takes one book away."""
        self.tell(f"DROP SCHEMA IF EXISTS {book} CASCADE")

    def connected(self) -> Any:
        """A connection of the one who runs it, each statement by itself."""
        import psycopg

        return psycopg.connect(f"host={self.folder} user={USER} dbname={DATABASE}", autocommit=True)

    def tell(self, statement: str) -> list[tuple[Any, ...]]:
        """What the one who runs it asks or sets, on a connection of its own."""
        with self.connected() as connection:
            cursor = connection.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


_shipped: list[int] = []


@contextmanager
def patient(seconds: int) -> Iterator[None]:
    """While it lasts a window of this process may stand still within an act for so long, as it does on a busy machine."""
    from counter_assistant.storage.engines.postgres import database

    _shipped.append(database.STOPPED)
    database.STOPPED = seconds
    yield
    database.STOPPED = _shipped.pop()


def as_shipped() -> None:
    """Has a process that was forked stand still no longer than the program lets it."""
    from counter_assistant.storage.engines.postgres import database

    database.STOPPED = _shipped[0] if _shipped else database.STOPPED


@contextmanager
def open_folder(where: Path | None = None) -> Iterator[Path]:
    """A folder in memory, unless it is told `where`, that the user of a server may go into, as into those of pytest it may not."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="hall-", dir=where or (memory if memory.is_dir() else None)))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(settings: dict[str, str] | None = None) -> Iterator[Server]:
    """A server with an empty database, with some `settings` of its own."""
    with open_folder() as folder:
        server = Server(folder)
        server.settings = settings or {}
        server.own()
        server.make()
        server.start()
        try:
            server.run("createdb", "-h", str(folder), "-U", USER, DATABASE)
            yield server
        finally:
            server.stop("immediate")


@contextmanager
def kept(folder: Path, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """A server whose data stay in a folder, on whichever disk that is; made there the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    server, is_new = Server(folder), not (folder / "data").exists()
    server.settings = settings or {}
    server.own()
    if is_new:
        server.make()
    server.start()
    try:
        if is_new:
            server.run("createdb", "-h", str(folder), "-U", USER, DATABASE)
        yield server
    finally:
        server.stop()
