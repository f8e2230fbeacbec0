"""The page that closes a day, by keys: shown first or closed at once, printed, printed again, refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.figures import Figures
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.day_sheet import lines_of_closing
from counter_assistant.operations.safekeeping import closing
from counter_assistant.ui.closing.page import ClosingPage
from tests.make import NOW, a_request
from tests.operations.publications.test_day_sheet import FULLEST
from tests.roles import Counter
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show
from tests.ui.desk_hand import FakePrinting
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

EVENING = NOW.replace(hour=17, minute=20)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.office.close()


def slip(office: Office) -> str:
    issued = issue_slip(office, a_request())
    assert issued.slip is not None
    return issued.slip.number


def page_of(qtbot: QtBot, counter: Counter, period: Period = Period.DAY) -> ClosingPage:
    page = ClosingPage(counter.office, period, FakePrinting())  # type: ignore[arg-type]
    show(qtbot, page)
    page.setFocus()
    return page


def printed(page: ClosingPage) -> list[str]:
    assert isinstance(page.service, FakePrinting)
    return [title for title, _ in page.service.papers]


def act(page: ClosingPage) -> str:
    return find(page, QPushButton, "act").text()


def title(page: ClosingPage) -> str:
    return find(page, QLabel, "title").text()


def test_before_the_end_of_the_day_it_is_shown_first(qtbot: QtBot, counter: Counter) -> None:
    void(counter.office, slip(counter.office), "写错了姓名")
    before = counter.office.book.head()
    page = page_of(qtbot, counter)
    assert counter.office.book.head() == before
    assert title(page) == "日结　2026年11月23日 星期一"
    assert act(page) == "结账　F9"
    assert any("写错了姓名，当事人联没有收回" in text for text in screen_texts(page))
    press(Qt.Key.Key_F9)
    assert counter.office.book.head()[0] == before[0] + 1
    assert (act(page), printed(page)) == ("打印日结单　F9", [])
    press(Qt.Key.Key_F9)
    assert printed(page) == ["日结单 2026-11-23"]
    assert says(page, "message").endswith("签字后与第一联一起存档。")


def test_at_the_end_of_the_day_it_is_closed_as_soon_as_it_is_asked_for(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    counter.now = EVENING
    page = page_of(qtbot, counter)
    assert counter.office.book.latest(EntryKind.DAY_CLOSED) is not None
    assert says(page, "message").startswith("已结账，记入台账第")
    assert "台账第" in says(page, "hint")


def test_what_was_closed_already_is_printed_again(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    closing.close(counter.office, Period.DAY, "2026-11-23")
    before = counter.office.book.head()
    page = page_of(qtbot, counter)
    assert says(page, "message") == "已经结过账了。F9 再打印一份。"
    press(Qt.Key.Key_F9)
    assert printed(page) == ["日结单 2026-11-23"]
    assert counter.office.book.head() == before


def test_days_that_were_forgotten_are_closed_one_after_the_other(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    closing.close(counter.office, Period.DAY, "2026-11-23")
    for _ in range(2):
        counter.now += timedelta(days=1)
        slip(counter.office)
    counter.now += timedelta(days=1)
    page = page_of(qtbot, counter)
    assert title(page) == "日结　2026年11月24日 星期二"
    more = find(page, QPushButton, "more")
    assert (more.isVisible(), more.text()) == (True, "接着结 2026年11月25日　Ctrl+N")
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert title(page) == "日结　2026年11月25日 星期三"
    assert not more.isVisible()
    assert [closed.name for closed, _ in closing.closings(counter.office)] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    before = counter.office.book.head()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert counter.office.book.head() == before


def test_whoever_may_not_is_told_who_may(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    counter.now = EVENING
    counter.give(Role.ARCHIVIST)
    page = page_of(qtbot, counter)
    assert says(page, "message").startswith("日结和收存档联由经办人或者带班领导办")
    assert counter.office.book.latest(EntryKind.DAY_CLOSED) is None


def test_a_month_that_is_not_ready_says_which_day_is_open(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    counter.now = NOW.replace(month=12, day=1)
    page = page_of(qtbot, counter, Period.MONTH)
    assert title(page) == "月结　2026年11月"
    assert says(page, "message").startswith("2026年11月23日还没有结账。")
    closing.close(counter.office, Period.DAY, "2026-11-23")
    press(Qt.Key.Key_F9)
    assert says(page, "message").startswith("已结账")
    assert act(page) == "打印月结单　F9"
    page.begin()
    assert says(page, "message") == "已经结过账了。F9 再打印一份。"


def test_a_printer_that_fails_loses_a_sheet_and_nothing_else(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    counter.now = EVENING
    page = page_of(qtbot, counter)
    assert isinstance(page.service, FakePrinting)
    page.service.refusal = Refusal("no-printer", "没有打印机，没有打出。", "")
    press(Qt.Key.Key_F9)
    assert says(page, "message") == "没有打印机，没有打出。结账已经记入台账；打印机好了再按 F9。"
    page.service.refusal = None
    press(Qt.Key.Key_F9)
    assert len(printed(page)) == 1


def test_everything_has_a_name_and_no_text_is_markup(qtbot: QtBot, counter: Counter) -> None:
    slip(counter.office)
    page = page_of(qtbot, counter)
    assert nameless(page) == []
    assert rich_labels(page) == []


def test_the_fullest_day_fits_the_smallest_window(
    qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a day with every kind of paper, voids, gaps and what came late THEN the page needs no more than 540 pixels."""
    figures = Figures(FULLEST.counts, FULLEST.papers[::2], FULLEST.voids, FULLEST.reprints, FULLEST.gaps)
    monkeypatch.setattr(closing, "_figures", lambda *_: figures)
    page = page_of(qtbot, counter)
    assert page.minimumSizeHint().height() <= 540


def test_it_says_how_many_slips_for_when_the_power_is_out_are_out(qtbot: QtBot, counter: Counter) -> None:
    """GIVEN a kit of nine WHEN the day is closed THEN they are counted, on the page and on the sheet, and their numbers are no gap."""
    kit = print_kit(counter.office, 1)
    counter.now = EVENING
    page = page_of(qtbot, counter)
    texts = screen_texts(page)
    assert "9 份在外：停电时用了的，请补录" in texts
    assert not any(text.startswith("断号") for text in texts)
    closed, entry = closing.find(counter.office, Period.DAY, "2026-11-23")
    sheet = "\n".join(lines_of_closing(counter.office, closed, entry))
    assert "停电备用单 9 份。" in sheet
    assert "停电备用单〔2026〕第 1 号至第 9 号已经印好。" in sheet
    assert len(list(kit.printed.blanks)) == closed.blanks_out == 9
