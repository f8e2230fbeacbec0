"""Everything that this program writes is written in counter_assistant/files.py, in an order in which a cut of power loses nothing."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant import files
from tests.places import PACKAGE

ROOM = PACKAGE / "files.py"
ALONE = {"write_bytes", "write_text", "touch", "symlink_to", "hardlink_to"}
"""What only a path has, and writes."""
OF_OS = {
    "open",
    "write",
    "fsync",
    "fdatasync",
    "replace",
    "rename",
    "renames",
    "link",
    "symlink",
    "truncate",
    "ftruncate",
    "mkfifo",
}
OF_OTHERS = {
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move"},
    "tempfile": {"NamedTemporaryFile", "mkstemp", "TemporaryFile", "mkdtemp", "TemporaryDirectory", "mktemp"},
    "io": {"open", "FileIO"}, "os": OF_OS,
}  # fmt: skip
OF_QT = {"QFile", "QSaveFile", "QTemporaryFile", "QPdfWriter", "QImageWriter", "QSettings"}
READ_ONLY = {
    "storage/engines/sqlite/write_lock.py": {"os.open"},  # a folder, to lock it
    "storage/engines/sqlite/pages.py": {"os.open"},  # the book, closed: the system is to forget it
    "devices": {"os.open", "os.write"},  # a serial line and its lock, which are no files of ours
    "cli/parser.py": {"os.open"},  # the device that swallows what nobody reads
}
"""What opens something that is not written there."""


def _writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every call in a module that writes a file, or gives one a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in OF_OTHERS:
            for name in node.names:
                if name.name in OF_OTHERS[node.module]:
                    yield node.lineno, f"from {node.module} import {name.name}"
        if not isinstance(node, ast.Call):
            continue
        called, given = node.func, [*node.args, *(word.value for word in node.keywords)]
        if isinstance(called, ast.Name):
            if called.id in OF_QT:
                yield node.lineno, called.id
            if called.id == "open" and _for_writing(given[1:]):
                yield node.lineno, "open"
        elif isinstance(called, ast.Attribute):
            of = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr in OF_OTHERS.get(of, set()):
                yield node.lineno, f"{of}.{called.attr}"
            elif called.attr in ALONE or (called.attr == "open" and of not in OF_OTHERS and _for_writing(given)):
                yield node.lineno, called.attr
            elif called.attr == "replace" and len(node.args) == 1 and not node.keywords and of not in {"self", "views"}:
                yield node.lineno, "Path.replace"
            elif called.attr == "rename" and len(given) == 1 and _is_path(given[0]):
                yield node.lineno, "Path.rename"


def _for_writing(given: list[ast.expr]) -> bool:
    """Whether a mode among the arguments of `open` writes."""
    modes = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(set(mode) <= set("rwxabt+") and set(mode) & set("wxa+") for mode in modes)


def _is_path(given: ast.expr) -> bool:
    """Whether an argument names a file: a button is renamed with words."""
    return "path" in ast.unparse(given).lower() or "folder" in ast.unparse(given).lower()


def _found() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        excused = {what for place, calls in READ_ONLY.items() if name.startswith(place) for what in calls}
        if path != ROOM:
            for line, what in _writes(ast.parse(path.read_text("utf-8"))):
                if what not in excused:
                    yield f"{name}:{line}: {what}"


@pytest.mark.slow
def test_nothing_else_writes_a_file() -> None:
    """GIVEN every call of the package that writes a file or gives it a name THEN it stands in files.py."""
    assert list(_found()) == []


@pytest.mark.parametrize(
    "code",
    [
        "open('a', 'w')", "open(p, mode='xb')", "p.open('ab')", "p.open('r+b')", "p.write_bytes(b'')", "p.write_text('')", "os.replace(a, b)",
        "os.open(p, flags)", "a.replace(b)", "old.rename(path)", "shutil.copy(a, b)", "tempfile.mkstemp()", "QSaveFile(p)", "os.fsync(3)",
        "from os import replace", "from shutil import copyfile", "p.touch()", "io.open(p, 'w')",
    ],
)  # fmt: skip
def test_the_search_knows_what_writes(code: str) -> None:
    assert list(_writes(ast.parse(code))), code


@pytest.mark.parametrize(
    "code", ["open('a')", "p.open('rb')", "text.replace('a', 'b')", "now.replace(hour=1)", "button.rename(label)"]
)
def test_the_search_knows_what_does_not(code: str) -> None:
    assert list(_writes(ast.parse(code))) == [], code


# --- in which order

PROGRAM = """
import json, os, sys
from pathlib import Path
said = []
for name in ("open", "fsync", "replace", "rename", "link"):
    def call(*given, _real=getattr(os, name), _name=name, **more):
        done = _real(*given, **more)
        where = os.readlink(f"/proc/self/fd/{given[0]}") if _name == "fsync" else os.fsdecode(given[-1] if _name in ("replace", "rename", "link") else given[0])
        said.append([_name, where, bool(_name == "open" and given[1] & os.O_EXCL), bool(_name == "fsync" and os.path.isdir(where))])
        return done
    setattr(os, name, call)
