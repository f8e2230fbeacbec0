"""The desk by keys: each panel, and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.desk.cards.agent_fields import RelationEdit
from counter_assistant.ui.widgets.chip import Chip
from tests.make import a_request
from tests.ui.desk_hand import CONTROL, Bench, bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # each opens a desk

FIELDS = (QAbstractButton, QLineEdit, QComboBox, QListView)


def ready(desk: Bench) -> None:
    """An inquiry that only lacks the name."""
    desk.take("gmxj")
    type_("121211")
    press(Qt.Key.Key_Return)


class TestSearch:
    def test_the_focus_is_there_and_the_usual_items_are_listed_with_their_digits(self, desk: Bench) -> None:
        assert [row.key for row in desk.rows("items_found") if row.item] == list("123456789")
        assert focused() is desk.search

    def test_initials_find_the_item_and_enter_asks_its_questions(self, desk: Bench) -> None:
        desk.take("gmxj")
        assert desk.state.item == "B01"
        assert focused() is desk.questions

    def test_down_takes_another_one(self, desk: Bench) -> None:
        type_("zl")
        second = desk.found()[1]
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert desk.state.item == second

    def test_a_committed_word_finds_as_well(self, desk: Bench) -> None:
        commit("租赁")
        assert set(desk.found()) >= {"B08", "B09"}

    def test_enter_while_composing_does_nothing(self, desk: Bench) -> None:
        commit("", preedit="zu lin")
        press(Qt.Key.Key_Return)
        assert desk.state.item == ""

    def test_nothing_found_says_what_to_do(self, desk: Bench) -> None:
        type_("qqqq")
        assert "没有找到" in desk.says("nothing_found")
        press(Qt.Key.Key_Return)
        assert desk.state.item == ""

    def test_escape_shows_the_item_taken_before_again(self, desk: Bench) -> None:
        desk.take("gmxj")
        desk.search.setFocus()
        type_("zl")
        press(Qt.Key.Key_Escape)
        assert desk.found() == ["B01"]
        assert desk.state.item == "B01"


class TestQuestions:
    def test_digits_answer_and_the_last_leads_to_the_materials(self, desk: Bench) -> None:
        desk.take("gmxj")
        type_("121211")
        assert desk.state.answers["deed"] == "not_issued"
        assert focused() is desk.materials

    def test_the_list_is_live_and_what_moved_is_tinted_for_a_second(self, desk: Bench, qtbot: Any) -> None:
        desk.take("gmxj")
        type_("12")
        assert "购房发票" in desk.names()
        model = desk.materials.model_
        assert model.tinted
        qtbot.waitUntil(lambda: not model.tinted)

    def test_backspace_goes_back(self, desk: Bench) -> None:
        desk.take("gmxj")
        type_("1")
        press(Qt.Key.Key_Backspace)
        type_("2")
        assert desk.state.answers["who"] == "spouse"

    def test_a_click_answers_too(self, desk: Bench, qtbot: Any) -> None:
        desk.take("gmxj")
        row = desk.questions.question_rows["who"]
        qtbot.waitUntil(lambda: not row.moved.running)
        row.chips["spouse"].click()
        assert desk.state.answers == {"who": "spouse"}
        assert row.chips["spouse"].isChecked()

    def test_a_condition_turns_to_checked_with_space(self, desk: Bench) -> None:
        desk.take("gmxj")
        box = next(iter(desk.questions.boxes.values()))
        box.setFocus()
        press(Qt.Key.Key_Space)
        assert box.words == "已核"
        assert "已核" in box.accessibleName()


class TestMaterials:
    def test_space_ticks_and_turns_to_an_application(self, desk: Bench) -> None:
        ready_materials(desk)
        type_(" ")
        assert (desk.state.received, desk.state.applying) == ({"id-card"}, True)

    def test_control_a_ticks_all(self, desk: Bench) -> None:
        ready_materials(desk)
        press(Qt.Key.Key_A, CONTROL)
        assert len(desk.state.received) == len([r for r in desk.presented.rows if r.tickable])

    def test_the_spouses_papers_as_agent_are_ticked_once_and_their_mark_can_be_taken_away(self, desk: Bench) -> None:
        """GIVEN the agent's card ticked before it was known that the spouse withdraws too THEN it is the spouse's, ticked."""
        desk.take("gmxj")
        type_(
            "2111"
        )  # the spouse, a deed, the owner; whether the spouse withdraws too, and where the house is, is open
        state = desk.state
        state.tick("agent-id-card")
        type_("1")
        rows = {row.id: row for row in desk.presented.rows}
        assert "agent-id-card" not in rows
        assert rows["spouse-id-card"].box == "ticked"
        assert rows["spouse-id-card"].detail.startswith("兼作代办人有效身份证件 · ")
        listed = desk.materials
        listed.ticked.emit("spouse-id-card")
        assert state.received == set()
        press(Qt.Key.Key_A, CONTROL)
        assert {"spouse-id-card", "marriage-certificate"} <= state.received
        press(Qt.Key.Key_A, CONTROL)
        assert state.received == set()

    def test_e_asks_for_the_reason_on_the_line(self, desk: Bench) -> None:
        ready_materials(desk)
        type_("E")
        commit("姓名看不清")
        press(Qt.Key.Key_Return)
        assert desk.state.defects == {"id-card": "姓名看不清"}
        assert focused() is desk.materials

    def test_escape_leaves_the_line_as_it_was(self, desk: Bench) -> None:
        ready_materials(desk)
        type_("E")
        commit("x")
        press(Qt.Key.Key_Escape)
        assert (desk.state.defects, desk.state.item) == ({}, "B01")

    def test_the_question_mark_shows_why_and_escape_hides_it(self, desk: Bench) -> None:
        ready_materials(desk)
        type_("?")
        assert "不得要求单位出具的提取证明" in desk.says("reasons")
        press(Qt.Key.Key_Escape)
        assert desk.says("reasons") == ""
        assert desk.state.item == "B01"

    def test_f8_turns_the_purpose(self, desk: Bench) -> None:
        ready_materials(desk)
        press(Qt.Key.Key_F8)
        assert desk.find(Chip, "申请，F8 切换").isChecked()


def ready_materials(desk: Bench) -> None:
    desk.take("gmxj")
    type_("121211")


class TestApplicant:
    def test_a_wrong_number_is_told_beside_the_field_when_it_is_left(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_Return)
        type_("12")
        assert desk.says("applicant_error") == ""
        press(Qt.Key.Key_Return)
        assert "电话号码" in desk.says("applicant_error")

    def test_the_identity_number_is_masked_once_left(self, desk: Bench) -> None:
        ready(desk)
        field = desk.field("id_number")
        field.setFocus()
        type_("11010519491231002X")
        press(Qt.Key.Key_Return)
        assert field.text() == "110105********002X"
        field.setFocus()
        assert field.text() == "11010519491231002X"

    def test_a_character_without_a_glyph_is_told(self, desk: Bench) -> None:
        ready(desk)
        commit("李\U0002ebf0")
        press(Qt.Key.Key_Return)
        assert "U+2EBF0" in desk.says("applicant_error")

    def test_the_agent_is_asked_for_only_where_there_is_one(self, desk: Bench) -> None:
        desk.take("gmxj")
        assert not desk.field("agent_name").isVisible()
        type_("2")
        assert desk.field("agent_name").isVisible()

    def test_an_heir_comes_in_person(self, desk: Bench) -> None:
        desk.page.take_item("B15", "继承人、受遗赠人提取")
        desk.questions.answered.emit("who", "heir")
        assert not desk.field("agent_name").isVisible()
        desk.questions.answered.emit("who", "other")
        assert desk.field("agent_name").isVisible()

    def test_the_relations_that_the_answer_leaves_are_offered_and_one_is_taken(self, desk: Bench) -> None:
        desk.take("gmxj")
        type_("31112")
        relation = desk.find(RelationEdit, "agent_relation")
        relation.setFocus()
        popup = relation.completer().popup()
        assert popup.isVisible()
        assert relation.offered.stringList() == ["父亲", "母亲", "儿子", "女儿"]
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        assert desk.state.agent_relation == "母亲"
        assert focused() is desk.field("agent_phone")

    def test_an_agents_number_is_masked_once_left_and_asked_for_where_a_paper_accepts(self, desk: Bench) -> None:
        desk.take("gmxj")
        type_("21112")
        number = desk.field("agent_id_number")
        assert number.placeholderText() == "证件号码（可不填）"
        press(Qt.Key.Key_A, CONTROL)
        for box in desk.questions.boxes.values():
            box.click()
        assert number.placeholderText() == "证件号码"
        desk.field("name").setFocus()
        for text in ("赵六", "13800000000", "11010519491231002X"):
            commit(text)
            press(Qt.Key.Key_Return)
        press(Qt.Key.Key_F9)
        assert desk.says("decision_refusal") == "还差：代办人姓名、代办人证件号码。按回车去第一处。"
        press(Qt.Key.Key_Return)
        assert focused() is desk.field("agent_name")
        for text in ("钱七", "", "13900000001", "530902199001011243"):
            commit(text)
            press(Qt.Key.Key_Return)
        assert number.text() == "530902********1243"
        agent = desk.presented.matter.applicant.agent
        assert (agent.in_words(), agent.id_number, agent.phone) == ("钱七（配偶）", "530902199001011243", "13900000001")
        press(Qt.Key.Key_F9)
        (paper,) = desk.office.archive.search("赵六")
        assert paper.kind == "promise_notice"

    def test_enter_while_composing_stays_in_the_field(self, desk: Bench) -> None:
        ready(desk)
        commit("", preedit="luo")
        press(Qt.Key.Key_Return)
        assert focused() is desk.field("name")


class TestIssuing:
    def test_without_a_name_f9_says_so_and_enter_goes_there(self, desk: Bench) -> None:
        ready_materials(desk)
        press(Qt.Key.Key_F9)
        assert "姓名" in desk.says("decision_refusal")
        assert desk.printing.papers == []
        press(Qt.Key.Key_Return)
        assert focused() is desk.field("name")

    def test_f9_issues_prints_and_shows_the_number(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F9)
        number = desk.says("issued_number")
        assert [title for title, _ in desk.printing.papers] == [number]
        assert desk.office.archive.show(number).row.applicant == "罗𠅤克"
        assert desk.office.drafts.all() == []

    def test_a_double_f9_issues_one_slip(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F9)
        press(Qt.Key.Key_F9)
        assert len(desk.office.archive.search("罗")) == 1
        assert len(desk.printing.papers) == 1

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
    def test_then_a_new_applicant(self, desk: Bench, key: Qt.Key) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F9)
        press(key)
        assert desk.state.pristine
        assert focused() is desk.search
        assert desk.put_aside() == []

    def test_a_reprint_is_counted_and_marked(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F9)
        press(Qt.Key.Key_P, CONTROL)
        number = desk.says("issued_number")
        assert desk.office.archive.show(number).row.reprints == 1
        assert desk.printing.papers[0][1] != desk.printing.papers[1][1]

    def test_what_did_not_print_is_sent_again_and_is_no_reprint(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        desk.printing.refusal = Refusal("printer-down", "打印机没有应答。", "请稍后再打。")
        press(Qt.Key.Key_F9)
        assert desk.says("issued_trouble") == (
            "打印机没有应答。文书已经存档，记录是安全的。请稍后再打。"
            "（再按 Ctrl+P 重送，不另计次数；Shift+F9 换一台，Ctrl+S 存为 PDF）"
        )
        desk.printing.refusal = None
        press(Qt.Key.Key_P, CONTROL)
        number = desk.says("issued_number")
        assert desk.office.archive.show(number).row.reprints == 0
        assert len(desk.printing.papers) == 1

    @pytest.mark.parametrize(
        ("key", "button", "what", "says"),
        [
            (Qt.Key.Key_D, "copy_message", "短信稿", "罗𠅤克，您好！"),
            (Qt.Key.Key_H, "copy_letter", "信函稿", "罗𠅤克：\n"),
        ],
    )
    def test_what_the_paper_says_is_copied_for_who_is_not_here(
        self, desk: Bench, key: Qt.Key, button: str, what: str, says: str
    ) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F9)
        press(key, CONTROL)
        by_key = QApplication.clipboard().text()
        assert says in by_key
        assert desk.says("issued_number") in by_key
        assert desk.says("issued_printing") == f"{what}已复制，{len(by_key)} 字；内容与纸上相同。"
        QApplication.clipboard().clear()
        QTest.mouseClick(desk.find(QPushButton, button), Qt.MouseButton.LeftButton)
        assert QApplication.clipboard().text() == by_key
        assert len(desk.printing.papers) == 1

    def test_a_paper_without_a_box_is_no_message_and_says_so(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_F10)
        type_("2")
        press(Qt.Key.Key_Escape)
        QApplication.clipboard().setText("以前复制的")
        press(Qt.Key.Key_F9)
        press(Qt.Key.Key_D, CONTROL)
        assert desk.says("issued_printing") == "这份文书没有短信稿，请按纸上的内容告知。"
        assert QApplication.clipboard().text() == "以前复制的"

    def test_an_oral_notice_needs_no_name_and_prints_nothing(self, desk: Bench) -> None:
        ready_materials(desk)
        press(Qt.Key.Key_F9, CONTROL)
        assert desk.says("issued_title") == "口头告知已记录"
        press(Qt.Key.Key_D, CONTROL)
        assert "要带：" in QApplication.clipboard().text()
        assert "号）" not in QApplication.clipboard().text()
        assert desk.office.book.latest(EntryKind.ORAL_NOTICE)
        assert desk.printing.papers == []

    def test_a_refusal_of_the_book_stands_on_the_card(self, desk: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        ready(desk)
        commit("罗𠅤克")

        def full(*_: Any) -> None:
            raise Refusal("disk-full", "磁盘已满，无法保存。", "请清理磁盘后重试。")

        monkeypatch.setattr(desk.office.book, "issue", full)
        press(Qt.Key.Key_F9)
        assert "磁盘已满" in desk.says("decision_refusal")
        assert desk.find(QPushButton, "issue").isEnabled()


class TestDrafts:
    def test_escape_keeps_what_was_not_issued_and_control_z_brings_it_back(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_Escape)
        assert desk.state.pristine
        assert desk.put_aside() == ["罗𠅤克"]
        press(Qt.Key.Key_Z, CONTROL)
        assert (desk.state.name, desk.state.item) == ("罗𠅤克", "B01")
        assert desk.field("name").text() == "罗𠅤克"

    def test_it_is_written_when_a_field_is_left(self, desk: Bench) -> None:
        ready(desk)
        commit("罗𠅤克")
        press(Qt.Key.Key_Return)
        saved = desk.office.drafts.newest()
        assert saved
        assert saved.body["name"] == "罗𠅤克"

    def test_the_next_draft_after_an_issued_one_can_be_issued_too(self, desk: Bench) -> None:
        """GIVEN two drafts WHEN one is restored and issued as it was, and the other restored at once THEN F9 issues that."""
        for name in ("岩罕", "玉罕"):
            ready(desk)
            commit(name)
            press(Qt.Key.Key_Escape)
        for _ in range(2):
            press(Qt.Key.Key_Z, CONTROL)
            press(Qt.Key.Key_F9)
            assert desk.says("issued_title") == "一次性告知单已出具"
        assert len(desk.printing.papers) == 2

    def test_a_restart_offers_it_again(self, qtbot: Any, data_dir: Path) -> None:
        with bench(qtbot, data_dir) as first:
            ready(first)
            commit("罗𠅤克")
        with bench(qtbot, data_dir) as second:
            assert second.put_aside() == ["罗𠅤克"]
            press(Qt.Key.Key_Z, CONTROL)
            assert second.state.name == "罗𠅤克"

    def test_a_draft_that_is_not_wanted_goes(self, desk: Bench) -> None:
        ready(desk)
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Delete)
        assert desk.office.drafts.all() == []
        assert "Ctrl+Z 还可以取回" in desk.says("draft_words")
        assert focused() is desk.search
        press(Qt.Key.Key_Z, CONTROL)
        assert desk.state.item == "B01"
        assert [draft.uuid for draft in desk.office.drafts.all()] == [desk.state.uuid]

    def test_a_case_that_comes_to_the_desk_costs_nobody_a_draft(self, desk: Bench) -> None:
        """GIVEN somebody half served WHEN a case is brought, and left again unchanged THEN the first is offered, not the case."""
        desk.page.draft_message.connect(desk.messages.append)
        ready(desk)
        commit("罗𠅤克")
        desk.page.take_request(a_request("B08", applicant={"name": "岩罕"}, case="c1"))
        assert any("按 Ctrl+Z 取回：罗𠅤克" in said for said in desk.messages)
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Z, CONTROL)
        assert desk.state.name == "罗𠅤克"
        assert [draft.body["name"] for draft in desk.office.drafts.all()] == ["罗𠅤克"]

    def test_what_was_changed_of_a_case_is_a_draft_too_and_the_older_one_is_one_key_further(self, desk: Bench) -> None:
        desk.page.draft_message.connect(desk.messages.append)
        ready(desk)
        commit("罗𠅤克")
        desk.page.take_request(a_request("B08", applicant={"name": "岩罕"}))
        desk.field("name").setFocus()
        desk.field("name").selectAll()
        commit("玉罕")
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Z, CONTROL)
        assert desk.state.name == "玉罕"
        assert "取更早的草稿：罗𠅤克" in desk.messages[-1]
        for name in ("罗𠅤克", "玉罕", "罗𠅤克"):
            press(Qt.Key.Key_Z, CONTROL)
            assert desk.state.name == name
        press(Qt.Key.Key_Escape)
        assert sorted(desk.put_aside()) == ["玉罕", "罗𠅤克"]


class TestTheWholePage:
    def test_no_widget_shows_rich_text(self, desk: Bench) -> None:
        ready(desk)
        commit("<b>x</b><img src=y>")
        labels = desk.page.findChildren(QLabel)
        assert labels
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}

    def test_every_control_has_an_accessible_name(self, desk: Bench) -> None:
        ready_materials(desk)
        type_("E")
        controls: list[QWidget] = [w for kind in FIELDS for w in desk.page.findChildren(kind)]
        own = [w for w in controls if not w.objectName().startswith("qt_") and not w.inherits("QComboBoxListView")]
        assert [type(w).__name__ for w in own if not w.accessibleName()] == []

    def test_escape_in_a_field_of_the_paper_goes_back_to_the_materials(self, desk: Bench) -> None:
        ready_materials(desk)
        press(Qt.Key.Key_F10)
        type_("2")
        assert desk.form.holds_focus()
        press(Qt.Key.Key_Escape)
        assert desk.materials.hasFocus()
        assert desk.state.item == "B01"

    def test_the_preview_is_the_page_and_follows_the_answers(self, desk: Bench, qtbot: Any) -> None:
        desk.take("gmxj")
        qtbot.waitUntil(lambda: desk.preview.image is not None)
        before = desk.preview.image
        type_("1")
        qtbot.waitUntil(lambda: desk.preview.image is not before)

    def test_tab_goes_in_the_papers_order(self, desk: Bench) -> None:
        ready_materials(desk)
        order = []
        for _ in range(3):
            press(Qt.Key.Key_Tab)
            order.append(focused().accessibleName())
        assert order == ["姓名", "电话", "证件号码"]

    def test_a_narrow_window_folds_the_paper_to_a_strip(self, qtbot: Any, data_dir: Path) -> None:
        with bench(qtbot, data_dir, (1017, 540)) as desk:
            ready_materials(desk)
            assert desk.preview.isHidden()
            press(Qt.Key.Key_F11)
            qtbot.waitUntil(lambda: desk.preview.image is not None)
            assert desk.preview.isVisible()
            press(Qt.Key.Key_Escape)
            assert desk.preview.isHidden()
            assert desk.state.item == "B01"

    def test_nothing_is_left_behind(self, desk: Bench) -> None:
        ready(desk)
        assert desk.messages == []
        assert QApplication.activeModalWidget() is None
