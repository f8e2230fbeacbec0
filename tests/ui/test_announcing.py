"""What is said to a screen reader, and when: what appears because of a key, once, and only where it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import shiboken6
from PySide6 import QtGui
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.ui.announcing import announce, announce_choice
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.shell.page_keys import KeySheet
from counter_assistant.ui.shell.status_line import StatusLine
from counter_assistant.ui.widgets.action_button import SinglePress
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.labels import PlainLabel, ShrinkingLabel
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import QuietList
from tests.ui.desk_hand import Bench, commit, focused, press, type_
from tests.ui.refusals import every_refusal_was_said

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
URGENT = QAccessible.AnnouncementPoliteness.Assertive


@dataclass(frozen=True)
class Said:
    """A sentence that a screen reader was told."""

    words: str
    urgent: bool = False


class Listening:
    """A screen reader: what it was told so far."""

    def __init__(self, qtbot: Any) -> None:
        self._qtbot = qtbot
        self.all: list[Said] = []

    def hear(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QtGui.QAccessibleAnnouncementEvent):
            self.all.append(Said(event.message(), event.politeness() is URGENT))

    @property
    def said(self) -> list[str]:
        """What was said since it was last asked."""
        self._qtbot.wait(1)
        told, self.all = [one.words for one in self.all], []
        return told


@pytest.fixture
def listening(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Listening:
    made = Listening(qtbot)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", made.hear)
    return made


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


def put(page: QWidget, widget: Any) -> Any:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    return widget


# What is said


@pytest.mark.parametrize(("role", "urgent"), [("error", True), ("attention", False), ("done", False)])
def test_a_sentence_that_appears_is_said(
    listening: Listening, page: QWidget, qtbot: Any, role: str, urgent: bool
) -> None:
    put(page, PlainLabel("", role)).say("电话要 11 位。")
    qtbot.wait(1)
    assert listening.all == [Said("电话要 11 位。", urgent)]


@pytest.mark.parametrize("role", ["hint", "secondary", "title", "body"])
def test_what_stands_there_anyway_is_not(listening: Listening, page: QWidget, role: str) -> None:
    put(page, PlainLabel("", role)).say("编号用，例如 耿一")
    assert listening.said == []


def test_what_a_label_is_to_say_aloud_is_said_in_whatever_role(listening: Listening, page: QWidget) -> None:
    put(page, PlainLabel("", "secondary", aloud=True)).say("没有找到。")
    assert listening.said == ["没有找到。"]


def test_the_same_sentence_is_said_again_only_when_it_comes_again(listening: Listening, page: QWidget) -> None:
    label = put(page, PlainLabel("", "error"))
    label.say("电话要 11 位。")
    label.say("电话要 11 位。")
    assert listening.said == ["电话要 11 位。"]
    label.say("电话要 11 位。")
    assert listening.said == []
    label.say("")
    label.say("电话要 11 位。")
    assert listening.said == ["电话要 11 位。"]


def test_what_is_refused_again_by_a_button_is_said_again_and_what_is_only_shown_anew_is_not(
    listening: Listening, page: QWidget
) -> None:
    fault, done = put(page, PlainLabel("", "error")), put(page, PlainLabel("", "done"))
    button = put(page, SinglePress("登记"))
    button.clicked.connect(lambda: fault.say("还没有填“内容”。"))
    button.clicked.connect(lambda: done.say("草稿在。"))
    field = put(page, EntryEdit("内容"))
    field.entered.connect(button.click)
    assert listening.said == []
    for said in (["还没有填“内容”。", "草稿在。"], ["还没有填“内容”。"]):
        button.click()
        assert listening.said == said
    fault.say("还没有填“内容”。")
    assert listening.said == [], "somebody types, and the page shows anew what stands there"
    QTest.keyClick(field, Key.Key_Return)
    assert listening.said == ["还没有填“内容”。"]


def test_the_whole_of_what_is_cut_is_said_and_once_however_narrow(listening: Listening, page: QWidget) -> None:
    label = put(page, ShrinkingLabel("", "error"))
    page.resize(60, 40)
    label.say("这一句比放得下的要长得多，念的时候要念全。")
    label.say("这一句比放得下的要长得多，念的时候要念全。")
    assert listening.said == ["这一句比放得下的要长得多，念的时候要念全。"]
    assert label.text().endswith("…")


def test_what_is_not_seen_is_not_said(listening: Listening, page: QWidget) -> None:
    """A refusal that gives way to another sentence at once, or on a page that is not shown."""
    label = put(page, PlainLabel("", "error"))
    label.say("没有这个人。")
    label.say("")
    hidden = QWidget()
    PlainLabel("", "error", parent=hidden).say("没有这个人。")
    assert listening.said == []
    hidden.deleteLater()


def test_what_stands_in_two_places_is_said_once_and_urgently_where_one_is(
    listening: Listening, page: QWidget, qtbot: Any
) -> None:
    first, second = put(page, PlainLabel("", "done")), put(page, PlainLabel("", "error"))
    first.say("已经登记。")
    second.say("已经登记。")
    qtbot.wait(1)
    assert listening.all == [Said("已经登记。", urgent=True)]


def test_a_widget_that_is_gone_says_nothing(listening: Listening, page: QWidget, qtbot: Any) -> None:
    label = put(page, PlainLabel("", "error"))
    label.say("没有这个人。")
    shiboken6.delete(label)
    assert listening.said == []


def test_nothing_is_made_where_nobody_listens(
    listening: Listening, page: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    put(page, PlainLabel("", "error")).say("没有这个人。")
    assert listening.said == []


def test_a_qt_without_announcements_gives_an_alert(page: QWidget, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN Qt 6.7, as on aarch64 THEN a reader is alerted, and reads what the label says."""
    heard: list[QAccessible.Event] = []
    monkeypatch.delattr(QtGui, "QAccessibleAnnouncementEvent")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.type()))
    label = put(page, PlainLabel("", "error"))
    label.say("没有这个人。")
    qtbot.wait(1)
    assert QAccessible.Event.Alert in heard
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "没有这个人。"


