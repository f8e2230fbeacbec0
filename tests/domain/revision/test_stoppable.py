"""A computation that can be watched and stopped."""

from __future__ import annotations

from counter_assistant.domain.revision.stoppable import Reached, Stoppable, run_through, share_of


def counting(to: int, kept: list[int]) -> Stoppable[int]:
    for n in range(to):
        yield Reached(n, to)
        kept.append(n)
    return sum(kept)


def test_its_result_is_there_once_everything_is_done() -> None:
    assert run_through(counting(4, [])) == 6


def test_whoever_hears_how_far_it_is_can_stop_it() -> None:
    kept: list[int] = []
    assert run_through(counting(4, kept), lambda reached: reached.done < 2) is None
    assert kept == [0, 1]


def test_two_together_say_how_far_they_are_together() -> None:
    def both() -> Stoppable[int]:
        one = yield from share_of(counting(2, []), 0, 2)
        other = yield from share_of(counting(4, []), 1, 2)
        return one + other

    heard: list[float] = []

    def hear(reached: Reached) -> bool:
        heard.append(reached.done / reached.all)
        return True

    assert run_through(both(), hear) == 1 + 6
    assert heard == [0, 0.25, 0.5, 0.625, 0.75, 0.875]
