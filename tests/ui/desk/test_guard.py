"""The guard where the clerk types: marked at once, one key replaces, a quotation is kept with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.ui.cases.page import CasesPage
from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft, to_draft
from counter_assistant.ui.widgets.entry_edit import EntryEdit
from counter_assistant.ui.widgets.guarded import Guarded
from tests.decision_rows import ROWS
from tests.make import a_request, an_office
from tests.ui.counter import show
from tests.ui.desk_hand import CONTROL, Bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
SOON = "请放心！我们会尽快为您办理的。"
TYPED = "当事人说：别催了，烦死了"
REPLACED = f"当事人说：{SOON}"


@pytest.fixture
def reason(desk: Bench) -> EntryEdit:
    """The field 改出的理由 of another paper than the rules', with the focus in it."""
    desk.page.take_request(read_request(ROWS["11-promise"][0]))
    press(Key.Key_F7)
    type_("4")
    field = desk.field("reason")
    field.setFocus()
    return field


def refusal(desk: Bench) -> str:
    return desk.says("decision_refusal")


def is_wrong(edit: object) -> bool:
    assert isinstance(edit, EntryEdit)
    return bool(edit.property("wrong"))


class TestAField:
    def test_it_is_marked_as_soon_as_the_sentence_stands_there(self, desk: Bench, reason: EntryEdit) -> None:
        commit("当事人说：")
        assert not is_wrong(reason)
        assert desk.says("paper_fields_error") == ""
        commit("别催了，烦死了")
        assert is_wrong(reason)
        told = desk.says("paper_fields_error")
        assert "“别催了，烦死了”是服务忌语" in told
        assert f"“{SOON}”" in told
        assert reason.accessibleDescription() == told

    def test_one_key_replaces_those_words_and_undo_takes_it_back(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_R, CONTROL)
        assert reason.text() == REPLACED
        assert desk.state.details["reason"] == REPLACED
        assert not is_wrong(reason)
        assert desk.says("paper_fields_error") == ""
        press(Key.Key_Z, CONTROL)
        assert reason.text() == TYPED
        assert desk.state.details["reason"] == TYPED
        assert is_wrong(reason)

    def test_f9_lists_it_and_enter_marks_the_words(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_F9)
        assert refusal(desk) == "还差：改出的理由。按回车去第一处。"
        assert desk.office.book.latest(EntryKind.SLIP_ISSUED) is None
        press(Key.Key_Return)
        assert focused() is reason
        assert reason.selectedText() == "别催了，烦死了"

    def test_a_quotation_asks_for_its_reason_and_is_kept_in_the_book(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_U, CONTROL)
        assert focused().accessibleName() == "保留原话的理由"
        assert not is_wrong(reason)
        press(Key.Key_F9)
        assert refusal(desk) == "还差：保留原话的理由。按回车去第一处。"
        press(Key.Key_Return)
        assert is_wrong(focused())
        commit("转述当事人原话")
        press(Key.Key_F9)
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert entry.payload["facts"]["details"]["quoted"] == "转述当事人原话"
        assert entry.payload["facts"]["reason"] == TYPED

    def test_the_key_once_more_takes_the_quotation_back(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_U, CONTROL)
        desk.field("reason").setFocus()
        press(Key.Key_U, CONTROL)
        assert "quoted" not in desk.state.details
        assert not desk.field("quoted").isVisible()
        assert is_wrong(reason)

    def test_what_is_rewritten_needs_no_reason(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_U, CONTROL)
        commit("转述当事人原话")
        desk.field("reason").setFocus()
        press(Key.Key_R, CONTROL)
        assert not desk.field("quoted").isVisible()
        press(Key.Key_F9)
        entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert "quoted" not in entry.payload["facts"]["details"]

    def test_a_draft_keeps_the_reason(self, desk: Bench, reason: EntryEdit) -> None:
        commit(TYPED)
        press(Key.Key_U, CONTROL)
        commit("转述当事人原话")
        kept = from_draft("another", to_draft(desk.state))
        desk.page.model.put(kept)
        assert desk.field("quoted").text() == "转述当事人原话"
        assert not is_wrong(reason)


class TestWhatIsToBeMended:
    @pytest.fixture
    def editor(self, desk: Bench) -> ReasonEdit:
        desk.page.take_request(read_request(ROWS["8-promise-incomplete"][0]))
        type_("e")
        editor = focused()
        assert isinstance(editor, ReasonEdit)
        press(Key.Key_A, CONTROL)
        commit(TYPED)
        return editor

    @staticmethod
    def told(desk: Bench) -> list[str]:
        labels = desk.materials.viewport().findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def test_it_is_said_beneath_the_line_and_enter_stays(self, desk: Bench, editor: ReasonEdit) -> None:
        assert is_wrong(editor)
        assert "“别催了，烦死了”是服务忌语" in self.told(desk)[0]
        press(Key.Key_Return)
        assert focused() is editor

    def test_one_key_replaces_and_enter_keeps(self, desk: Bench, editor: ReasonEdit) -> None:
        press(Key.Key_R, CONTROL)
        assert self.told(desk) == []
        press(Key.Key_Return)
        assert REPLACED in desk.state.defects.values()
        assert desk.materials.editor is None

    def test_left_as_it_is_f9_lists_it_and_enter_opens_it(self, desk: Bench, editor: ReasonEdit) -> None:
        desk.field("name").setFocus()
        assert TYPED in desk.state.defects.values()
        press(Key.Key_F9)
        assert refusal(desk) == "还差：须改原因里的忌语。按回车去第一处。"
        press(Key.Key_Return)
        opened = focused()
        assert isinstance(opened, EntryEdit)
        assert opened.selectedText() == "别催了，烦死了"

    @pytest.mark.parametrize(("modifier", "kind"), [
        (Qt.KeyboardModifier.NoModifier, EntryKind.SLIP_ISSUED), (CONTROL, EntryKind.ORAL_NOTICE),
    ])  # fmt: skip
    def test_a_quotation_is_kept_on_paper_and_spoken(
        self, desk: Bench, editor: ReasonEdit, modifier: Qt.KeyboardModifier, kind: EntryKind
    ) -> None:
        press(Key.Key_U, CONTROL)
        assert focused().accessibleName() == "保留原话的理由"
        press(Key.Key_F9, modifier)
        assert "保留原话的理由" in refusal(desk)
        press(Key.Key_Return)
        commit("转述当事人原话")
        press(Key.Key_F9, modifier)
        entry = desk.office.book.latest(kind)
        assert entry
        assert entry.payload["facts"]["details"]["quoted"] == "转述当事人原话"
        assert TYPED in entry.payload["facts"]["defects"].values()


