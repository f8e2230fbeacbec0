"""A real CUPS of the test's own on loopback: its own folders and port, nothing of the PC's printers is touched."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = ("cupsd", "lpadmin", "lp", "lpstat", "cupsreject", "cupsdisable", "cupsenable")
PATIENCE = 60.0


class PaperTray:
    """A printer that is a port: it keeps every byte that CUPS sends to it."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE)
        self.uri = f"socket://127.0.0.1:{self._listener.getsockname()[1]}/?snmp=false"

    def next_job(self) -> bytes:
        connection, _ = self._listener.accept()
        with connection:
            connection.settimeout(PATIENCE)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def close(self) -> None:
        self._listener.close()


@dataclass(frozen=True)
class CupsServer:
    """The running server. Its queues are raw: what is sent to it is what the printer gets."""

    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paper(self) -> Path:
        """The printers of `nopaper://` go on once this file is there."""
        return self.folder / "paper"

    def run(self, program: str, *arguments: str) -> str:
        command = [str(_found(program)), "-h", self.address, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}, check=False)
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    def queue(self, name: str, label: str, uri: str = "file:///dev/null") -> None:
        self.run("lpadmin", "-p", name, "-E", "-v", uri, "-D", label, "-m", "raw")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cups: prints through a real CUPS on loopback; says so when cupsd is missing")


@pytest.fixture
def tray() -> Iterator[PaperTray]:
    tray = PaperTray()
    yield tray
    tray.close()


@pytest.fixture(scope="session")
def cups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CupsServer]:
    missing = [program for program in PROGRAMS if _found(program) is None]
    if missing:
        pytest.skip(f"打印没有在真的 CUPS 上试过：缺 {'、'.join(missing)}（apt install cups cups-client）")
    folder = tmp_path_factory.mktemp("cups")
    _let_backends_in(folder)
    server = CupsServer(_free_port(), folder)
    process = subprocess.Popen(
        [str(_found("cupsd")), "-f", "-c", _settings(server), "-s", str(folder / "cups-files.conf")]
    )
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _let_backends_in(folder: Path) -> None:
    """cupsd started by root runs its backends as lp, which pytest's own folders would keep out."""
    if os.geteuid() == 0:
        for place in (folder, *folder.parents):
            if place.name.startswith(("cups", "popen-", "pytest-")):
                place.chmod(0o755)


def _settings(server: CupsServer) -> str:
    for name in ("etc", "spool", "spool/tmp", "cache", "state", "log"):
        (server.folder / name).mkdir()
    user, group = _owner()
    files = f"""
FileDevice Yes
ServerRoot {server.folder}/etc
ServerBin {_programs(server)}
RequestRoot {server.folder}/spool
TempDir {server.folder}/spool/tmp
CacheDir {server.folder}/cache
StateDir {server.folder}/state
ErrorLog {server.folder}/log/error_log
AccessLog {server.folder}/log/access_log
PageLog {server.folder}/log/page_log
Printcap
User {user}
Group {group}
"""
    rules = f"""
Listen {server.address}
Browsing No
DefaultAuthType None
WebInterface No
LogLevel debug
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
    (server.folder / "cups-files.conf").write_text(files)
    path = server.folder / "cupsd.conf"
    path.write_text(rules)
    return str(path)


def _programs(server: CupsServer) -> Path:
    """CUPS's own programs, and a printer without paper beside them."""
    own, system = server.folder / "bin", Path("/usr/lib/cups")
    (own / "backend").mkdir(parents=True)
    for path in system.iterdir():
        if path.name != "backend":
            (own / path.name).symlink_to(path)
    for path in (system / "backend").iterdir():
        (own / "backend" / path.name).symlink_to(path)
    script = own / "backend" / "nopaper"
    script.write_text(NO_PAPER.format(paper=server.paper))
    script.chmod(0o755)
    return own


NO_PAPER = """#!/bin/sh
[ $# -eq 0 ] && exit 0
echo "STATE: +media-empty-error" >&2
while [ ! -e {paper} ]; do sleep 0.1; done
echo "STATE: -media-empty-error" >&2
"""


def _owner() -> tuple[str, str]:
    """Whom backends run as: cupsd started by root insists on somebody else."""
    return ("lp", "lp") if os.geteuid() == 0 else (str(os.geteuid()), str(os.getegid()))


def _found(program: str) -> str | None:
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: CupsServer) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("cupsd did not start")
