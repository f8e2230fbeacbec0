"""A line that leaves the PC: a real certificate of a CA of one's own, and whatever else answers there is told apart and told nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import open_office
from counter_assistant.operations.server_books import let_clerk_in, prepare_server, try_book
from counter_assistant.storage.server.book_place import BookPlace, Shift
from tests import hall
from tests.ui.x11 import until

pytestmark = [
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl"),
]

HOST, OTHER_HOST = "book.hall.test", "other.hall.test"
BOOK = f"b{'6' * 16}"
EXPIRED = "expired.hall.test"
PASSWORD = "口令是一二三四五"
LINE = "127.{}.{}.{}".format(*(1 + byte % 250 for byte in os.urandom(3)))
"""An address of this PC that nobody else listens at."""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Certificates:
    """CAs and certificates of servers, each made by openssl in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ca(self, name: str) -> Path:
        """A CA, and its certificate."""
        self._openssl(
            "req", "-x509", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "30", "-subj", f"/CN={name}"
        )
        return self.folder / f"{name}.pem"

    def of_server(self, ca: str, host: str, days: int = 30) -> None:
        """A certificate for a host, `server-HOST.pem` with its key."""
        name = f"server-{host}"
        self._openssl("req", *KEY, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}")
        (self.folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
        self._openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-CAcreateserial",
            "-days", str(days), "-extfile", "names", "-out", f"{name}.pem",
        )  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Certificates:
    made = Certificates(tmp_path_factory.mktemp("certificates"))
    for ca in ("ours", "theirs"):
        made.ca(ca)
    made.of_server("ours", HOST)
    made.of_server("ours", EXPIRED, days=0)
    return made


@pytest.fixture(scope="module")
def server(certificates: Certificates, engine: None) -> Iterator[hall.Server]:
    """A server that is reached over a line too, where it asks for TLS and a password, with a book in it that a clerk works in."""
    with hall.running() as made:
        made.stop()
        for path in certificates.folder.glob("server-*"):
            kept = Path(shutil.copy(path, made.data))
            if os.geteuid() == 0:
                shutil.chown(kept, hall.USER, hall.USER)
            kept.chmod(0o600)
        rules = made.data / "pg_hba.conf"
        rules.write_text(f"hostssl all clerk_0001 127.0.0.0/8 scram-sha-256\n{rules.read_text()}")
        made.start(f"listen_addresses={LINE}")
        prepare_server(f"{made.address}&schema={BOOK}")
        let_clerk_in(f"{made.address}&schema={BOOK}", "0001", PASSWORD)
        yield made


@contextmanager
def certified(server: hall.Server, host: str) -> Iterator[None]:
    """While the server shows the certificate of a host; without one it has no TLS."""
    settings = {
        "ssl": "on" if host else "off",
        "ssl_cert_file": f"server-{host}.pem",
        "ssl_key_file": f"server-{host}.key",
    }
    for name, value in settings.items() if host else [("ssl", "off")]:
        server.tell(f"ALTER SYSTEM SET {name} = '{value}'")
    server.tell("SELECT pg_reload_conf()")
    until(lambda: server.tell("SHOW ssl") == [(settings["ssl"],)])
    until(lambda: not host or server.tell("SHOW ssl_cert_file") == [(settings["ssl_cert_file"],)])
    yield


def place(host: str, more: str) -> str:
    """As it is noted on a PC; what a name server would say is in it."""
    return f"postgresql://{host}/{hall.DATABASE}?hostaddr={LINE}&schema={BOOK}{more}"


def tried(address: str, password: str = PASSWORD) -> int:
    """What is said of a place before it is taken: how many entries there are."""
    return try_book(BookPlace(address), Shift("0001", password))


def refused(address: str, password: str = PASSWORD) -> Refusal:
    with pytest.raises(Refusal) as told:
        tried(address, password)
    return told.value


def test_the_right_server_is_taken_and_the_line_is_encrypted(
    server: hall.Server, certificates: Certificates, tmp_path: Path
) -> None:
    ours = f"&sslrootcert={certificates.folder / 'ours.pem'}"
    with certified(server, HOST):
        assert tried(place(HOST, ours)) == 1
        shift = Shift("0001", PASSWORD)
        with closing(open_office(tmp_path, place=BookPlace(place(HOST, ours)), shift=shift)) as office:
            assert office.book.head()[0] == 1
            query = (
                "SELECT ssl, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'clerk_0001'"
            )
            assert (True, "TLSv1.3") in server.tell(query)
        assert refused(place(HOST, ours), "不是这个密码").code == "hall-sign-in"


