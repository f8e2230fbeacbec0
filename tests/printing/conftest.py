"""A real CUPS of the test's own on loopback: its own folders and port, nothing of the PC's printers is touched."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAMS = ("cupsd", "lpadmin", "cupsaccept", "cupsreject", "cupsdisable", "cupsenable")
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


@dataclass
class CupsServer:
    """The running server. Its queues are raw, unless a driver is named: what is sent to it is what the printer gets."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(_found("cupsd")), "-f", "-c", str(self.folder / "cupsd.conf")]
        self.process = subprocess.Popen([*command, "-s", str(self.folder / "cups-files.conf")])
        _wait_for(self)

    def stop(self, *, kill: bool = False) -> None:
        assert self.process is not None
        (self.process.kill if kill else self.process.terminate)()
        self.process.wait(PATIENCE)

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

    def queue(self, name: str, label: str, uri: str = "file:///dev/null", driver: str = "raw") -> None:
        self.run("lpadmin", "-p", name, "-E", "-v", uri, "-D", label, "-m", driver)


@dataclass(frozen=True)
class Captured:
    """A printer of the test's own, by the `captured` backend: every run of a job is a file."""

    folder: Path

    @property
    def uri(self) -> str:
        return f"captured:{self.folder}"

    def sheets(self) -> list[bytes]:
        """What came out whole, in the order of the jobs."""
        return [path.read_bytes() for path in sorted(self.folder.iterdir()) if re.fullmatch(r"\d+-\d+", path.name)]

    def jobs(self) -> dict[str, bytes]:
        """What came out whole, by the number of the job: of one that the server began anew, the last."""
        whole = [path for path in sorted(self.folder.iterdir()) if re.fullmatch(r"\d+-\d+", path.name)]
        return {path.name.partition("-")[0]: path.read_bytes() for path in whole}

    def parts(self) -> int:
        """How many sheets came out in part."""
        return sum(path.suffix == ".part" for path in self.folder.iterdir())

    @contextmanager
    def with_(self, trouble: str) -> Iterator[None]:
        """While the printer is unplugged, or slow."""
        (self.folder / trouble).touch()
        try:
            yield
        finally:
            (self.folder / trouble).unlink()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cups: prints through a real CUPS on loopback; says so when cupsd is missing")


@pytest.fixture
def tray() -> Iterator[PaperTray]:
    tray = PaperTray()
    yield tray
    tray.close()


@pytest.fixture
def captured(cups: CupsServer) -> Captured:
    folder = Path(tempfile.mkdtemp(prefix="sheets-", dir=cups.folder))
    folder.chmod(0o777)
    return Captured(folder)


@pytest.fixture(scope="session")
def cups() -> Iterator[CupsServer]:
    missing = [program for program in PROGRAMS if _found(program) is None]
    if missing:
        pytest.skip(f"打印没有在真的 CUPS 上试过：缺 {'、'.join(missing)}（apt install cups cups-client）")
    with private_server() as server:
        yield server


@contextmanager
def private_server() -> Iterator[CupsServer]:
    """A server of its own, gone with its folder at the end."""
    # Not in a folder of pytest's: every run that begins shuts them to others, and cupsd started by root runs its backends as lp.
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    folder.chmod(0o755)
    server = CupsServer(_free_port(), folder)
    _settings(server)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _settings(server: CupsServer) -> None:
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
DirtyCleanInterval 1
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
    (server.folder / "cupsd.conf").write_text(rules)


def _programs(server: CupsServer) -> Path:
    """CUPS's own programs, and two printers of ours beside them."""
    own, system = server.folder / "bin", Path("/usr/lib/cups")
    (own / "backend").mkdir(parents=True)
    for path in system.iterdir():
        if path.name != "backend":
            (own / path.name).symlink_to(path)
    for path in (system / "backend").iterdir():
        (own / "backend" / path.name).symlink_to(path)
    for name, script in (("nopaper", NO_PAPER.format(paper=server.paper)), ("captured", CAPTURED)):
        path = own / "backend" / name
        path.write_text(script)
        path.chmod(0o755)
    return own


NO_PAPER = """#!/bin/sh
[ $# -eq 0 ] && exit 0
echo "STATE: +media-empty-error" >&2
while [ ! -e {paper} ]; do sleep 0.1; done
echo "STATE: -media-empty-error" >&2
"""
CAPTURED = """#!/bin/sh
# captured:/FOLDER: keeps what it is sent under the number of the job and of the run. With a file FOLDER/unplugged it fails in the middle
# of a sheet, as a printer does whose cable is pulled; with FOLDER/slow it waits, in the middle as well.
[ $# -eq 0 ] && exit 0
folder=${DEVICE_URI#captured:}
n=1; while [ -e "$folder/$1-$n" ] || [ -e "$folder/$1-$n.part" ]; do n=$((n+1)); done
if [ $# -ge 6 ]; then exec < "$6"; fi
head -c 64 > "$folder/$1-$n.part"
[ -e "$folder/unplugged" ] && { echo "ERROR: gone" >&2; exit 1; }
while [ -e "$folder/slow" ]; do sleep 0.1; done
cat >> "$folder/$1-$n.part"
mv "$folder/$1-$n.part" "$folder/$1-$n"
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
