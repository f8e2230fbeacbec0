"""What is typed of a complaint survives the window: sealed for its keepers, who go on with it from the list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers import complaint_drafts, complaints
from counter_assistant.operations.registers.complaint_drafts import UnfinishedComplaint
from counter_assistant.operations.registers.complaint_lines import unfinished_lines
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage.drafts import SealedDrafts
from counter_assistant.storage.sealing.sealed_payload import RegisterKey, SealedPlace, seal_content
from counter_assistant.ui.registers.complaint_drafting import DROPPED, ONCE_MORE
from counter_assistant.ui.registers.page import RegisterPage
from counter_assistant.ui.registers.panel import TYPED
from tests.make import NOW, an_office
from tests.storage.sealing.canary import found_in
from tests.ui.desk_hand import commit, press, type_
from tests.ui.find import find
from tests.ui.registers.test_complaints import ABOUT, ALT, TEXT, TOLD, page_of, texts

Key = Qt.Key


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """In training everybody keeps the register."""
    with closing(an_office(tmp_path, training=True)) as made:
        yield made


def drafts(office: Office) -> tuple[UnfinishedComplaint, ...]:
    return complaints.read_register(office, register_key(office)).drafts


def half_typed(page: RegisterPage) -> None:
    """A complaint by telephone about the attitude, with its matter and nothing more."""
    press(Key.Key_F7)
    type_("t")
    type_("213")
    commit(TEXT)


def column(page: RegisterPage, number: int) -> list[str]:
    model = find(page, QTableView).model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_what_is_typed_is_there_after_a_power_cut_and_goes_on_from_the_list(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    """GIVEN a complaint half typed WHEN the window is gone without a word THEN a keeper's list has it, without what it says, and Enter
    puts every field back; recording it takes the draft away."""
    half_typed(page_of(qtbot, office))
    qtbot.waitUntil(lambda: len(drafts(office)) == 1)
    assert found_in(tmp_path, (TEXT,)) == []
    page = page_of(qtbot, office)
    press(Key.Key_T, ALT)
    assert (column(page, 0), column(page, 2)) == ([f"{NOW:%m-%d %H:%M}"], ["没有登记完"])
    assert TYPED in texts(page)
    assert TEXT not in texts(page)
    press(Key.Key_Return)
    (draft,) = drafts(office)
    press(Key.Key_Escape)
    assert drafts(office) == (draft,), "to look at it changes nothing"
    press(Key.Key_Return)
    form = page.line.form.values
    assert (form["channel"], form["category"], form["name_kept"], form["matter"]) == (
        "phone",
        "attitude",
        "anonymous",
        TEXT,
    )
    press(Key.Key_F9)
    (state,) = complaints.read_register(office, register_key(office)).register.complaints.values()
    assert state.complaint.matter == TEXT
    assert drafts(office) == ()
    assert column(page, 3) == ["待受理"]


def test_what_is_closed_by_esc_is_one_draft_however_often_it_is_gone_on_with(qtbot: QtBot, office: Office) -> None:
    page = page_of(qtbot, office)
    half_typed(page)
    press(Key.Key_Escape)
    (first,) = drafts(office)
    assert first.typed["matter"] == TEXT
    press(Key.Key_F7)
    type_("t")
    find(page, QLineEdit, "about").setFocus()
    commit(ABOUT)
    press(Key.Key_Escape)
    (second,) = drafts(office)
    assert (second.act, second.typed["about"]) == (first.act, ABOUT)
    press(Key.Key_F7)
    type_("t")
    press(Key.Key_F9)
    assert drafts(office) == ()


def test_who_leaves_the_window_leaves_it_to_the_keepers(qtbot: QtBot, office: Office) -> None:
    page = page_of(qtbot, office)
    half_typed(page)
    page.leave_to_another()
    assert [draft.typed["matter"] for draft in drafts(office)] == [TEXT]
    press(Key.Key_F7)
    type_("t")
    assert page.line.form.values["matter"] == "", "the next one does not see it in the line"


def test_what_stands_in_the_line_when_the_window_closes_is_kept(qtbot: QtBot, office: Office) -> None:
    page = page_of(qtbot, office)
    half_typed(page)
    page.close_down()
    assert len(drafts(office)) == 1


def test_a_step_and_something_to_add_are_taken_up_as_what_they_are(qtbot: QtBot, office: Office) -> None:
    key = register_key(office)
    number = complaints.record(office, key, TOLD).number
    complaints.take_step(office, key, StepTold(number, ComplaintStep.ACCEPT))
    page = page_of(qtbot, office)
    press(Key.Key_T, ALT)
    press(Key.Key_F9)
    commit("调看录像")
    press(Key.Key_Escape)
    press(Key.Key_F7)
    type_("z")
    commit(number)
    press(Key.Key_Escape)
    page = page_of(qtbot, office)
    press(Key.Key_T, ALT)
    assert len(unfinished_lines(office)) == 2
    seen = []
    for place in range(2):
        find(page, QTableView).selectRow(place)
        press(Key.Key_F9)
        seen.append((page.line.title.text(), {name for name, said in page.line.form.values.items() if said}))
        press(Key.Key_Escape)
    assert sorted(seen, key=lambda one: one[0]) == [(f"核实　{number}", {"text"}), ("补充投诉", {"number"})]
    place = next(n for n, line in enumerate(unfinished_lines(office)) if line.line == f"没有登记完　{number}")
    find(page, QTableView).selectRow(place)
    press(Key.Key_Return)
    press(Key.Key_F9)
    assert complaints.find(office, key, number).next is ComplaintStep.DECIDE


def test_a_draft_is_thrown_away_when_it_is_asked_for_twice(qtbot: QtBot, office: Office) -> None:
    key = register_key(office)
    for text in (TEXT, ABOUT):
        complaint_drafts.save_draft(office, key, complaint_drafts.new_act(), {"matter": text})
    page = page_of(qtbot, office)
    press(Key.Key_T, ALT)
    press(Key.Key_F8)
    assert (len(drafts(office)), ONCE_MORE in texts(page)) == (2, True)
    press(Key.Key_Down)
    press(Key.Key_F8)
    assert len(drafts(office)) == 2, "another one is asked about first"
    press(Key.Key_F8)
    assert (len(drafts(office)), DROPPED in texts(page)) == (1, True)


def test_nobody_else_is_shown_one_and_an_emptied_one_is_waited_for_by_nobody(office: Office) -> None:
    key = register_key(office)
    act = complaint_drafts.new_act()
    complaint_drafts.save_draft(office, key, act, {"matter": TEXT})
    assert [(line.time, line.clerk, line.line) for line in unfinished_lines(office)] == [(NOW, "0001", "没有登记完")]
    complaint_drafts.save_draft(office, key, act, {"channel": "phone"})
    assert unfinished_lines(office) == ()
    assert complaint_drafts.opened_drafts(office, key)[0][0].act == act
    with pytest.raises(ValueError, match="secret"):
        complaint_drafts.opened_drafts(office, RegisterKey(key.public))


def test_a_draft_of_before_has_no_time_and_is_listed_all_the_same(qtbot: QtBot, office: Office) -> None:
    key, act = register_key(office), complaint_drafts.new_act()
    place = SealedPlace(complaint_drafts.DRAFT, act)
    SealedDrafts(office.database).save(act, seal_content(key, place, {"author": "0002", "typed": {"matter": TEXT}}))
    page = page_of(qtbot, office)
    press(Key.Key_T, ALT)
    assert (column(page, 0), column(page, 2)) == ([""], ["没有登记完"])
    press(Key.Key_Return)
    assert page.line.form.values["matter"] == TEXT
