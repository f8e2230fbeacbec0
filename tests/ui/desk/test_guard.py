"""The guard where the clerk types: marked at once, one key replaces, a quotation is kept with its reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.ui.desk.cards.reason_edit import ReasonEdit
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft, to_draft
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests.decision_rows import ROWS
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

    @pytest.mark.parametrize(("modifier", "kind"), [
        (Qt.KeyboardModifier.NoModifier, EntryKind.SLIP_ISSUED), (CONTROL, EntryKind.ORAL_NOTICE),
    ])  # fmt: skip
    def test_half_typed_it_is_told_all_the_same(
        self, desk: Bench, editor: ReasonEdit, modifier: Qt.KeyboardModifier, kind: EntryKind
    ) -> None:
        """GIVEN a reason that Enter has not ended WHEN F9 is pressed THEN what is issued has it."""
        editor.setText("照片不清")
        press(Key.Key_F9, modifier)
        entry = desk.office.book.latest(kind)
        assert entry
        assert "照片不清" in entry.payload["facts"]["defects"].values()

    def test_half_typed_a_refusal_stays_to_be_read(self, desk: Bench, editor: ReasonEdit) -> None:
        editor.setText("照片不清")
        desk.state.name = ""
        press(Key.Key_F9)
        assert refusal(desk) == "还差：姓名。按回车去第一处。"

    def test_half_typed_it_stays_with_its_visitor(self, desk: Bench, editor: ReasonEdit) -> None:
        """GIVEN a reason half typed WHEN another one's paper is scanned THEN the reason is in the draft of the one, and not of the other."""
        editor.setText("照片不清")
        mended = desk.state
        desk.page.take_request(read_request(ROWS["8-promise-incomplete"][0]))
        assert desk.state.uuid != mended.uuid
        assert "照片不清" in mended.defects.values()
        assert "照片不清" not in desk.state.defects.values()
        assert desk.materials.editor is None

    def test_half_typed_it_is_put_aside_and_comes_back(self, desk: Bench, editor: ReasonEdit) -> None:
        editor.setText("照片不清")
        desk.page.leave_to_another()
        assert desk.state.defects == {}
        press(Key.Key_Z, CONTROL)
        assert "照片不清" in desk.state.defects.values()

    def test_gone_to_another_program_and_back_the_keys_are_in_the_list(
        self, qtbot: QtBot, desk: Bench, editor: ReasonEdit
    ) -> None:
        """GIVEN a reason half typed WHEN the window is left and come back to THEN it is kept, and the focus is where the line is."""
        editor.setText("照片不清")
        other = QWidget()
        qtbot.addWidget(other)
        with qtbot.waitActive(other):
            other.show()
            other.activateWindow()
        with qtbot.waitActive(desk.page):
            desk.page.activateWindow()
        assert "照片不清" in desk.state.defects.values()
        assert focused() is desk.materials
