"""`book move`: to a server and back by commands; what is done is told, and Ctrl-C is an orderly stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli import parser
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.moving import arrival
from counter_assistant.storage.server.book_place import read_book_place
from tests import hall
from tests.places import ROOT
from tests.test_cli_server import PASSWORD, run

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
BOOK = f"b{'6' * 16}"
REQUEST = str(ROOT / "packaging" / "demo-request.json")


@pytest.fixture
def address(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema={BOOK}"
    server.clear()


def test_there_and_back_by_commands(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, out = ("--data-dir", str(tmp_path / "pc")), ("--out", str(tmp_path))
    assert run(capsys, "issue", REQUEST, *out, *here)["number"].endswith("1号")
    moved = run(capsys, "book", "move", "--to", address, *here)
    assert moved.keys() == {"to", "entries", "head", "copied"}
    assert (moved["entries"], moved["copied"], moved["to"]) == (4, 4, address.replace("postgres@", ""))
    assert read_book_place(tmp_path / "pc").address == moved["to"]
    run(capsys, "server", "clerk", address, "0001", secret=PASSWORD)
    who = ("--as", "0001")
    again = run(capsys, "book", "move", "--to", address, *here, *who, secret=PASSWORD)
    assert again == moved | {"copied": 0}
    assert run(capsys, "issue", REQUEST, *out, *here, *who, secret=PASSWORD)["number"].endswith("2号")
    assert run(capsys, "server", "check", address) == {"entries": 5, "problems": []}
    own = tmp_path / "pc" / BOOK_NAME
    home = run(capsys, "book", "move", "--to", str(own), *here, *who, secret=PASSWORD)
    assert (home["entries"], home["copied"]) == (7, 4)
    assert run(capsys, "issue", REQUEST, *out, *here)["number"].endswith("3号")
    left = run(capsys, "issue", REQUEST, *out, *here, "--book", address, *who, secret=PASSWORD, code=1)
    assert f"已经搬到 {home['to']}，这里不再出具" in left


def test_people_are_told_what_is_being_done_and_what_came_of_it(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parser.main(["issue", REQUEST, "--out", str(tmp_path), "--data-dir", str(tmp_path / "pc")]) == 0
    capsys.readouterr()
    assert parser.main(["book", "move", "--to", address, "--data-dir", str(tmp_path / "pc")]) == 0
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        "抄写：2 / 2",
        "重做各视图：2 / 2",
        "逐条比对：2 / 2",
        "核对：1 / 3",
        "核对：2 / 3",
        "核对：3 / 3",
    ]
    assert told.out.splitlines()[0].endswith("共 4 条，逐条比过，核对都对。")


def test_ctrl_c_is_an_orderly_stop(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ("--data-dir", str(tmp_path / "pc"))
    run(capsys, "issue", REQUEST, "--out", str(tmp_path), *here)
    views = arrival.make_views

    def pressed(*given: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        views(*given)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a shell it is ignored
    with monkeypatch.context() as patched:
        patched.setattr(arrival, "make_views", pressed)
        assert parser.main(["book", "move", "--to", address, *here]) == parser.INTERRUPTED
    signal.signal(signal.SIGINT, before)
    assert "再办一次 book move，会接着搬" in capsys.readouterr().err
    assert run(capsys, "issue", REQUEST, "--out", str(tmp_path), *here)["number"].endswith("2号")
    assert run(capsys, "book", "move", "--to", address, *here)["copied"] == 3


def test_a_line_that_breaks_is_told_with_how_to_go_on(
    address: str,
    server: hall.Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = ("--data-dir", str(tmp_path / "pc"))
    run(capsys, "issue", REQUEST, "--out", str(tmp_path), *here)
    views = arrival.make_views

    def broken(*given: Any) -> None:
        server.tell(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL"
        )
        views(*given)

    with monkeypatch.context() as patched:
        patched.setattr(arrival, "make_views", broken)
        told = run(capsys, "book", "move", "--to", address, *here, code=1)
    assert "再办一次 book move，会接着搬" in told
    assert "连不上台账服务器" in told
    assert run(capsys, "book", "move", "--to", address, *here)["copied"] == 2


def test_what_is_refused_is_said_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--data-dir", str(tmp_path / "pc"))
    elsewhere = run(capsys, "book", "move", "--to", str(tmp_path / "x.db"), *here, code=1)
    assert f"请写 --to {tmp_path / 'pc' / BOOK_NAME}" in elsewhere
    assert "不能有密码" in run(capsys, "book", "move", "--to", "postgresql://a:b@10.0.0.5/c", *here, code=1)
    assert "地址不对" in run(capsys, "book", "move", "--to", "http://10.0.0.5", *here, code=1)
    away = run(capsys, "book", "move", "--to", f"postgresql://postgres@/centre?host={tmp_path}", *here, code=1)
    assert "连不上台账服务器" in away
    assert run(capsys, "archive", "check", *here)["ok"] is True
