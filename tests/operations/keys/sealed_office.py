"""A sealed office, and how somebody opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter_assistant.domain.people.key_entry import KeySlot
from counter_assistant.domain.people.recovery import to_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.ring_changes import slots_noted
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.sealing import Opened
from tests.make import an_office, clock, confirmed

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
SHEET = to_words(bytes(range(16)))


def a_sealed_office(folder: Path) -> Office:
    """An office whose book 0001 and 0002 open, each with a passphrase; 0001 acts."""
    office = an_office(folder)
    office.decide_profile(confirmed(office.profile))
    sealing.seal(office, "0001", OURS, SHEET)
    sealing.add_passphrase(office, "0001", "0002", THEIRS)
    office.act_as("0001")
    return office


@contextmanager
def opened_by(folder: Path, opened: Opened) -> Iterator[Office]:
    """The office as who opened it has it."""
    office = open_office(folder, clock, key=opened.key)
    try:
        sealing.let_in(office, opened)
        yield office
    finally:
        office.close()


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)
    assert refusal.value.remedy
    return refusal.value.code


def acts(office: Office) -> list[KeySlot]:
    return slots_noted(office)
