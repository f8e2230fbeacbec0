"""The words about the program are tested like the program: what is named exists, what exists is named."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from counter_assistant.cli.parser import parser as command_parser
from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


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
    readme = read_all([ROOT / "README.md"])
    assert [name for name in ("run", "check", "test", "bench", "mutate") if f"./dev {name}" not in readme] == []


def test_the_changelog_has_the_version() -> None:
    changelog = read_all([ROOT / "CHANGELOG.md"])
    assert re.search(rf"^##+ \[?{re.escape(PROJECT['version'])}\b", changelog, re.MULTILINE)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_runtime_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    required = {re.split(r"[^\w.-]", line)[0].rstrip(".-").lower() for line in PROJECT["dependencies"]}
    assert sorted(name for name in required if f"| {name} |" not in explained) == []
