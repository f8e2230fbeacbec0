"""How much room there should be: thirty days of what a day writes, and a full copy."""

from __future__ import annotations

from datetime import timedelta

from counter_assistant.domain.safekeeping.free_space import SPARE, Room, least_free, size_in_words
from tests.make import NOW

MB = 1 << 20
DAY = timedelta(days=1)


def test_without_a_copy_a_day_is_taken_to_write_a_megabyte() -> None:
    assert least_free(100 * MB, [], NOW) == 30 * MB + 100 * MB + SPARE


def test_each_copy_that_is_kept_grows_with_the_book() -> None:
    copies = [(NOW - 5 * DAY, 95 * MB), (NOW - 10 * DAY, 80 * MB), (NOW - DAY, 98 * MB)]
    assert least_free(100 * MB, copies, NOW) == 30 * 2 * MB * 4 + 100 * MB + SPARE


def test_neither_a_copy_of_just_now_nor_a_book_that_shrank_makes_it_less_than_a_megabyte_or_much_more() -> None:
    assert least_free(100 * MB, [(NOW, 97 * MB)], NOW) == 30 * 3 * MB * 2 + 100 * MB + SPARE
    assert least_free(100 * MB, [(NOW - 9 * DAY, 900 * MB)], NOW) == 30 * MB * 2 + 100 * MB + SPARE


def test_what_is_short_is_said_in_figures() -> None:
    assert not Room(200 * MB, 200 * MB).is_short
    short = Room(200 * MB - 1, 1300 * MB)
    assert short.is_short
    assert short.in_words == "只剩 199 MB，至少要留 1.3 GB"
    assert size_in_words(1 << 30) == "1.0 GB"
