"""The files of phrases as they ship have no fault, and a rule that finds nothing is one.

The check of the catalogue's files is tested with their reader, in test_catalogue_files.py.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from counter_assistant.storage.content.check_files import phrase_faults
from counter_assistant.storage.content.phrase_files import APPROVED_FILE, FORBIDDEN_FILE
from tests.places import RESOURCES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(RESOURCES / "phrases", tmp_path / "phrases")


def test_every_rule_that_ships_finds_its_example_and_every_forbidden_phrase_is_found() -> None:
    assert phrase_faults(RESOURCES / "phrases") == []


def test_a_fault_names_the_file_the_place_and_what_is_wrong(folder: Path) -> None:
    path = folder / FORBIDDEN_FILE
    path.write_text(path.read_text("utf-8").replace('example = "爱咋咋地"', 'example = "爱莫能助"'), "utf-8")
    assert phrase_faults(folder) == [
        f"目录文件 {FORBIDDEN_FILE} 的 phrase[8].variant[6].example：这种写法没有从“爱莫能助”里找出这一句。"
    ]


@pytest.mark.parametrize("name", [APPROVED_FILE, FORBIDDEN_FILE])
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    [told] = phrase_faults(folder)
    assert name in told
