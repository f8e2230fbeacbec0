"""What papers say is reviewed among the items: found in the list, worded with E, and what is filled in cannot be lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.revision.statements import Part
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.item_editing import NOT_OF_PAPERS
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.model import ReviewModel
from counter_assistant.ui.items.review.sentence_box import SentenceBox
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.chip import Chip
from tests.ui.counter import CONTROL, PrinterInMemory, commit, press, retype, show
from tests.ui.find import find, says
from tests.ui.items.reviewing import answers

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
SLIP = "一次性告知单"
ASK = "您本次为咨询，尚未申请。备齐下列材料后到本窗口申请。"


@pytest.fixture
def model(qtbot: QtBot, office: Office) -> ReviewModel:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    QTest.mouseClick(find(page, QAbstractButton, "核定目录"), Qt.MouseButton.LeftButton)
    mode = find(page, ReviewMode)
    found = mode.model
    assert found is not None
    rows = find(mode.lists, QListWidget)
    place = next(n for n in range(rows.count()) if rows.item(n).text() == SLIP)
    rows.scrollToItem(rows.item(place))
    QTest.mouseClick(
        rows.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        rows.visualItemRect(rows.item(place)).center(),
    )
    assert (found.item, mode.lists.list.count()) == (SLIP, 48 + 14)
    return found


def window(_model: ReviewModel) -> ItemsPage:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ItemsPage))


def answer(words: str) -> None:
    press(Key.Key_E)
    retype(words)
    press(Key.Key_Return)


def test_a_sentence_of_a_paper_is_worded_with_its_document_and_again_later(model: ReviewModel) -> None:
    page = window(model)
    [row] = [row for row in model.rows if row.words == ASK]
    assert (row.heading, row.carried, row.open) == ("文书用语", "随程序来的", True)
    model.mark(row.statement)
    answer("您今天是来咨询的。备齐下列材料后来申请。")
    assert "没有写明依据哪份文件" in says(page, "answer_fault")
    for text in ("临住金〔2026〕18号", "5", "2026-11-20"):
        commit(text)
        press(Key.Key_Return)
    [done] = [row for row in model.rows if row.words == "您今天是来咨询的。备齐下列材料后来申请。"]
    assert (done.carried, done.open) == ("临住金〔2026〕18号第五条", False)
    assert find(page, SentenceCard).hasFocus()
    model.mark(done.statement)
    answer("您今天只是咨询。备齐下列材料后来申请。")
    assert answers(model.revising)[-1].words.startswith("您今天只是咨询")
    assert find(page, QLabel, "progress").text() == "1 / 526 句"


def test_what_is_filled_in_stays_and_no_sentence_is_left_out(model: ReviewModel) -> None:
    page, call = window(model), "对告知内容有疑问或者意见的"
    model.mark(next(row.statement for row in model.rows if row.words.startswith(call)))
    press(Key.Key_N)
    for text in ("临住金〔2026〕18号", "5", "2026-11-20"):
        commit(text)
        press(Key.Key_Return)
    assert "不能不要，只能换一种说法" in says(page, "answer_fault")
    answer("有意见的，请打〔服务热线〕。")
    assert "“〔监督电话〕”在这一句里要有 1 处" in says(page, "answer_fault")
    assert find(page, SentenceBox).edit.text() == "有意见的，请打〔服务热线〕。"
    assert model.revising.revision.acts == ()


def test_enter_writes_because_a_paper_has_no_editor(model: ReviewModel) -> None:
    page = window(model)
    press(Key.Key_Return)
    assert find(page, SentenceBox).editing
    assert isinstance(page.focusWidget(), QLineEdit)
    press(Key.Key_Escape)
    assert find(page, SentenceCard).hasFocus()


def links(page: ItemsPage) -> list[str]:
    card = find(page, SentenceCard)
    return [link.text() for link in card.findChildren(QAbstractButton) if link.isVisible() and " " in link.text()]


def test_the_head_names_the_keys_that_a_paper_has(model: ReviewModel) -> None:
    page = window(model)
    assert links(page) == ["Y 同意", "回车/E 改", "N 不要", "Ctrl+Z 退一步"]
    find(page, ReviewMode).lists.item_chosen.emit("B08")
    assert links(page) == ["回车 改事项", "Y 同意", "E 改", "N 不要", "Ctrl+Z 退一步"]
    find(page, ReviewMode).lists.item_chosen.emit(SLIP)
    press(Key.Key_L)
    assert links(page)[1] == "回车/E 改"
    press(Key.Key_Return)
    assert find(page, SentenceBox).editing


def test_f11_says_why_a_paper_has_no_whole_page_and_esc_closes_only_that(model: ReviewModel) -> None:
    page = window(model)
    press(Key.Key_F11)
    assert says(page, "review_message") == "整页看的是事项的单子；文书的这一句，选一个事项就看得到。"
    assert not find(page, ReviewMode).pages.isVisible()
    press(Key.Key_Escape)
    assert find(page, ReviewMode).isVisible()
    assert says(page, "review_message") == ""
    press(Key.Key_Escape)
    assert not find(page, ReviewMode).isVisible()


def test_by_sentence_papers_come_last_and_one_answer_serves_all_that_say_so(model: ReviewModel) -> None:
    page = window(model)
    press(Key.Key_L)
    verify = next(each for each in model.open if each.words.startswith("请核实："))
    model.mark(verify)
    assert verify.part is Part.FORM
    assert model.served == (SLIP, "补办件通知书")
    assert list(model.open)[-1].part is Part.FORM
    find(page, ReviewMode).refresh()
    chips = [chip for chip in find(page, SentenceBox).findChildren(Chip) if chip.isVisible()]
    assert [chip.accessibleName() for chip in chips] == [SLIP, "补办件通知书"], "a paper has no code beside its name"
    assert [chip.text() for chip in chips] == [SLIP, "补办件通知书"]
    assert find(page, QListWidget, "待核定的").isVisible()


def test_a_paper_is_neither_copied_nor_retired_and_has_no_editor(model: ReviewModel) -> None:
    page = window(model)
    QTest.mouseClick(find(page, QAbstractButton, "停办这个事项"), Qt.MouseButton.LeftButton)
    assert says(page, "review_message") == NOT_OF_PAPERS
    assert SLIP in model.items


def test_from_the_editor_a_paper_is_gone_to_and_its_answer_taken_back(model: ReviewModel) -> None:
    page = window(model)
    mode = find(page, ReviewMode)
    model.mark(next(row.statement for row in model.rows if row.words == ASK))
    press(Key.Key_Y)
    for text in ("临住金〔2026〕18号", "5", "2026-11-20"):
        commit(text)
        press(Key.Key_Return)
    mode.item_editing.begin("B08")
    assert mode.editing
    press(Key.Key_Z, CONTROL)
    assert (mode.editing, model.item, model.revising.revision.acts) == (False, SLIP, ())
    mode.item_editing.begin("B08")
    place = mode.lists.list.count() - 1
    mode.lists.list.itemClicked.emit(mode.lists.list.item(place))
    assert (mode.editing, model.item) == (False, "延期告知单")