# The line under the pages


def test_the_status_line_says_what_a_page_says_and_no_draft(listening: Listening, qtbot: Any) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    line.say("已复制。")
    line.say_draft("草稿已保存 10:42:00")
    assert listening.said == ["已复制。"]
    line.hush(True)
    line.say("没有这个人。")
    assert listening.said == [], "under a lock nothing is said"


def test_the_status_line_says_trouble_once_and_nothing_when_all_is_well(listening: Listening, qtbot: Any) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    line.show_mode(Mode.NORMAL)
    line.show_printer("HP", trouble=False)
    line.show_backup("")
    line.show_second_place("")
    assert listening.said == []
    for _ in range(2):
        line.show_mode(Mode.READ_ONLY)
        line.show_printer("打印服务没有响应", trouble=True)
        line.show_backup("还没有核对过的备份")
        line.show_second_place("第二处写不进去")
    assert listening.said == [f"{Mode.READ_ONLY.value}", "打印服务没有响应", "● 还没有核对过的备份", "第二处写不进去"]


# Lists, fields and layers


def test_who_comes_to_a_list_hears_its_line(listening: Listening, page: QWidget, qtbot: Any) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view = put(page, QuietList("清单"))
    view.add("身份证", "须出示")
    view.setCurrentRow(0)
    view.setFocus()
    assert "身份证　须出示" in listening.said


def test_the_line_that_a_field_chooses_is_kept_with_it_and_said_while_somebody_types(
    listening: Listening, page: QWidget, qtbot: Any
) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field = put(page, EntryEdit("查找办件"))
    announce_choice(field, "临公积金耿一补〔2026〕1号")
    assert (field.accessibleDescription(), listening.said) == ("临公积金耿一补〔2026〕1号", [])
    field.setFocus()
    announce_choice(field, "临公积金耿一补〔2026〕1号")
    assert listening.said == []
    announce_choice(field, "临公积金耿一补〔2026〕2号")
    assert listening.said == ["临公积金耿一补〔2026〕2号"]


def test_blanks_are_not_said(listening: Listening, page: QWidget) -> None:
    announce(page, " ")
    assert listening.said == []


def test_a_layer_that_takes_one_key_says_which_keys(page: QWidget) -> None:
    overlay = KeyOverlay(
        "情况", [("谁的业务", [("1", "本岗位"), ("2", "同事")]), ("资格", [("F", "符合")])], "再按取消", page
    )
    assert overlay.accessibleDescription() == "谁的业务：1 本岗位，2 同事；资格：F 符合"
    assert list(overlay.chips) == ["1", "2", "F"]
    assert KeySheet(page, [("F9", "出具"), ("Esc", "关上")]).accessibleDescription() == "F9 出具；Esc 关上"


# The desk


