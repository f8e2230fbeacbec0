"""牌证和公示: chosen, filled in, seen, printed and saved by keys, from the page of the items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import rejecting
from counter_assistant.ui.items.displays.mode import NO_LEADERS, STOPPED, DisplayMode
from counter_assistant.ui.items.displays.people import WITH_PHOTO, PeopleList
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import HINT, NumberedList
from tests.make import confirmed, text_of
from tests.paper.displays.pictures import a_picture
from tests.ui.counter import (
    CONTROL,
    PrinterInMemory,
    answer_save_dialog,
    commit,
    nameless,
    opened,
    press,
    retype,
    rich_labels,
    show,
)
from tests.ui.desk_hand import focused
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import fault_of, find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

K = Qt.Key
KINDS = tuple(DisplayKind)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, printer))
    show(qtbot, page)
    return page


@pytest.fixture
def mode(qtbot: QtBot, page: ItemsPage) -> DisplayMode:
    press(K.Key_B, CONTROL)
    assert page.displaying.mode is not None
    made(qtbot, page.displaying.mode)
    return page.displaying.mode


def made(qtbot: QtBot, mode: DisplayMode) -> str:
    """What stands on the paper, once it is made."""
    qtbot.waitUntil(lambda: not mode.work.running, timeout=20_000)
    return text_of(mode.paper.pdf) if mode.paper.pdf else ""


def choose(qtbot: QtBot, mode: DisplayMode, kind: DisplayKind) -> str:
    find(mode, NumberedList).setFocus()
    press(K(K.Key_1 + KINDS.index(kind)))
    return made(qtbot, mode)


def on(page: ItemsPage) -> bool:
    return page.displaying.on


def ticked(mode: DisplayMode) -> tuple[str, ...]:
    return find(mode, PeopleList).ticked


def choice(mode: DisplayMode, name: str) -> QComboBox:
    return find(mode, QComboBox, name)


def finish(qtbot: QtBot, mode: DisplayMode) -> None:
    mode.service.wait()
    qtbot.wait(1)


def test_it_opens_in_the_place_of_the_guides_and_gives_the_cursor_back(qtbot: QtBot, page: ItemsPage) -> None:
    page.to_day()
    press(K.Key_B, CONTROL)
    assert on(page)
    assert find(page, NumberedList).hasFocus()
    mode = page.displaying.mode
    assert mode is not None
    assert "李某" in made(qtbot, mode)
    press(K.Key_Escape)
    assert not on(page)
    assert find(page, QLineEdit, "guide_day").hasFocus()


def test_the_button_is_there_for_the_mouse(qtbot: QtBot, page: ItemsPage) -> None:
    QTest.mouseClick(find(page, QPushButton, "牌证和公示"), Qt.MouseButton.LeftButton)
    mode = page.displaying.mode
    assert on(page)
    assert mode is not None
    kinds = find(mode, NumberedList)
    place = kinds.visualItemRect(kinds.item(3)).center()
    QTest.mouseClick(kinds.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "工作人员一览表" in made(qtbot, mode)
    QTest.mouseClick(find(mode, QPushButton, "返回"), Qt.MouseButton.LeftButton)
    assert not on(page)


@pytest.mark.nightly("displays", by_day=3)
@pytest.mark.parametrize("kind", DisplayKind)
def test_a_digit_shows_the_paper_of_a_kind(qtbot: QtBot, mode: DisplayMode, kind: DisplayKind) -> None:
    assert choose(qtbot, mode, kind)
    assert mode.kind is kind
    words = says(mode, "message")
    assert words.startswith(f"{kind.label}，{kind.sizes[0].label}，{mode.paper.pages} 张。")


def test_only_the_fields_of_a_kind_are_shown(qtbot: QtBot, mode: DisplayMode) -> None:
    shown = {}
    for kind in KINDS:
        choose(qtbot, mode, kind)
        named = [*mode.findChildren(QComboBox), *mode.findChildren(QLineEdit), *mode.findChildren(PeopleList)]
        shown[kind] = sorted(widget.objectName() for widget in named if widget.isVisible())
    days = [f"on_duty_{n}" for n in range(5)]
    assert shown == {
        DisplayKind.BADGES: ["people", "size"], DisplayKind.WINDOW_PLATE: ["says", "second_script", "size", "window_name"],
        DisplayKind.DESK_PLATES: ["people"], DisplayKind.STAFF_LIST: ["people", "size"],
        DisplayKind.PROMISES: ["scope", "size"], DisplayKind.ROTA: [*days, "size", "week"], DisplayKind.GUIDE_BOOK: [],
    }  # fmt: skip


def test_a_badge_of_one_with_a_photo_is_printed(
    qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    photo = a_picture(tmp_path / "photo.jpg")
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(photo), ""))
    press(K.Key_Return)
    press(K.Key_2)  # 70×100, and on to the people
    people = find(mode, PeopleList)
    assert people.hasFocus()
    press(K.Key_A, CONTROL)
    assert ticked(mode) == ()
    qtbot.waitUntil(lambda: says(mode, "message").startswith("一个人也没有选。"))
    press(K.Key_Down)
    press(K.Key_Space)
    assert ticked(mode) == ("0002",)
    press(K.Key_O, CONTROL)
    assert people.currentItem().data(HINT) == WITH_PHOTO
    said = made(qtbot, mode)
    assert ("王某" in said, "李某" in said, "贴照片" in said) == (True, False, False)
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    assert printer.sent[-1][1] == "胸牌"
    assert b"/DCTDecode" in printer.sent[-1][0]
    press(K.Key_O, CONTROL)
    assert people.currentItem().data(HINT) == "0002"
    assert "贴照片" in made(qtbot, mode)


def test_a_picture_that_cannot_be_read_is_told_and_nothing_changes(
    qtbot: QtBot, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "letter.jpg").write_text("no picture")
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(tmp_path / "letter.jpg"), ""))
    press(K.Key_O, CONTROL)
    assert says(mode, "message").startswith("“letter.jpg”不是能读的图片")
    assert "贴照片" in made(qtbot, mode)


def test_somebody_who_thinks_better_of_it_leaves_everything_as_it_was(
    qtbot: QtBot, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: ("", ""))
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: ("", ""))
    before = mode.paper.pdf
    press(K.Key_O, CONTROL)
    press(K.Key_S, CONTROL)
    assert made(qtbot, mode)
    assert mode.paper.pdf == before


def test_a_plate_says_what_is_typed_in_two_scripts_or_what_the_code_says(
    qtbot: QtBot, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "综合窗口1" in choose(qtbot, mode, DisplayKind.WINDOW_PLATE)
    find(mode, QLineEdit, "window_name").setFocus()
    commit("贷款窗口")
    press(K.Key_Return)
    assert find(mode, QLineEdit, "second_script").hasFocus()
    commit("ᥘᥣᥢ")
    said = made(qtbot, mode)
    assert ("贷款窗口" in said, "ᥘᥣᥢ" in said) == (True, True)
    choice(mode, "says").setFocus()
    press(K.Key_2)
    assert "暂停服务" in made(qtbot, mode)
    script = a_picture(tmp_path / "script.png", 900, 200)
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(script), ""))
    press(K.Key_O, CONTROL)
    assert "ᥘᥣᥢ" not in made(qtbot, mode)
    press(K.Key_O, CONTROL)
    assert "ᥘᥣᥢ" in made(qtbot, mode)


def test_what_must_not_be_said_is_told_and_no_paper_is_shown(
    qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory
) -> None:
    choose(qtbot, mode, DisplayKind.WINDOW_PLATE)
    find(mode, QLineEdit, "window_name").setFocus()
    commit("不知道。")
    qtbot.waitUntil(lambda: "服务忌语" in says(mode, "message"))
    assert mode.paper.pdf == b""
    press(K.Key_P, CONTROL)
    qtbot.waitUntil(lambda: not mode.work.running)
    finish(qtbot, mode)
    assert printer.sent == []


def test_what_is_approved_is_promised_and_until_then_everything_is_shown_as_no_promise(
    qtbot: QtBot, page: ItemsPage, office: Office
) -> None:
    page.begin_displays(DisplayKind.PROMISES)
    mode = page.displaying.mode
    assert mode is not None
    assert "示例，不作为承诺" in made(qtbot, mode)
    assert choice(mode, "scope").currentText() == "2 全部"
    approve(office, ["B08"], office.today(), Approval("临公积金〔2026〕5号", date(2026, 11, 20), "某主任"))
    office.decide_profile(confirmed(office.profile))
    press(K.Key_Escape)
    page.begin_displays(DisplayKind.PROMISES)
    said = made(qtbot, mode)
    assert choice(mode, "scope").currentText() == "1 已核定的"
    assert ("租赁市场住房提取" in said, "不作为承诺" in said) == (True, False)
    choice(mode, "scope").setFocus()
    press(K.Key_3)
    assert "单位缴存登记" in made(qtbot, mode)  # the item that is marked on the page
    assert choice(mode, "scope").itemText(2) == "3 选中的一项 A01"


def test_a_rota_is_proposed_typed_over_and_kept_with_its_week(qtbot: QtBot, mode: DisplayMode, office: Office) -> None:
    assert "＿＿＿＿" in choose(qtbot, mode, DisplayKind.ROTA)
    assert says(mode, "message").endswith(NO_LEADERS)
    find(mode, QLineEdit, "week").setFocus()
    retype("2026-11-23")
    find(mode, QLineEdit, "on_duty_0").setFocus()
    commit("陈某")
    press(K.Key_Return)
    assert find(mode, QLineEdit, "on_duty_1").hasFocus()
    said = made(qtbot, mode)
    assert ("11月23日周一" in said, "副主任" in said) == (True, True)
    find(mode, QLineEdit, "week").setFocus()
    retype("2026-12-01")
    assert find(mode, QLineEdit, "on_duty_0").text() == ""
    retype("11-25")
    assert find(mode, QLineEdit, "on_duty_0").text() == "陈某"
    clerks = tuple(replace(one, roles=(Role.SUPERVISOR.value,)) for one in office.profile.clerks[3:])
    office.decide_profile(replace(office.profile, clerks=(*office.profile.clerks[:3], *clerks)))
    retype("2026-12-01")
    assert {find(mode, QLineEdit, f"on_duty_{n}").text() for n in range(5)} == {"赵某", "陈某"}
    made(qtbot, mode)
    assert NO_LEADERS not in says(mode, "message")


def test_a_week_that_cannot_be_read_is_told_beside_its_field(
    qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory
) -> None:
    choose(qtbot, mode, DisplayKind.ROTA)
    find(mode, QLineEdit, "week").setFocus()
    retype("下下周")
    assert fault_of(mode, "week")
    assert mode.paper.pdf == b""
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    assert printer.sent == []
    retype("2026-11-23")
    assert not fault_of(mode, "week")
    assert made(qtbot, mode)


def test_the_whole_guide_shows_how_far_it_is_and_esc_stops_it(qtbot: QtBot, mode: DisplayMode) -> None:
    find(mode, NumberedList).setFocus()
    press(K.Key_7)
    qtbot.waitUntil(lambda: says(mode, "message").startswith("正在排，"))
    assert mode.paper.pdf == b""
    press(K.Key_Escape)
    assert says(mode, "message") == STOPPED
    assert (mode.work.running, mode.isVisible()) == (False, True)
    press(K.Key_Escape)
    assert not mode.isVisible()


def test_what_is_asked_for_before_it_is_made_is_done_once_it_is(
    qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory
) -> None:
    find(mode, NumberedList).setFocus()
    press(K.Key_4)
    press(K.Key_P, CONTROL)
    assert made(qtbot, mode)
    finish(qtbot, mode)
    assert [job[1] for job in printer.sent] == ["工作人员一览表"]
    assert printer.sent[0][0] == mode.paper.pdf


def test_many_sheets_are_asked_for_twice(qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory) -> None:
    choose(qtbot, mode, DisplayKind.GUIDE_BOOK)
    press(K.Key_P, CONTROL)
    assert says(mode, "message") == f"一共 {mode.paper.pages} 张纸。确实要打，再按一次 Ctrl+P。"
    choose(qtbot, mode, DisplayKind.PROMISES)
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    assert printer.sent == []
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    assert [job[1] for job in printer.sent] == ["岗位和服务承诺公示"]


def test_pages_are_turned_by_keys(qtbot: QtBot, mode: DisplayMode) -> None:
    choose(qtbot, mode, DisplayKind.GUIDE_BOOK)
    for key, modifiers, page in (
        (K.Key_PageDown, CONTROL, 1), (K.Key_PageDown, Qt.KeyboardModifier.NoModifier, 2), (K.Key_PageUp, CONTROL, 1),
    ):  # fmt: skip
        press(key, modifiers)
        assert mode.paper.page == page


def test_it_is_saved_under_what_it_is_called(
    qtbot: QtBot, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered = answer_save_dialog(monkeypatch, tmp_path)
    choose(qtbot, mode, DisplayKind.STAFF_LIST)
    press(K.Key_S, CONTROL)
    assert offered == ["工作人员一览表.pdf"]
    assert "监督电话" in text_of((tmp_path / offered[0]).read_bytes())
    assert says(mode, "message") == "已存为 工作人员一览表.pdf，1 张。"


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer_save_dialog(monkeypatch, tmp_path / "nowhere")
    press(K.Key_S, CONTROL)
    assert "写不进" in says(mode, "message")


def test_without_a_printer_one_can_be_chosen(
    qtbot: QtBot, mode: DisplayMode, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_parent: object) -> str:
        printer.broken = None
        return "hp"

    monkeypatch.setattr(ChoosePrinter, "ask", ask)
    printer.broken = rejecting("惠普")
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    assert "不接收任务" in says(mode, "message")
    printer.broken = Refusal("no-printer", "没有打印机。", "请先装一台。")
    press(K.Key_P, CONTROL)
    finish(qtbot, mode)
    finish(qtbot, mode)
    assert [sent[1:] for sent in printer.sent] == [("胸牌", "hp")]


def test_another_clerk_finds_the_guides_and_nothing_that_was_chosen_for_one_print(
    qtbot: QtBot, page: ItemsPage, mode: DisplayMode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    photo = a_picture(tmp_path / "photo.jpg")
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(photo), ""))
    press(K.Key_O, CONTROL)
    find(mode, PeopleList).setFocus()
    press(K.Key_Space)
    choose(qtbot, mode, DisplayKind.WINDOW_PLATE)
    find(mode, QLineEdit, "window_name").setFocus()
    commit("贷款窗口")
    page.leave_to_another()
    assert not on(page)
    press(K.Key_B, CONTROL)
    assert "综合窗口1" in made(qtbot, mode)
    said = choose(qtbot, mode, DisplayKind.BADGES)
    assert (said.count("贴照片"), len(find(mode, PeopleList).ticked)) == (5, 5)


def test_who_is_ticked_stays_while_the_staff_is_the_same(qtbot: QtBot, page: ItemsPage, mode: DisplayMode) -> None:
    people = find(mode, PeopleList)
    people.setFocus()
    press(K.Key_Space)
    press(K.Key_Escape)
    press(K.Key_B, CONTROL)
    assert "0001" not in ticked(mode)
    place = people.visualItemRect(people.item(0))
    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x() + 16, place.center().y()))
    assert "0001" in ticked(mode)


def test_every_control_has_a_name_and_no_label_guesses_markup(mode: DisplayMode) -> None:
    assert nameless(mode) == []
    assert rich_labels(mode) == []


@pytest.mark.nightly("displays", by_day=2)
@pytest.mark.parametrize("kind", DisplayKind)
def test_it_fits_a_small_screen(qtbot: QtBot, page: ItemsPage, mode: DisplayMode, kind: DisplayKind) -> None:
    page.resize(1017, 543)
    choose(qtbot, mode, kind)
    assert mode.minimumSizeHint().width() <= 1017
    assert mode.minimumSizeHint().height() <= 543
    assert find(mode, PaperView).width() > 500
    buttons = [button for button in mode.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in buttons if button.width() < button.sizeHint().width()] == []


def test_one_button_is_loud(mode: DisplayMode, page: ItemsPage) -> None:
    assert [
        button.text() for button in page.findChildren(QPushButton) if button.isVisible() and button.property("loud")
    ] == ["打印　Ctrl+P"]


def test_going_elsewhere_by_name_shows_it(qtbot: QtBot, page: ItemsPage, mode: DisplayMode) -> None:
    page.begin_review()
    assert (page.displaying.on, page.reviewing.on) == (False, True)
    page.begin_displays(DisplayKind.ROTA)
    assert (page.displaying.on, page.reviewing.on, mode.kind) == (True, False, DisplayKind.ROTA)
    page.begin_approval("B08")
    assert not on(page)
    made(qtbot, mode)
    assert focused() is not None
