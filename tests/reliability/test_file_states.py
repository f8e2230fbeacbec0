"""Every odd state of a file × every way into the program: a sentence or a result, nothing hangs, what was there stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import apsw
import pytest

from counter_assistant import files
from counter_assistant.cli import parser
from tests.make import request_file
from tests.portion import Portion
from tests.test_cli_hostile import one_sentence

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes, sockets or devices among files"),
]

PATIENCE = 120.0
"""Seconds after which a command is taken to hang; none of these waits for a lock."""
ROOT = os.name != "nt" and os.geteuid() == 0
NUMBER = "临公积金示一告〔2026〕1号"


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def run(arguments: list[str], folder: Path, case: object = "") -> Answer:
    """One command in a process of its own, which is killed where it hangs."""
    out, err = folder / "said.out", folder / "said.err"
    child = os.fork()
    if child == 0:
        _answer(arguments, out, err)
    ends = time.monotonic() + PATIENCE
    while (done := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > ends:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError(f"hangs: {case} {arguments}")
        time.sleep(0.005)
    return Answer(os.waitstatus_to_exitcode(done[1]), out.read_text("utf-8"), err.read_text("utf-8"))


def _answer(arguments: list[str], out: Path, err: Path) -> None:
    code = 99
    try:
        with out.open("w", encoding="utf-8") as sys.stdout, err.open("w", encoding="utf-8") as sys.stderr:
            code = parser.main(arguments)
    finally:
        os._exit(code)


# --- what may stand in the place of a file


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with closing(socket.socket(socket.AF_UNIX)) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path) -> None:
    if not ROOT:
        pytest.skip("only root makes devices")
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero: reading it never ends


def _elsewhere(path: Path) -> None:
    other = path.with_name("elsewhere of somebody")
    other.write_bytes(b"mine")
    path.symlink_to(other)


def _hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 33)


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": _fifo, "socket": _socket, "device": _device, "folder": lambda path: path.mkdir(),
    "link to itself": lambda path: path.symlink_to(path), "link to nothing": lambda path: path.symlink_to(path.with_name("none")),
    "link elsewhere": _elsewhere, "empty": lambda path: path.write_bytes(b""), "garbage": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "other text": lambda path: path.write_bytes(b'{"a": [1, 2'), "huge hole": _hole,
}  # fmt: skip


def as_it_lies(path: Path) -> object:
    """What is at a place, without following or opening what is no plain file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found.st_mode):
        return "link", str(path.readlink())
    if stat.S_ISREG(found.st_mode):
        return "file", found.st_size, path.read_bytes() if found.st_size < 1 << 24 else b""
    return stat.S_IFMT(found.st_mode)


