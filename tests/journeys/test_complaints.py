"""A complaint by keys, from the call to its filing by two keepers; to everybody else it is not there: window, search, every file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from counter_assistant.domain.people.roles import Role
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.keepers import name_keeper
from counter_assistant.operations.office import open_office
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.registers.complaint_actions import OWNED
from counter_assistant.ui.widgets.records.list_chips import ListChip
from tests.journeys.keys import ALT, Counter, Printed
from tests.make import clock, confirmed
from tests.operations.keys.sealed_office import OURS, THEIRS, opened_by
from tests.storage.sealing.canary import found_in, found_in_tables
from tests.ui.counter import screen_texts
from tests.ui.desk_hand import dress
from tests.ui.find import find

Key = Qt.Key
CLERK = "wo shi chuangkou de ren 88"
TEXT, ABOUT, CHECKED, WHY = "等了一个小时没有人理", "综合窗口金丝雀", "调看录像属实金丝雀", "出差金丝雀"
CANARIES = (TEXT, ABOUT, CHECKED, WHY)
PASSPHRASES = {"0001": OURS, "0002": THEIRS, "0003": CLERK}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sealed book that three people open: two keepers, 0001 and 0002, and a clerk, 0003."""
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    data = tmp_path / "data"
    office = open_office(data, clock)
    office.decide_profile(confirmed(office.profile))
    roles = {"0001": (Role.ADMINISTRATOR, Role.CLERK, Role.REGISTER_KEEPER), "0002": (Role.CLERK, Role.REGISTER_KEEPER)}
    clerks = tuple(replace(one, roles=roles.get(one.staff_number, (Role.CLERK,))) for one in office.profile.clerks)
    office.decide_profile(replace(office.profile, clerks=clerks))
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    for who in ("0002", "0003"):
        sealing.add_passphrase(office, "0001", who, PASSPHRASES[who])
    name_keeper(office, "0001", "0001")
    office.close()
    with opened_by(data, sealing.by_passphrase(data, "0001", OURS)) as office:
        name_keeper(office, "0001", "0002")
    return data


@contextmanager
def window_of(qtbot: Any, folder: Path, papers: list[Printed], who: str) -> Iterator[Counter]:
    """The window as somebody opened it."""
    with opened_by(folder, sealing.by_passphrase(folder, who, PASSPHRASES[who])) as office:
        made = Counter(qtbot, folder, papers, office)
        qtbot.addWidget(made.window)
        with qtbot.waitActive(made.window):
            made.window.show()
            made.window.activateWindow()
        qtbot.waitUntil(lambda: made.desk.page.attached)
        qtbot.waitUntil(made.search.hasFocus)
        yield made
        made.window.close()
        QApplication.processEvents()  # what the queue of the printer answered last is taken before the book closes


def shown(counter: Counter) -> str:
    return "\n".join(screen_texts(counter.window))


def test_from_the_call_to_its_filing_by_two_keepers(qtbot: Any, folder: Path, papers: list[Printed]) -> None:
    dress()
    with window_of(qtbot, folder, papers, "0003") as clerk:
        for digit in "d02":
            clerk.type(digit)
        clerk.press(Key.Key_Return)
        clerk.type("213")
        clerk.write(TEXT)
        clerk.press(Key.Key_Return)
        clerk.write(ABOUT)
        clerk.press(Key.Key_F9)
        clerk.took("密封登记一件投诉")
        assert "已密封登记" in shown(clerk)
        assert not [word for word in CANARIES if word in shown(clerk)]
        assert not find(clerk.page, ListChip, "complaint").isVisible()
        assert found_in_tables(clerk.office.database.handle, CANARIES) == []
        clerk.press(Key.Key_F2)
        assert not find(clerk.desk.page, QAbstractButton, "complaints_due").isVisible()
        clerk.write(TEXT[:4])
        assert not [word for word in CANARIES if word in shown(clerk).replace(clerk.search.text(), "")]

    with window_of(qtbot, folder, papers, "0001") as first:
        assert find(first.desk.page, QAbstractButton, "complaints_due").text() == "投诉要办 1"
        first.press(Key.Key_F5)
        first.press(Key.Key_T, ALT)
        first.press(Key.Key_Return)
        assert TEXT in shown(first)
        first.press(Key.Key_F9)
        first.type("2")
        first.press(Key.Key_F9)
        first.took("受理一件投诉")
        first.press(Key.Key_F8)
        first.press(Key.Key_Down)
        first.press(Key.Key_Down)
        first.press(Key.Key_Return)
        first.write(WHY)
        first.press(Key.Key_F9)
        first.took("转办一件投诉")
        first.press(Key.Key_F9)
        assert OWNED.format("0002") in shown(first)

    with window_of(qtbot, folder, papers, "0002") as second:
        second.press(Key.Key_F5)
        second.press(Key.Key_T, ALT)
        for digits, said in (("", CHECKED), ("1", "已批评教育"), ("21", ""), ("", "2026-投-1")):
            second.press(Key.Key_F9)
            second.type(digits)
            if said:
                second.write(said)
            second.press(Key.Key_F9)
        second.took("核实、处理、反馈、归档一件投诉")
        (state,) = complaints.read_register(second.office, register_key(second.office)).register.complaints.values()
        assert state.next is None
        assert [step.author for step in state.taken] == ["0001", "0001", *["0002"] * 4]
        assert second.sound()

    assert found_in(folder, CANARIES) == []
    assert papers == []


def test_what_a_clerk_half_typed_is_found_by_a_keeper_alone(qtbot: Any, folder: Path, papers: list[Printed]) -> None:
    """GIVEN a clerk who is no keeper and types a complaint WHEN the window is gone THEN neither the clerk nor any file has it; a keeper
    goes on with it."""
    dress()
    with window_of(qtbot, folder, papers, "0003") as clerk:
        clerk.press(Key.Key_F5)
        clerk.press(Key.Key_F7)
        clerk.type("t213")
        clerk.write(TEXT)
        qtbot.waitUntil(
            lambda: clerk.office.database.handle.execute_sql("SELECT COUNT(*) FROM draft").fetchall() == [(1,)]
        )
        assert found_in_tables(clerk.office.database.handle, CANARIES) == []
    with window_of(qtbot, folder, papers, "0003") as clerk:
        clerk.press(Key.Key_F5)
        assert not find(clerk.page, ListChip, "complaint").isVisible()
        clerk.press(Key.Key_F7)
        clerk.type("t")
        assert TEXT not in shown(clerk)
        clerk.press(Key.Key_Escape)
    with window_of(qtbot, folder, papers, "0001") as keeper:
        keeper.press(Key.Key_F5)
        keeper.press(Key.Key_T, ALT)
        assert "没有登记完" in shown(keeper)
        assert TEXT not in shown(keeper)
        keeper.press(Key.Key_Return)
        keeper.press(Key.Key_F9)
        (state,) = complaints.read_register(keeper.office, register_key(keeper.office)).register.complaints.values()
        assert state.complaint.matter == TEXT
    assert found_in(folder, CANARIES) == []
