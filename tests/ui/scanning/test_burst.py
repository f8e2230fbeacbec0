"""How fast a scanner types and a hand does not."""

from __future__ import annotations

import pytest

from counter_assistant.ui.scanning.burst import GAP_MS, LONE_MS, SURE, SURE_GAP_MS, Burst, Stroke

CODE = "153092602202600012884"


def burst(text: str, every: float, *, stamps: int = 0) -> list[Burst]:
    """The bursts that a text makes where a character comes every so many milliseconds, or is stamped so by the platform."""
    made: list[Burst] = []
    for n, sign in enumerate(text):
        stroke = Stroke(sign, at=every * n, stamp=1000 + stamps * n if stamps else 0)
        if made and made[-1].goes_on(stroke):
            made[-1].strokes.append(stroke)
        else:
            made.append(Burst([stroke]))
    return made


@pytest.mark.parametrize("every", [0, 1, 8, 16, 35, 50, 70])
def test_scanners_of_every_speed_make_one_burst(every: float) -> None:
    (one,) = burst(CODE, every)
    assert one.is_scan
    assert one.text == CODE


@pytest.mark.parametrize("every", [80, 100, 150, 300])
def test_a_hand_makes_none(every: float) -> None:
    assert len(burst(CODE, every)) == len(CODE)


def test_a_hand_whose_keys_a_busy_window_got_at_once_makes_none() -> None:
    assert len(burst(CODE, 0, stamps=120)) == len(CODE)


def test_a_scanner_whose_keys_a_busy_window_got_late_makes_one() -> None:
    (one,) = burst(CODE, 300, stamps=5)
    assert one.is_scan


def test_what_has_fewer_digits_is_no_scan() -> None:
    (one,) = burst("110105194912310021", 5)
    assert not one.is_scan


def test_a_key_held_down_is_no_scan() -> None:
    first = Burst([Stroke("1", 0)])
    assert not first.goes_on(Stroke("1", 33, repeated=True))
    (stalled,) = burst("1" * 40, 0)
    assert not stalled.is_scan


def test_the_same_digit_twice_in_a_millisecond_is_not_taken_for_a_key_held_down() -> None:
    assert Burst([Stroke("0", 0, stamp=7)]).goes_on(Stroke("0", 0, stamp=7, repeated=True))


def test_the_kind_of_code_in_front_belongs_to_it_and_other_letters_do_not() -> None:
    (one,) = burst(f"]Q3{CODE}", 4)
    assert one.is_scan
    assert not Burst([Stroke("1", 0)]).goes_on(Stroke("a", 4))


def test_a_lone_digit_waits_hardly_at_all_and_what_can_only_be_a_scanner_is_waited_for() -> None:
    strokes = [Stroke(sign, 0) for sign in CODE]
    assert [Burst(strokes[:n]).patience for n in (1, 2, SURE - 1, SURE)] == [LONE_MS, GAP_MS, GAP_MS, SURE_GAP_MS]
    assert LONE_MS <= 30