def test_the_desk_says_what_is_found_asked_handed_in_decided_and_issued(listening: Listening, desk: Bench) -> None:
    type_("b08")
    assert listening.said[-1] == "租赁市场住房提取 B08"
    press(Key.Key_Return)
    assert "办理决定：一次性告知单" in listening.said
    assert desk.questions.accessibleDescription() == "谁来办理：1 本人，2 配偶，3 父母子女，4 其他人，0 不确定"
    type_("1")
    assert listening.said == ["婚姻状况：1 未婚，2 已婚，3 离异，4 丧偶，0 不确定"]
    press(Key.Key_Up)
    assert listening.said == ["谁来办理：1 本人，2 配偶，3 父母子女，4 其他人，0 不确定；现在答的是 本人"]
    type_("1112")
    assert any("申请人有效身份证件，原1，须出示" in words for words in listening.said)
    press(Key.Key_Space)
    assert any("申请人有效身份证件，核验退还；本人名下Ⅰ类借记卡，缺" in words for words in listening.said)
    press(Key.Key_Down)
    press(Key.Key_Space)
    assert any(words.startswith("本人名下Ⅰ类借记卡，原1，核验退还，") for words in listening.said)
    press(Key.Key_F9)
    desk.questions.left.emit()
    assert any("姓名" in words for words in listening.said), "why nothing was issued"


def test_a_refusal_is_said_each_time_that_the_key_is_pressed(listening: Listening, desk: Bench, qtbot: Any) -> None:
    desk.take("zl")
    type_("1112")
    type_(" ")
    for _ in range(2):
        listening.all.clear()
        press(Key.Key_F9)
        qtbot.wait(1)
        assert [one for one in listening.all if one.urgent and one.words == desk.says("decision_refusal")]


def test_what_was_issued_is_said_and_stays_with_the_next_button(listening: Listening, desk: Bench) -> None:
    desk.take("zl")
    type_("1112")
    desk.field("name").setFocus()
    commit("岩罕")
    assert listening.said
    press(Key.Key_F9)
    said = f"一次性告知单已出具，{desk.says('issued_number')}"
    assert said in listening.said
    assert focused().accessibleDescription() == said


# The paper


def test_the_paper_is_told_in_words(listening: Listening, desk: Bench, qtbot: Any) -> None:
    assert "将要打印的那一页" in desk.preview.accessibleDescription()
    desk.take("zl")
    type_("1112")
    qtbot.waitUntil(lambda: desk.preview.pages > 0)
    told = desk.preview.accessibleDescription()
    assert "一次性告知" in told
    assert "租赁市场住房提取" in told
    assert "经备案的住房租赁合同" in told


def test_f11_shows_the_words_of_the_paper_and_esc_the_picture_again(desk: Bench, qtbot: Any) -> None:
    desk.take("zl")
    type_("1112")
    qtbot.waitUntil(lambda: desk.preview.pages > 0)
    before = focused()
    press(Key.Key_F11)
    text = focused()
    assert text.accessibleName() == "纸上的字，Esc 回去"
    assert "经备案的住房租赁合同" in text.toPlainText()  # type: ignore[attr-defined]
    press(Key.Key_Down)
    assert text.textCursor().blockNumber() == 1  # type: ignore[attr-defined]
    press(Key.Key_F8)
    assert "材料" in text.toPlainText(), "the desk goes on"  # type: ignore[attr-defined]
    press(Key.Key_Escape)
    assert focused() is before
    assert desk.state.item == "B08", "nobody was put aside"
    press(Key.Key_F11)
    press(Key.Key_F11)
    assert focused() is before


def test_a_paper_that_is_looked_at_says_its_page_and_its_words(listening: Listening, desk: Bench, qtbot: Any) -> None:
    desk.take("zl")
    type_("1112")
    desk.field("name").setFocus()
    commit("岩罕")
    press(Key.Key_F9)
    qtbot.waitUntil(lambda: bool(desk.printing.papers))
    view = PaperView("选中一份，这里是它的纸面。")
    qtbot.addWidget(view)
    assert view.accessibleDescription() == "选中一份，这里是它的纸面。"
    view.show_pdf(desk.printing.papers[0][1])
    assert "租赁市场住房提取" in view.accessibleDescription()
    view.clear("没有选中的文书。")
    assert view.accessibleDescription() == "没有选中的文书。"


def test_a_refusal_of_a_page_is_a_sentence_and_what_to_do(listening: Listening, page: QWidget) -> None:
    put(page, PlainLabel("", "error")).say(str(Refusal("disk-full", "磁盘已满。", "请清理。")))
    assert listening.said == ["磁盘已满。请清理。"]


@pytest.mark.parametrize("turns", range(1, 5))
def test_a_refusal_that_comes_while_it_is_looked_whether_all_was_said_is_heard_out(qtbot: Any, turns: int) -> None:
    """GIVEN a printer's answer that arrives so many turns after the last step of a test THEN it is no refusal that was kept silent."""
    label = PlainLabel("", "error")
    qtbot.addWidget(label)
    left = iter(range(turns))

    def turn() -> None:
        if next(left, None) is None:
            label.say(Refusal("print-service-down", "打印服务没有响应。").sentence)
        else:
            QTimer.singleShot(0, turn)

    QTimer.singleShot(0, turn)
    every_refusal_was_said()
    qtbot.waitUntil(label.isVisible)
