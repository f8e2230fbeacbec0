"""A passphrase: long enough, and one however it was composed."""

from __future__ import annotations

import pytest

from counter_assistant.domain.people.passphrase import SHORTEST, new_passphrase, normal, typed_passphrase
from counter_assistant.domain.refusal import Refusal


def test_two_keyboards_give_one_spelling() -> None:
    assert new_passphrase("cafe\u0301 au lait twice") == normal("café au lait twice") == "café au lait twice"


@pytest.mark.parametrize("said", ["", "a" * (SHORTEST - 1), "云" * 30])
def test_what_is_guessed_soon_is_refused(said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        new_passphrase(said)
    assert refusal.value.code == "weak-passphrase"
    assert "12" in refusal.value.remedy


def test_where_nothing_is_shown_only_keys_are_typed() -> None:
    assert typed_passphrase("gengma 3 yue de yu!") == "gengma 3 yue de yu!"
    for said in ("三月的雨落在耿马的屋檐上呢", "with a\ttabulator", "short"):
        with pytest.raises(Refusal) as refusal:
            typed_passphrase(said)
        assert refusal.value.code == ("weak-passphrase" if said == "short" else "passphrase-not-typed")
