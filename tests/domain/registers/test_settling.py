"""How an entry of a register stands: what waits is ended once, and taken back step by step."""

from __future__ import annotations

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_entries import BoxOpened
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled, Standing, State

ANSWER, RESULT, BACK = (
    Answered(7, "已装", "", "", "1"),
    ResultFiled(7, "同意", "", "1"),
    RegisterWithdrawn(7, "错", "1"),
)


def test_what_waits_is_ended_taken_back_and_ended_again() -> None:
    stands = Standing(State.OPEN).after(ANSWER, 8, by_hand=True)
    assert stands == (State.DONE, 8)
    assert (opened := stands.after(BACK, 9, by_hand=True)) == (State.OPEN, 0)
    assert opened.after(RESULT, 10, by_hand=False) == (State.DONE, 10)
    assert opened.after(BACK, 10, by_hand=True) == (State.WITHDRAWN, 10)
    assert Standing(State.NOTED).after(BACK, 8, by_hand=True) == (State.WITHDRAWN, 8)


@pytest.mark.parametrize("state", [State.NOTED, State.DONE, State.WITHDRAWN])
def test_what_does_not_wait_is_not_ended(state: State) -> None:
    with pytest.raises(Refusal) as refusal:
        Standing(state, 3).after(ANSWER, 8, by_hand=True)
    assert (refusal.value.code, state.label in refusal.value.sentence) == ("register-settled", True)


@pytest.mark.parametrize(("state", "by_hand"), [(State.WITHDRAWN, True), (State.OPEN, False), (State.NOTED, False)])
def test_what_arose_by_itself_and_what_is_gone_is_not_taken_back(state: State, by_hand: bool) -> None:
    with pytest.raises(Refusal) as refusal:
        Standing(state).after(BACK, 8, by_hand=by_hand)
    assert refusal.value.code == "register-not-withdrawn"


@pytest.mark.parametrize("wrong", [{"count": "3"}, {"count": True}, {"place": 3}, {"place": None}])
def test_an_entry_is_read_as_strictly_as_it_was_written(wrong: dict[str, object]) -> None:
    said = BoxOpened("2026-11-23", "意见箱", "0001", "0002", 3, "0001")
    assert BoxOpened.from_payload({"schema": 1, **said.to_payload()}) == said
    with pytest.raises(ValueError, match="another sort"):
        BoxOpened.from_payload(said.to_payload() | wrong)
