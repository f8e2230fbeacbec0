"""At the desk: what became of the paper, another printer by Shift+F9, a file by Ctrl+S."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing.jobs import Printer, Told
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.widgets.action_button import SinglePress
from tests.ui.counter import SHIFT, answer_save_dialog
from tests.ui.desk_hand import CONTROL, Bench, commit, press, type_

pytestmark = pytest.mark.slow

PRINTERS = [
    Printer("hp", "惠普"), Printer("lq", "针式", reasons=("media-empty-error",)), Printer("no", "坏的", accepting=False),
]  # fmt: skip


def ready(desk: Bench) -> None:
    """An inquiry with everything."""
    desk.office.prints.unprinted()
    desk.take("gmxj")
    type_("121211")
    press(Qt.Key.Key_Return)
    commit("岩罕")


def overlay(desk: Bench) -> KeyOverlay | None:
    shown = [one for one in desk.page.findChildren(KeyOverlay) if one.isVisible()]
    return shown[0] if shown else None


def test_the_paper_is_followed_while_its_card_is_shown(desk: Bench) -> None:
    desk.printing.report = JobReport(PrintState.QUEUED)
    ready(desk)
    press(Qt.Key.Key_F9)
    number = desk.says("issued_number")
    assert desk.says("issued_printing") == "已送打印机 HP。"
    prints = desk.office.prints
    prints.told({number: Told("HP", 1, JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出"))})
    assert desk.says("issued_printing") == "这份文书停在打印队列里：缺纸；放好纸后会自动打出，不要重复出具。"
    assert desk.find(SinglePress, "print_again").text() == "再送打印机  Ctrl+P"
    prints.told({number: Told("HP", 1, JobReport(PrintState.OUT, began=True))})
    assert desk.says("issued_printing") == "存档联、当事人联已打出。"
    assert desk.find(SinglePress, "print_again").text() == "补打一式二份  Ctrl+P"


def test_a_paper_that_may_come_out_is_asked_about_before_it_goes_again(desk: Bench) -> None:
    desk.printing.report = JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出")
    ready(desk)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_P, CONTROL)
    assert len(desk.printing.papers) == 1
    assert "再按一次 Ctrl+P" in desk.says("issued_printing")
    press(Qt.Key.Key_P, CONTROL)
    assert len(desk.printing.papers) == 2
    assert [(one.printer, one.job) for one in desk.printing.replaced] == [("HP", 1)]
    assert desk.office.archive.show(desk.says("issued_number")).row.reprints == 0


def test_a_second_attempt_that_fails_leaves_a_sign(desk: Bench) -> None:
    ready(desk)
    desk.printing.refusal = Refusal(
        "no-printer", "这台电脑没有可用的打印机。", "请在设置里选一台打印机，或者先存为 PDF。"
    )
    press(Qt.Key.Key_F9)
    assert "第 2 次" not in desk.says("issued_trouble")
    press(Qt.Key.Key_P, CONTROL)
    assert desk.says("issued_trouble").startswith("第 2 次没有送出去：这台电脑没有可用的打印机。")
    assert "Ctrl+S 存为 PDF" in desk.says("issued_trouble")


def test_the_paper_is_saved_by_a_key(desk: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = answer_save_dialog(monkeypatch, tmp_path)
    ready(desk)
    desk.printing.refusal = Refusal("no-printer", "这台电脑没有可用的打印机。", "请选一台。")
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_S, CONTROL)
    assert (tmp_path / offered[0]).read_bytes().startswith(b"%PDF")
    assert not offered[0].endswith("-电子副本.pdf")
    assert "已存为" in desk.says("issued_printing")
    assert [one.paper.number for one in desk.office.prints.unprinted()] == [desk.says("issued_number")]


def test_another_printer_is_chosen_on_the_page_and_remembered(desk: Bench) -> None:
    desk.printing.known = PRINTERS
    ready(desk)
    press(Qt.Key.Key_F9, SHIFT)
    shown = overlay(desk)
    assert shown is not None
    assert [chip.text() for chip in shown.chips.values()] == ["惠普　就绪", "针式　缺纸", "坏的　不接收任务"]
    assert [chip.isEnabled() for chip in shown.chips.values()] == [True, True, False]
    press(Qt.Key.Key_Escape)
    assert overlay(desk) is None
    assert desk.printing.papers == []
    assert desk.state.begun
    press(Qt.Key.Key_F9, SHIFT)
    press(Qt.Key.Key_3)
    assert desk.printing.papers == []
    press(Qt.Key.Key_2)
    assert len(desk.printing.papers) == 1
    assert local_settings.load(desk.office.folder).printer_for("A4") == "lq"


def test_what_was_issued_goes_to_the_printer_that_is_chosen_then(desk: Bench) -> None:
    desk.printing.known = PRINTERS
    ready(desk)
    desk.printing.refusal = Refusal("printer-rejects", "打印机“坏的”现在不接收任务。", "请换一台。")
    press(Qt.Key.Key_F9)
    desk.printing.refusal = None
    press(Qt.Key.Key_F9, SHIFT)
    press(Qt.Key.Key_1)
    assert [title for title, _ in desk.printing.papers] == [desk.says("issued_number")]
    assert desk.office.archive.show(desk.says("issued_number")).row.reprints == 0


def test_where_there_is_no_printer_that_is_said(desk: Bench) -> None:
    ready(desk)
    press(Qt.Key.Key_F9, SHIFT)
    assert overlay(desk) is None
    assert "没有找到打印机" in desk.messages[-1]
