"""Forms at the desk: one key shows them, each value is asked once, F9 prints them all, blank ones go along with the notice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import printers as printing
from counter_assistant.printing.jobs import PrintJob, service_down
from counter_assistant.ui.desk.counter_forms.asked_fields import Chips, RowsEdit, SecretEdit
from counter_assistant.ui.desk.counter_forms.layer import FormsLayer
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.make import ID_NUMBER, text_of
from tests.ui.desk_hand import CONTROL, Bench, commit, press, type_
from tests.ui.find import find

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CARD, ACCOUNT = "6228480012345678901", "530900001234"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The forms that reached a printer: what the queue shows, and the words."""
    papers: list[tuple[str, str]] = []

    def print_pdf(pdf: bytes, title: str, _printer: str | None = None, _tray: str = "") -> PrintJob:
        papers.append((title, text_of(pdf)))
        return PrintJob("HP", len(papers), "已送打印机 HP。", report=JobReport(PrintState.OUT))

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    return papers


@pytest.fixture
def renting(desk: Bench) -> Bench:
    """Somebody who rents and is married applies with everything."""
    desk.take("zlsczf")
    assert desk.state.item == "B08"
    type_("121122")
    press(Key.Key_A, CONTROL)
    desk.field("name").setFocus()
    commit("岩香")
    press(Key.Key_Return)
    type_("13800000461")
    press(Key.Key_Return)
    type_(ID_NUMBER)
    return desk


def layer(bench: Bench) -> FormsLayer:
    return find(bench.page, FormsLayer, "免填单")


def said(bench: Bench) -> str:
    return find(layer(bench), QLabel, "forms_message").text()


def edit(bench: Bench, key: str) -> EntryEdit:
    return find(layer(bench), EntryEdit, key)


def fill_in(bench: Bench, key: str, text: str) -> None:
    edit(bench, key).setFocus()
    type_(text) if text.isascii() else commit(text)


def printed(bench: Bench) -> None:
    assert bench.page.forms.printing._service is not None
    bench.page.forms.printing._service.wait()
    QApplication.processEvents()


def fill_all(bench: Bench) -> None:
    for key in ("account", "again:account"):
        fill_in(bench, key, ACCOUNT)
    for key in ("card", "again:card"):
        fill_in(bench, key, CARD)
    fill_in(bench, "spouse_name", "玉罕")
    fill_in(bench, "spouse_id", ID_NUMBER)
    fill_in(bench, "amount", "12000")
    fill_in(bench, "bank", "农业银行耿马支行")
    find(layer(bench), Chips, "mode").setFocus()
    type_("1")


def test_one_key_shows_the_forms_of_the_matter_and_one_prints_them_all(
    renting: Bench, sent: list[tuple[str, str]]
) -> None:
    press(Key.Key_T, CONTROL)
    assert layer(renting).isVisible()
    assert [chip.text() for chip in layer(renting).chips.values()] == ["住房公积金提取申请表", "住房公积金提取承诺书"]
    fill_all(renting)
    QTest.qWait(20)
    assert layer(renting).paper.pages == 1
    press(Key.Key_F9)
    printed(renting)
    assert [title for title, _ in sent] == ["住房公积金提取申请表", "住房公积金提取承诺书"]
    assert "人民币壹万贰仟元整" in sent[0][1]
    assert all(ACCOUNT in text for _, text in sent), "asked once, on both"
    assert said(renting) == "已送打印机 HP。"
    press(Key.Key_Escape)
    assert not layer(renting).isVisible()
    assert renting.printing.papers == [], "the slip was not issued"


