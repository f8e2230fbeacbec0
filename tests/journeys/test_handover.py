"""An absence of two days by keys: the handover and its sheets, what stands in its place meanwhile, the return and its sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from counter_assistant.domain.registers.handover.entries import HandedBack, Handover
from counter_assistant.domain.registers.settling import State
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.on_duty import away_in_words
from counter_assistant.operations.registers.handover.handover_book import handovers_listed
from tests.decision_rows import ROWS
from tests.journeys.keys import ALT, Counter
from tests.make import a_request, text_of
from tests.ui.find import find, says

Key = Qt.Key


def waits(counter: Counter, papers: int) -> str:
    """What the newest paper says, once so many have reached the printer."""
    counter.qtbot.waitUntil(lambda: len(counter.papers) == papers)
    return text_of(counter.papers[-1].pdf)


def test_two_days_away_with_both_sheets(counter: Counter) -> None:
    issue_slip(counter.office, a_request(**ROWS["11-promise"][0], request_id="promised"))
    counter.start()
    counter.type("gzjj")
    counter.press(Key.Key_Return)
    counter.type("24")
    counter.press(Key.Key_Return)
    counter.type("2")
    counter.press(Key.Key_Return)
    counter.type("3")
    counter.write("业务专用章 1枚 编号 03")
    counter.press(Key.Key_F9)
    (made,) = handovers_listed(counter.office)
    said = made.said
    assert isinstance(said, Handover)
    assert (said.who, said.receiver, said.witness, said.since, said.until, said.reason) == (
        "0001",
        "0002",
        "0003",
        "2026-11-23",
        "2026-11-24",
        "training",
    )
    assert [case.case for case in said.cases] == ["promised"]
    sheet = waits(counter, 1)
    assert sheet.count("AB角工作交接单") == 3
    assert "业务专用章" in sheet
    assert counter.papers[0].title == "AB 角工作交接单"
    counter.took("工作交接，离岗两天")

    counter.press(Key.Key_F2)
    assert find(counter.desk.page, QAbstractButton, "away").text() == "离岗 罗𠅤克（玉罕代）"
    counter.press(Key.Key_F3)
    counter.press(Key.Key_8, ALT)
    assert "离岗，现由 玉罕 0883-2120001" in says(counter.page, "people")

    counter.morning(25)
    counter.start()
    counter.press(Key.Key_F5)
    counter.press(Key.Key_F9)
    counter.press(Key.Key_F9)
    (back,) = handovers_listed(counter.office)
    assert (back.state, isinstance(back.back, HandedBack)) == (State.DONE, True)
    assert back.back is not None
    assert (back.back.day, back.back.seals) == ("2026-11-25", said.seals)
    assert waits(counter, 2).count("AB角返岗交回单") == 3
    assert away_in_words(counter.office) == ""
    counter.took("返岗交回")

    counter.press(Key.Key_F7)
    counter.press(Key.Key_D)
    assert waits(counter, 3).count("AB角返岗交回单") == 3
    counter.took("再打一次交回单")


def test_what_cannot_be_handed_over_keeps_what_was_typed(counter: Counter) -> None:
    counter.type("gzjj")
    counter.press(Key.Key_Return)
    counter.type("24")
    counter.press(Key.Key_F9)
    assert handovers_listed(counter.office) == []
    assert counter.papers == []
    assert "监交人" in says(counter.page, "fault")
    counter.type("3")
    counter.press(Key.Key_F9)
    (made,) = handovers_listed(counter.office)
    assert made.said.until == "2026-11-24"
