"""The changes since the last release: each is a file of its own, and a release joins them into CHANGELOG.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from counter_assistant import __version__
from tests.places import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CHANGES = ROOT / PROJECT["tool"]["towncrier"]["directory"]
KINDS = [kind["directory"] for kind in PROJECT["tool"]["towncrier"]["type"]]
WAITING = sorted(path for path in CHANGES.iterdir() if path.name not in ("README.md", "template.md.jinja"))
SUBJECT = re.compile(r"\*\*\S.*?\*\*(?::)? ")
WITHOUT_SUBJECT = ("summary", "missing")


@pytest.mark.parametrize("change", WAITING, ids=lambda path: path.name)
def test_a_change_is_one_paragraph_of_a_known_kind(change: Path) -> None:
    name = re.fullmatch(r"[a-z0-9-]+\.(\w+)\.md", change.name)
    assert name
    assert name[1] in KINDS
    text = change.read_text("utf-8")
    assert re.fullmatch(r"(?:(?!- )\S.*\n)+", text), "one paragraph, without a list and without blank lines"
    assert text.endswith((".\n", "。\n"))
    assert name[1] in WITHOUT_SUBJECT or SUBJECT.match(text)


def test_every_kind_is_explained() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", (CHANGES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert explained == KINDS


def test_the_version_has_a_chapter_or_changes_that_wait_for_one() -> None:
    assert PROJECT["project"]["version"] == __version__
    chapter = rf"^## {re.escape(__version__)} \("
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(chapter, changelog, re.MULTILINE) or any(path.name.endswith(".summary.md") for path in WAITING)
    assert PROJECT["tool"]["towncrier"]["start_string"] in changelog


@pytest.mark.skipif(not WAITING, reason="nothing has changed since the last release")
def test_a_release_joins_every_change_with_its_words() -> None:
    """GIVEN the changes that wait WHEN the chapter of a release is drafted THEN it holds each of them word by word."""
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9", "--date", "2026-12-01"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8", check=True
    )
    chapter = " ".join(done.stdout.split())
    assert chapter.startswith("## 9.9 (2026-12-01)")
    lost = [path.name for path in WAITING if " ".join(path.read_text("utf-8").split()) not in chapter]
    assert lost == []
