"""Every operation that leads to an entry of the book asks for a permission: read from the sources, by what a name stands for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.places import PACKAGE

ROOT = PACKAGE / "operations"
ROOM = "counter_assistant.operations."
WRITES = frozenset(("append", "erase", "issue", "leave_numbers", "reprinted", "seal", "start_series", "void"))
CHANGES_KEYS = "keys.ring_changes.change_ring"
NEEDS_NONE = {
    "opening_notes.OpeningNotes.record": "opening is not an act: whoever has the secret is in",
    "sealing.let_in": "opening is not an act: whoever has the secret is in",
    "keys.own_secret.wrong": "whoever tried is nobody yet",
    "keys.ring_changes.change_ring": "whoever changes the keys has asked: each of its callers is tried here",
    "archive.number_keeping.leave_expired": "nobody does it: the office has decided after how many years",
    "intake.compared_numbers.record": "part of an act that has asked",
    "exchange.taking._noted": "what came of a bundle, which somebody who may was let take (accept), is recorded when another process has taken it",
    "training.lending.lend_office": "the training book asks nobody, and what is written there was decided in the real one",
}
"""Who writes and does not ask, and why."""


class Module:
    """A module of the operations: its functions and methods, and what the names in it stand for."""

    def __init__(self, name: str, source: str) -> None:
        self.name, tree = name, ast.parse(source)
        self.functions = dict(self._functions(tree))
        self.imported: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ROOM.rstrip(".")):
                room = (node.module or "").removeprefix(ROOM.rstrip(".")).removeprefix(".")
                for one in node.names:
                    self.imported[one.asname or one.name] = f"{room}.{one.name}".lstrip(".")
        self.leads_to = {
            name: {self.stands_for(call, name) for call in calls(node)} for name, node in self.functions.items()
        }

    def _functions(self, tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                yield f"{self.name}.{node.name}", node
            elif isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        yield f"{self.name}.{node.name}.{method.name}", method

    def stands_for(self, call: ast.expr, within: str) -> str:
        """Which function of the operations a call leads to; empty for any other."""
        match call:
            case ast.Name(id=name):
                return self.imported.get(name, f"{self.name}.{name}")
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return f"{within.rpartition('.')[0]}.{name}"
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                return f"{self.imported[name]}.{attr}" if name in self.imported else ""
        return ""


@cache
def calls(node: ast.AST) -> list[ast.expr]:
    """What is called."""
    return [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]


def asks(node: ast.AST) -> bool:
    """Whether it asks by itself: a method `permit`."""
    return any(isinstance(call, ast.Attribute) and call.attr == "permit" for call in calls(node))


def is_book(node: ast.expr) -> bool:
    """Whether an expression is a book: an attribute of that name, or a variable."""
    return (isinstance(node, ast.Attribute) and node.attr == "book") or (
        isinstance(node, ast.Name) and node.id == "book"
    )


class Operations:
    """All modules of the operations, and which of their functions lead where."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self.known: dict[str, ast.FunctionDef] = {}
        leads_to: dict[str, set[str]] = {}
        for module in modules:
            self.known |= module.functions
            leads_to |= module.leads_to
        self.below = {name: called & self.known.keys() for name, called in leads_to.items()}
        self.above: dict[str, set[str]] = {name: set() for name in self.known}
        for name, called in self.below.items():
            for one in called:
                self.above[one].add(name)
        self.asking = self._leading_to({name for name, node in self.known.items() if asks(node)})

    def _leading_to(self, these: set[str]) -> set[str]:
        """These functions, and every one that calls one of them, at however many removes."""
        found, new = set(these), set(these)
        while new:
            new = {caller for name in new for caller in self.above[name]} - found
            found |= new
        return found

    def writing(self) -> set[str]:
        """Who calls something of a book that writes an entry, or what changes its keys."""
        return {
            name
            for name, node in self.known.items()
            if CHANGES_KEYS in self.below[name]
            or any(isinstance(c, ast.Attribute) and c.attr in WRITES and is_book(c.value) for c in calls(node))
        }

    def asked(self, name: str, seen: frozenset[str] = frozenset()) -> bool:
        """Whether it asks, or what it calls; or, where it is private, everybody who calls it."""
        if name in self.asking:
            return True
        above = self.above[name] - seen - {name}
        private = name.rpartition(".")[2].startswith("_")
        return private and bool(above) and all(self.asked(one, seen | {name}) for one in above)

    def unasked(self) -> set[str]:
        """Who writes without asking."""
        return {name for name in self.writing() if not self.asked(name)}


@cache
def modules() -> tuple[Module, ...]:
    """Each module of the operations."""
    return tuple(Module(name_of(path), path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py")))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_operation_that_writes_to_the_book_asks_for_a_permission() -> None:
    operations = Operations(modules())
    assert len(operations.writing()) >= 20
    assert operations.unasked() == NEEDS_NONE.keys()


@pytest.mark.parametrize(
    "source",
    [
        "def sneak(office, text):\n    text.find('x')\n    office.book.append(1, {})\n",
        "def sneak(office):\n    book = office.book\n    book.void('1')\n",
        "def permit():\n    return 1\ndef sneak(office):\n    office.book.erase({})\n    find_case(office)\n",
        "from counter_assistant.operations.keys.ring_changes import change_ring as turn\ndef sneak(office):\n    turn(office)\n",
        "class Sly:\n    def sneak(self):\n        self.office.book.issue()\n        self.look()\n    def look(self):\n        pass\n",
    ],
)  # fmt: skip
def test_what_does_not_ask_is_found_however_it_is_written(source: str) -> None:
    operations = Operations([*modules(), Module("sly", source)])
    assert {name.rpartition(".")[2] for name in operations.unasked() - NEEDS_NONE.keys()} == {"sneak"}
