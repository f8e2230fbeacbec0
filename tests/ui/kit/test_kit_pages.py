"""The pages of 停电备用单, by keys: a kit is printed and voided, what was given out is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.operations.kit import kits
from counter_assistant.operations.kit.blanks import blank_draft
from counter_assistant.operations.kit.kits import BlankState, known_blanks
from counter_assistant.operations.kit.printing import void_blanks
from counter_assistant.operations.kit.recording import record_blank
from counter_assistant.printing.jobs import rejecting
from counter_assistant.ui.kit.kit_page import KitPage
from counter_assistant.ui.kit.recording_page import RecordingPage
from tests.make import NOW, text_of
from tests.operations.kit.kits import Outage, paper
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show
from tests.ui.desk_hand import CONTROL, FakePrinting, commit, type_
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key


@pytest.fixture
def outage(tmp_path: Path) -> Iterator[Outage]:
    with closing(Outage(tmp_path)) as made:
        yield made


def kit_page(qtbot: QtBot, outage: Outage) -> KitPage:
    page = KitPage(outage.office, FakePrinting())  # type: ignore[arg-type]
    show(qtbot, page)
    page.setFocus()
    return page


def recording_page(qtbot: QtBot, outage: Outage, number: str = "") -> RecordingPage:
    page = RecordingPage(outage.office, number)
    show(qtbot, page)
    page.setFocus()
    return page


def sent(page: KitPage) -> list[tuple[str, bytes]]:
    assert isinstance(page.service, FakePrinting)
    return list(page.service.papers)


def write(text: str) -> None:
    type_(text) if text.isascii() else commit(text)


def focused_key(page: RecordingPage) -> str:
    return next(key for key, field in page.fields.items() if field.edit.hasFocus())


class TestKits:
    def test_the_first_kit_is_printed_by_one_key(self, qtbot: QtBot, outage: Outage) -> None:
        void_blanks(outage.office, [str(n) for n in range(1, 10)], "另印")
        page = kit_page(qtbot, outage)
        assert not find(page, QPushButton, "act").text().startswith("作废")
        press(Key.Key_F9)
        ((title, pdf),) = sent(page)
        assert title == "停电备用单 临公积金耿一备〔2026〕10号至36号"
        assert "备〔2026〕36号" in text_of(pdf)
        assert says(page, "message").endswith("两联夹在一起收好，停电时用。")
        assert says(page, "hint") == "在外 27 份，已作废 9 份"

    def test_while_blanks_are_out_another_kit_is_asked_about(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        press(Key.Key_F9)
        assert says(page, "message").startswith("还有 9 份在外面")
        assert sent(page) == []
        find(page, QLineEdit, "each").setText("2")
        press(Key.Key_F9)
        assert sent(page)[0][0] == "停电备用单 临公积金耿一备〔2026〕10号至27号"

    def test_what_lies_between_two_presses_makes_the_first_one_anew(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        press(Key.Key_F9)
        press(Key.Key_P, CONTROL)
        press(Key.Key_F9)
        assert sent(page) == []

    @pytest.mark.parametrize("typed", ["", "0", "10", "三", "-1"])
    def test_how_many_of_each_is_a_number_from_one_to_nine(self, qtbot: QtBot, outage: Outage, typed: str) -> None:
        page = kit_page(qtbot, outage)
        find(page, QLineEdit, "each").setText(typed)
        press(Key.Key_F9)
        press(Key.Key_F9)
        assert "请填 1 到 9" in says(page, "message")
        assert find(page, QLineEdit, "each").property("wrong")
        assert len(kits.kits(outage.office)) == 1

    def test_the_same_numbers_are_printed_again_once_somebody_is_sure(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        press(Key.Key_P, CONTROL)
        assert sent(page) == []
        press(Key.Key_P, CONTROL)
        assert sent(page)[0][0] == "停电备用单 临公积金耿一备〔2026〕1号至9号"
        assert len(kits.kits(outage.office)) == 1

    def test_a_kit_that_is_out_of_date_is_voided_and_printed_anew_by_one_key(
        self, qtbot: QtBot, outage: Outage
    ) -> None:
        office = outage.office
        office.decide_profile(replace(office.profile, supervision_phone="0883-2120000"))
        page = kit_page(qtbot, outage)
        assert sum("要换" in text for text in screen_texts(page) if text.startswith("1 份")) == 9
        assert find(page, QPushButton, "act").text().startswith("作废旧的，印新的一套")
        press(Key.Key_F9)
        states = [known.state for known in known_blanks(office)]
        assert (states.count(BlankState.VOID), states.count(BlankState.OUT)) == (9, 27)
        assert "0883-2120000" in text_of(sent(page)[0][1])

    def test_lost_ones_are_voided_with_a_reason(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        press(Key.Key_D, CONTROL)
        write("2，备〔2026〕4号")
        press(Key.Key_D, CONTROL)
        assert says(page, "message").startswith("作废须写明原因")
        write("弄脏了")
        press(Key.Key_D, CONTROL)
        assert says(page, "message") == "已作废 2 份：临公积金耿一备〔2026〕2号、临公积金耿一备〔2026〕4号。"
        assert says(page, "hint") == "在外 7 份，已作废 2 份"
        press(Key.Key_D, CONTROL)
        press(Key.Key_D, CONTROL)
        assert says(page, "message").startswith("没有写明作废哪几份")

    def test_where_the_printer_refuses_the_numbers_stay(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        page.service.refused.emit(rejecting("惠普"))
        assert says(page, "message").endswith("编号已经占好；打印机好了按 Ctrl+P 再打，号不变。")

    def test_who_may_not_is_told_who_may(self, qtbot: QtBot, outage: Outage) -> None:
        office = outage.office
        keeper, other, *rest = office.profile.clerks
        clerks = (replace(keeper, roles=(Role.CONTENT_KEEPER.value,)), replace(other, roles=tuple(Role)), *rest)
        office.decide_profile(replace(office.profile, clerks=clerks))
        page = kit_page(qtbot, outage)
        press(Key.Key_F9)
        press(Key.Key_F9)
        assert says(page, "message").startswith("印停电备用单由")
        assert sent(page) == []

    def test_nothing_is_rich_and_everything_has_a_name(self, qtbot: QtBot, outage: Outage) -> None:
        page = kit_page(qtbot, outage)
        assert rich_labels(page) == []
        assert nameless(page) == []
        assert len(page.KEYS) <= 11


class TestRecording:
    def test_what_stands_on_the_paper_is_recorded_and_the_next_one_comes(self, qtbot: QtBot, outage: Outage) -> None:
        page = recording_page(qtbot, outage)
        assert focused_key(page) == "number"
        for text in ("2", "1120", "岩温", "13900003333"):
            write(text)
            press(Key.Key_Return)
        press(Key.Key_F9)
        assert says(page, "message") == "已补录：临公积金耿一备〔2026〕2号，台账第 5 条。"
        assert (focused_key(page), says(page, "hint")) == ("number", "在外 8 份")
        assert page.fields["day"].edit.text() == "2026-11-23"
        assert [row.applicant for row in outage.office.archive.search("岩温")] == ["岩温"]

    def test_beside_the_title_stands_which_item_it_is_of(self, qtbot: QtBot, outage: Outage) -> None:
        page = recording_page(qtbot, outage)
        write("1")
        assert says(page, "hint") == "临公积金耿一备〔2026〕1号　租赁市场住房提取　在外"
        record_blank(outage.office, paper("1"))
        write("0")
        assert says(page, "hint") == "没有印过这个编号的停电备用单。"
        press(Key.Key_Backspace)
        press(Key.Key_Backspace)
        assert says(page, "hint") == "在外 8 份"

    def test_a_scan_fills_the_number(self, qtbot: QtBot, outage: Outage) -> None:
        page = recording_page(qtbot, outage)
        known = kits.find_blank(outage.office, "3")
        scan = read_scan(known.slip(blank_draft(outage.office, "B05"), NOW).qr)
        assert scan is not None
        assert page.take_scan(scan)
        assert page.fields["number"].edit.text() == known.number
        assert focused_key(page) == "hour"

    def test_asked_for_with_a_number_it_begins_at_the_hour(self, qtbot: QtBot, outage: Outage) -> None:
        page = recording_page(qtbot, outage, "备〔2026〕3号")
        assert page.fields["number"].edit.text() == "临公积金耿一备〔2026〕3号"
        assert focused_key(page) == "hour"

    @pytest.mark.parametrize(
        ("changed", "wrong"),
        [
            ({"number": "99"}, "number"),
            ({"hour": "2560"}, "hour"),
            ({"hour": "1559"}, "hour"),
            ({"day": "2026-13-01"}, "day"),
            ({"name": ""}, "name"),
            ({"phone": "岩"}, "phone"),
            ({"ticked": "99"}, "ticked"),
            ({"clerk": "没有这个人"}, "clerk"),
        ],
    )
    def test_what_is_wrong_is_framed_and_nothing_is_recorded(
        self, qtbot: QtBot, outage: Outage, changed: dict[str, str], wrong: str
    ) -> None:
        page = recording_page(qtbot, outage)
        for key, text in {"number": "1", "hour": "1120", "name": "岩温", **changed}.items():
            page.fields[key].edit.setText(text)
        before = outage.office.book.head()
        press(Key.Key_F9)
        assert [key for key, field in page.fields.items() if field.edit.property("wrong")] == [wrong]
        assert focused_key(page) == wrong
        assert outage.office.book.head() == before

    def test_esc_does_not_lose_what_was_typed(self, qtbot: QtBot, outage: Outage) -> None:
        page, left = recording_page(qtbot, outage), []
        page.finished.connect(lambda: left.append(True))
        page.fields["name"].edit.setText("岩温")
        press(Key.Key_Escape)
        assert (left, says(page, "message")) == ([], "还没有补录，请按 F9；再按一次 Esc 就不记。")
        press(Key.Key_Escape)
        assert left == [True]

    def test_without_a_kit_it_says_so(self, qtbot: QtBot, outage: Outage) -> None:
        void_blanks(outage.office, [str(n) for n in range(1, 10)], "另印")
        assert says(recording_page(qtbot, outage), "hint") == "没有在外的备用单"

    def test_nothing_is_rich_and_everything_has_a_name(self, qtbot: QtBot, outage: Outage) -> None:
        page = recording_page(qtbot, outage)
        assert rich_labels(page) == []
        assert nameless(page) == []
        assert find(page, QLabel, "title").text() == "补录备用单"
