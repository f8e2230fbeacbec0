"""The status line says which catalogue is told, and from when on one that lies ahead."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_revision
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.shell.status_line import StatusLine, catalogue_in_words
from tests.make import NOW, an_office, confirmed

TODAY = NOW.date()


@pytest.mark.parametrize(
    ("first", "said"),
    [(TODAY + timedelta(days=1), "{month}月{day}日"), (date(TODAY.year + 1, 1, 4), "{year}年{month}月{day}日")],
)
def test_an_edition_that_lies_ahead_is_named_with_its_first_day_and_what_is_told_today(
    tmp_path: Path, first: date, said: str
) -> None:
    office = an_office(tmp_path)
    office.decide_profile(confirmed(office.profile))
    shipped = office.catalogue.version
    assert catalogue_in_words(office) == f"{shipped} · 示例待核定"
    revising = Revising(office)
    source = Source("centre", document="18号", clause="第五条", day=TODAY)
    revising.do(Verdict(revising.open[0].statement, Answer.AGREE, source))
    take_revision(office, revising, Approval("18号", TODAY, "主任办公会", first), "0002")
    since = said.format(year=first.year, month=first.month, day=first.day)
    assert catalogue_in_words(office) == f"{first.isoformat()}，{since}起施行；今天仍按 {shipped}"
    office.clock = lambda: NOW + (first - TODAY)
    assert catalogue_in_words(office) == f"{first.isoformat()} · 示例待核定"
    office.close()


SHORT, LONG = "已保存。", "11月23日已结账，台账第 128 条，校验码 5:c288；日结单已送打印机，请签字以后连同附件归档。"


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.show_catalogue("2026.11.4 · 示例待核定")
    made.show_printer("打印机 HP", trouble=False)
    made.say_draft("草稿已保存 10:42:00")
    made.resize(1000, 30)
    made.show()
    return made


def always_there(line: StatusLine) -> list[str]:
    return [label.text() for label in (line.printer, line.catalogue, line.draft) if not label.isHidden()]


def test_what_stands_there_always_gives_way_to_a_long_sentence_and_comes_back(line: StatusLine, qtbot: QtBot) -> None:
    whole = always_there(line)
    assert len(whole) == 3
    line.say(SHORT)
    assert always_there(line) == whole
    line.say(LONG)
    qtbot.waitUntil(lambda: line.message.text() == LONG)
    assert always_there(line) == ["打印机 HP", "草稿已保存 10:42:00"]
    line.say("")
    assert always_there(line) == whole


def test_what_is_wrong_with_the_printer_stays(line: StatusLine) -> None:
    line.show_printer("打印机 HP 缺纸", trouble=True)
    line.say(LONG * 2)
    assert always_there(line) == ["打印机 HP 缺纸"]
    assert line.message.toolTip() == LONG * 2


def test_a_wider_window_shows_all_again(line: StatusLine) -> None:
    line.say(LONG)
    line.resize(2000, 30)
    assert len(always_there(line)) == 3
    assert line.message.toolTip() == ""


@pytest.mark.parametrize("mode", list(Mode))
def test_what_a_desk_is_not_in_every_day_does_not_stand_there_in_green(line: StatusLine, mode: Mode) -> None:
    line.show_mode(mode)
    assert line.mode.text() == f"● {mode.value}"
    assert bool(line.mode.property("attention")) == (mode not in (Mode.NORMAL, Mode.OPENING, Mode.SEALED))


def test_what_is_to_be_heeded_is_said_in_the_colour_of_attention_and_the_next_word_is_not(line: StatusLine) -> None:
    line.say("只备份在本机；U 盘没有插。", attention=True)
    heeded = line.message.palette().windowText().color().name()
    line.say("已出具。")
    plain = line.message.palette().windowText().color().name()
    assert (heeded, plain) == (theme.palette().attention.lower(), theme.palette().secondary.lower())
