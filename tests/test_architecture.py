"""The house rules that a reader relies on, held by tests. Which part may import which is held by import-linter."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from statistics import quantiles

import pytest

from tests.places import PACKAGE, ROOT

FILE_P90 = 250
FUNCTION_P90 = 25
MAIN_WINDOW = 300

# Written so that this file does not match itself.
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b")
REGISTRY = re.compile(r"pypi\.(?:org|io)|pythonhosted\.org|npmjs\.(?:org|com)|--(?:extra-)?index-url\s", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.:/-])(?:/(?:home|root|work|Users)/\w|[A-Za-z]:\\Users\\)")


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project: what .gitignore names is left out. Works without git, as in an unpacked archive."""
    for path in folder.iterdir():
        if path.name == ".git" or is_ignored(path):
            continue
        if path.is_dir():
            yield from project_files(path)
        else:
            yield path


def is_ignored(path: Path) -> bool:
    """Whether a line of .gitignore names this file or folder; enough of its rules for the lines that are there."""
    relative = "/" + path.relative_to(ROOT).as_posix()
    return any(fnmatch(relative, pattern if pattern.startswith("/") else f"*/{pattern}") for pattern in IGNORED)


IGNORED = [
    line.rstrip("/")
    for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def python_files(folder: Path = PACKAGE) -> list[Path]:
    return [path for path in project_files(folder) if path.suffix == ".py"]


@cache
def text_files() -> dict[str, str]:
    """What stands in every file of the project; pictures, fonts and other bytes are left out."""
    found = {}
    for path in project_files():
        with path.open("rb") as file:
            start = file.read(8192)
            if b"\0" not in start:
                found[path.relative_to(ROOT).as_posix()] = (start + file.read()).decode("utf-8", errors="replace")
    return found


def p90(lengths: list[int]) -> float:
    return quantiles(lengths, n=10, method="inclusive")[-1]


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def longest(lengths: dict[str, int]) -> str:
    return "\n".join(f"{lines:5} {name}" for name, lines in sorted(lengths.items(), key=lambda item: -item[1])[:10])


def test_files_are_short() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): lines_of(path) for path in python_files()}
    assert p90(list(lengths.values())) <= FILE_P90, longest(lengths)


def test_functions_are_short() -> None:
    lengths = dict(function for path in python_files() for function in functions(path))
    assert p90(list(lengths.values())) <= FUNCTION_P90, longest(lengths)


def test_the_main_window_is_not_the_application() -> None:
    assert lines_of(PACKAGE / "ui" / "shell" / "main_window.py") <= MAIN_WINDOW


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [path for path in python_files() + python_files(ROOT / "tests") if path.stem in drawers] == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("unfinished work", UNFINISHED), ("registry address", REGISTRY), ("path of one machine", MACHINE_PATH)],
)
def test_no_file_holds(what: str, pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:160]}"
        for name, text in text_files().items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == [], f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO" + "DO: later"),
        (REGISTRY, "--index" + "-url somewhere"),
        (REGISTRY, "https://py" + "pi.org/simple"),
        (MACHINE_PATH, "open('/ho" + "me/li/slip.pdf')"),
        (MACHINE_PATH, "C:\\Us" + "ers\\li"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize("text", ["https://www.gov.cn/ho" + "me/2026/1.htm", "docs/ho" + "me/page", "./wo" + "rk/x"])
def test_an_address_on_the_web_is_not_a_path_of_one_machine(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_the_command_line_does_not_import_qt() -> None:
    program = "import sys, counter_assistant.cli.commands, counter_assistant.cli.parser; print([name for name in sys.modules if name.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
