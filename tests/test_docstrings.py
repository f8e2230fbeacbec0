"""Every public function that refuses names the codes of its refusals under `Raises:`, and names none that does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.places import PACKAGE

CODE = re.compile("[a-z0-9]+(?:-[a-z0-9]+)+")
CONSTRUCTORS = ("__init__", "__post_init__")


def described() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def public_functions(scope: ast.Module | ast.ClassDef, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Each public function with its full name and its docstring; that of a constructor includes its class's."""
    for node in scope.body:
        if isinstance(node, ast.ClassDef):
            yield from public_functions(node, f"{owner}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            text = ast.get_docstring(node) or ""
            if node.name in CONSTRUCTORS and isinstance(scope, ast.ClassDef):
                yield f"{owner}{node.name}", node, f"{ast.get_docstring(scope) or ''}\n{text}"
            elif not node.name.startswith("_"):
                yield f"{owner}{node.name}", node, text


def raised_by(function: ast.FunctionDef) -> set[str]:
    """The codes of the refusals that a function raises itself, as patterns."""
    raised = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc]
    calls = [node for exc in raised for node in ast.walk(exc) if isinstance(node, ast.Call) and node.args]
    return {pattern_of(call.args[0]) for call in calls if ast.unparse(call.func) == "Refusal"} - {""}


def pattern_of(code: ast.expr) -> str:
    """A written code as a pattern, in which a part that is filled in may be anything; empty where none is written."""
    if isinstance(code, ast.JoinedStr):
        return "".join(pattern_of(part) if isinstance(part, ast.Constant) else "[a-z-]+" for part in code.values)
    return re.escape(code.value) if isinstance(code, ast.Constant) and isinstance(code.value, str) else ""


def named_in(docstring: str) -> list[str]:
    """The codes that a docstring names under `Raises:`."""
    return [word for word in re.findall("`([^`]+)`", docstring.partition("Raises:\n")[2]) if CODE.fullmatch(word)]


def unnamed(module: ast.Module) -> list[str]:
    """The codes that public functions of a module raise and do not name."""
    return [
        f"{name}: {pattern}"
        for name, function, docstring in public_functions(module)
        for pattern in sorted(raised_by(function))
        if not any(re.fullmatch(pattern, code) for code in named_in(docstring))
    ]


def existing_codes() -> str:
    """A pattern of all that is written as a code in the package; some are kept in tables until they are raised."""
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    filled_in = [re.sub(r"\{\w+\}", "[a-z-]+", code) for code in re.findall(r'Refusal\(\s*f"([^"]+)"', text)]
    return "|".join({*re.findall(f'"({CODE.pattern})"', text), *filled_in})


def test_every_public_function_names_the_refusals_that_it_raises() -> None:
    missing = {path.relative_to(PACKAGE).as_posix(): unnamed(tree(path)) for path in described()}
    assert {path: codes for path, codes in missing.items() if codes} == {}


def test_what_a_public_function_refuses_is_said_under_raises() -> None:
    """A docstring that says "Refuses …" in its text names no code."""
    found = [
        f"{path.relative_to(PACKAGE).as_posix()} {name}"
        for path in described()
        for name, _, docstring in public_functions(tree(path))
        if re.search(r"\b[Rr]efuses\b", docstring.partition("Raises:\n")[0])
    ]
    assert found == []


def test_every_code_that_a_docstring_names_exists() -> None:
    existing = re.compile(existing_codes())
    docstrings = [docstring for path in described() for _, _, docstring in public_functions(tree(path))]
    named = {code for docstring in docstrings for code in named_in(docstring)}
    assert named
    assert sorted(code for code in named if not existing.fullmatch(code)) == []


SAMPLE = '''
class Sign:
    """A sign.

    Raises:
        Refusal: `sign-empty`.
    """

    def __post_init__(self):
        raise Refusal("sign-empty", "")

    def check(self, key):
        """Checks it.

        Raises:
            Refusal: `bad-day`.
        """
        if key:
            raise Refusal(f"{key}-missing", "")
        raise Refusal("bad-day", "")

    def _private(self):
        raise Refusal("bad-private", "")

def read():
    """Reads `not-here`, which is named outside of the section."""
    def inner():
        raise Refusal("not-here", "")

def refusal():
    return Refusal("made-here", "")
'''


def test_a_code_that_is_not_named_is_found() -> None:
    assert unnamed(ast.parse(SAMPLE)) == ["Sign.check: [a-z-]+\\-missing", "read: not\\-here"]
