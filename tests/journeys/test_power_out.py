"""When the power is out: a kit is printed by one act, and three blanks that were given out are recorded afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from counter_assistant.domain.papers.numbering import kit_qr_digits
from counter_assistant.operations.archive.reprint_and_void import show
from counter_assistant.operations.kit.kits import BlankState, blanks_out, known_blanks
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.ui.desk.search.results import RowList
from counter_assistant.ui.kit.kit_page import KitPage
from counter_assistant.ui.kit.recording_page import RecordingPage
from tests.journeys.keys import CONTROL, Counter
from tests.make import NOW, text_of
from tests.ui.find import find, says
from tests.ui.scanning.gun import Gun

pytestmark = pytest.mark.slow  # every journey opens a window of its own

Key = Qt.Key


def shown(counter: Counter) -> type:
    """Which page the window shows."""
    return type(counter.page)


def test_a_kit_is_printed_by_its_name_and_one_key(counter: Counter) -> None:
    counter.start()
    counter.type("byd")
    counter.press(Key.Key_Return)
    assert shown(counter) is KitPage
    counter.press(Key.Key_F9)
    counter.took("印停电备用单")
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    assert counter.papers[0].title == "停电备用单 临公积金耿一备〔2026〕1号至27号"
    text = text_of(counter.papers[0].pdf)
    assert text.count("第一联存档") == text.count("第二联交当事人") >= 27
    counter.press(Key.Key_Escape)
    assert counter.search.hasFocus()
    assert counter.sound()


def test_three_blanks_are_recorded_when_the_power_is_back(counter: Counter) -> None:
    """GIVEN three blanks given out at 11:05, 11:30 and 12:10 WHEN they are recorded at 13:42 THEN they are slips as any other."""
    print_kit(counter.office)
    counter.now = NOW.replace(hour=13)
    counter.start()
    counter.type("blbyd")
    counter.press(Key.Key_Return)
    assert shown(counter) is RecordingPage
    for number, hour, name in (("1", "1105", "岩温"), ("4", "1130", "玉罕"), ("2", "1210", "岩罕")):
        for text in (number, hour, name):
            counter.write(text)
            counter.press(Key.Key_Return)
        counter.write("13900003333")
        counter.press(Key.Key_F9)
    counter.took("补录三份备用单")
    counter.press(Key.Key_Escape)
    office = counter.office
    for place, hour, name in ((1, "11:05", "岩温"), (4, "11:30", "玉罕"), (2, "12:10", "岩罕")):
        record = show(office, f"临公积金耿一备〔2026〕{place}号")
        said = "\n".join(record.slip.draft.lines())
        assert record.row.applicant == name
        assert f"告知时间：2026年11月23日 {hour}" in said
        assert "补录于2026年11月23日 13:42" in said
    assert len(blanks_out(office)) == 24
    assert office.prints.unprinted() == []
    assert all(counter.case(f"book:kit:2026/530926/{place}").papers for place in (1, 2, 4))
    assert counter.sound()


def test_a_blank_is_recorded_from_the_field_that_finds_everything(counter: Counter) -> None:
    print_kit(counter.office)
    counter.now = NOW.replace(hour=13)
    counter.start()
    counter.write("备3")
    found = find(counter.desk.page, RowList, "items_found")
    counter.qtbot.waitUntil(lambda: "备用单 3号" in [row.text for row in found.results.rows])
    counter.press(Key.Key_Return)
    assert shown(counter) is RecordingPage
    for text in ("1120", "岩温"):
        counter.write(text)
        counter.press(Key.Key_Return)
    counter.press(Key.Key_F9)
    counter.took("补录一份备用单")
    assert known_blanks(counter.office)[2].state is BlankState.RECORDED


def test_a_blank_that_is_scanned_is_recorded(counter: Counter) -> None:
    kit = print_kit(counter.office)
    counter.now = NOW.replace(hour=13)
    counter.qtbot.waitUntil(lambda: hasattr(counter.desk, "scans"))
    gun = Gun(counter.desk.scans.watch)
    gun.type(kit_qr_digits(2026, 5, kit.printed.installation))
    gun.key(Key.Key_Return)
    counter.qtbot.waitUntil(lambda: shown(counter) is RecordingPage)
    assert says(counter.page, "hint").startswith("临公积金耿一备〔2026〕5号")


def test_a_kit_that_is_out_of_date_stands_in_the_line_of_today(counter: Counter) -> None:
    print_kit(counter.office, 1)
    office = counter.office
    office.decide_profile(replace(office.profile, supervision_phone="0883-2120000"))
    counter.press(Key.Key_F3)
    counter.press(Key.Key_F2)
    figure = find(counter.desk.page, QAbstractButton, "kit")
    assert (figure.isVisible(), figure.text()) == (True, "备用单要换 9")
    figure.click()
    assert shown(counter) is KitPage
    counter.start()
    counter.press(Key.Key_F9)
    counter.took("换一套备用单")
    counter.qtbot.waitUntil(lambda: len(counter.papers) == 1)
    counter.press(Key.Key_N, CONTROL)
    assert shown(counter) is RecordingPage
    counter.press(Key.Key_Escape)
    assert not figure.isVisible()
    assert counter.sound()
