"""What is to be done stands first, and the one line at the top says how much that is."""

from __future__ import annotations

import pytest

from counter_assistant.domain.safekeeping.checkup import LEGEND, CheckLine, Checkup, Level, Subject
from tests.make import NOW

WELL = CheckLine(Subject.PRINTER, Level.WELL, "就绪。")
SOON = CheckLine(Subject.HEADS, Level.ATTENTION, "未比对。", "做一份备份。")
WRONG = CheckLine(Subject.ROOM, Level.BAD, "只剩 1 MB。", "请清理磁盘。")
OPEN = CheckLine(Subject.BOOK, Level.OPEN, "还没有核对。")


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        ([WELL], "一切正常"),
        ([WELL, SOON, WRONG], "有 2 处要办"),
        ([WELL, OPEN], "还有没看完的"),
        ([SOON, OPEN], "有 1 处要办，还有没看完的"),
    ],
)
def test_one_line_says_all(lines: list[CheckLine], headline: str) -> None:
    assert Checkup(NOW, ()).with_lines(lines).headline == headline


def test_lines_stand_in_one_order_and_what_is_wrong_now_first() -> None:
    found = Checkup(NOW, ()).with_lines([WELL, WRONG, OPEN, SOON])
    assert found.lines == (OPEN, SOON, WRONG, WELL)
    assert (found.to_do, found.well) == ((WRONG, SOON), (OPEN, WELL))


def test_what_is_known_later_takes_the_place_of_what_was_said() -> None:
    known = CheckLine(Subject.BOOK, Level.WELL, "3 条记录全部核对过，没有问题。")
    assert Checkup(NOW, (OPEN, WELL)).with_lines([known]).lines == (known, WELL)


def test_a_line_goes_through_a_pipe_as_it_is() -> None:
    for line in (WELL, SOON, WRONG, OPEN):
        assert CheckLine.from_json(line.to_json()) == line
    with pytest.raises(ValueError, match="fine"):
        CheckLine.from_json(WELL.to_json() | {"level": "fine"})


def test_a_mark_goes_with_every_colour_and_a_name_with_every_subject() -> None:
    assert {level: level.mark for level in Level} == {
        Level.WELL: "✓", Level.ATTENTION: "！", Level.BAD: "✗", Level.OPEN: "…", Level.WAITS: "…",
    }  # fmt: skip
    assert LEGEND == "✗ 红的先办好再用，！ 黄的可以先用。"
    assert len({subject.label for subject in Subject}) == len(Subject)
