"""What the window refuses is said in its own words: keys and pages, never a command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counter_assistant.cli.remedies import IN_COMMANDS, in_commands
from counter_assistant.domain.refusal import Refusal
from tests.places import ROOT
from tests.test_manual import builder

ROOMS = "archive|backup|book|catalogue|content|journal|restore|server|stick"
COMMAND = re.compile(rf"--[a-z]|counter-assistant |(?<![a-z])(?:{ROOMS}) [a-z-]+")
BY_COMMANDS_ALONE = {
    "act-undone", "cannot-save-pdf", "certificate-unknown", "content-sheet", "head-forks", "head-goes-back", "head-of-fork", "head-other-book",
    "head-unproven", "journal-which", "move-elsewhere", "move-target-live", "move-target-lost", "no-key-file", "no-revision",
    "statement-foreign", "statement-unsaved",
}  # fmt: skip
"""What is refused only to whoever works by commands: the centre that signs, an administrator who moves a book."""
SAID_ANEW = {
    "bundle-foreign-key", "bundle-key-unconfirmed", "witness-foreign-key", "witness-key-unconfirmed",
    "last-numbers-needed", "restore-journal-away", "restore-loses", "restore-unread",
}  # fmt: skip
"""What the pages for bundles and for restoring answer with a question and a key of their own."""
FOR_THE_ADMINISTRATOR = {
    "book-arriving", "hall-no-book", "hall-sealed", "moved-away", "no-centre-key", "no-keeper", "offline-behind", "offline-not-ready",
    "offline-parted", "offline-place-taken",
}  # fmt: skip
"""What nothing in the window does: the command is what the clerk hands to whoever looks after the program."""
EXCEPT = BY_COMMANDS_ALONE | SAID_ANEW | FOR_THE_ADMINISTRATOR


def naming_a_command() -> dict[str, set[str]]:
    """The codes of what is refused with a command line in its words, by the module; without the modules of the command line."""
    build_refusals, found = builder("build_refusals"), dict[str, set[str]]()
    for path in sorted(build_refusals.PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).with_suffix("")
        if "cli" in place.parts or "Refusal" not in path.read_text("utf-8"):
            continue
        source = build_refusals.source_of(".".join(place.parts))
        assert source is not None
        for said in build_refusals.refusals(source):
            if COMMAND.search(said.sentence + said.remedy):
                found.setdefault(Path(*place.parts[1:]).as_posix(), set()).add(said.code)
    return found


def test_no_refusal_of_the_window_names_a_command() -> None:
    found = naming_a_command()
    assert {place: codes - EXCEPT for place, codes in found.items() if codes - EXCEPT} == {}
    assert not any(place.startswith("ui/") for place in found), "what the window itself says"
    assert EXCEPT - {code for codes in found.values() for code in codes} == set(), "an exception that is none any more"


@pytest.mark.parametrize(("in_window", "command"), IN_COMMANDS.items())
def test_the_command_line_says_it_in_commands(in_window: str, command: str) -> None:
    assert not COMMAND.search(in_window)
    assert COMMAND.search(command)
    assert in_commands(Refusal("a-code", "没有办。", f"先看一看；{in_window}")) == f"没有办。先看一看；{command}"


def test_what_is_alike_in_both_stays() -> None:
    assert in_commands(Refusal("a-code", "磁盘已满。", "请清理。")) == "磁盘已满。请清理。"