def test_nobody_is_named_to_the_queue(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    press(Key.Key_F9)
    printed(renting)
    assert not any("岩香" in title for title, _ in sent)


def test_a_card_is_typed_twice_and_shown_by_its_last_four(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    fill_in(renting, "again:card", "9")
    edit(renting, "bank").setFocus()
    fault = find(layer(renting), QLabel, "fault_card")
    assert "两遍不一样" in fault.text()
    press(Key.Key_F9)
    assert "两遍不一样" in said(renting)
    assert edit(renting, "card").hasFocus()
    assert sent == []
    find(layer(renting), SecretEdit, "again:card").setFocus()
    press(Key.Key_Backspace)
    edit(renting, "bank").setFocus()
    assert fault.isHidden()
    assert edit(renting, "card").text() == "**** 8901"


def test_the_form_on_the_screen_has_its_numbers_masked_and_the_printed_one_whole(
    renting: Bench, sent: list[tuple[str, str]]
) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    QTest.qWait(20)
    shown = "".join(text_of(layer(renting).paper.pdf).split())
    assert "岩香" in shown
    assert "****8901" in shown
    assert not any(number in shown for number in (ID_NUMBER, CARD, ACCOUNT))
    press(Key.Key_F9)
    printed(renting)
    assert all(number in "".join(sent[0][1].split()) for number in (ID_NUMBER, CARD, ACCOUNT))


def test_what_is_needed_and_empty_is_said_once_and_then_left_to_the_pen(
    renting: Bench, sent: list[tuple[str, str]]
) -> None:
    press(Key.Key_T, CONTROL)
    press(Key.Key_F9)
    assert said(renting).startswith("还空着：个人公积金账号、配偶姓名")
    assert edit(renting, "account").hasFocus()
    assert sent == []
    press(Key.Key_F9)
    printed(renting)
    assert len(sent) == 2


def test_an_amount_over_the_balance_is_stopped(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    fill_in(renting, "balance", "100")
    press(Key.Key_F9)
    assert "多于余额 100.00 元" in said(renting)
    assert sent == []


def test_a_form_is_left_out_by_its_digit_or_with_the_mouse(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    press(Key.Key_1, ALT)
    assert "打印 1 张表" in layer(renting).print.text()
    press(Key.Key_F9)
    printed(renting)
    assert [title for title, _ in sent] == ["住房公积金提取承诺书"]
    chips = list(layer(renting).chips.values())
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert not layer(renting).print.isEnabled()
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert [chip.isChecked() for chip in chips] == [True, False]


def test_blank_ones_are_one_key_away_and_hold_nothing(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_in(renting, "spouse_name", "玉罕")
    press(Key.Key_F8)
    assert "空白表" in layer(renting).print.text()
    press(Key.Key_F9)
    printed(renting)
    assert len(sent) == 2
    assert not any("岩香" in text or "玉罕" in text for _, text in sent)
    press(Key.Key_F8)
    assert "空白表" not in layer(renting).print.text()


def test_what_is_wrong_does_not_stand_over_blank_ones(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    fill_in(renting, "balance", "一万二")
    press(Key.Key_F9)
    assert "不是金额" in said(renting)
    press(Key.Key_F8)
    assert said(renting) == ""


def test_the_cursor_brings_the_form_that_asks_and_keys_turn_to_another(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    QTest.qWait(20)
    filling = renting.page.forms
    assert filling._shown == "P-01"
    press(Key.Key_Down, CONTROL)
    assert filling._shown == "P-02"
    edit(renting, "bank").setFocus()
    assert filling._shown == "P-01", "the other does not ask for the bank"
    press(Key.Key_Up, CONTROL)
    assert filling._shown == "P-02"


def test_the_next_visitor_with_other_forms_is_asked_for_those(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    fill_in(renting, "spouse_name", "玉罕")
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    renting.take("a01")
    press(Key.Key_T, CONTROL)
    QTest.qWait(20)
    assert renting.page.forms._shown == "G-01"
    shown = text_of(layer(renting).paper.pdf)
    assert "单位缴存登记表" in shown
    assert "玉罕" not in shown
    assert "岩香" not in shown


def test_what_is_wrong_with_the_last_field_is_seen_when_it_is_left(renting: Bench) -> None:
    renting.page.window().resize(1366, 500)
    press(Key.Key_T, CONTROL)
    last = list(layer(renting).fields)[-1]
    edits = layer(renting).fields[last].edits
    edits[-1].setFocus()
    type_("12")
    layer(renting).print.setFocus()
    QTest.qWait(50)
    fault = find(layer(renting), QLabel, f"fault_{last}")
    assert fault.text()
    assert fault.visibleRegion().boundingRect().height() == fault.height(), "none of it is cut off"


def test_what_was_said_of_a_value_goes_when_it_is_typed_anew(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_in(renting, "amount", "abc")
    press(Key.Key_F9)
    assert "不是金额" in said(renting)
    press(Key.Key_Backspace)
    assert said(renting) == ""
    assert sent == []


def test_a_paper_that_lies_across_stands_at_the_top_of_its_column(desk: Bench) -> None:
    desk.take("a01")
    press(Key.Key_T, CONTROL)
    press(Key.Key_Down, CONTROL)
    QTest.qWait(50)
    paper = layer(desk).paper
    assert paper.ratio < 1
    assert paper.place_of_page.y() < 40
    press(Key.Key_Up, CONTROL)
    QTest.qWait(50)
    assert paper.ratio > 1
    assert paper.place_of_page.y() < 40


def test_digits_choose_and_a_second_time_takes_back(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    chips = find(layer(renting), Chips, "mode")
    chips.setFocus()
    type_("2")
    assert renting.state.form_values["mode"] == "closing"
    assert edit(renting, "balance").hasFocus()
    QTest.mouseClick(list(chips.chips.values())[1], Qt.MouseButton.LeftButton)
    assert "mode" not in renting.state.form_values
    chips.setFocus()
    type_("9")
    press(Key.Key_Return)
    assert "mode" not in renting.state.form_values


def test_tab_stays_within_and_no_key_reaches_the_desk_beneath(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    for _ in range(40):
        press(Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert layer(renting).isAncestorOf(focus)
    press(Key.Key_F7)
    press(Key.Key_Escape)
    press(Key.Key_T, CONTROL)
    press(Key.Key_T, CONTROL)
    assert layer(renting).isVisible(), "the letter belongs to the layer"


def test_what_was_typed_is_kept_with_the_draft_and_with_the_case(renting: Bench, sent: list[tuple[str, str]]) -> None:
    press(Key.Key_T, CONTROL)
    fill_in(renting, "spouse_name", "玉罕")
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert renting.state.form_values == {}
    press(Key.Key_Z, CONTROL)
    assert renting.state.form_values == {"spouse_name": "玉罕"}
    uuid = renting.state.uuid
    press(Key.Key_F8)
    press(Key.Key_F9)
    assert renting.office.drafts.forms.load(uuid) == {"spouse_name": "玉罕"}
    press(Key.Key_T, CONTROL)
    fill_in(renting, "bank", "农业银行")
    assert renting.office.drafts.forms.load(uuid)["bank"] == "农业银行"
    press(Key.Key_F9)
    press(Key.Key_F9)
    printed(renting)
    number, _ = renting.printing.papers[0]
    assert number in sent[0][1], "after it was issued the form has the number"


def test_the_next_matter_of_the_same_visitor_knows_the_person(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    fill_all(renting)
    press(Key.Key_Escape)
    press(Key.Key_F8)
    press(Key.Key_F9)
    press(Key.Key_Return, CONTROL)
    assert renting.state.form_values["card"] == CARD
    assert "amount" not in renting.state.form_values


def test_without_a_matter_or_a_form_it_is_said(desk: Bench) -> None:
    press(Key.Key_T, CONTROL)
    assert desk.messages[-1].startswith("先选一个事项")
    press(Key.Key_B, CONTROL)
    assert desk.messages[-1].startswith("先选一个事项")
    desk.take("d03")
    press(Key.Key_T, CONTROL)
    assert desk.messages[-1] == "这件事没有要填的表。"
    press(Key.Key_B, CONTROL)
    assert desk.messages[-1] == "这件事没有要填的表。"


def test_blank_ones_go_along_with_the_notice_by_one_key(desk: Bench, sent: list[tuple[str, str]]) -> None:
    desk.take("zlsczf")
    type_("121122")
    press(Key.Key_B, CONTROL)
    assert "出具时一起打空白表 2 张" in desk.messages[-1]
    press(Key.Key_B, CONTROL)
    assert desk.messages[-1] == "空白表不打了。"
    press(Key.Key_B, CONTROL)
    desk.field("name").setFocus()
    commit("岩香")
    press(Key.Key_F9)
    printed(desk)
    assert len(desk.printing.papers) == 1
    assert [title for title, _ in sent] == ["住房公积金提取申请表", "住房公积金提取承诺书"]
    assert not any("岩香" in text for _, text in sent)
    press(Key.Key_B, CONTROL)
    printed(desk)
    assert len(sent) == 4, "after the notice they are printed at once"


def test_an_inquirer_is_offered_blank_ones_first(desk: Bench) -> None:
    desk.take("zlsczf")
    type_("121122")
    press(Key.Key_T, CONTROL)
    assert "空白表" in layer(desk).print.text()


def test_whoever_types_wants_it_on_the_form(desk: Bench) -> None:
    desk.take("zlsczf")
    type_("121122")
    press(Key.Key_T, CONTROL)
    fill_in(desk, "spouse_name", "玉罕")
    QTest.qWait(20)
    assert "空白表" not in layer(desk).print.text()
    assert "玉罕" in text_of(layer(desk).paper.pdf)


def test_a_printer_that_refuses_is_told_in_the_layer(renting: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> PrintJob:
        raise Refusal("no-printer", "没有打印机。", "请先添加。")

    monkeypatch.setattr(printing, "print_pdf", refuse)
    press(Key.Key_T, CONTROL)
    press(Key.Key_F8)
    press(Key.Key_F9)
    printed(renting)
    assert said(renting) == "没有打印机。请先添加。"


def test_nobody_is_told_to_save_a_form_that_is_not_kept(renting: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> PrintJob:
        raise service_down()

    monkeypatch.setattr(printing, "print_pdf", refuse)
    press(Key.Key_T, CONTROL)
    press(Key.Key_F8)
    press(Key.Key_F9)
    printed(renting)
    assert said(renting) == "打印服务没有响应，没有打出。请确认打印服务已启动后再打一次。"


def test_a_name_that_no_font_draws_stops_the_paper_and_not_the_program(
    renting: Bench, sent: list[tuple[str, str]]
) -> None:
    press(Key.Key_T, CONTROL)
    edit(renting, "lease_place").setFocus()
    commit("\U000323b0小区")
    QTest.qWait(30)
    assert "字库中没有" in said(renting)
    press(Key.Key_F9)
    press(Key.Key_F9)
    assert "字库中没有" in said(renting)
    assert sent == []


def test_the_mouse_finds_the_way_where_there_is_something_to_fill_in(desk: Bench) -> None:
    desk.take("d03")
    assert desk.find(QPushButton, "fill_forms").isHidden()
    press(Key.Key_Escape)
    desk.take("zlsczf")
    link = desk.find(QPushButton, "fill_forms")
    assert not link.isHidden()
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert layer(desk).isVisible()
    press(Key.Key_Escape)
    desk.field("name").setFocus()
    commit("岩香")
    press(Key.Key_F9)
    QTest.mouseClick(desk.find(QPushButton, "fill_forms_issued"), Qt.MouseButton.LeftButton)
    assert layer(desk).isVisible()


def test_where_nothing_was_asked_nothing_is_kept(desk: Bench) -> None:
    desk.take("zlsczf")
    desk.field("name").setFocus()
    commit("岩香")
    press(Key.Key_F9)
    assert desk.office.drafts.forms.all() == []


def test_buttons_do_what_the_keys_do(renting: Bench) -> None:
    press(Key.Key_T, CONTROL)
    assert {button.accessibleName() for button in layer(renting).findChildren(QPushButton)} >= {
        "打印 2 张表",
        "改打空白表",
    }
    assert all(isinstance(chip, Chip) for chip in layer(renting).chips.values())


def test_people_are_pasted_into_a_register_and_a_wrong_line_is_named(desk: Bench, sent: list[tuple[str, str]]) -> None:
    desk.take("a06")
    type_("1")
    press(Key.Key_A, CONTROL)
    desk.field("name").setFocus()
    commit("耿马县白马茶厂")
    press(Key.Key_T, CONTROL)
    rows = find(layer(desk), RowsEdit, "rows_G-09")
    rows.setFocus()
    QApplication.clipboard().setText("个人账号\t姓名\n530900001234\t岩罕\t\t202612\t停薪\n530900001235\t玉罕")
    press(Key.Key_V, CONTROL)
    press(Key.Key_Return, CONTROL)
    assert "第 3 行：没有生效年月" in find(layer(desk), QLabel, "fault_rows:G-09").text()
    press(Key.Key_F9)
    assert "第 3 行" in said(desk)
    assert rows.hasFocus()
    rows.setPlainText("530900001234,岩罕,,202612,停薪\n530900001235,玉罕,,202612,调动")
    fill_in(desk, "employer_account", "5309001")
    fill_in(desk, "again:employer_account", "5309001")
    press(Key.Key_F9)
    printed(desk)
    assert "住房公积金职工账户封存清册" in [title for title, _ in sent]
    assert "合计2人" in sent[0][1]
    press(Key.Key_Escape)
    press(Key.Key_T, CONTROL)
    assert find(layer(desk), RowsEdit, "rows_G-09").toPlainText().count("\n") == 1, "what was pasted is there again"


def test_enter_begins_a_line_of_a_register_and_keys_of_the_layer_work_in_it(desk: Bench) -> None:
    desk.take("a06")
    type_("1")
    press(Key.Key_A, CONTROL)
    press(Key.Key_T, CONTROL)
    rows = find(layer(desk), RowsEdit, "rows_G-09")
    rows.setFocus()
    type_("1")
    press(Key.Key_Return)
    assert rows.toPlainText() == "1\n"
    blank = "空白表" in layer(desk).print.text()
    press(Key.Key_F8)
    assert ("空白表" in layer(desk).print.text()) is not blank
    press(Key.Key_Escape)
    assert not layer(desk).isVisible()
