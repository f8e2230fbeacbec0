"""What decides a paper, by keys: each row of the decision table, the layers, the form, and a case that goes on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.ui.desk.cards.condition_box import ConditionBox
from counter_assistant.ui.desk.cards.decision import ActButtons
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.desk.presentation.state import DeskState
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from tests.decision_rows import ACCEPTED, DIRECT, FURTHER, PROMISE, ROWS
from tests.ui.desk_hand import CONTROL, Bench, bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

PAPERS = [name for name, row in ROWS.items() if row[1] != "none"]
PAPERLESS = {
    "3-held": "已登记，张某负责，12月1日前告知当事人",
    "4-unclear": "已登记，11月26日前答复",
    "12-on-the-spot": "已登记办结，不出文书",
}
Key = Qt.Key


def take(desk: Bench, content: dict[str, Any]) -> None:
    desk.page.take_request(read_request(content))


def layer(desk: Bench, keys: str) -> None:
    """F10 and a key, for each key."""
    for key in keys:
        press(Key.Key_F10)
        type_(key)


def title(desk: Bench) -> str:
    return desk.says("decision_title")


class TestTheTable:
    @pytest.mark.parametrize("name", PAPERS)
    def test_f9_issues_the_paper_of_the_row(self, desk: Bench, name: str) -> None:
        content, kind, clause, due = ROWS[name]
        take(desk, content)
        words = title(desk)
        press(Key.Key_F9)
        assert desk.says("issued_title") == f"{words}已出具"
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        result = entry.payload["result"]
        assert (result["kind"], result["clause"], result["due"]) == (kind, clause, due)
        assert [number for number, _ in desk.printing.papers] == [desk.says("issued_number")]

    @pytest.mark.parametrize("name", PAPERLESS)
    def test_f9_registers_where_no_paper_belongs(self, desk: Bench, name: str) -> None:
        take(desk, ROWS[name][0])
        press(Key.Key_F9)
        assert desk.says("issued_title") == PAPERLESS[name]
        assert desk.printing.papers == []

    @pytest.mark.parametrize(("name", "keys"), [
        ("1-elsewhere", "3"), ("2-colleague", "2"), ("3-held", "5"), ("4-unclear", "7"), ("9-undecided", "9"),
        ("13-not-on-the-spot", "0"),
    ])  # fmt: skip
    def test_keys_alone_lead_to_the_row(self, desk: Bench, name: str, keys: str) -> None:
        content = ROWS[name][0]
        plain = {key: value for key, value in content.items() if key not in ("duty", "hold", "clarity", "details")}
        take(desk, plain | {"on_the_spot": True, "eligible": "yes" if name.startswith("13") else "unchecked"})
        layer(desk, keys)
        assert desk.presented
        assert desk.presented.matter.outcome.rule == int(name.split("-", 1)[0])
        assert desk.says("decision_circumstances").startswith("情况：")

    def test_conditions_checked_by_keys_lead_from_supplement_to_promise(self, desk: Bench) -> None:
        take(desk, PROMISE | {"received": "all"})
        press(Key.Key_F9)
        assert "办理条件待核" in desk.says("decision_refusal")
        press(Key.Key_Return)
        for box in desk.questions.findChildren(ConditionBox):
            assert focused() is box
            type_(" ")
            press(Key.Key_Tab)
        press(Key.Key_F9)
        assert desk.says("issued_title") == "承诺通知书已出具"


class TestTheLayer:
    def test_the_usual_case_says_nothing(self, desk: Bench) -> None:
        take(desk, DIRECT)
        assert desk.says("decision_circumstances") == ""
        assert desk.form.isHidden()

    def test_a_key_sets_and_the_same_key_takes_back(self, desk: Bench) -> None:
        take(desk, DIRECT)
        layer(desk, "3")
        assert title(desk) == "指引单"
        layer(desk, "3")
        assert title(desk) == "一次性告知单"
        assert desk.form.isHidden()

    def test_escape_closes_only_the_layer_and_gives_the_focus_back(self, desk: Bench) -> None:
        take(desk, DIRECT)
        before = focused()
        press(Key.Key_F10)
        opened = desk.find(KeyOverlay, "情况")
        assert opened
        assert focused() is opened
        press(Key.Key_Escape)
        assert not opened.isVisible()
        assert focused() is before
        assert desk.state.item == "B08"

    def test_its_own_key_closes_it_and_a_click_chooses(self, desk: Bench) -> None:
        take(desk, DIRECT)
        press(Key.Key_F10)
        press(Key.Key_F10)
        opened = desk.find(KeyOverlay, "情况")
        assert opened
        assert not opened.isVisible()
        desk.find(Chip, "情况，F10").click()
        opened.chips["D"].click()
        assert desk.state.channel == "phone"

    def test_it_shows_what_holds(self, desk: Bench) -> None:
        take(desk, DIRECT | {"channel": "letter", "hold": "policy"})
        press(Key.Key_F10)
        opened = desk.find(KeyOverlay, "情况")
        assert opened
        assert {key for key, chip in opened.chips.items() if chip.isChecked()} == {"1", "6", "X"}

    def test_f7_changes_the_paper_and_asks_for_the_reason(self, desk: Bench) -> None:
        take(desk, ROWS["11-promise"][0])
        press(Key.Key_F7)
        type_("4")
        assert title(desk) == "补办件通知书"
        assert "按规定应为承诺通知书" in desk.says("decision_note")
        press(Key.Key_F9)
        assert "改出的理由" in desk.says("decision_refusal")
        press(Key.Key_Return)
        commit("当事人要求补正")
        press(Key.Key_F9)
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert entry.payload["facts"]["reason"] == "当事人要求补正"

    def test_a_notice_is_free_and_zero_goes_back_to_the_rule(self, desk: Bench) -> None:
        take(desk, ROWS["12-on-the-spot"][0])
        press(Key.Key_F7)
        type_("1")
        assert title(desk) == "一次性告知单"
        assert desk.form.isHidden()
        press(Key.Key_F7)
        type_("0")
        assert title(desk) == "当场办结，不出文书"


class TestTheForm:
    def test_the_first_field_gets_the_cursor_and_enter_leads_to_the_button(self, desk: Bench) -> None:
        take(desk, DIRECT)
        layer(desk, "3")
        press(Key.Key_Return)  # what was asked is the item, unless other words are typed
        for text in ("某市不动产登记中心", "0883-0000100", "示例路1号"):
            commit(text)
            press(Key.Key_Return)
        assert focused() is desk.find(QPushButton, "issue")
        press(Key.Key_F9)
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert entry.payload["facts"]["details"] == {
            "refer_to": "某市不动产登记中心", "refer_phone": "0883-0000100", "refer_address": "示例路1号"
        }  # fmt: skip

    def test_the_colleague_is_chosen_by_arrows(self, desk: Bench) -> None:
        take(desk, PROMISE)
        layer(desk, "2")
        assert focused() is desk.find(QComboBox, "colleague")
        press(Key.Key_Down)
        press(Key.Key_Down)
        assert desk.state.details["colleague"] == "0002"
        press(Key.Key_Return)
        assert focused().accessibleName() == "联系情况"

    def test_a_wrong_day_is_told_when_the_field_is_left(self, desk: Bench) -> None:
        take(desk, DIRECT)
        layer(desk, "6")
        commit("本县有没有新的规定")
        press(Key.Key_Return)
        commit("明天")
        assert desk.says("paper_fields_error") == ""
        press(Key.Key_Return)
        assert "无法识别" in desk.says("paper_fields_error")
        assert desk.field("due").property("wrong")

    def test_what_is_held_asks_for_the_day_before_it_is_registered(self, desk: Bench) -> None:
        take(desk, DIRECT)
        layer(desk, "4")
        press(Key.Key_F9)
        assert desk.says("decision_refusal") == "还差：要查证、协调的事、告知当事人的期限。按回车去第一处。"
        press(Key.Key_Return)
        commit("房屋是否已抵押")
        press(Key.Key_Return)
        commit("+3")
        press(Key.Key_Return)
        press(Key.Key_Down)
        press(Key.Key_Down)
        press(Key.Key_Down)
        press(Key.Key_F9)
        assert desk.says("issued_title") == "已登记，张某负责，11月26日前告知当事人"
        assert desk.form.isHidden()

    def test_a_late_entry_prints_its_day(self, desk: Bench) -> None:
        take(desk, PROMISE | ACCEPTED)
        layer(desk, "B")
        commit("11-20")
        press(Key.Key_F9)
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert entry.payload["facts"]["day"] == "2026-11-20"

    def test_a_character_without_a_glyph_is_told(self, desk: Bench) -> None:
        take(desk, DIRECT)
        layer(desk, "3")
        press(Key.Key_Return)
        commit("\U0002ebf0中心")
        press(Key.Key_F9)
        assert "应去的单位" in desk.says("decision_refusal")
        assert "U+2EBF0" in desk.says("paper_fields_error")

    def test_a_delay_is_told_as_what_it_is(self, desk: Bench) -> None:
        take(desk, FURTHER["delay"])
        assert title(desk) == "延期告知单"
        assert desk.says("decision_note") == ""
        assert desk.presented
        assert [entry.label for entry in desk.presented.paper_fields] == [
            "原文书编号",
            "原定日期",
            "新的日期",
            "延期理由",
        ]
        press(Key.Key_F9)
        assert desk.says("issued_title") == "延期告知单已出具"

    def test_enter_after_the_applicant_goes_through_the_form(self, desk: Bench) -> None:
        take(desk, DIRECT | {"duty": "elsewhere"})
        desk.field("id_number").setFocus()
        press(Key.Key_Return)
        assert focused().accessibleName() == "所问的事"

    def test_everything_fits_the_narrow_page(self, qtbot: Any, data_dir: Path) -> None:
        with bench(qtbot, data_dir, (1017, 540)) as desk:
            for content in (*(row[0] for row in ROWS.values()), *FURTHER.values()):
                take(desk, content)
                materials = desk.find(Card, "材料")
                shown: list[QWidget] = [desk.find(Card, "办理决定"), materials, desk.find(Card, "申请人")]
                shown += [desk.find(ActButtons, "出具"), *([] if desk.form.isHidden() else [desk.form])]
                rects = sorted((w.geometry() for w in shown), key=lambda rect: rect.y())
                assert all(a.bottom() < b.y() for a, b in pairwise(rects))
                assert materials.height() >= 140, content


class TestTaking:
    def test_what_stood_on_the_desk_is_kept_and_comes_back(self, desk: Bench) -> None:
        take(desk, DIRECT)
        desk.state.name = "李四"
        take(desk, PROMISE | {"case": "c1"})
        assert (desk.state.item, desk.state.case) == ("B01", "c1")
        assert {draft.body["name"] for draft in desk.office.drafts.all()} >= {"李四"}
        press(Key.Key_Escape)
        assert len(desk.office.drafts.all()) == 1, "the case itself stands in 办件"

    def test_what_was_typed_for_a_delay_is_kept_when_the_desk_is_left(self, desk: Bench) -> None:
        delay = {"due": "2026-11-25", "due_reason": "核验系统停机"}
        take(desk, PROMISE | {"case": "c1", "slip": "delay_notice", "reason": "", "details": delay})
        press(Key.Key_Escape)
        assert [draft.body["details"]["due_reason"] for draft in desk.office.drafts.all()] == ["核验系统停机"]

    def test_an_item_is_taken_for_an_empty_desk(self, desk: Bench) -> None:
        desk.page.take_item("B08", "租赁市场住房提取")
        assert desk.state.item == "B08"
        assert focused() is desk.questions

    def test_another_matter_makes_room_for_an_item(self, desk: Bench) -> None:
        take(desk, PROMISE)
        desk.page.take_item("B08", "租赁市场住房提取")
        assert (desk.state.item, desk.state.name) == ("B08", "")
        assert "B01" in {draft.body["item"] for draft in desk.office.drafts.all()}

    def test_after_an_issued_paper_nothing_of_it_is_kept(self, desk: Bench) -> None:
        take(desk, DIRECT)
        press(Key.Key_F9)
        desk.page.take_item("B01", "购买新建商品住房提取")
        assert not desk.page.served
        assert desk.office.drafts.all() == []

    def test_the_case_is_in_the_book(self, desk: Bench) -> None:
        issue_slip(desk.office, read_request(DIRECT | {"request_id": "c1"}))
        take(desk, DIRECT | {"case": "c1"})
        press(Key.Key_F9, CONTROL)
        entry = desk.office.book.latest(EntryKind.ORAL_NOTICE)
        assert entry
        assert entry.payload["facts"]["case"] == "c1"

    def test_an_item_without_a_text_leaves_the_desk_as_it_is(self, desk: Bench) -> None:
        take(desk, DIRECT)
        with pytest.raises(Refusal, match="目录里没有"):
            take(desk, DIRECT | {"item": "Z99"})
        assert desk.state.item == "B08"
        assert isinstance(desk.state, DeskState)
