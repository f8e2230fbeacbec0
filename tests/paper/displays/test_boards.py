"""公示表的纸面：字大到放得下为止，话再长也不裁；放不下的换页，每页有表头。"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from counter_assistant.domain.displays.board import Board, BoardColumn
from counter_assistant.domain.displays.display_kind import DisplayKind, DisplaySize
from counter_assistant.paper.blocks import Placed
from counter_assistant.paper.displays.boards import SMALLEST, BoardMaker, measures_of
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.line_breaking import LineBreaker
from tests.paper.displays.extents import Extent, collisions, extents
from tests.places import FONTS

MAKER = BoardMaker(LineBreaker(FontFallback(FONTS)))
COLUMNS = (
    BoardColumn("姓名", 17, strong=True), BoardColumn("服务项目", 58, centred=False), BoardColumn("联系电话", 25, whole=True),
)  # fmt: skip
BARE = (BoardColumn("", 16, strong=True), BoardColumn("", 84, centred=False))
USUAL = ("李某", "综合受理岗", "0883-0000001")
LONGEST = ("𠅤" * 20, "项" * 50, "0883-00000010")
SIZES = pytest.mark.parametrize(
    "size", [*DisplayKind.STAFF_LIST.sizes, *DisplayKind.PROMISES.sizes], ids=lambda size: f"{size.code} {size.width}"
)


def board(*rows: tuple[str, ...], columns: tuple[BoardColumn, ...] = COLUMNS, notes: tuple[str, ...] = ()) -> Board:
    return Board("某中心　某管理部", "工作人员一览表", "示例", "监督电话　0883-9", columns, rows, notes)


def pages_of(shown: Board, size: DisplaySize) -> list[list[Placed]]:
    _, pages, _ = MAKER.sheets([shown], size)
    return pages


def lines_of(page: Sequence[Placed], size: DisplaySize) -> list[Extent]:
    return list(extents(page, measures_of(size).margin))


def inside(page: Sequence[Placed], size: DisplaySize) -> bool:
    m = measures_of(size)
    return all(line.within(m.margin, m.top, m.margin + m.width, m.bottom) for line in lines_of(page, size))


def said_on(pages: Sequence[Sequence[Placed]]) -> str:
    return "".join(line.text for page in pages for line in extents(page))


def text_size(page: Sequence[Placed], word: str) -> float:
    return next(text.size for _, block in page for text in block.texts if text.line.text.startswith(word))


@SIZES
@pytest.mark.parametrize("rows", [1, 6, 14])
def test_a_staff_of_the_usual_size_is_one_board_with_everything_in_it(size: DisplaySize, rows: int) -> None:
    (page,) = pages_of(board(*[USUAL] * (rows - 1), LONGEST, notes=("脚注",)), size)
    assert inside(page, size)
    assert collisions(page) == []
    assert all(
        text in said_on([page]).replace("\n", "")
        for text in ("工作人员一览表", "（示例）", "监督电话", "脚注", "𠅤" * 4)
    )
    assert said_on([page]).count("𠅤") == 20
    assert said_on([page]).count("项") == 50 + 1


@SIZES
def test_fewer_people_stand_in_larger_letters(size: DisplaySize) -> None:
    (few, *_), (many, *_) = (pages_of(board(*[USUAL] * n), size) for n in (3, 44))
    assert text_size(few, "李某") > text_size(many, "李某")


@SIZES
def test_letters_grow_with_the_board(size: DisplaySize) -> None:
    small = SMALLEST * min(size.width, size.height) / 210
    for page in pages_of(board(*[USUAL] * 60), size):
        assert text_size(page, "李某") >= small - 0.1


@SIZES
def test_a_board_of_one_page_is_filled_to_its_foot(size: DisplaySize) -> None:
    (page,) = pages_of(board(*[USUAL] * 8, notes=("脚注",)), size)
    m = measures_of(size)
    top, table = page[1]
    assert top + table.height == pytest.approx(m.bottom - page[2].block.height, abs=1)


@SIZES
def test_what_is_too_much_for_one_page_goes_on_and_each_page_says_which_it_is(size: DisplaySize) -> None:
    pages = pages_of(board(*((f"{n:03}", "综合受理岗", "1") for n in range(90))), size)
    assert len(pages) > 1
    assert all(inside(page, size) and not collisions(page) for page in pages)
    numbers = [line.text for page in pages for line in extents(page) if len(line.text) == 3 and line.text.isdigit()]
    assert numbers == [f"{n:03}" for n in range(90)]
    for at, page in enumerate(pages, 1):
        said = [line.text for line in extents(page)]
        assert f"第{at}页　共{len(pages)}页" in said
        assert "联系电话" in said


def test_a_number_is_not_broken_as_long_as_a_smaller_size_helps() -> None:
    size = DisplayKind.STAFF_LIST.size("a4")
    (page,) = pages_of(board(("李某", "项", "0883-2120001、12329")), size)
    assert "0883-2120001、12329" in [line.text for line in extents(page)]
    assert text_size(page, "0883") < text_size(pages_of(board(USUAL), size)[0], "0883")


def test_a_row_that_is_higher_than_a_page_goes_on_to_the_next_one_without_a_rule_in_it() -> None:
    size = DisplayKind.PROMISES.size("a4")
    words = "".join(f"第{n}句话说的是要带什么材料。" for n in range(400))
    pages = pages_of(board(("事项名称", "某事项"), ("必备手续", words), ("时限承诺", "当天"), columns=BARE), size)
    assert len(pages) > 2
    assert all(inside(page, size) and not collisions(page) for page in pages)
    assert all(f"第{n}句" in said_on(pages) for n in range(400))
    whole = pages[1][1].block
    across = [rule for rule in whole.rules if rule[1] == rule[3]]
    assert len(across) == 2  # above and below it; it is one row


def test_columns_without_heads_have_no_head_row() -> None:
    size = DisplayKind.PROMISES.size("a4")
    (page,) = pages_of(board(("事项名称", "某事项"), columns=BARE), size)
    across = [rule for rule in page[1].block.rules if rule[1] == rule[3]]
    assert len(across) == 2


def test_a_board_without_rows_is_a_head() -> None:
    size = DisplayKind.ROTA.size("a4")
    (page,) = pages_of(board(), size)
    assert "联系电话" in said_on([page])


def test_boards_are_spread_one_after_the_other() -> None:
    size = DisplayKind.STAFF_LIST.size("600x900-a3")
    _, pages, leaves = MAKER.sheets([board(USUAL), board(LONGEST)], size)
    assert len(pages) == 2
    assert [leaf.page for leaf in leaves] == [0] * 8 + [1] * 8