def all_below(folder: Path) -> dict[str, object]:
    return {str(path.relative_to(folder)): as_it_lies(path) for path in sorted(folder.rglob("*"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one slip and a backup, and a request beside it."""
    root = tmp_path_factory.mktemp("whole")
    request = str(request_file(root))
    data = str(root / "data")
    for arguments in (["issue", request, "--out", str(root / "papers")], ["backup"]):
        answer = run([*arguments, "--data-dir", data], root)
        assert answer.code == 0, answer
    return root


def ways(root: Path) -> dict[str, list[str]]:
    """Every way into the book."""
    request, data = str(root / "request.json"), str(root / "data")
    (backup,) = (root / "data" / "backups").iterdir() if (root / "data" / "backups").is_dir() else [root / "none"]
    commands = {
        "open": ["archive", "search", "罗"], "issue": ["issue", request, "--out", str(root / "out")], "backup": ["backup"],
        "restore": ["restore", str(backup), "--no-journal"], "journal": ["journal"], "export": ["archive", "export", str(root / "export")],
        "close": ["close", "day", "--out", str(root / "out")], "check": ["archive", "check"], "void": ["archive", "void", NUMBER, "--reason", "录错"],
        "pack": ["content", "pack", "--key", str(root / "none.key"), "--out", str(root / "a.pack")],
    }  # fmt: skip
    return {name: [*arguments, "--data-dir", data] for name, arguments in commands.items()}


def copied(whole: Path, tmp_path: Path) -> Path:
    root = tmp_path / "root"
    shutil.copytree(whole, root, symlinks=True)
    return root


def sound(answer: Answer, where: object) -> None:
    assert answer.code in (0, 1, 2), (where, answer)
    assert "Traceback" not in answer.err, (where, answer)
    assert "意外错误" not in answer.err, (where, answer)
    assert answer.code != 1 or not answer.err or one_sentence(answer.err.splitlines()[-1]), (where, answer)
    assert answer.code != 1 or answer.err or answer.out, (where, answer)


# --- in the place of the book


def _truncated(size: int) -> Callable[[Path], object]:
    return lambda path: os.truncate(path, size)


def _newer(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as handle:
        handle.pragma("user_version", 99)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(apsw.Connection(str(path))) as handle:
        handle.execute("CREATE TABLE a (b)")


def _replaced(make: Callable[[Path], object]) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        path.unlink()
        make(path)

    return change


def _beside(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    def change(path: Path) -> None:
        path.with_name(name).unlink(missing_ok=True)
        make(path.with_name(name))

    return change


STATES: dict[str, Callable[[Path], object]] = {
    **{name: _replaced(make) for name, make in ODD.items()},
    "read-only": lambda path: path.chmod(0o444), "newer": _newer, "foreign": _foreign,
    **{f"journal is a {name}": _beside("book.db-journal", make) for name, make in ODD.items() if name in {"pipe", "socket", "folder", "link to itself", "link elsewhere"}},
}  # fmt: skip


def _book_states(whole: Path) -> Iterator[tuple[str, Callable[[Path], object]]]:
    yield from STATES.items()
    size = (whole / "data" / "book.db").stat().st_size
    for cut in range(4096, size, 4096):
        yield f"cut at {cut}", _truncated(cut)


@pytest.mark.nightly("file_states")
def test_whatever_the_book_is_each_way_in_says_a_sentence_and_leaves_it(
    whole: Path, tmp_path: Path, portion: Portion
) -> None:
    cases = [(state, way) for state in _book_states(whole) for way in ways(whole)]
    for (name, change), way in portion.of(cases, sample=12):
        root = copied(whole, tmp_path)
        change(root / "data" / "book.db")
        before = {
            place: as_it_lies(root / "data" / place)
            for place in ("book.db", "book.db-journal", "elsewhere of somebody")
        }
        answer = run(ways(root)[way], root, (name, way))
        sound(answer, (name, way))
        if answer.code and way != "restore":
            after = {place: as_it_lies(root / "data" / place) for place in before}
            assert after == before, (name, way, answer)
        assert answer.code or way in {"restore", "check", "open", "journal"} or name in {"newer"} - {name}, (
            name,
            way,
            answer,
        )
        shutil.rmtree(root)
    print(f"{len(cases)} states and ways")


@pytest.mark.nightly("file_states")
def test_a_book_that_another_program_holds_is_told_so(whole: Path, tmp_path: Path) -> None:
    root = copied(whole, tmp_path)
    before = as_it_lies(root / "data" / "book.db")
    with closing(apsw.Connection(str(root / "data" / "book.db"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = run(ways(root)["issue"], root)
    assert answer.code == 1
    assert "被另一个程序占用" in answer.err
    assert as_it_lies(root / "data" / "book.db") == before


# --- beside the book


BESIDE = (
    "settings.toml",
    "journal.json",
    "backup.json",
    "book.keys",
    "journal.lock",
    "seen-heads.jsonl",
    "backups",
    "book.db-wal",
    "book.keys.next",
    "book.keys.changed",
    "revision.json",
)


@pytest.mark.nightly("file_states")
def test_whatever_lies_beside_the_book_stops_at_most_what_needs_it(
    whole: Path, tmp_path: Path, portion: Portion
) -> None:
    cases = [(place, odd, way) for place in BESIDE for odd in ODD for way in ways(whole)]
    for place, odd, way in portion.of(cases, sample=12):
        root = copied(whole, tmp_path)
        arguments = ways(root)[way]
        there = root / "data" / place
        if there.is_dir():
            shutil.rmtree(there)
            arguments = [
                str(whole / part.removeprefix(f"{root}/")) if "/backups/" in part else part for part in arguments
            ]
        with suppress(FileNotFoundError):
            there.unlink()
        ODD[odd](there)
        elsewhere = as_it_lies(root / "data" / "elsewhere of somebody")
        sound(run(arguments, root, (place, odd, way)), (place, odd, way))
        assert as_it_lies(root / "data" / "elsewhere of somebody") == elsewhere, (place, odd, way)
        shutil.rmtree(root)
    print(f"{len(cases)} odd files and ways")


# --- where something is put, or taken from


def _named(root: Path, name: str) -> dict[str, list[str]]:
    """Every way to name a file or a folder on the command line."""
    request, data = str(root / "request.json"), str(root / "data")
    commands = {
        "issue out": ["issue", request, "--out", name], "issue request": ["issue", name, "--out", str(root / "out")],
        "reprint": ["archive", "reprint", NUMBER, "--out", name], "backup": ["backup", name], "backup once": ["backup", name, "--once"],
        "restore": ["restore", name], "restore with journal": ["restore", str(root / "data" / "book.db"), "--journal", name],
        "journal": ["journal", name], "replay": ["journal", "replay", name], "export": ["archive", "export", name],
        "close": ["close", "day", "--out", name], "pack": ["content", "pack", "--key", name], "pack out": ["content", "pack", "--out", name],
        "new key": ["content", "pack", "--new-key", name], "take": ["content", "take", name, "--look"], "check": ["content", "check", name],
        "sheet": ["content", "export", name], "import": ["content", "import", name], "statute": ["content", "statute", "甲", name, "--version", "2026", "--from", "2026-12-01", "--label", "甲"],
        "complaint": ["register", "complaint", "add", name], "key file": ["archive", "search", "罗", "--as", "0001", "--key-file", name],
    }  # fmt: skip
    made = {way: [*arguments, "--data-dir", data] for way, arguments in commands.items()}
    return made | {"data": ["archive", "search", "罗", "--data-dir", name]}


NAMES = ("", " ", "a\0b", "x" * 300, "/proc/none/x", "/dev/null/x", "missing/below/that")


@pytest.mark.nightly("file_states")
def test_whatever_is_named_is_a_sentence_and_stays(
    whole: Path, tmp_path: Path, portion: Portion, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = [*ODD, "read-only folder", *NAMES]
    cases = [(name, way) for name in odd for way in _named(whole, "x")]
    for name, way in portion.of(cases, sample=20):
        root = copied(whole, tmp_path)
        monkeypatch.chdir(root)
        target = root / "named"
        if name == "read-only folder":
            target.mkdir()
            target.chmod(0o555)
        elif name in ODD:
            ODD[name](target)
        before = {place: as_it_lies(root / place) for place in ("named", "elsewhere of somebody")}
        book = as_it_lies(root / "data" / "book.db")
        answer = run(_named(root, name if name in NAMES else str(target))[way], root, (name, way))
        sound(answer, (name, way))
        if answer.code == 1 and name in ODD and name != "folder":
            assert {place: as_it_lies(root / place) for place in before} == before, (name, way, answer)
        if answer.code == 1 and way in {"issue out", "issue request", "reprint", "close", "export"}:
            assert as_it_lies(root / "data" / "book.db") == book, (name, way, "recorded before it was refused", answer)
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(root)
    print(f"{len(cases)} names and ways")


@pytest.mark.skipif(not ROOT, reason="only root gives a folder to another user")
def test_no_book_is_begun_in_a_folder_that_anybody_may_change(tmp_path: Path) -> None:
    folder = tmp_path / "of another"
    folder.mkdir()
    folder.chmod(0o777)
    os.chown(folder, 12345, 12345)
    answer = run(["archive", "search", "罗", "--data-dir", str(folder)], tmp_path)
    assert (answer.code, one_sentence(answer.err)) == (1, True)
    assert "另一个用户" in answer.err
    assert list(folder.iterdir()) == []


# --- what was left of a cut


def test_leftovers_of_ours_go_at_the_next_opening_once_they_are_old_and_nothing_else_does(
    whole: Path, tmp_path: Path
) -> None:
    root = copied(whole, tmp_path)
    data, token = root / "data", "0123456789abcdef"
    ours = [f".{token}.new", f".{token}.part", f".{token}.new-journal", f".book.db.{token}.new"]
    others = [".hidden", f".{token}.pdf", "book-v3-20261101-000000.db", f"{token}.part", "笔记.txt", "book.db.bak"]
    for name in (*ours, *others):
        (data / name).write_bytes(b"left")
    answer = run(["archive", "search", "罗", "--data-dir", str(data)], root)
    assert answer.code == 0
    assert all((data / name).exists() for name in (*ours, *others)), "somebody may be writing them"
    hours_ago = time.time() - 2 * files.ABANDONED
    for name in (*ours, *others):
        os.utime(data / name, (hours_ago, hours_ago))
    assert run(["archive", "search", "罗", "--data-dir", str(data)], root).code == 0
    assert [name for name in ours if (data / name).exists()] == []
    assert [name for name in others if not (data / name).exists()] == []


def test_an_opening_that_fails_leaves_no_copy_behind(whole: Path, tmp_path: Path) -> None:
    for name, change in STATES.items():
        root = copied(whole, tmp_path)
        change(root / "data" / "book.db")
        before = set(all_below(root / "data"))
        for _ in range(2):
            run(["archive", "search", "罗", "--data-dir", str(root / "data")], root)
        left = set(all_below(root / "data")) - before
        assert left <= {"book.db-journal", "journal.lock"}, (name, left)
        shutil.rmtree(root)
