"""Where a bundle belongs among the strands of its book, and where strands part."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from counter_assistant.domain.exchange.strand import START, Place, Strand, Way, common, outermost, partings, place

BOOK = "ab" * 16


def strand(course: str, first: int = 0, name: str = "") -> Strand:
    """A course of entries, a letter each: the hash of one stands for all up to it, as in a chain. What comes before `first` is unknown."""

    def hash_of(seq: int) -> str:
        assert first <= seq <= len(course), "asked for what is not known"
        return f"{course[:seq]:>64}"

    return Strand(name or course, BOOK, len(course), hash_of, first)


def test_a_strand_knows_its_own_entries() -> None:
    one = strand("abc", first=1)
    assert (one.head, one.at(0)) == (f"{'abc':>64}", START)
    assert one.has(3, f"{'abc':>64}")
    assert one.has(1, f"{'a':>64}")
    assert not one.has(2, f"{'ax':>64}")
    assert not one.has(4, f"{'abcd':>64}")
    assert not one.has(0, START), "before it is known"
    assert strand("abc").has(0, START)


@pytest.mark.parametrize(
    ("one", "other", "last"),
    [("abc", "abc", 3), ("abc", "ab", 2), ("abx", "aby", 2), ("xbc", "ybc", 0), ("a", "abcdefgh", 1), ("abcdefgh", "abcxefgh", 3)],
)  # fmt: skip
def test_the_last_entry_in_common(one: str, other: str, last: int) -> None:
    assert common(strand(one), strand(other)) == common(strand(other), strand(one)) == last


def test_what_is_known_later_is_compared_from_there() -> None:
    assert common(strand("abcdx", first=3), strand("abcde")) == 4
    assert common(strand("abc", first=3), strand("abc")) == 3


def placed(brought: Strand, *there: str) -> tuple[Way, str, int]:
    found: Place = place(brought, [strand(each) for each in there])
    return found.way, found.strand.name if found.strand else "", found.shared


@pytest.mark.parametrize(
    ("course", "first", "there", "expected"),
    [
        ("ab", 0, [], (Way.BEGINS, "", 0)),
        ("ab", 1, [], (Way.WAITS, "", 0)),
        ("abcd", 3, ["ab"], (Way.WAITS, "", 0)),
        ("axcd", 2, ["abcd"], (Way.WAITS, "", 0)),
        ("ab", 0, ["abc"], (Way.KNOWN, "abc", 2)),
        ("abc", 2, ["abc"], (Way.KNOWN, "abc", 3)),
        ("abcd", 2, ["ab"], (Way.GROWS, "ab", 2)),
        ("abcd", 0, ["ab"], (Way.GROWS, "ab", 2)),
        ("abcd", 1, ["abx", "abc"], (Way.GROWS, "abc", 3)),
        ("abcd", 1, ["abc", "abx"], (Way.GROWS, "abc", 3)),
        ("abz", 0, ["abc", "ab"], (Way.GROWS, "ab", 2)),
        ("abz", 0, ["ab", "abc"], (Way.GROWS, "ab", 2)),
        ("abxy", 1, ["abcd"], (Way.PARTS, "abcd", 2)),
        ("abxy", 0, ["acd", "abcd"], (Way.PARTS, "abcd", 2)),
        ("xy", 0, ["ab"], (Way.PARTS, "ab", 0)),
    ],
)
def test_where_a_bundle_belongs(course: str, first: int, there: Sequence[str], expected: tuple[Way, str, int]) -> None:
    assert placed(strand(course, first), *there) == expected


def test_strands_part_where_they_differ() -> None:
    """GIVEN three that part at two places THEN each place has those that part there, whatever the order they are given in."""
    three = [strand("abcd"), strand("abxy"), strand("abxz")]
    expected = {(2, f"{'ab':>64}"): ("abcd", "abxy", "abxz"), (3, f"{'abx':>64}"): ("abxy", "abxz")}
    for order in (three, three[::-1], [three[1], three[0], three[2]]):
        found = partings(order)
        assert {where: tuple(each.name for each in parted) for where, parted in found.items()} == expected
        assert list(found) == sorted(expected)
    assert partings(three[:1]) == {}
    assert list(partings([strand("ab"), strand("xy")])) == [(0, START)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("ab", "abcd"), [1]), (("abcd", "ab"), [0]), (("abc", "abc", "abc"), [0]), (("abcd", "abxy", "ab", "abx"), [0, 1]), (("a", "x"), [0, 1]),
        (("abx", "aby", "abx"), [0, 1]), ((), []),
    ],
)  # fmt: skip
def test_what_is_the_beginning_of_another_is_no_strand_of_its_own(given: Sequence[str], kept: list[int]) -> None:
    strands = [strand(course, name=f"{n}") for n, course in enumerate(given)]
    assert [int(each.name) for each in outermost(strands)] == kept
    other = Strand("other", "another book", 1, lambda _seq: f"{'a':>64}")
    assert [each.name for each in outermost([*strands, other])][-1] == "other", (
        "of another book it is the beginning of none"
    )
