"""The guard on sentences written by somebody who had not seen its rules; the kept half was looked at only at the end."""

from __future__ import annotations

import pytest

from tests.forbidden import guard
from tests.places import TESTS

FIXTURES = TESTS / "fixtures"
CAUGHT = 0.95


def lines(name: str) -> list[str]:
    return (FIXTURES / name).read_text("utf-8").splitlines()


@pytest.mark.parametrize("half", ["open", "kept"])
def test_variants_of_the_forbidden_sentences_are_caught(half: str) -> None:
    texts = [line.split("\t")[1] for line in lines(f"guard-variants-{half}.tsv")]
    missed = [text for text in texts if not guard(text)]
    assert len(texts) > 100
    assert len(missed) <= (1 - CAUGHT) * len(texts), missed


@pytest.mark.parametrize("half", ["open", "kept"])
def test_innocent_sentences_raise_no_alarm(half: str) -> None:
    texts = lines(f"guard-innocent-{half}.txt")
    assert len(texts) > 100
    assert [text for text in texts if guard(text)] == []
