from __future__ import annotations

from datetime import UTC, datetime

import pytest

from counter_assistant.domain.entry import Entry, EntryKind, Visibility


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_has_a_chinese_name_and_a_class(kind: EntryKind) -> None:
    assert kind.label
    assert kind.visibility in Visibility


def test_complaints_are_confidential_and_slips_are_not() -> None:
    assert EntryKind.COMPLAINT.visibility is Visibility.CONFIDENTIAL
    assert EntryKind.SLIP_ISSUED.visibility is Visibility.PUBLIC


def test_the_check_code_is_the_first_twelve_digits_of_the_hash() -> None:
    entry = Entry(1, datetime.now(UTC), EntryKind.SLIP_ISSUED, {}, bytes.fromhex("0123456789abcdef" * 4))
    assert entry.check_code == "0123456789ab"
    assert entry.visibility is Visibility.PUBLIC
