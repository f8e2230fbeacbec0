"""核定目录 by keys and by mouse, on the page 事项: one key answers one sentence, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.revision.statements import Part
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import KEYS, ReviewMode
from counter_assistant.ui.items.review.sentence_box import SentenceBox
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.shell.page_keys import MOST_KEYS
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.chip import Chip
from tests.ui.counter import CONTROL, PrinterInMemory, commit, compose, nameless, press, retype, rich_labels, show
from tests.ui.desk_hand import focused
from tests.ui.find import find, says
from tests.ui.items.reviewing import answers, reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
DOCUMENT = "临住金〔2026〕18号"


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    click(page, "核定目录")
    return page


def click(page: ItemsPage, name: str) -> None:
    QTest.mouseClick(find(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def mode(page: ItemsPage) -> ReviewMode:
    return find(page, ReviewMode)


def acts(office: Office) -> list[tuple[str, str]]:
    """What is kept: answer and words."""
    return [(each.answer.value, each.words) for each in answers(Revising(office))]


def name_source() -> None:
    """The document, its article and its day, each with Enter."""
    for text in (DOCUMENT, "5", "2026-11-20"):
        commit(text)
        press(Key.Key_Return)


def begin(page: ItemsPage) -> None:
    """The first answer, which asks for what it rests on."""
    press(Key.Key_Y)
    name_source()


def test_the_first_answer_asks_for_its_document_and_the_next_for_nothing(page: ItemsPage, office: Office) -> None:
    press(Key.Key_Y)
    assert "没有写明依据哪份文件" in says(page, "answer_fault")
    assert focused() is find(page, QLineEdit, "source_document")
    name_source()
    assert find(page, SentenceCard).hasFocus()
    for _ in range(3):
        press(Key.Key_Y)
    assert len(acts(office)) == 4
    source = reviewed(page).last_source
    assert source is not None
    assert (source.document, source.clause) == (DOCUMENT, "第五条")
    assert find(page, QLabel, "progress").text() == "4 / 526 句"
    assert find(page, ReviewMode).standing == "这一稿改动 4 处，未送核"


def test_another_document_begins_without_the_article_and_the_day_of_the_last(page: ItemsPage) -> None:
    begin(page)
    find(page, QLineEdit, "source_document").setFocus()
    retype("临公积金〔2026〕10号")
    fields = find(page, SentenceCard).source.fields
    assert (fields["clause"].text(), fields["day"].text()) == ("", "")


def test_the_box_shows_the_sentence_where_it_stands_and_goes_on(page: ItemsPage) -> None:
    box = find(page, SentenceBox)
    first = box.words.text()
    assert (first, box.carried.text()) == ("申请时已连续足额缴存满3个月", "参照昆明 2026 年指南")
    begin(page)
    assert box.words.text() == "本人及配偶在本市无自有住房"
    at = box.mapTo(page, box.rect().topLeft())
    assert find(page, QListWidget, "一句一句").geometry().height() > 100
    press(Key.Key_Y)
    assert box.mapTo(page, box.rect().topLeft()).y() > at.y()
    assert box.height() >= box.height_for(box.width())


def test_other_words_are_written_in_place_and_enter_takes_them(page: ItemsPage, office: Office) -> None:
    begin(page)
    press(Key.Key_E)
    edit = find(page, QLineEdit, "new_words")
    assert (edit.hasFocus(), edit.text()) == (True, "本人及配偶在本市无自有住房")
    retype("本人及配偶、未成年子女在本市无自有住房")
    press(Key.Key_Return)
    assert acts(office)[-1] == ("change", "本人及配偶、未成年子女在本市无自有住房")
    assert not edit.isVisible()
    assert find(page, SentenceCard).hasFocus()
    assert "未成年子女" in mode(page).changes.text.toPlainText()


def test_enter_never_takes_while_a_word_is_composed(page: ItemsPage, office: Office) -> None:
    begin(page)
    press(Key.Key_E)
    compose("zheng")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert find(page, QLineEdit, "new_words").hasFocus()
    assert len(acts(office)) == 1


def test_a_line_that_is_left_is_there_again(page: ItemsPage, office: Office, qtbot: QtBot) -> None:
    press(Key.Key_E)
    retype("连续足额缴存满6个月")
    press(Key.Key_Escape)
    assert find(page, SentenceCard).hasFocus()
    assert "改到一半，按 E 接着改" in find(page, SentenceBox).serves.text()
    press(Key.Key_Down)
    press(Key.Key_Escape)
    assert not mode(page).isVisible()
    assert "改到一半" in page.unsaved
    click(page, "核定目录")
    press(Key.Key_Up)
    press(Key.Key_E)
    assert find(page, QLineEdit, "new_words").text() == "连续足额缴存满6个月"
    press(Key.Key_Return)
    name_source()
    assert acts(office) == [("change", "连续足额缴存满6个月")]
    assert page.unsaved == ""


def test_what_cannot_be_read_is_said_beneath_the_line(page: ItemsPage, office: Office) -> None:
    begin(page)
    wanted = next(each for each in reviewed(page).revising.open if each.statement.part is Part.WORDING)
    reviewed(page).mark_item(wanted.items[0])
    reviewed(page).mark(wanted.statement)
    mode(page).refresh()
    press(Key.Key_E)
    retype("随便写写")
    press(Key.Key_Return)
    assert "不像一句" in says(page, "answer_fault")
    assert find(page, QLineEdit, "new_words").hasFocus()
    assert len(acts(office)) == 1
    commit("些")
    assert says(page, "answer_fault") == ""


def test_a_forbidden_phrase_is_refused_beneath_the_line(page: ItemsPage, office: Office) -> None:
    begin(page)
    press(Key.Key_E)
    retype("不知道")
    assert "Ctrl+R 改" in says(page, "answer_fault"), "it is said while it is written"
    press(Key.Key_Return)
    assert "忌语" in says(page, "answer_fault")
    assert len(acts(office)) == 1
    press(Key.Key_R, CONTROL)
    assert says(page, "answer_fault") == ""


def test_when_a_material_is_needed_leads_to_the_item(page: ItemsPage) -> None:
    wanted = next(each for each in reviewed(page).revising.open if each.statement.part is Part.NEED)
    reviewed(page).mark_item(wanted.items[0])
    reviewed(page).mark(wanted.statement)
    mode(page).refresh()
    press(Key.Key_E)
    assert "在事项里改" in says(page, "answer_fault")
    assert not find(page, QLineEdit, "new_words").isVisible()


def test_digits_and_clicks_leave_items_out(page: ItemsPage, office: Office) -> None:
    begin(page)
    wanted = next(
        each
        for each in reviewed(page).revising.open
        if each.statement.part is Part.CONDITION and 3 <= len(each.items) <= 9
    )
    reviewed(page).mark_item(wanted.items[0])
    reviewed(page).mark(wanted.statement)
    mode(page).refresh()
    chips = [chip for chip in find(page, SentenceBox).findChildren(Chip) if chip.isVisible()]
    assert [chip.isChecked() for chip in chips] == [True] * len(wanted.items)
    press(Key.Key_1)
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert [chip.isChecked() for chip in chips[:3]] == [False, False, True]
    press(Key.Key_Y)
    assert answers(reviewed(page).revising)[-1].items == wanted.items[2:]
    left = next(each for each in reviewed(page).revising.open if each.statement == wanted.statement)
    assert left.items == wanted.items[:2]
    assert reviewed(page).statement == wanted.statement
    press(Key.Key_0)
    press(Key.Key_Y)
    assert answers(reviewed(page).revising)[-1].items == wanted.items[:1]


def test_undo_brings_the_sentence_back(page: ItemsPage, office: Office) -> None:
    first = find(page, SentenceBox).words.text()
    begin(page)
    press(Key.Key_N)
    press(Key.Key_Z, CONTROL)
    press(Key.Key_Z, CONTROL)
    assert acts(office) == []
    assert find(page, SentenceBox).words.text() == first
    assert "已退回：同意" in says(page, "review_message")
    press(Key.Key_Z, CONTROL)
    assert says(page, "review_message") == "没有可以退回的了。"


def test_undo_in_a_line_takes_no_answer_back(page: ItemsPage, office: Office) -> None:
    begin(page)
    press(Key.Key_E)
    press(Key.Key_Z, CONTROL)
    assert len(acts(office)) == 1
    assert find(page, QLineEdit, "new_words").hasFocus()


def test_tab_turns_the_list_and_back(page: ItemsPage) -> None:
    left = find(page, QListWidget, "待核定的")
    assert left.currentItem().text() == "租赁市场住房提取"
    press(Key.Key_L)
    texts = [left.item(n).text() for n in range(left.count())]
    assert len(texts) == 526 + len({each.statement.part for each in reviewed(page).revising.open})
    assert left.currentItem().text() == "申请时已连续足额缴存满3个月"
    press(Key.Key_Down)
    assert find(page, SentenceBox).words.text() == left.currentItem().text()
    press(Key.Key_Return)
    assert left.count() == 62
    assert find(page, SentenceCard).hasFocus()


def test_the_list_says_how_much_of_each_item_is_left(page: ItemsPage) -> None:
    left = find(page, QListWidget, "待核定的")
    row = left.currentItem()
    said = Qt.ItemDataRole.AccessibleTextRole
    many = reviewed(page).counts["B08"]
    assert row.data(said) == f"租赁市场住房提取　B08  {many} 句"
    begin(page)
    assert left.currentItem().data(said) == f"租赁市场住房提取　动过  B08  {many - 1} 句"
    for _ in range(many - 1):
        press(Key.Key_Y)
    assert row.data(said) == "租赁市场住房提取　动过  B08  已核"
    assert left.currentItem().text() != "租赁市场住房提取"


def test_all_of_it_goes_by_mouse(page: ItemsPage, office: Office) -> None:
    click(page, "同意，Y")
    name_source()
    click(page, "不要，N")
    click(page, "改，E")
    retype("改过的一句")
    press(Key.Key_Return)
    assert [answer for answer, _ in acts(office)] == ["agree", "drop", "change"]
    click(page, "退一步，Ctrl+Z")
    assert len(acts(office)) == 2
    click(page, "换成按句子看，L")
    left = find(page, QListWidget, "待核定的")
    row = left.item(5)
    QTest.mouseClick(left.viewport(), Qt.MouseButton.LeftButton, pos=left.visualItemRect(row).center())
    left.scrollToTop()
    QTest.mouseClick(left.viewport(), Qt.MouseButton.LeftButton, pos=left.visualItemRect(row).center())
    assert find(page, SentenceBox).words.text() == row.text()
    assert find(page, SentenceCard).hasFocus()


def test_letters_in_a_field_are_written_and_answer_nothing(page: ItemsPage, office: Office) -> None:
    press(Key.Key_T)
    for key in (Key.Key_Y, Key.Key_E, Key.Key_N, Key.Key_1):
        press(key)
    assert find(page, QLineEdit, "source_document").text() == "yen1"
    assert acts(office) == []
    press(Key.Key_Escape)
    assert find(page, SentenceCard).hasFocus()


def test_a_key_that_is_held_down_answers_once(page: ItemsPage, office: Office) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    begin(page)
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Y, Qt.KeyboardModifier.NoModifier, "y", autorep=True)
        QApplication.sendEvent(focused(), held)
    assert len(acts(office)) == 1


def test_leaving_keeps_it_and_the_button_says_how_much(page: ItemsPage, office: Office) -> None:
    told: list[str] = []
    page.status_message.connect(told.append)
    begin(page)
    press(Key.Key_Escape)
    assert find(page, QLineEdit, "查找事项").hasFocus()
    assert find(page, QPushButton, "核定目录（1 处未送核）").isVisible()
    assert told[-1] == "这一稿改动 1 处，未送核", "which catalogue it is stands beside it already"


def test_coming_back_after_a_restart_goes_on_with_the_last_document(
    page: ItemsPage, office: Office, qtbot: QtBot
) -> None:
    begin(page)
    again = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, again)
    again.begin_review()
    press(Key.Key_Y)
    assert len(acts(office)) == 2
    assert find(again, QLineEdit, "source_document").text() == DOCUMENT


def test_f1_shows_at_most_twelve_keys_and_esc_closes_only_them(page: ItemsPage) -> None:
    assert len(KEYS) <= MOST_KEYS
    press(Key.Key_F1)
    assert mode(page).keys.isVisible()
    press(Key.Key_Escape)
    assert mode(page).isVisible()
    assert find(page, SentenceCard).hasFocus()


def test_everything_has_a_name_and_no_text_is_markup(page: ItemsPage) -> None:
    assert nameless(page) == []
    assert rich_labels(page) == []


@pytest.mark.parametrize("size", [(1290, 697), (1017, 543)])
def test_the_mode_fits(page: ItemsPage, size: tuple[int, int]) -> None:
    begin(page)
    page.resize(*size)
    press(Key.Key_E)
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
    box, view = find(page, SentenceBox), find(page, QListWidget, "一句一句").viewport()
    assert view.rect().contains(box.geometry())


def test_the_approval_of_one_item_leaves_the_mode(page: ItemsPage) -> None:
    page.begin_approval("C01")
    assert not mode(page).isVisible()
    assert find(page, QLineEdit, "number").hasFocus()


def test_one_thing_is_loud(page: ItemsPage) -> None:
    loud = [
        button.text() for button in page.findChildren(QPushButton) if button.isVisible() and button.property("loud")
    ]
    assert loud == ["送核　F9"]
