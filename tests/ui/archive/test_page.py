"""档案页：the journeys of a clerk with a keyboard, on an office in a temporary folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.number_entry import NumberRevealed
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.ui import local_settings
from counter_assistant.ui.archive.finder import NONE_YET, SlipFinder
from counter_assistant.ui.archive.model import PAGE, STATE, ArchiveModel
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.archive.paper_panel import PaperPanel
from counter_assistant.ui.archive.reveal_line import RevealLine
from counter_assistant.ui.archive.void_line import VoidLine
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from counter_assistant.ui.widgets.paper_view import PaperView
from tests.make import ID_NUMBER, a_request
from tests.paper.reading import glyphs_of
from tests.ui.counter import (
    CONTROL,
    MORNING,
    PrinterInMemory,
    answer_save_dialog,
    commit,
    compose,
    issue,
    nameless,
    opened,
    press,
    rich_labels,
    screen_texts,
    show,
)
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

NAMES = ("罗𠅤克", "欧阳晓雪", "李<b>明</b>", "张明月")
REJECTS = Refusal("printer-rejects", "打印机“惠普”现在不接收任务，没有打出。", "请换一台打印机。")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, *NAMES) as office:
        yield office


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> ArchivePage:
    page = ArchivePage(office, PrintService(office.folder, printer))
    show(qtbot, page)
    return page


def table(page: ArchivePage) -> QTableView:
    return find(page, QTableView)


def search(page: ArchivePage) -> QLineEdit:
    return find(page, QLineEdit, "查找文书")


def message(page: ArchivePage) -> str:
    return find(page, QLabel, "message").text()


def shown(page: ArchivePage, column: int) -> list[str]:
    model = table(page).model()
    return [str(model.index(n, column).data()) for n in range(model.rowCount())]


def applicants(page: ArchivePage) -> list[str]:
    return shown(page, 2)


def texts_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def finish(qtbot: QtBot, page: ArchivePage) -> None:
    page.close_down()
    qtbot.wait(1)


def test_two_characters_enter_and_the_key_reprint_a_slip(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory
) -> None:
    """GIVEN the archive just opened WHEN two characters, Enter, Ctrl+P THEN both copies go out, counted and marked."""
    commit("欧阳")
    assert applicants(page) == ["欧阳晓雪"]
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    ((pdf, title, chosen),) = printer.sent
    assert page.record is not None
    assert (title, chosen) == (page.record.row.number, None)
    assert texts_of(pdf).count("补打 第1次") == 2
    assert page.record.row.reprints == 1
    assert shown(page, STATE) == ["补打 1 次"]
    assert "第 1 次补打：已送到打印机“惠普”。" in message(page)
    entry = office.book.latest(EntryKind.SLIP_REPRINTED)
    assert entry is not None
    assert entry.payload["clerk"] == "李某"


def test_the_newest_is_first_and_everything_is_in_its_column(page: ArchivePage) -> None:
    assert applicants(page) == list(reversed(NAMES))
    assert shown(page, 1) == ["一次性告知单"] * 4
    assert shown(page, 3) == ["租赁市场住房提取"] * 4
    assert shown(page, 5) == ["李某"] * 4
    assert all(time.startswith("今天 09:") for time in shown(page, 4))
    assert find(find(page, SlipFinder), QLabel, "title").text() == "档案　4 份"


@pytest.mark.parametrize(
    ("text", "name"),
    [("oy", "欧阳晓雪"), ("1001", "欧阳晓雪"), ("4号", "张明月"), ("𠅤克", "罗𠅤克"), ("明月", "张明月")],
)
def test_one_field_finds_by_everything(page: ArchivePage, text: str, name: str) -> None:
    commit(text)
    assert applicants(page) == [name]


def test_the_paper_of_the_record_opens_at_the_right(page: ArchivePage) -> None:
    assert not find(page, QPushButton, "补打一式二份").isEnabled()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert find(page, PaperView).pages == 2
    assert "1002" in find(page, QLabel, "facts").text()
    assert table(page).hasFocus()
    number = find(find(page, PaperPanel), QLabel, "title").text()
    press(Qt.Key.Key_Down)
    assert find(find(page, PaperPanel), QLabel, "title").text() != number


def test_enter_while_composing_does_nothing(page: ArchivePage) -> None:
    compose("ou'yang")
    press(Qt.Key.Key_Return)
    assert page.record is None


def test_a_scanned_code_opens_its_slip_from_wherever_the_focus_is(page: ArchivePage, office: Office) -> None:
    wanted = office.archive.search("罗𠅤克")[0]
    press(Qt.Key.Key_Return)
    assert table(page).hasFocus()
    QTest.keyClicks(table(page), wanted.qr[0])
    QTest.keyClicks(search(page), wanted.qr[1:])
    press(Qt.Key.Key_Return)
    assert find(find(page, PaperPanel), QLabel, "title").text() == wanted.number


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda digits: digits[:-1] + str((int(digits[-1]) + 1) % 10), "扫到的编码校验不符。请再扫一次"),
        (lambda _digits: "100000202202600000131", ""),
    ],
)
def test_a_scanned_code_that_is_not_ours_is_told(
    page: ArchivePage, office: Office, change: Callable[[str], str], sentence: str
) -> None:
    digits = change(office.archive.search("")[0].qr)
    commit(digits)
    press(Qt.Key.Key_Return)
    assert page.record is None
    assert message(page)
    assert sentence in message(page)


def test_voiding_asks_on_the_page_and_the_number_stays(page: ArchivePage, office: Office) -> None:
    """GIVEN an open slip WHEN Del, a reason, Enter, 1, Enter THEN it is void, still listed, and says so on its paper."""
    commit("张明月")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Delete)
    assert find(page, QLineEdit, "作废原因").hasFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert find(find(page, VoidLine), QLabel, "fault").text() == "请写明原因。"
    commit("姓名打错")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "是否收回" in find(find(page, VoidLine), QLabel, "fault").text()
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    entry = office.book.latest(EntryKind.SLIP_VOIDED)
    assert entry is not None
    assert (entry.payload["reason"], entry.payload["copy_returned"]) == ("姓名打错", True)
    assert find(page, VoidLine).isHidden()
    assert shown(page, STATE) == ["作废"]
    assert find(find(page, PaperPanel), QLabel, "hint").text() == "作废"
    assert not find(page, QPushButton, "作废、更正").isEnabled()
    assert table(page).hasFocus()
    press(Qt.Key.Key_Delete)
    assert "已经作废" in message(page)
    assert find(page, VoidLine).isHidden()


def test_a_key_with_nothing_to_do_says_why(page: ArchivePage, office: Office, printer: PrinterInMemory) -> None:
    press(Qt.Key.Key_P, CONTROL)
    assert message(page) == "先选一份文书，按回车打开。"
    assert (printer.sent, list(office.book.entries(EntryKind.SLIP_REPRINTED))) == ([], [])


def test_a_copy_that_did_not_come_back_is_told(page: ArchivePage, office: Office) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Delete)
    commit("重复出具")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert "当事人联没有收回" in message(page)
    entry = office.book.latest(EntryKind.SLIP_VOIDED)
    assert entry is not None
    assert entry.payload["copy_returned"] is False


def test_escape_closes_one_layer_at_a_time(page: ArchivePage) -> None:
    commit("张明")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Escape)
    assert find(page, VoidLine).isHidden()
    assert find(page, PaperView).pages == 2
    press(Qt.Key.Key_Escape)
    assert find(page, PaperView).pages == 0
    assert search(page).text() == "张明"
    press(Qt.Key.Key_Escape)
    assert search(page).text() == ""


def test_sheets_that_did_not_print_go_again_without_a_second_count(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory
) -> None:
    printer.broken = REJECTS
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    assert "记录是安全的" in message(page)
    assert "不另计次数" in message(page)
    assert find(page, QPushButton, "再送打印机").isEnabled()
    printer.broken = None
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    assert "补打 第1次" in texts_of(printer.sent[0][0])
    assert len(list(office.book.entries(EntryKind.SLIP_REPRINTED))) == 1
    assert find(page, QPushButton, "补打一式二份").isEnabled()


def test_an_old_paper_is_printed_in_large_for_whoever_asks_and_the_next_one_is_not(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory
) -> None:
    """GIVEN a paper that is open WHEN large type is turned on THEN the reprint has it, with the same number and check code; whoever
    leaves the page and comes back finds it off, and what the desk was set to is as before."""
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_G, CONTROL)
    assert "常规字" in find(page, QPushButton, "large_print").text()
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    (pdf, number, _) = printer.sent[-1]
    heights = sorted(g.top - g.bottom for g in glyphs_of(pdf)[0] if g.char == "住")
    assert heights[len(heights) // 2] > 12
    record = page.record
    assert record is not None
    for words in (number, record.slip.check_code):
        assert words in texts_of(pdf)
    page.hide()
    assert not office.at_window.large_print
    page.show()
    assert "大字" in find(page, QPushButton, "large_print").text()


def test_a_printing_system_that_fails_in_an_unknown_way_is_told_too(
    qtbot: QtBot, page: ArchivePage, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("broken")

    monkeypatch.setattr(printer, "print_pdf", fail)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    assert "意外出错" in message(page)
    assert "记录是安全的" in message(page)


def test_a_key_pressed_twice_prints_once(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory
) -> None:
    press(Qt.Key.Key_Return)
    QTest.keyClick(table(page), Qt.Key.Key_P, CONTROL)
    QTest.keyClick(table(page), Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    assert len(printer.sent) == len(list(office.book.entries(EntryKind.SLIP_REPRINTED))) == 1


def test_without_a_printer_the_system_asks_for_one_and_it_is_remembered(
    qtbot: QtBot, page: ArchivePage, office: Office, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.broken = Refusal("no-printer", "没有设定默认打印机。", "请选一台。")

    def choose(_parent: object) -> str:
        printer.broken = None
        return "epson"

    monkeypatch.setattr(ChoosePrinter, "ask", choose)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_P, CONTROL)
    finish(qtbot, page)
    finish(qtbot, page)
    assert [sent[2] for sent in printer.sent] == ["epson"]
    assert local_settings.load(office.folder).printer_for("A4") == "epson"


def test_a_saved_file_says_that_it_is_a_copy(
    page: ArchivePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "保存").mkdir()
    offered = answer_save_dialog(monkeypatch, tmp_path / "保存")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CONTROL)
    assert offered == ["临公积金示一告〔2026〕4号-电子副本.pdf"]
    assert "电子副本" in texts_of((tmp_path / "保存" / offered[0]).read_bytes())
    assert message(page) == f"已存为 {offered[0]}。"


def test_a_slip_issued_meanwhile_is_there_when_the_page_is_shown_again(page: ArchivePage, office: Office) -> None:
    page.hide()
    issue(office, "字国祥")
    page.show()
    assert applicants(page)[0] == "字国祥"
    assert page.focusWidget() is search(page)


def test_an_empty_archive_says_what_would_be_here(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path / "empty") as office:
        page = ArchivePage(office, PrintService(tmp_path, PrinterInMemory()))
        show(qtbot, page)
        assert find(page, QLabel, "empty").text() == NONE_YET
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_P, CONTROL)
        commit("没有")
        assert "没有找到" in find(page, QLabel, "empty").text()


def test_a_narrow_window_folds_the_paper_away_until_a_slip_is_opened(qtbot: QtBot, page: ArchivePage) -> None:
    panel = find(page, PaperPanel)
    page.resize(1017, 543)
    qtbot.waitUntil(panel.isHidden)
    press(Qt.Key.Key_Return)
    assert panel.isVisible()
    assert table(page).isColumnHidden(3)
    press(Qt.Key.Key_Delete)
    assert page.width() == 1017, "the question fits"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert not table(page).isColumnHidden(3)


def test_what_is_shown_is_chinese_plain_and_masked(page: ArchivePage) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Delete)
    texts = [
        text for text in screen_texts(page) if text != find(page, QLabel, "proof").text()
    ]  # the check code is hexadecimal
    words = {word for text in texts for word in re.findall("[A-Za-z]+", text)}
    assert words <= {
        "PDF",
        "Ctrl",
        "Shift",
        "P",
        "S",
        "D",
        "E",
        "F",
        "G",
        "Del",
        "Esc",
        "PIN",
        "oy",
        "X",
    }  # X ends an identity number
    assert rich_labels(page) == []
    assert nameless(page) == []
    everything = "\n".join([*texts, *applicants(page)])
    assert ID_NUMBER not in everything
    assert "13800001003" not in everything


def numbers(page: ArchivePage) -> QLabel:
    return find(page, QLabel, "numbers")


def seen(office: Office) -> list[NumberRevealed]:
    return [NumberRevealed.from_payload(entry.payload) for entry in office.book.entries(EntryKind.NUMBER_REVEALED)]


def reveal(page: ArchivePage, reason: str = "与银行核对同名的人") -> None:
    """Opens the newest slip and has its numbers shown."""
    press(Qt.Key.Key_Return)
    page.ask_reveal()
    commit(reason)
    press(Qt.Key.Key_Return)


def test_whole_numbers_are_shown_for_a_reason_and_covered_again(page: ArchivePage, office: Office) -> None:
    number = cell(page, 0)
    reveal(page, "")
    assert (find(page, QLabel, "reveal_fault").text(), seen(office)) == (
        "查看整个号码须写明理由。请填写理由后重试。", [],
    )  # fmt: skip
    commit("与银行核对同名的人")
    press(Qt.Key.Key_Return)
    assert numbers(page).text() == f"居民身份证 {ID_NUMBER}　电话 13800001003"
    assert seen(office) == [NumberRevealed(number, "与银行核对同名的人", "0001")]
    assert table(page).hasFocus()
    press(Qt.Key.Key_Escape)
    assert (numbers(page).text(), numbers(page).isVisible()) == ("", False)
    assert find(page, PaperPanel).isVisible(), "the paper is still open"


@pytest.mark.parametrize("leave", ["time", "row", "page", "void", "another"])
def test_they_leave_the_screen_by_themselves(page: ArchivePage, qtbot: QtBot, leave: str) -> None:
    if leave == "time":
        find(page, RevealLine)._timer.setInterval(20)
    reveal(page)
    assert ID_NUMBER in numbers(page).text() or leave == "time"
    match leave:
        case "row":
            press(Qt.Key.Key_Down)
        case "page":
            page.hide()
        case "void":
            press(Qt.Key.Key_Delete)
        case "another":
            page.open(cell(page, 2))
    qtbot.waitUntil(lambda: not numbers(page).text())
    assert find(page, RevealLine).isHidden()


def cell(page: ArchivePage, row: int) -> str:
    return str(table(page).model().index(row, 0).data())


def test_asked_for_before_a_slip_is_open_it_waits_for_one(page: ArchivePage, office: Office) -> None:
    page.ask_reveal()
    assert message(page) == "要看哪一份的整个号码？找到以后按回车打开，再写明理由。"
    commit("欧阳")
    press(Qt.Key.Key_Return)
    assert find(page, QLineEdit, "查看理由").hasFocus()
    press(Qt.Key.Key_Escape)
    assert table(page).hasFocus()
    assert seen(office) == []


def test_where_there_is_no_number_nobody_is_asked_why(page: ArchivePage, office: Office) -> None:
    issue_slip(office, a_request(applicant={"name": "没留号码"}, delivery="written"))
    page.refresh()
    press(Qt.Key.Key_Home)
    page.finder.table.selectRow(0)
    press(Qt.Key.Key_Return)
    assert not find(page, QPushButton, "查看整个号码").isVisible()
    page.ask_reveal()
    assert "没有整个号码" in message(page)
    assert find(page, RevealLine).isHidden()


class Rows:
    """An archive of many slips, which counts how it is asked."""

    def __init__(self, many: int) -> None:
        self.rows = [self.row(seq) for seq in range(many, 0, -1)]
        self.asked: list[int | None] = []

    def row(self, seq: int) -> ArchiveRow:
        return ArchiveRow(
            seq, f"示告〔2025〕{seq}号", "notification_slip", "", (), "B08", "租房", MORNING.replace(year=2025),
            "2025-11-23", "李某", "", "", "window", "", "",
        )  # fmt: skip

    def __call__(self, _text: str, before: int | None) -> list[ArchiveRow]:
        self.asked.append(before)
        return [row for row in self.rows if before is None or row.seq < before][:PAGE]


def test_pages_follow_by_key(qtbot: QtBot) -> None:
    archive = Rows(230)
    model = ArchiveModel(archive, MORNING.date, lambda _text: None)
    model.find("")
    assert (model.rowCount(), model.count_in_words) == (50, "50 份以上")
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert (model.rowCount(), model.count_in_words, archive.asked) == (230, "230 份", [None, 181, 131, 81, 31])
    assert model.index(0, 2).data() == "未留姓名"
    assert model.index(0, 4).data() == "2025-11-23"


def test_a_check_code_typed_with_a_number_is_held_against_the_paper(page: ArchivePage, office: Office) -> None:
    row = office.archive.search()[1]
    proof = find(page, QLabel, "proof")
    for typed, verdict in (
        (f"{row.number} {row.check_code}", "校验码相符"),
        (f"校验码 {row.check_code.upper()} {row.number}", "校验码相符"),
        (f"{row.qr} 000000000000", "校验码不符"),
        (row.number, ""),
    ):
        search(page).setText(typed)
        search(page).setFocus()
        press(Qt.Key.Key_Return)
        assert page.record is not None, typed
        assert page.record.row.number == row.number
        said = proof.accessibleName() or proof.text()
        assert said.endswith(verdict or row.check_code), typed
        press(Qt.Key.Key_Escape)
