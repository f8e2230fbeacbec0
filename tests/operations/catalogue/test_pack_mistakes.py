"""Over a hundred seeded mistakes in a pack: each is refused under its own name, or found at its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.checks.enumeration import given, situations
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.differences import differences
from counter_assistant.domain.revision.edition_check import edition_faults
from counter_assistant.operations.program import program
from counter_assistant.storage.journal import chain
from counter_assistant.storage.packs.pack_file import read_pack
from tests.operations.catalogue.pack_mistakes import CONTENT, DAMAGE, ENVELOPE, FOUND, NOT_READ
from tests.operations.catalogue.packing import a_pack, few_items, signed, written
from tests.portion import Portion


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


ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**9, "", "x", "\u202e", [], {}, [[]], {"q": "who", "in": ["self"]}, {"not": {}}, {"any": []},
    "2026-01-01", "day", "who", "B08",
)  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Everything that holds something, with the key or position of it."""
    keys: Iterable[Any] = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@pytest.mark.slow
@pytest.mark.nightly("packs")
def test_whatever_is_changed_before_signing_is_refused_found_or_can_be_told(tmp_path: Path, portion: Portion) -> None:
    """WHEN anything is missing, doubled, odd or another's THEN nothing fails that nobody expected, now or at the desk."""
    path = tmp_path / "a.pack"
    for _ in range(portion.times(5000, sample=25)):
        content = json.loads(sound())
        del content["signature"]
        held = list(places(content["edition"]))
        (holder, key), (other, its) = portion.chance.choice(held), portion.chance.choice(held)
        change = portion.chance.choice(("less", "odd", "other", "more"))
        if change == "less":
            del holder[key]
        elif change == "more" and isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder[key] = portion.chance.choice(ODD) if change == "odd" else json.loads(json.dumps(other[its]))
        path.write_bytes(signed(content))
        with suppress(Refusal):
            made = read_pack(path).edition
            if not edition_faults(made, program().forbidden_phrases):
                tell(made.catalogue)


def tell(catalogue: Catalogue) -> None:
    """Says what differs, and what is needed in some situations of every text."""
    differences(few_items(), catalogue)
    for texts in catalogue.items.values():
        for text in texts:
            for settled in situations(text)[:20]:
                build_checklist(Situation.of(text, given(settled)))


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
