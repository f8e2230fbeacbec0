"""The words about the program are tested like the program: what is named exists, what exists is named."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from counter_assistant.cli.parser import parser as command_parser
from tests.places import ROOT, TESTS
from tests.prose import fields_in, leads_somewhere, module, modules, names_in, pages, paths_in, prose_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NAMED_DECISION = re.compile(r"\[[^\]]*?(?<!\d)(\d{4})(?!\d)[^\]]*\]\([^)\s]*?(\d{4})-[\w-]+\.md\)")
"""A decision by its number, and the number of the page to which that leads."""
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FOREIGN = {"TTFontFile", "makeSubset", "python3"}
"""What the pages name of other programs."""


def subcommands() -> list[str]:
    """The commands of the command line, and those of archive."""
    top = choices_of(command_parser())
    return [*top, *(name for parser in top.values() for name in choices_of(parser))]


def choices_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action.choices, dict):
            return dict(action.choices)
    return {}


def read_all(paths: list[Path]) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)


def test_every_subcommand_is_in_the_readme_and_in_the_docs() -> None:
    readme, docs = read_all([ROOT / "README.md"]), read_all(list((ROOT / "docs").rglob("*.md")))
    unnamed = [name for name in subcommands() if not (names(readme, name) and names(docs, name))]
    assert unnamed == []


def names(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def test_every_command_of_dev_is_in_the_readme() -> None:
    readme, commands = read_all([ROOT / "README.md"]), commands_of_dev()
    assert [name for name in commands if f"./dev {name}" not in readme] == []
    assert {"run", "check", "test", "nightly"} <= commands


def commands_of_dev() -> set[str]:
    """What `./dev` says that it can do."""
    return set(re.findall(r"^ +\./dev (\w+)", (ROOT / "dev").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_number_of_a_decision_leads_to_that_decision(page: Path) -> None:
    assert [pair for pair in NAMED_DECISION.findall(page.read_text("utf-8")) if pair[0] != pair[1]] == []


def test_a_number_that_leads_to_another_decision_is_noticed() -> None:
    text = "[0019](decisions/0020-packs.md), ([decision 0002](decisions/0002-pyside6-versions.md)), [why](0001-lock-files.md)"
    assert NAMED_DECISION.findall(text) == [("0019", "0020"), ("0002", "0002")]


def test_every_runtime_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    required = {re.split(r"[^\w.-]", line)[0].rstrip(".-").lower() for line in PROJECT["dependencies"]}
    assert sorted(name for name in required if f"| {name} |" not in explained) == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_path_that_a_page_names_is_there(page: Path) -> None:
    assert [name for name in paths_in(prose_of(page)) if not leads_somewhere(name, page)] == []


def test_a_path_that_a_docstring_or_a_comment_names_is_there() -> None:
    named = [(path, name) for path in modules() for name in paths_in(prose_of(path))]
    lost = [f"{path.relative_to(ROOT).as_posix()}: {name}" for path, name in named if not leads_somewhere(name, path)]
    assert lost == []
    assert len(named) > 50


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see fold.py, and docs/decisions.", ["docs/decisions", "fold.py"]),
        ("in `storage/views/` and `domain/papers/slip`", ["domain/papers/slip", "storage/views/"]),
        ("I/O, GB/T 2312, 12/13, and/or, https://example.org/a/b.py", []),
        ("/proc/mounts, `clerk/<place>`, @scope/package", []),
        ("docs/images/*.png", ["docs/images/*.png"]),
    ],
)
def test_a_path_is_told_from_other_words(text: str, found: list[str]) -> None:
    assert paths_in(text) == found


@pytest.mark.parametrize("name", ["gone.py", "domain/gone.py", "docs/gone/", "tests/gone", "docs/images/*.gone"])
def test_a_path_that_is_not_there_is_noticed(name: str) -> None:
    assert not leads_somewhere(name, ROOT / "docs" / "architecture.md")


@pytest.mark.slow
def test_what_is_quoted_as_a_name_is_in_the_code() -> None:
    """GIVEN the glossary, the other pages and every docstring THEN a `name` between backticks is one of the code's."""
    known = FOREIGN | {name for path in modules() for name in module(path).names}
    known |= {
        word for path in TESTS.rglob("*.py") for word in (path.stem, *re.findall(r"\w+", path.read_text("utf-8")))
    }
    told = [(path, names_in(prose_of(path))) for path in (*pages(), *modules())]
    unknown = [f"{path.relative_to(ROOT).as_posix()}: {name}" for path, names in told for name in names - known]
    assert sorted(unknown) == []


@pytest.mark.slow
def test_a_record_documents_no_field_that_it_has_not() -> None:
    """GIVEN the docstring of a dataclass or a named tuple THEN what a sentence begins with is a name of its module."""
    told = [(path, name, fields_in(text)) for path in modules() for name, text in module(path).records.items()]
    unknown = [f"{name}: {field}" for path, name, fields in told for field in fields - module(path).names]
    assert unknown == []
    assert sum(len(fields) for *_, fields in told) > 100


def test_a_field_is_told_from_other_names() -> None:
    text = "`due` is the day that binds, `printed` the one on paper. Its kind is `centre` (`item_approved`); `row`: the rule."
    assert fields_in(text) == {"due", "printed", "row"}


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
DECISION_HEAD = re.compile(
    r"# (?P<number>\d{4}) (?P<title>.+)\n\n"
    r"- Status: (?P<status>accepted|proposed|superseded by \d{4})\n"
    r"- Date: (?P<date>\d{4}-\d\d-\d\d(?:, amended \d{4}-\d\d-\d\d)?)\n"
)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_begins_with_its_number_status_and_date_and_is_in_the_index(decision: Path) -> None:
    head = DECISION_HEAD.match(decision.read_text("utf-8"))
    assert head
    assert decision.name.startswith(head["number"] + "-")
    row = f"| [{head['number']}]({decision.name}) | {head['title']} | {head['status']} | {head['date']} |"
    assert row in (decision.parent / "README.md").read_text("utf-8").splitlines()


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
