"""The house rules that a reader relies on, held by tests. Which part may import which is held by import-linter."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import quantiles

import pytest

from tests.places import PACKAGE, ROOT

FILE_P90, LONGEST_FILE = 220, 300
FUNCTION_P90, LONGEST_FUNCTION = 20, 45
MOST_FILES, OF_PAPER = 16, 18

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


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Everything in a module's syntax."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield f"{path.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def longest(lengths: dict[str, int]) -> str:
    return "\n".join(f"{lines:5} {name}" for name, lines in sorted(lengths.items(), key=lambda item: -item[1])[:10])


def test_files_are_short() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): lines_of(path) for path in python_files()}
    assert p90(list(lengths.values())) <= FILE_P90, longest(lengths)
    assert max(lengths.values()) <= LONGEST_FILE, longest(lengths)


def test_functions_are_short() -> None:
    lengths = dict(function for path in python_files() for function in functions(path))
    assert p90(list(lengths.values())) <= FUNCTION_P90, longest(lengths)
    assert max(lengths.values()) <= LONGEST_FUNCTION, longest(lengths)


def test_a_room_holds_what_one_look_takes_in() -> None:
    held = Counter(path.parent.relative_to(PACKAGE).as_posix() for path in python_files())
    assert {room: files for room, files in held.items() if files > (OF_PAPER if room == "paper" else MOST_FILES)} == {}


def test_no_package_does_anything_when_it_is_imported() -> None:
    packages = [path for path in python_files() if path.name == "__init__.py" and path.parent != PACKAGE]
    assert [path for path in packages if len(ast.parse(path.read_text("utf-8")).body) > 1] == []


def imports() -> dict[str, set[str]]:
    """What each module of the package imports of it: for its types only and within functions, too."""
    modules = {module_of(path): path for path in python_files()}
    return {name: {*named_in(path, modules)} - {name} for name, path in modules.items()}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def named_in(path: Path, modules: Collection[str]) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module in modules:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from whole & set(modules) or {node.module}


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """A circle of imports, each module importing the one before it; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.slow
def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle_in(imports()) == []


def test_a_circle_is_found_whatever_it_is_imported_for(tmp_path: Path) -> None:
    for name, text in (("a", "def f() -> None:\n    from x import b\n"), ("b", "if TYPE_CHECKING:\n    import x.a\n")):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    modules = ("x", "x.a", "x.b")
    graph = {f"x.{name}": set(named_in(tmp_path / f"{name}.py", modules)) for name in "ab"}
    assert graph == {"x.a": {"x.b"}, "x.b": {"x.a"}}
    assert set(circle_in(graph)) == {"x.a", "x.b"}


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
