"""在核定目录里改一个事项：回车打开，改的记在同一稿里，退得回，Esc 回到逐句."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.revision import ItemRetired
from counter_assistant.domain.revision.statements import Part, newest
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.editor.picker import Picker
from counter_assistant.ui.items.editor.sentence_edit import SentenceEdit
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.sentence_box import SentenceBox
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.ui.counter import CONTROL, PrinterInMemory, commit, nameless, press, retype, rich_labels, show
from tests.ui.desk_hand import focused
from tests.ui.find import find, says
from tests.ui.items.reviewing import reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
DOCUMENT = "临住金〔2026〕18号"


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    """The page with the editor of B08 open in the review."""
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    commit("B08")
    press(Key.Key_E, CONTROL)
    return page


def mode(page: ItemsPage) -> ReviewMode:
    return find(page, ReviewMode)


def click(page: ItemsPage, name: str) -> None:
    QTest.mouseClick(find(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def choose(page: ItemsPage, name: str) -> None:
    """A click on an item in the list at the left."""
    left = find(page, QListWidget, "待核定的")
    row = next(left.item(n) for n in range(left.count()) if left.item(n).text() == name)
    left.scrollToItem(row)
    QTest.mouseClick(left.viewport(), Qt.MouseButton.LeftButton, pos=left.visualItemRect(row).center())


def rename(page: ItemsPage, name: str) -> None:
    find(page, GuideText).go_to("name.")
    press(Key.Key_Return)
    retype(name)
    press(Key.Key_Return)


def agree(document: str = "") -> None:
    """Agrees to the marked sentence, and names the document where it is asked for."""
    press(Key.Key_Y)
    for text in (document, "5", "2026-11-20") if document else ():
        commit(text)
        press(Key.Key_Return)


def test_the_editor_stands_in_the_place_of_the_sentences_and_gives_it_back(page: ItemsPage) -> None:
    assert mode(page).isVisible()
    assert find(page, GuideText).hasFocus()
    assert not find(page, SentenceCard).isVisible()
    press(Key.Key_Escape)
    assert find(page, SentenceCard).hasFocus()
    assert not find(page, GuideText).isVisible()
    press(Key.Key_Return)
    assert find(page, GuideText).hasFocus()
    click(page, "回到逐句，Esc")
    click(page, "改事项，回车")
    assert find(page, GuideText).hasFocus()
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert find(page, QLineEdit, "查找事项").hasFocus()


def test_answers_and_edits_are_one_revision_and_taken_back_in_one_order(page: ItemsPage, office: Office) -> None:
    press(Key.Key_Escape)
    agree(DOCUMENT)
    press(Key.Key_Return)
    rename(page, "租房提取")
    assert newest(Revising(office).working, "B08").name == "租房提取"
    assert newest(office.catalogue, "B08").name == "租赁市场住房提取", "told to nobody yet"
    press(Key.Key_Escape)
    agree()
    assert len(Revising(office).revision.acts) == 3, "nobody was refused because of the other"
    assert find(page, QListWidget, "待核定的").currentItem().text() == "租房提取"
    press(Key.Key_Return)
    press(Key.Key_Z, CONTROL)
    assert says(page, "review_message").startswith("已退回：同意")
    press(Key.Key_Z, CONTROL)
    assert says(page, "review_message") == "已退回：改事项 B08。"
    assert "租赁市场住房提取" in find(page, GuideText).toPlainText()
    press(Key.Key_Escape)
    press(Key.Key_Z, CONTROL)
    press(Key.Key_Z, CONTROL)
    assert says(page, "review_message") == "没有可以退回的了。"


def test_an_item_that_is_handled_no_more_is_named_where_it_cannot_be_opened(page: ItemsPage) -> None:
    press(Key.Key_Escape)
    reviewed(page).revising.do(ItemRetired("B08"))
    press(Key.Key_Return)
    assert says(page, "review_message") == "这一稿里 B08 已经停办。要办理，请按 Ctrl+Z 退回那一步。"


def test_the_sentences_are_read_anew_after_the_editor(page: ItemsPage) -> None:
    before = find(page, QLabel, "progress").text()
    text = find(page, GuideText)
    mode(page).item.editor.bar.fields["document"].setText(DOCUMENT)
    slot = next(slot for slot in text.slots if slot.key == "conditions[0].text")
    text.go_to(slot.key)
    press(Key.Key_Return)
    retype("申请时已连续足额缴存满6个月")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert find(page, QLabel, "progress").text() != before
    words = [row.words for row in reviewed(page).rows]
    assert "申请时已连续足额缴存满6个月" in words
    assert find(page, QLineEdit, "source_document").text() == DOCUMENT, "what carries it goes along"


def test_what_a_refusal_says_of_enter_is_true(page: ItemsPage) -> None:
    press(Key.Key_Escape)
    model = mode(page).model
    assert model is not None
    wanted = next(each for each in model.revising.open if each.statement.part is Part.NEED)
    model.mark_item(wanted.items[0])
    model.mark(wanted.statement)
    mode(page).refresh()
    press(Key.Key_E)
    assert "按回车打开事项" in find(page, SentenceBox).fault.text()
    press(Key.Key_Return)
    assert find(page, GuideText).hasFocus()
    assert newest(model.revising.working, wanted.items[0]).name in find(page, GuideText).toPlainText()


def test_what_is_being_written_is_taken_before_another_item_is_shown(page: ItemsPage, office: Office) -> None:
    find(page, GuideText).go_to("name.")
    press(Key.Key_Return)
    retype("租房提取")
    assert "改到一半" in page.unsaved
    choose(page, "购买二手房提取")
    assert newest(Revising(office).working, "B08").name == "租房提取"
    assert "购买二手房提取" in find(page, GuideText).toPlainText()
    assert page.unsaved == ""


def test_what_cannot_be_taken_stays_open_and_shown(page: ItemsPage) -> None:
    find(page, GuideText).go_to("name.")
    press(Key.Key_Return)
    retype("不知道")
    choose(page, "购买二手房提取")
    assert isinstance(focused(), SentenceEdit)
    assert "忌语" in says(page, "said")
    assert reviewed(page).item == "B08"
    press(Key.Key_Escape)
    choose(page, "购买二手房提取")
    assert "购买二手房提取" in find(page, GuideText).toPlainText()


def test_a_new_question_can_be_asked_by_other_items_as_well(page: ItemsPage, office: Office) -> None:
    find(page, GuideText).go_to("questions.new")
    press(Key.Key_Return)
    commit("有没有贷款（有、没有）")
    press(Key.Key_Return)
    assert "有没有贷款" in [question.text for question in Revising(office).working.questions.values()]


def test_a_new_item_is_made_from_the_marked_one_and_undone(page: ItemsPage, office: Office) -> None:
    press(Key.Key_Escape)
    click(page, "＋ 新事项（照一个来改）")
    assert isinstance(focused(), SentenceEdit)
    commit("租赁保障性住房提取")
    press(Key.Key_Return)
    working = Revising(office).working
    made = next(item for item in working.items if item not in office.catalogue.items)
    assert newest(working, made).name == "租赁保障性住房提取"
    assert "租赁保障性住房提取" in find(page, GuideText).toPlainText()
    left = find(page, QListWidget, "待核定的")
    assert left.currentItem().text() == "租赁保障性住房提取"
    press(Key.Key_Z, CONTROL)
    assert made not in Revising(office).working.items
    assert left.count() == 62
    assert find(page, GuideText).isVisible(), "the editor shows the one before it"


def test_an_item_is_given_up_by_mouse_and_not_opened_again(page: ItemsPage, office: Office) -> None:
    click(page, "停办这个事项")
    assert find(page, Picker).isVisible()
    press(Key.Key_2)
    assert "B08" not in Revising(office).working.items
    assert find(page, SentenceCard).hasFocus()
    assert says(page, "review_message") == "这一稿里 B08 已经停办，还没有送核。"
    assert find(page, QListWidget, "待核定的").count() == 61
    press(Key.Key_Escape)
    press(Key.Key_E, CONTROL)
    assert "B08 已经停办" in says(page, "review_message")
    press(Key.Key_Z, CONTROL)
    assert "B08" in Revising(office).working.items
    assert reviewed(page).item == "B08"


def test_the_list_by_sentence_has_no_editor(page: ItemsPage) -> None:
    click(page, "换成按句子看，L")
    assert find(page, SentenceCard).hasFocus()
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert find(page, GuideText).hasFocus()


def test_f9_takes_what_is_being_written_first(page: ItemsPage, office: Office) -> None:
    find(page, GuideText).go_to("name.")
    press(Key.Key_Return)
    retype("租房提取")
    press(Key.Key_F9)
    assert newest(Revising(office).working, "B08").name == "租房提取"
    assert says(page, "review_message") != ""


def test_what_cannot_be_kept_is_said_and_nothing_is_changed(page: ItemsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise Refusal("revision-unsaved", "这一稿没有存下来：磁盘满了。", "请清理磁盘再改。")

    monkeypatch.setattr("counter_assistant.operations.catalogue.revising.write_revision", refuse)
    rename(page, "租房提取")
    assert "磁盘满了" in says(page, "said")
    assert "租赁市场住房提取" in find(page, GuideText).toPlainText()


def test_everything_has_a_name_and_no_text_is_markup(page: ItemsPage) -> None:
    assert nameless(page) == []
    assert rich_labels(page) == []


@pytest.mark.parametrize("size", [(1290, 697), (1017, 543)])
def test_the_editor_fits(page: ItemsPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