class TestTheStepLine:
    @pytest.fixture
    def office(self, tmp_path: Path) -> Iterator[Office]:
        office = an_office(tmp_path)
        yield office
        office.close()

    @pytest.fixture
    def page(self, qtbot: QtBot, office: Office) -> CasesPage:
        issue_slip(office, a_request(**{**ROWS["11-promise"][0], "request_id": "11-promise"}))
        page = CasesPage(office)
        show(qtbot, page)
        press(Key.Key_8, Qt.KeyboardModifier.AltModifier)
        assert page.case is not None
        page.acts.ask(Step.CONTACT)
        assert focused() is page.line.fields["note"].edit
        commit(TYPED)
        return page

    def test_it_is_said_beneath_and_one_key_replaces(self, page: CasesPage) -> None:
        assert is_wrong(focused())
        assert "“别催了，烦死了”是服务忌语" in page.line.fault.text()
        press(Key.Key_R, CONTROL)
        assert page.line.fields["note"].edit.text() == REPLACED
        assert page.line.fault.isHidden()
        press(Key.Key_Z, CONTROL)
        assert page.line.fields["note"].edit.text() == TYPED

    def test_enter_records_nothing_while_it_stands(self, page: CasesPage) -> None:
        press(Key.Key_Return)
        assert page.office.book.latest(EntryKind.CASE_STEP) is None
        assert focused() is page.line.fields["note"].edit

    def test_a_quotation_is_recorded_with_its_reason(self, page: CasesPage) -> None:
        press(Key.Key_U, CONTROL)
        reason = page.line.fields["quoted"].edit
        assert focused() is reason
        press(Key.Key_Return)
        assert "保留“别催了，烦死了”要写明理由" in page.line.fault.text()
        assert is_wrong(reason)
        commit("转述对方原话")
        press(Key.Key_Return)
        entry = page.office.book.latest(EntryKind.CASE_STEP)
        assert entry
        assert (entry.payload["note"], entry.payload["quoted"]) == (TYPED, "转述对方原话")

    def test_the_key_once_more_takes_it_back_and_another_step_begins_anew(self, page: CasesPage) -> None:
        press(Key.Key_U, CONTROL)
        page.line.fields["note"].edit.setFocus()
        press(Key.Key_U, CONTROL)
        assert page.line.fields["quoted"].isHidden()
        assert is_wrong(page.line.fields["note"].edit)
        press(Key.Key_U, CONTROL)
        page.acts.ask(Step.WITHDRAWN)
        assert page.line.fields["quoted"].isHidden()
        assert page.line.fault.isHidden()


class TestTheGuardOfAnEdit:
    @pytest.fixture
    def edit(self, qtbot: QtBot) -> EntryEdit:
        edit = EntryEdit("说明")
        qtbot.addWidget(edit)
        return edit

    def test_only_the_words_are_replaced_where_a_rare_character_stands_before(self, edit: EntryEdit) -> None:
        guarded = Guarded(edit)
        edit.setText("罗𠅤克：烦死了，别的没说")
        guarded.replace()
        assert edit.text() == "罗𠅤克：请放心！我们会尽快为您办理的，别的没说"

    def test_a_second_find_is_told_of_and_comes_next(self, edit: EntryEdit) -> None:
        guarded = Guarded(edit)
        edit.setText("烦死了。发票未盖章。真麻烦。")
        assert "（另有 1 处）" in guarded.sentence
        guarded.replace()
        assert [hit.text for hit in guarded.hits] == ["真麻烦"]
        guarded.replace()
        assert guarded.sentence == ""
        assert edit.text() == "请放心！我们会尽快为您办理的。发票未盖章。请放心！我们会尽快为您办理的。"

    def test_a_sentence_that_does_not_fit_is_not_cut(self, edit: EntryEdit) -> None:
        edit.setMaxLength(8)
        guarded = Guarded(edit)
        edit.setText("烦死了")
        assert "放不下" in guarded.sentence
        guarded.replace()
        assert edit.text() == "烦死了"

    def test_its_keys_are_its_own_only_while_something_is_wrong(self, qtbot: QtBot, edit: EntryEdit) -> None:
        guarded = Guarded(edit)
        show(qtbot, edit, (300, 40))
        edit.setFocus()
        edit.setText("发票未盖章")
        with qtbot.assertNotEmitted(guarded.keep_wanted):
            press(Key.Key_R, CONTROL)
        assert edit.text() == "发票未盖章"
        edit.setText("烦死了")
        with qtbot.waitSignal(guarded.keep_wanted):
            press(Key.Key_U, CONTROL)
