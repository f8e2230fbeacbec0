"""A passphrase: long enough, and one however it was composed."""

from __future__ import annotations

import pytest

from counter_assistant.domain.people.passphrase import SHORTEST, new_passphrase, normal
from counter_assistant.domain.refusal import Refusal


def test_two_keyboards_give_one_spelling() -> None:
    assert new_passphrase("cafe\u0301 au lait twice") == normal("café au lait twice") == "café au lait twice"


@pytest.mark.parametrize("said", ["", "a" * (SHORTEST - 1), "云" * 30])
def test_what_is_guessed_soon_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        new_passphrase(said)
    assert refusal.value.code == "weak-passphrase"
    assert "12" in refusal.value.remedy
