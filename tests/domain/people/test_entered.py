"""What opening a sealed book gave one person is nobody else's."""

from __future__ import annotations

from counter_assistant.domain.people.entered import Entered


def test_what_opening_gave_is_for_who_opened_it() -> None:
    entered = Entered("0001", by_master=True, register=b"secret")
    assert entered.of("0001") == entered
    assert entered.of("0002") == entered.of("") == Entered()
    assert "secret" not in repr(entered)