from counter_assistant.cli import parser
code = parser.main(sys.argv[1:])
print(json.dumps([code, said]))
"""
"""A command of the program, and afterwards what it asked of the system, in order."""


def _asked_of_the_system(*arguments: str) -> list[list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, timeout=600, check=True,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"},
    )  # fmt: skip
    code, said = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return list(said)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads which file a descriptor is of from /proc")
def test_every_file_handed_out_is_durable_before_it_is_told(tmp_path: Path) -> None:
    """GIVEN each command that writes something for somebody WHEN it has answered THEN every file in those folders was made under a name
    of its own, synced, named, and its folder synced, in that order."""
    from tests.make import request_file

    data, out = str(tmp_path / "data"), tmp_path / "given out"
    request = str(request_file(tmp_path))
    for folder in ("issue", "reprint", "close", "journal", "stick"):
        (out / folder).mkdir(parents=True)
    number = "临公积金示一告〔2026〕1号"
    commands = {
        "issue": ["issue", request, "--out", str(out / "issue")],
        "reprint": ["archive", "reprint", number, "--out", str(out / "reprint")],
        "close": ["close", "day", "--out", str(out / "close")],
        "journal": ["journal", str(out / "journal")],
        "export": ["archive", "export", str(out / "export")],
        "backup": ["backup", str(out / "stick")],
        "sheet": ["content", "export", str(out / "sheet.xlsx")],
    }
    for name, arguments in commands.items():
        said = _asked_of_the_system(*arguments, "--data-dir", data)
        handed = [
            path for path in out.rglob("*") if path.is_file() and path.stat().st_mtime_ns and _is_of(path, out, name)
        ]
        assert handed, name
        for path in handed:
            _in_order(said, path, name)


def _is_of(path: Path, out: Path, name: str) -> bool:
    part = path.relative_to(out).parts[0]
    return part == {"backup": "stick", "sheet": "sheet.xlsx"}.get(name, name)


def _in_order(said: list[list[object]], path: Path, name: str) -> None:
    """One file: its last sync of content, then its name or that of its folder, then the folder above in which that name stands."""
    calls = [(call, str(where), new, folder) for call, where, new, folder in said]
    parent = str(path.parent)
    named = [
        n
        for n, (call, where, *_) in enumerate(calls)
        if call in {"replace", "rename", "link"} and where in {str(path), parent}
    ]
    if named:
        before = [n for n, (call, _, _, folder) in enumerate(calls[: named[-1]]) if call == "fsync" and not folder]
        place = str(path.parent if calls[named[-1]][1] == str(path) else path.parent.parent)
        after = [
            n
            for n, (call, where, _, folder) in enumerate(calls)
            if call == "fsync" and folder and where == place and n > named[-1]
        ]
        assert before, (name, path, calls)
        assert after, (name, path, calls)
    else:  # written under its own name: of a folder that counts once its manifest is there
        made = [n for n, (call, where, new, _) in enumerate(calls) if call == "open" and where == str(path) and new]
        synced = [n for n, (call, where, *_) in enumerate(calls) if call == "fsync" and where == str(path)]
        folders = [n for n, (call, where, *_) in enumerate(calls) if call == "fsync" and where == parent]
        assert made, (name, path, calls)
        assert made[-1] < synced[-1] < folders[-1], (name, path, calls)


# --- what is told of it


def test_a_new_folder_is_not_lost_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_names", synced.append)
    files.make_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path / "a", tmp_path]
    files.make_folder(tmp_path / "a" / "b")
    assert len(synced) == 2
