"""A visitor who reads small type badly: one key, before the paper is issued or after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.printing.jobs import Printer
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from tests.make import text_of
from tests.paper.reading import glyphs_of, sizes_of
from tests.ui.counter import SHIFT
from tests.ui.desk_hand import CONTROL, Bench, commit, press, type_


def is_large(pdf: bytes) -> bool:
    """Whether running text has 15 points, and not 10.5."""
    heights = sorted(g.top - g.bottom for g in glyphs_of(pdf)[0] if g.char == "住")
    return heights[len(heights) // 2] > 12


@pytest.fixture
def rented(desk: Bench) -> Bench:
    """A visitor with a name, about to get the notice."""
    desk.take("gmxj")
    type_("121211")
    desk.field("name").setFocus()
    commit("岩香")
    press(Qt.Key.Key_Return)
    return desk


def large(bench: Bench) -> bool:
    """Whether this visitor's papers are printed in large type."""
    return bench.state.large_print and bench.office.at_window.large_print


def test_one_key_prints_this_visitors_paper_in_large_and_the_next_ones_as_usual(rented: Bench) -> None:
    press(Qt.Key.Key_G, CONTROL)
    assert large(rented)
    assert rented.messages[-1].startswith("这一位的文书打大字")
    press(Qt.Key.Key_F9)
    ((number, pdf),) = rented.printing.papers
    assert is_large(pdf)
    assert not list(rented.office.book.entries(EntryKind.SLIP_REPRINTED))
    press(Qt.Key.Key_Return)
    assert not large(rented)
    assert number


def test_after_it_was_issued_the_same_key_prints_it_once_more_in_large_counted(rented: Bench) -> None:
    press(Qt.Key.Key_F9)
    assert "大字补打" in rented.find(QPushButton, "large_print").text()
    press(Qt.Key.Key_G, CONTROL)
    (first, second) = (pdf for _, pdf in rented.printing.papers)
    assert (is_large(first), is_large(second)) == (False, True)
    assert "补打 第1次" in text_of(second).replace("补打第", "补打 第")
    assert len(list(rented.office.book.entries(EntryKind.SLIP_REPRINTED))) == 1


def test_the_mouse_turns_it_on_and_off_and_the_paper_is_shown_so(rented: Bench) -> None:
    link = rented.find(QPushButton, "large_print")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert large(rented)
    assert "常规字" in link.text()
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert not large(rented)
    assert rented.messages[-1] == "文书按平常的字号打。"


def test_the_same_visitor_needs_it_for_the_next_matter_too_and_a_draft_keeps_it(rented: Bench) -> None:
    press(Qt.Key.Key_G, CONTROL)
    press(Qt.Key.Key_Escape)
    assert not large(rented)
    press(Qt.Key.Key_Z, CONTROL)
    assert large(rented)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Return, CONTROL)
    assert large(rented)


def test_a_paper_goes_on_the_sheet_that_the_office_has_chosen_and_what_does_not_fit_is_said(rented: Bench) -> None:
    office = rented.office
    office.decide_profile(replace(office.profile, paper_formats={"notification_slip": PaperFormat.HALVES.value}))
    rented.page.renew_office()
    press(Qt.Key.Key_F9)
    (_, pdf) = rented.printing.papers[-1]
    assert sizes_of(pdf)[0] == (210, 297)
    assert len(sizes_of(pdf)) == 2, "it does not fit on a half, and goes on A4"


def test_a_printer_is_remembered_for_the_sheet_that_the_paper_goes_on(rented: Bench) -> None:
    """GIVEN continuous paper for this kind WHEN another printer is chosen THEN it is that of this sheet, and A4 keeps its own."""
    office = rented.office
    office.decide_profile(replace(office.profile, paper_formats={"notification_slip": PaperFormat.CONTINUOUS.value}))
    rented.page.renew_office()
    QTest.qWait(50)
    rented.printing.known = [Printer("hp", "惠普"), Printer("lq", "针式")]
    press(Qt.Key.Key_F9, SHIFT)
    (shown,) = [one for one in rented.page.findChildren(KeyOverlay) if one.isVisible()]
    assert any("241×140 毫米" in label.text() for label in shown.findChildren(QLabel))
    press(Qt.Key.Key_2)
    settings = local_settings.load(office.folder)
    assert (settings.printer_for("Custom.241x140mm"), settings.printer_for("A4")) == ("lq", "")
    assert sizes_of(rented.printing.papers[-1][1])[0] == (241, 140)
