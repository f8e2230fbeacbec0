"""牌证和公示，从单位资料、岗位和目录印出来：写的是哪些、给谁看、缺了什么怎么说。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.displays.cards import PlateWords
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.displays.rota import OnDuty
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.displays.order import DisplayOrder, MadeDisplay, make_display
from counter_assistant.operations.publications.displays.promises import NO_PROMISE, PromiseScope, promise_board
from counter_assistant.operations.publications.displays.staff import posts_board, rota_board, staff_board
from counter_assistant.paper.displays.photos import read_photo
from tests.make import an_office, confirmed, text_of
from tests.paper.displays.pictures import a_picture

ELEVEN = (
    "事项名称", "政策规定", "资格要求", "必备手续", "办理程序", "办事流程", "服务标准", "时限承诺", "责任人", "具体经办人", "联系电话",
)  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def made(office: Office, kind: DisplayKind, size: str = "", **wanted: Any) -> MadeDisplay:
    result = run_through(make_display(office, DisplayOrder(kind, size, **wanted)))
    assert result is not None
    return result


def pages_of(display: MadeDisplay) -> list[str]:
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(display.pdf)]


@pytest.mark.parametrize(("kind", "size"), [(kind, size.code) for kind in DisplayKind for size in kind.sizes])
def test_each_kind_is_made_in_each_of_its_sizes_of_an_office_as_it_is(
    office: Office, kind: DisplayKind, size: str
) -> None:
    before = len(list(office.book.entries()))
    wanted = {"scope": PromiseScope.ONE, "item": "B08"} if kind is DisplayKind.PROMISES else {}
    display = made(office, kind, size, rota=(OnDuty(date(2026, 11, 23), "陈某"),), **wanted)
    document = pypdfium2.PdfDocument(display.pdf)
    assert len(document) == display.sheets > 0
    width, height = kind.size(size).stock.mm
    assert {
        tuple(sorted((round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)))) for page in document
    } == {(width, height)}
    assert len(list(office.book.entries())) == before


def test_badges_are_of_everybody_or_of_whom_was_chosen(office: Office, tmp_path: Path) -> None:
    everybody, one = (
        pages_of(made(office, DisplayKind.BADGES)),
        pages_of(made(office, DisplayKind.BADGES, people=("0003",))),
    )
    assert [[clerk.name in page for clerk in office.profile.clerks] for page in everybody] == [[True] * 5]
    assert [name in one[0] for name in ("张某", "李某")] == [True, False]
    assert all(
        text in one[0] for text in ("临沧市住房公积金管理中心", "科室归集提取科", "职务副科长", "工号0003", "贴照片")
    )
    photo = read_photo(a_picture(tmp_path / "p.jpg"))
    pictured = made(office, DisplayKind.BADGES, people=("0003",), photos={"0003": photo})
    assert photo.jpeg in pictured.pdf
    assert "贴照片" not in pages_of(pictured)[0]


def test_what_is_still_the_example_s_says_so_until_the_office_has_confirmed_its_own(office: Office) -> None:
    kinds = (
        DisplayKind.BADGES,
        DisplayKind.DESK_PLATES,
        DisplayKind.WINDOW_PLATE,
        DisplayKind.STAFF_LIST,
        DisplayKind.ROTA,
    )
    rota = (OnDuty(date(2026, 11, 23)),)
    assert ["示例" in pages_of(made(office, kind, rota=rota))[0] for kind in kinds] == [True] * 5
    office.decide_profile(replace(confirmed(office.profile), window="3 号窗口"))
    assert ["示例" in pages_of(made(office, kind, rota=rota))[0] for kind in kinds] == [False] * 5


def test_nobody_has_no_badge(office: Office) -> None:
    office.__dict__["profile"] = replace(office.profile, clerks=(), current_clerk="")
    for kind in (DisplayKind.BADGES, DisplayKind.DESK_PLATES, DisplayKind.STAFF_LIST):
        with pytest.raises(Refusal, match="还没有登记工作人员") as refused:
            made(office, kind)
        assert refused.value.code == "nobody-chosen"


def test_a_name_that_no_font_draws_is_refused_by_its_characters(office: Office) -> None:
    clerk = replace(office.profile.clerks[0], name="李\u0f40")
    office.__dict__["profile"] = replace(office.profile, clerks=(clerk,))
    for kind in (DisplayKind.BADGES, DisplayKind.DESK_PLATES, DisplayKind.STAFF_LIST):
        with pytest.raises(Refusal, match="字库中没有“\u0f40”"):
            made(office, kind)
    with pytest.raises(Refusal, match="字库中没有“\u0f40”"):
        made(office, DisplayKind.WINDOW_PLATE, second="\u0f40")


def test_a_window_is_called_as_in_the_settings_or_as_was_typed(office: Office) -> None:
    assert "综合窗口1" in pages_of(made(office, DisplayKind.WINDOW_PLATE))[0]
    assert "贷款窗口" in pages_of(made(office, DisplayKind.WINDOW_PLATE, name="贷款窗口"))[0]
    said = pages_of(made(office, DisplayKind.WINDOW_PLATE, "200x100", says=PlateWords.SUSPENDED))[0]
    assert said.startswith("本窗口暂停服务")


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": DisplayKind.WINDOW_PLATE, "name": "不知道。"}, {"kind": DisplayKind.WINDOW_PLATE, "second": "不知道。"},
        {"kind": DisplayKind.ROTA, "rota": (OnDuty(date(2026, 11, 23), "不知道。"),)},
    ],
)  # fmt: skip
def test_what_is_typed_goes_through_the_guard(office: Office, wanted: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        made(office, **wanted)
    assert refused.value.code == "forbidden-wording"


def test_the_staff_list_says_what_the_service_code_asks_for(office: Office) -> None:
    board = staff_board(office, office.profile.clerks)
    assert [column.head for column in board.columns] == ["姓名", "职务", "工号", "服务项目", "AB 角", "联系电话"]
    assert board.rows[1] == ("王某", "科员", "0002", "综合受理岗", "B 角", "0883-0000001")
    assert board.lead == "监督电话　0883-0000009　12329、12345"
    assert board.mark == "示例"
    office.decide_profile(confirmed(office.profile))
    assert staff_board(office, ()).mark == ""


def test_the_board_of_posts_names_who_answers_and_what_is_vacant(office: Office) -> None:
    posts = (replace(office.profile.posts[0], holder=""), *office.profile.posts[1:])
    office.__dict__["profile"] = replace(office.profile, posts=posts)
    rows = posts_board(office).rows
    assert rows[0] == ("综合受理岗", "综合服务科", "空岗", "—", "—")
    assert rows[1] == ("提取审核岗", "归集提取科", "张某", "副科长", "0883-0000003")


def test_the_rota_fills_in_what_the_office_knows_of_a_name(office: Office) -> None:
    days = (OnDuty(date(2026, 11, 23), "陈某"), OnDuty(date(2026, 11, 24), "外来领导"), OnDuty(date(2026, 11, 25)))
    board = rota_board(office, days)
    assert board.lead == "2026年11月23日至2026年11月25日"
    assert [row[:3] for row in board.rows] == [
        ("11月23日 周一", "陈某", "副主任"), ("11月24日 周二", "外来领导", "＿＿＿＿"), ("11月25日 周三", "＿＿＿＿", "＿＿＿＿"),
    ]  # fmt: skip


def test_a_promise_has_the_eleven_elements_each_said(office: Office) -> None:
    board = promise_board(office, "B08", office.today())
    assert tuple(row[0] for row in board.rows) == ELEVEN
    said = {row[0]: row[1] for row in board.rows}
    assert said["事项名称"] == "租赁市场住房提取"
    assert "《住房公积金管理条例》" in said["政策规定"]
    assert said["必备手续"].startswith("1．")
    assert said["具体经办人"] == "综合窗口 1　李某　综合受理岗"
    assert said["联系电话"] == "0883-0000001；监督电话 0883-0000009；12329、12345"
    assert all(said.values())


@pytest.mark.parametrize("item", ["A01", "B08", "C01", "D04"])
def test_every_item_s_promise_says_what_its_guide_says(office: Office, item: str) -> None:
    said = {row[0]: row[1] for row in promise_board(office, item, office.today()).rows}
    assert set(said) == set(ELEVEN)
    assert all(text.strip() for text in said.values())


def test_only_what_the_centre_has_approved_is_a_promise(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        made(office, DisplayKind.PROMISES)
    assert refused.value.code == "nothing-approved"
    assert promise_board(office, "B08", office.today()).mark == NO_PROMISE
    approve(office, ["B08"], office.today(), Approval("临公积金〔2026〕5号", date(2026, 11, 20), "某主任"))
    assert promise_board(office, "B08", office.today()).mark == NO_PROMISE  # the office has not confirmed its profile
    office.decide_profile(confirmed(office.profile))
    assert promise_board(office, "B08", office.today()).mark == ""
    assert promise_board(office, "B07", office.today()).mark == NO_PROMISE
    pages = pages_of(made(office, DisplayKind.PROMISES))
    assert ["岗位公示" in page for page in pages] == [True, False]
    assert "租赁市场住房提取" in pages[1]
    assert NO_PROMISE not in pages[1]


def test_all_items_are_shown_on_demand_with_what_is_no_promise_marked(office: Office) -> None:
    pages = pages_of(made(office, DisplayKind.PROMISES, scope=PromiseScope.ALL))
    assert len(pages) >= 1 + len(office.catalogue.items)
    first = [page for page in pages if "服务承诺公示" in page]
    assert len([page for page in first if NO_PROMISE in page]) == len(first)
    (one,) = pages_of(made(office, DisplayKind.PROMISES, scope=PromiseScope.ONE, item="A01"))
    assert "单位缴存登记" in one
    assert [scope.label for scope in PromiseScope] == ["已核定的", "全部", "选中的一项"]


@pytest.mark.parametrize(("item", "code"), [("Z99", "unknown-item"), ("", "no-item-chosen")])
def test_an_unknown_item_is_refused_and_so_is_none(office: Office, item: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        made(office, DisplayKind.PROMISES, scope=PromiseScope.ONE, item=item)
    assert refused.value.code == code


def test_training_papers_are_marked(tmp_path: Path) -> None:
    office = an_office(tmp_path, training=True)
    for kind in (DisplayKind.BADGES, DisplayKind.STAFF_LIST, DisplayKind.WINDOW_PLATE):
        assert "样本" in text_of(made(office, kind).pdf)
    office.close()


def test_the_same_order_is_the_same_file(office: Office) -> None:
    assert made(office, DisplayKind.BADGES).pdf == made(office, DisplayKind.BADGES).pdf
