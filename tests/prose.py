"""What people read of the project, taken apart: its pages, the docstrings and comments of its code, and what they name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.places import PACKAGE, ROOT

MADE_PAGES = {"to-confirm.md", "commands.md", "refusals.md"}
"""The pages that a script of packaging/ makes of what the program has."""
MADE = re.compile(r"^/([\w.]+)/$", re.MULTILINE)
"""The folders that .gitignore names from the root: `./dev` makes them, so that a checkout need not have them."""

_ADDRESS = re.compile(r"\w+://\S+")
_PATH = re.compile(r"(?<![\w./:@<>~*…-])(?:(?:[\w.*-]+/)+[\w.*-]*|[\w*-]+\.(?:py|md)\b)(?![\w<{…*-])", re.ASCII)
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_QUOTED = re.compile(r"`([A-Za-z_][\w.]*)(?:\([^`]*\))?`")
_TOLD_OF = re.compile(r"(?:^|[.;:,]\s|\band)\s*`([a-z_]\w*)`")
_COMMENT = re.compile(r"(?:^|\s)#\s(.*)")
_WORD = re.compile(r"\w+")
_RECORD = {"dataclass", "NamedTuple"}
_FILE = re.compile(r"\.(?:py|md|toml|json|lock|db|png|yml)$")


def pages() -> list[Path]:
    """Every page of the project that is written by hand."""
    written = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "packaging").rglob("*.md")]
    return sorted(path for path in written if path.name not in MADE_PAGES)


def modules() -> list[Path]:
    """Every module of the package, every packaging script, and `dev`."""
    return [ROOT / "dev", *sorted(PACKAGE.rglob("*.py")), *sorted((ROOT / "packaging").rglob("*.py"))]


class Module(NamedTuple):
    """A module taken apart: what it says in docstrings and comments, and every name and word in its code.

    `records` are the docstrings of its dataclasses and named tuples, by class.
    """

    prose: str
    names: frozenset[str]
    records: dict[str, str]


@cache
def module(path: Path) -> Module:
    """A module, read once."""
    text = path.read_text("utf-8")
    said, names, records = _COMMENT.findall(text), {path.stem}, {}
    passed: set[int] = set()
    for node in ast.walk(ast.parse(text)):  # a body comes before what stands in it
        body = getattr(node, "body", None)
        docs = [statement.value for statement in body if _is_doc(statement)] if isinstance(body, list) else []
        said += [doc.value for doc in docs]
        passed |= {id(doc) for doc in docs}
        if isinstance(node, ast.ClassDef) and _RECORD & {
            _last_name(part) for part in (*node.bases, *node.decorator_list)
        }:
            records[node.name] = ast.get_docstring(node) or ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            names |= set(_WORD.findall(node.value))
        for field in ("id", "attr", "arg", "name", "module"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                names |= set(name.split("."))
    return Module("\n".join(said), frozenset(names), records)


def _is_doc(statement: ast.stmt) -> bool:
    """Whether a statement is a string of its own, as the docstrings of modules, classes, functions and names are."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _last_name(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "attr", "") or getattr(function, "id", "")


def prose_of(path: Path) -> str:
    """A page whole; of a module its docstrings and comments."""
    return path.read_text("utf-8") if path.suffix == ".md" else module(path).prose


def paths_in(text: str) -> list[str]:
    """What a text names as a file or a folder of the project.

    A folder ends with a slash or begins with one that the project has at its top or in the package; words with a slash
    between them, such as I/O, are no path.
    """
    found = (match.rstrip(".") for match in _PATH.findall(_ADDRESS.sub(" ", text)))
    return sorted({name for name in found if _is_path(name)})


def _is_path(name: str) -> bool:
    first, slash, rest = name.partition("/")
    return not slash or not rest or bool(_ENDING.search(name)) or (PACKAGE / first).exists() or (ROOT / first).exists()


def leads_somewhere(name: str, page: Path) -> bool:
    """Whether a named path is there: from the root, from the package or from where it is named.

    A folder's name alone, as in a table of the rooms, is that of any folder of the package.
    """
    if name.partition("/")[0] in MADE.findall((ROOT / ".gitignore").read_text("utf-8")):
        return True
    if any(any(base.glob(name.rstrip("/"))) for base in (ROOT, PACKAGE, page.parent)):
        return True
    return name.endswith("/") and any(path.is_dir() for path in PACKAGE.rglob(name.rstrip("/")))


def fields_in(text: str) -> set[str]:
    """The names that the docstring of a record tells of: those that a sentence or a part of it begins with."""
    return set(_TOLD_OF.findall(text))


def names_in(text: str) -> set[str]:
    """The identifiers that a text names between backticks: `Case`, `Case.due`, `fold(…)`; no files and no commands."""
    quoted = (name for name in _QUOTED.findall(text) if not _FILE.search(name))
    return {word for name in quoted for word in name.split(".") if word}