def test_a_right_password_is_not_called_wrong_where_the_server_has_no_room(
    server: hall.Server, certificates: Certificates
) -> None:
    """GIVEN the right password WHEN all connections are taken, or nobody may come into the database THEN it is not said to be wrong."""
    import psycopg

    ours = place(HOST, f"&sslrootcert={certificates.folder / 'ours.pem'}")
    with certified(server, HOST), ExitStack() as taken:
        server.tell(f"REVOKE CONNECT ON DATABASE {hall.DATABASE} FROM PUBLIC")
        assert refused(ours).code == "hall-away"
        assert refused(ours, "不是这个密码").code == "hall-sign-in"
        server.tell(f"GRANT CONNECT ON DATABASE {hall.DATABASE} TO PUBLIC")
        for _ in range(60 - 3):
            taken.enter_context(closing(psycopg.connect(server.address.partition("&")[0])))
        assert refused(ours).code == "hall-away"


@pytest.mark.parametrize(
    ("shows", "host", "ca", "said"),
    [
        (HOST, HOST, "theirs.pem", "不是认得的 CA 签的"),
        (HOST, HOST, "", "不是认得的 CA 签的"),
        (HOST, OTHER_HOST, "ours.pem", f"证书不是“{OTHER_HOST}”的"),
        (EXPIRED, EXPIRED, "ours.pem", "证书过期了"),
        ("", HOST, "ours.pem", "没有开加密"),
        (HOST, HOST, "none.pem", "找不到核对台账服务器用的 CA 文件"),
        (HOST, HOST, "names", "CA 文件读不出"),
    ],
    ids=[
        "another CA",
        "a CA that the system does not know",
        "another name",
        "expired",
        "plain",
        "no file of a CA",
        "a file that is none",
    ],
)
def test_whoever_else_answers_is_told_apart(
    server: hall.Server, certificates: Certificates, shows: str, host: str, ca: str, said: str
) -> None:
    with certified(server, shows):
        refusal = refused(place(host, f"&sslrootcert={certificates.folder / ca}" if ca else ""))
    assert (refusal.code, said in refusal.sentence) == ("hall-certificate", True), refusal


def test_who_is_not_that_server_hears_no_user_and_no_password(certificates: Certificates) -> None:
    """GIVEN somebody who listens in the place of the server and has no certificate WHEN a shift begins THEN all that they hear is the question
    whether the line may be encrypted."""
    heard: list[bytes] = []

    def listen(listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                heard.append(line.recv(4096))
                line.sendall(b"N")
                heard.append(line.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=listen, args=(listener,), daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        address = place(HOST, f"&sslrootcert={certificates.folder / 'ours.pem'}&port={port}").replace(LINE, "127.0.0.1")
        refusal = refused(address)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert (refusal.code, "没有开加密" in refusal.sentence) == ("hall-certificate", True)
    assert set(heard) == {b"\x00\x00\x00\x08\x04\xd2\x16\x2f", b""}


def test_where_nobody_answers_the_line_is_not_to_blame(certificates: Certificates) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    ours = f"&sslrootcert={certificates.folder / 'ours.pem'}&port={port}"
    assert refused(place(HOST, ours).replace(LINE, "127.0.0.1")).code == "hall-away"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:///centre?hostaddr=10.0.0.5&sslmode=prefer",
        "postgresql://localhost/centre?hostaddr=10.0.0.5&sslmode=disable",
        "postgresql://localhost,10.0.0.5/centre?sslmode=require",
        "postgresql:///centre?host=/run/postgresql&hostaddr=10.0.0.5&sslmode=prefer",
        "postgresql:///centre?service=book&sslmode=prefer",
    ],
)
def test_a_line_that_only_seems_to_stay_here_is_verified_too(text: str) -> None:
    from counter_assistant.storage.engines.postgres.server import Address

    with pytest.raises(Refusal) as told:
        Address.read(text)
    assert told.value.code == "hall-address"
    kept = Address.read(text.partition("&sslmode")[0].partition("?sslmode")[0]).server
    assert "sslmode=verify-full" in kept


def test_a_socket_of_this_pc_that_the_environment_names_needs_no_certificate(
    server: hall.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", str(server.folder))
    monkeypatch.setenv("PGUSER", hall.USER)
    assert try_book(BookPlace(f"postgresql:///{hall.DATABASE}?schema={BOOK}"), None) == 1
