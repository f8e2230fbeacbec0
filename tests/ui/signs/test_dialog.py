"""窗口标识: choosing, filling in, printing and saving by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import rejecting
from counter_assistant.ui.print_service import ChoosePrinter, PrintService
from counter_assistant.ui.signs.dialog import SignsDialog
from counter_assistant.ui.signs.form import SignForm
from counter_assistant.ui.widgets.paper_view import PaperView
from counter_assistant.ui.widgets.quiet_list import NumberedList
from tests.make import an_office, text_of
from tests.paper.displays.pictures import a_picture
from tests.ui.counter import (
    CONTROL,
    PrinterInMemory,
    answer_save_dialog,
    commit,
    compose,
    nameless,
    press,
    retype,
    rich_labels,
)
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    office = an_office(data_dir)
    yield office
    office.close()


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def dialog(qtbot: Any, office: Office, printer: PrinterInMemory) -> SignsDialog:
    dialog = SignsDialog(office, PrintService(office.folder, printer))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.start()
    return dialog


def finish(qtbot: Any, dialog: SignsDialog) -> None:
    dialog.service.wait()
    qtbot.wait(1)


def kinds(dialog: SignsDialog) -> NumberedList:
    return find(dialog, NumberedList)


def values(dialog: SignsDialog) -> dict[str, str]:
    return {edit.objectName(): edit.text() for edit in dialog.findChildren(QLineEdit)}


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.objectName() if widget else ""


def test_it_opens_on_the_first_sign_with_what_the_office_knows(dialog: SignsDialog) -> None:
    assert dialog.kind is SignKind.SUSPENDED
    assert kinds(dialog).hasFocus()
    assert values(dialog) == {
        "window": "综合窗口 1", "reason": "", "returns": "11:00", "instead": "", "phone": "0883-0000001", "second": "",
    }  # fmt: skip
    assert find(dialog, PaperView).pages == 1


@pytest.mark.parametrize(
    ("key", "kind"), [(K.Key_1, "suspended"), (K.Key_2, "away"), (K.Key_3, "model_post"), (K.Key_4, "leader_on_duty")]
)
def test_a_digit_chooses_a_sign_and_its_fields_follow(dialog: SignsDialog, key: Qt.Key, kind: str) -> None:
    press(key)
    assert dialog.kind == kind
    assert [edit.objectName() for edit in dialog.findChildren(QLineEdit)] == list(SignKind(kind).fields)
    press(K.Key_9)
    assert dialog.kind == kind


def test_a_sign_is_filled_in_and_printed_by_keys(qtbot: Any, dialog: SignsDialog, printer: PrinterInMemory) -> None:
    press(K.Key_2)
    press(K.Key_Return)
    assert focused() == "reason"
    commit("开会")
    press(K.Key_Return)
    assert focused() == "returns"
    retype("1530")
    press(K.Key_Return)
    assert focused() == "instead"
    commit("5")
    press(K.Key_P, CONTROL)
    finish(qtbot, dialog)
    ((pdf, title, _),) = printer.sent
    assert title == "留言告示"
    words = text_of(pdf)
    for sentence in ("暂时离开", "经办人李某因开会离开", "预计15:30返回", "请到5号窗口办理，或者留言"):
        assert sentence in words
    assert "已送到打印机“惠普”" in find(dialog, QLabel, "message").text()
    assert find(dialog, QLabel, "message").property("role") == "done"


def test_nothing_is_recorded(qtbot: Any, dialog: SignsDialog, office: Office) -> None:
    before = len(list(office.book.entries()))
    press(K.Key_P, CONTROL)
    finish(qtbot, dialog)
    assert len(list(office.book.entries())) == before


def test_alt_and_a_digit_choose_from_within_a_field(dialog: SignsDialog) -> None:
    press(K.Key_Return)
    press(K.Key_4, ALT)
    assert dialog.kind is SignKind.LEADER_ON_DUTY
    assert focused() == "clerk"


def test_a_full_sign_starts_at_its_first_field(dialog: SignsDialog) -> None:
    press(K.Key_3)
    find(dialog, QLineEdit, "second").setText("Gungcanjdangj")
    find(dialog, SignForm).start()
    assert focused() == "window"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("returns", "25:00", "无法识别"), ("instead", "综合窗口 1", "就是本窗口")],
)
def test_a_field_that_is_wrong_says_so_and_prints_nothing(
    qtbot: Any, dialog: SignsDialog, printer: PrinterInMemory, name: str, typed: str, sentence: str
) -> None:
    find(dialog, QLineEdit, name).setFocus()
    retype(typed)
    press(K.Key_P, CONTROL)
    finish(qtbot, dialog)
    assert sentence in fault_of(dialog, name)
    assert sentence in find(dialog, QLabel, "message").text()
    assert printer.sent == []
    retype("")
    commit("6")
    assert fault_of(dialog, name) == ""
    qtbot.waitUntil(lambda: find(dialog, PaperView).pages == 1)


def test_the_paper_follows_the_typing(qtbot: Any, dialog: SignsDialog) -> None:
    find(dialog, QLineEdit, "returns").setFocus()
    retype("24:61")
    qtbot.waitUntil(lambda: find(dialog, PaperView).pages == 0)
    assert "无法识别" in find(dialog, QLabel, "message").text()
    retype("16")
    qtbot.waitUntil(lambda: find(dialog, PaperView).pages == 1)
    assert find(dialog, QLabel, "message").text() == " "


def test_forbidden_wording_is_not_printed(qtbot: Any, dialog: SignsDialog, printer: PrinterInMemory) -> None:
    find(dialog, QLineEdit, "reason").setFocus()
    commit("急什么，没看见我在忙吗")
    press(K.Key_P, CONTROL)
    press(K.Key_S, CONTROL)
    finish(qtbot, dialog)
    assert "服务忌语" in find(dialog, QLabel, "message").text()
    assert printer.sent == []


def test_a_sign_is_saved_where_the_clerk_says(
    dialog: SignsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_save_dialog(monkeypatch, tmp_path)
    press(K.Key_S, CONTROL)
    assert asked == ["本窗口暂停服务.pdf"]
    assert "暂停服务" in text_of((tmp_path / asked[0]).read_bytes())
    assert find(dialog, QLabel, "message").text() == "已存为 本窗口暂停服务.pdf。"


def test_a_folder_that_cannot_be_written_is_told(
    dialog: SignsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: ("", ""))
    press(K.Key_S, CONTROL)
    assert find(dialog, QLabel, "message").text() == " "
    answer_file_dialog(monkeypatch, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    press(K.Key_S, CONTROL)
    assert "写不进" in find(dialog, QLabel, "message").text()


def test_without_a_printer_the_clerk_is_asked_for_one(
    qtbot: Any, dialog: SignsDialog, printer: PrinterInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(_parent: object) -> str:
        printer.broken = None
        return "epson"

    monkeypatch.setattr(ChoosePrinter, "ask", choose)
    printer.broken = Refusal("no-printer", "没有设置打印机。", "请选择打印机。")
    press(K.Key_P, CONTROL)
    finish(qtbot, dialog)
    finish(qtbot, dialog)
    assert [name for _, _, name in printer.sent] == ["epson"]


def test_a_printer_that_refuses_is_told(qtbot: Any, dialog: SignsDialog, printer: PrinterInMemory) -> None:
    printer.broken = rejecting("惠普")
    press(K.Key_P, CONTROL)
    finish(qtbot, dialog)
    assert "不接收任务" in find(dialog, QLabel, "message").text()
    assert "存档" not in find(dialog, QLabel, "message").text()


def test_keys_while_composing_stay_with_the_input_method(dialog: SignsDialog) -> None:
    press(K.Key_Return)
    at = focused()
    compose("kai")
    press(K.Key_Return)
    press(K.Key_Escape)
    assert (focused(), dialog.isVisible()) == (at, True)


def test_esc_closes_it(dialog: SignsDialog) -> None:
    press(K.Key_Escape)
    assert not dialog.isVisible()


def test_every_control_has_a_name_and_no_label_guesses_markup(dialog: SignsDialog) -> None:
    assert nameless(dialog) == []
    assert rich_labels(dialog) == []
    hint = dialog.minimumSizeHint()
    assert (hint.width() <= 1093, hint.height() <= 560) == (True, True)


def test_words_in_another_script_come_as_a_picture_and_go_with_the_dialog(
    dialog: SignsDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = a_picture(tmp_path / "script.png", 900, 200)
    answers = [("", ""), (str(tmp_path / "gone.png"), ""), (str(script), "")]
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: answers.pop(0))
    paper = find(dialog, PaperView)
    press(K.Key_3)
    press(K.Key_O, CONTROL)
    assert b"/DCTDecode" not in paper.pdf
    press(K.Key_O, CONTROL)
    assert find(dialog, QLabel, "message").text().startswith("“gone.png”不是能读的图片")
    press(K.Key_O, CONTROL)
    assert b"/DCTDecode" in paper.pdf
    press(K.Key_O, CONTROL)
    assert b"/DCTDecode" not in paper.pdf
    answers.append((str(script), ""))
    press(K.Key_O, CONTROL)
    press(K.Key_Escape)
    dialog.start()
    assert b"/DCTDecode" not in paper.pdf
