"""Three servers of which one is written to and two follow it, as docs/服务器手册.md sets them up, and what its operator does when it dies.

Each knows the same three names to wait for, so that one that is promoted waits for whichever of the others follows it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hall import DATABASE, USER, Server, open_folder
from tests.reliability.hall.late_line import late_line

NAMES = ("s1", "s2", "s3")
QUORUM = {"synchronous_standby_names": f"'ANY 1 ({', '.join(NAMES)})'", "synchronous_commit": "remote_apply"}
"""At least one other server has an act, and shows it, before anybody is told that it is done."""


class Standbys:
    """The servers by name, and which of them is written to."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.servers = {name: Server(_own(folder / name)) for name in NAMES}
        for server in self.servers.values():
            server.settings = dict(settings)
        self.primary = NAMES[0]

    @property
    def address(self) -> str:
        """As a window has it: all of them."""
        folders = ",".join(str(server.folder) for server in self.servers.values())
        return f"postgresql://{USER}@/{DATABASE}?host={folders}"

    @property
    def written(self) -> Server:
        """The server that is written to."""
        return self.servers[self.primary]

    @property
    def others(self) -> list[str]:
        return [name for name in NAMES if name != self.primary]

    def begin(self, late: float) -> None:
        """Makes the first, and has the others follow it: by a line on which all comes `late`, in seconds, where it does."""
        self.written.own()
        self.written.make()
        self.written.start()
        through = late_line(self.written.folder, late) if late else None
        for name in self.others:
            self.follow(name, through)
        self.written.run("createdb", "-h", str(self.written.folder), "-U", USER, DATABASE)
        self.wait_for(2)

    def follow(self, name: str, through: Path | None = None) -> None:
        """Makes a server anew as a copy of the one that is written to, which it follows from then on, `through` another socket where one is named."""
        server = self.servers[name]
        shutil.rmtree(server.data, ignore_errors=True)
        server.own()
        place = f"host={through or self.written.folder} user={USER} application_name={name}"
        server.run("pg_basebackup", "-d", place, "-D", str(server.data), "-R", "-X", "stream", "-c", "fast")
        server.start()

    def wait_for(self, standbys: int) -> None:
        """Waits until so many follow."""
        ends = time.monotonic() + 60
        while len(self.written.tell("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'")) < standbys:
            assert time.monotonic() < ends, self._last_words()
            time.sleep(0.02)

    def _last_words(self) -> str:
        """Of a standby that does not follow."""
        logs = [self.servers[name].data / "log" for name in self.others]
        return "a standby does not follow\n" + "\n".join(log.read_text()[-600:] for log in logs)

    def take_over(self, candidates: list[str] | None = None) -> None:
        """Has the standby that has most take the place of the one that died, and the others follow it."""
        living = candidates or self.others
        for name in living:  # what was under way when it died may still arrive
            while self.servers[name].tell("SELECT 1 FROM pg_stat_wal_receiver"):
                time.sleep(0.02)
        has = {name: self.servers[name].tell("SELECT pg_last_wal_receive_lsn() - '0/0'")[0][0] for name in living}
        self.primary = max(has, key=lambda name: has[name])
        assert self.written.tell("SELECT pg_promote()") == [(True,)]
        for name in living:
            if name != self.primary:
                server = self.servers[name]
                place = f"host={self.written.folder} user={USER} application_name={name}"
                server.tell(f"ALTER SYSTEM SET primary_conninfo = '{place}'")
                server.tell("SELECT pg_reload_conf()")

    def end(self) -> None:
        """Stops whatever runs."""
        for server in self.servers.values():
            if (server.data / "postmaster.pid").exists():
                server.kill()


def _own(folder: Path) -> Path:
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    return folder


@contextmanager
def three_servers(settings: dict[str, str] | None = None, late: float = 0) -> Iterator[Standbys]:
    """Three servers in memory, two of which follow the first, and are waited for unless other `settings` say so. What they follow comes `late`,
    in seconds."""
    with open_folder() as folder:
        standbys = Standbys(folder, QUORUM if settings is None else settings)
        try:
            standbys.begin(late)
            yield standbys
        finally:
            standbys.end()
