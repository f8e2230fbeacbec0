"""核定表: saved from the mode, filled in, looked through on the page, taken in one go, and taken back in one go."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.approval_sheet import HEADS, Reading
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.operations.catalogue.revising import Revising, acts_unsent
from counter_assistant.operations.catalogue.sheets import export_sheet, read_answers
from counter_assistant.operations.office import Office
from counter_assistant.storage.content.sheet_reading import read_sheet
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.items.review.sheet import exchange
from counter_assistant.ui.items.review.sheet.view import SheetView
from counter_assistant.ui.items.spec import SPEC
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.ui.counter import CONTROL, PrinterInMemory, answer_save_dialog, commit, nameless, press, rich_labels, show
from tests.ui.desk_hand import focused
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
FIRST = 4
"""The line of the first row in the file."""
BASIS = {"文号": "临住金〔2026〕18号", "条": "第五条", "日期": "2026-11-20"}
NEW = "连续足额缴存满6个月"


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, page)
    page.begin_review()
    return page


@pytest.fixture
def sheet(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet of the office, which the dialog of the system offers."""
    path = tmp_path / "核定表.xlsx"
    export_sheet(office, Revising(office), path)
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def fill(path: Path, rows: dict[int, dict[str, str]]) -> None:
    """What a person writes into lines, by the heads of the columns."""
    book = openpyxl.load_workbook(path)
    for line, cells in rows.items():
        for head, value in cells.items():
            book.worksheets[0].cell(line, HEADS.index(head) + 1).value = value
    book.save(path)


def line_of(path: Path, words: str) -> int:
    return next(row.number for row in read_sheet(path) if row.words == words)


