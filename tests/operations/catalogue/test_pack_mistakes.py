"""Over a hundred seeded mistakes in a pack: each is refused under its own name, or found at its place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition_check import edition_faults
from counter_assistant.operations.program import program
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.pack_file import read_pack
from tests.operations.catalogue.pack_mistakes import CONTENT, DAMAGE, ENVELOPE, FOUND, NOT_READ
from tests.operations.catalogue.packing import a_pack, few_items, signed, written


@cache
def sound() -> bytes:
    """A pack file without any mistake."""
    return signed(written(a_pack(few_items())))


def refused(path: Path, content: bytes) -> Refusal:
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read_pack(path)
    return refusal.value


def faults(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return [str(fault) for fault in edition_faults(read_pack(path).edition, program().forbidden_phrases)]


def test_there_are_a_hundred_and_a_pack_without_any_passes(tmp_path: Path) -> None:
    assert len(DAMAGE) + len(ENVELOPE) + len(CONTENT) >= 100
    assert len(NOT_READ) + len(FOUND) == len(CONTENT)
    assert faults(tmp_path / "a.pack", sound()) == []


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_refused(name: str, tmp_path: Path) -> None:
    mistake, codes = DAMAGE[name]
    assert mistake(sound()) != sound()
    assert refused(tmp_path / "a.pack", mistake(sound())).code in codes.split()


@pytest.mark.parametrize("name", ENVELOPE)
def test_what_is_around_the_content_is_refused_under_its_own_name(name: str, tmp_path: Path) -> None:
    mistake, code = ENVELOPE[name]
    content = json.loads(sound())
    mistake(content)
    assert refused(tmp_path / "a.pack", chain.canonical(content).encode()).code == code


@pytest.mark.parametrize("name", NOT_READ)
def test_content_that_cannot_be_read_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    mistake, place = NOT_READ[name]
    content = json.loads(sound())
    del content["signature"]
    mistake(content)
    refusal = refused(tmp_path / "a.pack", signed(content))
    assert refusal.code == "broken-content"
    assert place in refusal.sentence


@pytest.mark.parametrize("name", FOUND)
def test_what_the_centre_signed_by_mistake_is_found_at_its_place(name: str, tmp_path: Path) -> None:
    mistake, place = FOUND[name]
    content = json.loads(sound())
    del content["signature"]
    mistake(content)
    found = faults(tmp_path / "a.pack", signed(content))
    assert any(fault.partition("：")[0].endswith(place) for fault in found), found