def click(page: ItemsPage, name: str) -> None:
    QTest.mouseClick(find(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def bring(qtbot: QtBot, page: ItemsPage) -> str:
    """Chooses the sheet; gives what is shown of it."""
    click(page, "导入核定表")
    qtbot.waitUntil(lambda: find(page, SheetView).isVisible())
    return find(page, QTextEdit, "核定表里的答复").toPlainText()


def three(path: Path) -> None:
    """One sentence is agreed to, one changed, one dropped."""
    condition = line_of(path, "申请时已连续足额缴存满3个月")
    other = line_of(path, "本人及配偶在本市无自有住房")
    note = next(row.number for row in read_sheet(path) if row.part == "说明")
    fill(
        path,
        {
            condition: {"结论": "改", "改为": NEW, **BASIS},
            other: {"结论": "同意", **BASIS},
            note: {"结论": "不要", **BASIS},
        },
    )


def struck(page: ItemsPage) -> list[str]:
    """The pieces of text that are struck out."""
    cursor, found, on = QTextCursor(find(page, QTextEdit, "核定表里的答复").document()), list[str](), False
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        before, on = on, cursor.charFormat().fontStrikeOut()
        if on:
            last = cursor.document().characterAt(cursor.position() - 1)
            found[len(found) - before :] = [f"{found[-1] if before else ''}{last}"]
    return found


def test_a_sheet_is_saved_where_the_clerk_says(
    page: ItemsPage, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(Key.Key_Y)
    for text in BASIS.values():
        commit(text)
        press(Key.Key_Return)
    names = answer_save_dialog(monkeypatch, tmp_path)
    click(page, "导出核定表")
    assert names == ["核定表-2026-11-23.xlsx"]
    assert "：526 行，待核定的 525 行，已经答过的 1 行" in says(page, "review_message")
    rows = read_sheet(tmp_path / names[0])
    assert [row.answer for row in rows if row.answer] == ["同意"]


def test_a_folder_that_cannot_be_written_is_said(
    page: ItemsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer_save_dialog(monkeypatch, tmp_path / "none")
    click(page, "导出核定表")
    assert "没有存成" in says(page, "review_message")


def test_what_a_sheet_changes_is_shown_before_it_is_taken(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    text = bring(qtbot, page)
    view = find(page, SheetView)
    assert view.hint.whole == "填了 3 行：改 1、不要 1、同意 1"
    heads = [line for line in text.splitlines() if line.endswith(" 句")]
    assert heads == ["改　1 句", "不要　1 句", "同意　1 句"]
    changed = text.splitlines()[1]
    assert changed.startswith(f"第 {line_of(sheet, '申请时已连续足额缴存满3个月')} 行　改　")
    assert changed.endswith("〔临住金〔2026〕18号第五条，2026-11-20〕")
    gone, dropped = struck(page)
    assert (gone, dropped) == (
        "申请时已连续足额缴存满3",
        next(row.words for row in read_sheet(sheet) if row.answer == "不要"),
    )
    assert "还没有记" in says(page, "sheet_says")
    assert find(page, QTextEdit, "核定表里的答复").hasFocus()
    assert acts_unsent(office) == 0


def test_one_key_takes_all_of_it_and_progress_follows(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    bring(qtbot, page)
    press(Key.Key_Return, CONTROL)
    assert acts_unsent(office) == 3
    assert find(page, QLabel, "progress").text() == "3 / 526 句"
    assert "核定表.xlsx 的 3 处已记进这一稿" in says(page, "review_message")
    assert find(page, SentenceCard).hasFocus()
    assert find(page, SentenceCard).source.fields["document"].text() == BASIS["文号"]
    press(Key.Key_Z, CONTROL)
    assert acts_unsent(office) == 2
    press(Key.Key_Y)
    assert acts_unsent(office) == 3, "the mode goes on as if the answers had been given here"


def test_an_import_is_taken_back_in_one_go_and_later_answers_stay(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    assert not find(page, ReviewMode).bar.undo_import.isVisible()
    three(sheet)
    bring(qtbot, page)
    press(Key.Key_Return, CONTROL)
    press(Key.Key_Y)
    click(page, "退回这次导入")
    assert "核定表.xlsx 记进来的 3 处一起退回；导入以后改的 1 处留着" in says(page, "confirm_words")
    press(Key.Key_Escape)
    assert acts_unsent(office) == 4
    click(page, "退回这次导入")
    press(Key.Key_Return)
    assert acts_unsent(office) == 1
    assert "核定表.xlsx 的 3 处已退回" in says(page, "review_message")
    assert find(page, QLabel, "progress").text() == "1 / 526 句"
    assert not find(page, ReviewMode).bar.undo_import.isVisible()
    assert find(page, SentenceCard).hasFocus()


def test_an_import_is_known_after_a_restart(qtbot: QtBot, page: ItemsPage, office: Office, sheet: Path) -> None:
    three(sheet)
    bring(qtbot, page)
    press(Key.Key_Return, CONTROL)
    again = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
    show(qtbot, again)
    again.begin_review()
    click(again, "退回这次导入")
    press(Key.Key_Return)
    assert acts_unsent(office) == 0


def test_nothing_is_taken_while_a_line_is_faulty(page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot) -> None:
    three(sheet)
    fill(sheet, {FIRST: {"结论": "好", **BASIS}, FIRST + 1: {"结论": "同意"}})
    text = bring(qtbot, page)
    lines = text.splitlines()
    assert lines[0] == "不能导入　2 行"
    assert lines[1].startswith(f"第 {FIRST} 行　结论“好”不认识。")
    assert lines[2].startswith(f"第 {FIRST + 1} 行　没有写明依据的文号和日期。")
    assert "改　1 句" in lines
    told = says(page, "sheet_says")
    assert "有 2 行不能导入，一行也不会记" in told
    assert "存盘，再按 Ctrl+R 再读一遍" in told
    assert not find(page, QAbstractButton, "全部记进这一稿").isEnabled()
    press(Key.Key_Return, CONTROL)
    assert acts_unsent(office) == 0
    fill(sheet, {FIRST: {"结论": "同意"}, FIRST + 1: BASIS})
    press(Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: find(page, QAbstractButton, "全部记进这一稿").isEnabled())
    press(Key.Key_Return, CONTROL)
    assert acts_unsent(office) == 5


def test_esc_takes_nothing_and_f9_sends_nothing_meanwhile(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    bring(qtbot, page)
    press(Key.Key_F9)
    press(Key.Key_P, CONTROL)
    assert find(page, SheetView).isVisible()
    press(Key.Key_Escape)
    assert not find(page, SheetView).isVisible()
    assert find(page, SentenceCard).hasFocus()
    assert acts_unsent(office) == 0
    assert says(page, "review_message") == ""
    press(Key.Key_F9)
    assert says(page, "review_message") != "", "F9 sends again"


def test_a_sheet_that_says_nothing_new_is_told(page: ItemsPage, sheet: Path, qtbot: QtBot) -> None:
    click(page, "导入核定表")
    qtbot.waitUntil(lambda: "没有新填的行" in says(page, "review_message"))
    assert not find(page, SheetView).isVisible()


def test_a_file_that_is_no_sheet_is_told_and_stops_what_was_shown(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    bring(qtbot, page)
    sheet.write_bytes(b"")
    press(Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: "无法读取" in says(page, "sheet_says"))
    press(Key.Key_Return, CONTROL)
    assert acts_unsent(office) == 0
    press(Key.Key_Escape)
    click(page, "导入核定表")
    qtbot.waitUntil(lambda: "无法读取" in says(page, "review_message"))


def test_reading_runs_beside_the_window_and_what_is_answered_meanwhile_counts(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a sheet whose reading takes its time WHEN one of its sentences is answered here THEN its row is refused."""
    three(sheet)
    go, asked = Event(), list[object]()

    def slow(*arguments: object) -> list[Reading]:
        asked.append(arguments)
        assert go.wait(30)
        return read_answers(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(exchange, "read_answers", slow)
    click(page, "导入核定表")
    assert "正在读 核定表.xlsx" in says(page, "review_message")
    model = find(page, ReviewMode).model
    assert model is not None
    months = next(each for each in model.revising.open if each.statement.words == "申请时已连续足额缴存满3个月")
    model.mark_item(months.items[0])
    model.mark(months.statement)
    answer_one(page)
    assert acts_unsent(office) == 1, "the keys work while it is read"
    go.set()
    qtbot.waitUntil(lambda: find(page, SheetView).isVisible())
    assert len(asked) == 2
    assert "已经核过" in find(page, QTextEdit, "核定表里的答复").toPlainText()


def answer_one(page: ItemsPage) -> None:
    find(page, ReviewMode).refresh()
    find(page, SentenceCard).setFocus()
    press(Key.Key_Y)
    for text in BASIS.values():
        commit(text)
        press(Key.Key_Return)


def test_an_unexpected_error_of_the_reading_is_said(
    page: ItemsPage, sheet: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> list[Reading]:
        raise RuntimeError

    monkeypatch.setattr(exchange, "read_answers", fail)
    click(page, "导入核定表")
    qtbot.waitUntil(lambda: "意外出错" in says(page, "review_message"))


def test_a_revision_that_was_changed_elsewhere_drops_what_was_read(
    page: ItemsPage, office: Office, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    bring(qtbot, page)
    theirs = Revising(office)
    centre = Source("centre", document=BASIS["文号"], day=office.today())
    theirs.do(Verdict(theirs.open[0].statement, Answer.AGREE, centre))
    press(Key.Key_Return, CONTROL)
    assert "刚才在别处改过" in says(page, "sheet_says")
    assert acts_unsent(office) == 1
    page.hide()
    page.show()
    assert not find(page, SheetView).isVisible()
    assert find(page, QLabel, "progress").text() == "1 / 526 句"


@pytest.mark.parametrize(("name", "dialog"), [("导出核定表", "getSaveFileName"), ("导入核定表", "getOpenFileName")])
def test_both_go_by_name(page: ItemsPage, monkeypatch: pytest.MonkeyPatch, name: str, dialog: str) -> None:
    asked: list[str] = []

    def ask(_window: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    answer_file_dialog(monkeypatch, dialog, ask)
    press(Key.Key_Escape)
    (act,) = (action.act for action in SPEC.actions if name in action.names)
    act(page)
    assert asked == [name]
    assert find(page, ReviewMode).isVisible()


@pytest.mark.parametrize("size", [(1290, 697), (1017, 543)])
def test_it_fits_and_everything_has_a_name(page: ItemsPage, sheet: Path, qtbot: QtBot, size: tuple[int, int]) -> None:
    three(sheet)
    bring(qtbot, page)
    page.resize(*size)
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
    assert nameless(page) == []
    assert rich_labels(page) == []
    seen = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in seen if button.property("loud")] == ["全部记进这一稿　Ctrl+回车"]
    press(Key.Key_Return, CONTROL)
    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]


def test_f1_shows_the_keys_of_the_sheet(page: ItemsPage, sheet: Path, qtbot: QtBot) -> None:
    three(sheet)
    bring(qtbot, page)
    press(Key.Key_F1)
    view = find(page, SheetView)
    assert view.keys.isVisible()
    assert not find(page, ReviewMode).keys.isVisible()
    press(Key.Key_Escape)
    assert view.isVisible()
    assert focused() is view.text


def test_a_sheet_that_comes_while_an_item_is_edited_stands_alone_and_leaves_to_the_sentences(
    page: ItemsPage, sheet: Path, qtbot: QtBot
) -> None:
    three(sheet)
    mode = find(page, ReviewMode)
    press(Key.Key_Return)
    assert mode.editing
    bring(qtbot, page)
    assert not mode.item.isVisible()
    press(Key.Key_Escape)
    assert (mode.card.isVisible(), mode.item.isVisible(), mode.sheet.isVisible()) == (True, False, False)
