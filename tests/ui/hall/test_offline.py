"""The server goes away while a visitor stands at the window, twenty are served offline, and it comes back: by keys, in real windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton

from counter_assistant.domain.entry import SENT_OF, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import qr_digits
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import void
from counter_assistant.operations.office import open_office
from counter_assistant.operations.offline.returning import Brought
from counter_assistant.paths import BOOK_NAME, OFFLINE
from counter_assistant.ui import local_settings, restart
from counter_assistant.ui.application import Desk
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.desk.controllers import issuing
from counter_assistant.ui.desk.presentation.draft_mapping import from_draft
from counter_assistant.ui.hall import server_watch
from counter_assistant.ui.hall.away_page import AwayPage
from counter_assistant.ui.hall.shift_page import ShiftPage
from counter_assistant.ui.hall.waiting import WaitingBand
from counter_assistant.ui.shell.trouble import TroublePage
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from tests import hall
from tests.offline_hall import BOOK, SHIFT, OfflineHall, asking_server, issued, offline_hall
from tests.ui.counter import press
from tests.ui.desk_hand import commit, type_
from tests.ui.find import find, says
from tests.ui.hall.conftest import a_desk
from tests.ui.scanning.gun import Gun
from tests.ui.test_named_actions import reads

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def stopping() -> Iterator[hall.Server]:
    with asking_server() as server:
        yield server


@pytest.fixture
def here(stopping: hall.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfflineHall]:
    monkeypatch.setattr(server_watch, "OFFER_AFTER_S", 1.0)
    monkeypatch.setattr(server_watch, "ASK_MS", 300)
    with offline_hall(stopping, tmp_path) as made:
        yield made


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines with which the program was to be opened anew."""
    lines: list[list[str]] = []

    def start(line: list[str]) -> bool:
        lines.append(line)
        return True

    monkeypatch.setattr(restart, "_start", start)
    return lines


@pytest.fixture
def open_desk(qtbot: Any) -> Iterator[Callable[[Path], Desk]]:
    """Opens a window over a data folder, as a program does; closes those that are left open."""
    made: list[Desk] = []

    def opened(folder: Path) -> Desk:
        made.append(a_desk(qtbot, folder))
        return made[-1]

    yield opened
    for desk in made:
        leave(desk)


def leave(desk: Desk) -> None:
    desk.window.close()
    desk.opening.close()


def in_hall(qtbot: Any, open_desk: Callable[[Path], Desk], folder: Path) -> Desk:
    """A window in which a shift has begun, and which has been told whether it may issue offline."""
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, ShiftPage))
    page = desk.window.page
    assert isinstance(page, ShiftPage)
    page.who.edit.setText("0001")
    page.secret.edit.setText(SHIFT.password)
    page.secret.edit.setFocus()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.page.attached)
    qtbot.waitUntil(lambda: (folder / OFFLINE / BOOK_NAME).is_file() and not desk.offline._following.busy)
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return desk


def put_on_the_desk(desk: Desk) -> None:
    find(desk.page, EntryEdit, "item_search").setFocus()
    type_("zl")
    press(Qt.Key.Key_Return)
    type_("112")
    find(desk.page, EntryEdit, "name").setFocus()
    commit("岩罕")


def band(desk: Desk) -> str:
    return desk.offline.band.label.text() if desk.offline.band.isVisible() else ""


def issue(qtbot: Any, desk: Desk) -> str:
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: desk.page.served)
    return desk.opening.office().archive.search(limit=1)[0].number


def test_the_server_goes_in_the_midst_and_comes_back(
    qtbot: Any, here: OfflineHall, lines: list[list[str]], open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    desk = in_hall(qtbot, open_desk, folder)
    put_on_the_desk(desk)
    here.server.stop("immediate")
    press(Qt.Key.Key_F9)
    assert "连不上台账服务器" in says(desk.page, "decision_refusal")
    qtbot.waitUntil(lambda: "可以先离线出具" in band(desk))
    assert find(desk.window, QLabel, "mode").text() == "● 服务器没有应答"
    press(Qt.Key.Key_X, ALT)
    assert lines[-1][-1] == "--offline"
    assert not desk.window.isVisible()
    leave(desk)

    desk = open_desk(folder / OFFLINE)
    qtbot.waitUntil(lambda: desk.page.attached and not desk.page.model.state.pristine)
    assert desk.page.model.state.name == "岩罕"
    assert desk.opening.office().profile.current_clerk == "0001"
    assert find(desk.window, QLabel, "mode").text().startswith("● 离线，")
    numbers = [issue(qtbot, desk)]
    assert band(desk) == ""
    office = desk.opening.office()
    numbers += [issued(office) for _ in range(19)]
    assert numbers == [f"临公积金耿离一告〔2026〕{n}号" for n in range(1, 21)]
    press(Qt.Key.Key_F4)
    assert "离线，大厅的查不到" in desk.window.page.finder.title.text()  # type: ignore[attr-defined]
    here.server.start()
    qtbot.waitUntil(lambda: "应答了" in band(desk))
    press(Qt.Key.Key_X, ALT)
    assert "--offline" not in lines[-1]
    leave(desk)

    desk = in_hall(qtbot, open_desk, folder)
    qtbot.waitUntil(lambda: "20 份已送到服务器" in desk.window.status.message.whole)
    there = here.server.tell(f"SELECT number FROM {BOOK}_533991.archive ORDER BY seq")
    assert [number for (number,) in there] == numbers
    assert local_settings.load(folder).offline_since == ""
    assert issued(desk.opening.office()) == "临公积金耿一告〔2026〕1号"


def test_what_was_issued_offline_is_found_in_the_hall_by_every_window_and_only_looked_at(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk]
) -> None:
    leave(in_hall(qtbot, open_desk, here.pc("one")))
    with closing(here.away("one")) as office:
        numbers = [issued(office) for _ in range(3)]
        void(office, numbers[0], "写错")
    leave(in_hall(qtbot, open_desk, here.pc("one")))
    desk = in_hall(qtbot, open_desk, here.pc("two"))
    number = issued(desk.opening.office())
    press(Qt.Key.Key_F4)
    archive: Any = desk.window.page

    def found() -> list[str]:
        return [archive.finder.model.cell(n, 0) for n in range(archive.finder.found)]

    assert found() == [number], "the hall's own are not mixed with them"
    archive.finder.search.setText("离线")
    assert sorted(found()) == sorted(numbers)
    assert "离线出具的" in archive.finder.title.text()
    states = {archive.finder.model.cell(n, 0): archive.finder.model.cell(n, 6) for n in range(3)}
    assert (states[numbers[0]], states[numbers[2]]) == ("作废", "已出具")
    archive.finder.search.setText(f"离线 {numbers[2]}")
    assert found() == [numbers[2]]
    archive.finder.search.setText(numbers[1])
    assert found() == [numbers[1]], "its whole number is enough"
    archive.finder.search.setFocus()
    press(Qt.Key.Key_Return)
    assert archive.record.row.number == numbers[1]
    assert "在出具它的那台电脑上" in archive.panel.message.text()
    press(Qt.Key.Key_Delete)
    assert archive.void_line.isHidden()
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert here.server.tell(f"SELECT count(*) FROM {BOOK}_533991.entry WHERE kind = 'slip_reprinted'") == [(0,)]
    archive.finder.search.setText("谁也不叫这个")
    assert found() == []


@pytest.mark.parametrize("page", ["desk", "cases", "archive"])
def test_a_paper_of_another_pc_that_was_offline_is_opened_by_its_code(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk], page: str
) -> None:
    leave(in_hall(qtbot, open_desk, here.pc("one")))
    with closing(here.away("one")) as office:
        row = office.archive.show(issued(office)).row
    leave(in_hall(qtbot, open_desk, here.pc("one")))
    desk = in_hall(qtbot, open_desk, here.pc("two"))
    qtbot.waitUntil(lambda: hasattr(desk, "scans"))
    desk.window.show_page(page)
    gun = Gun(desk.scans.watch)
    gun.type(row.qr)
    gun.key(Qt.Key.Key_Return)
    archive: Any = find(desk.window, ArchivePage)
    qtbot.waitUntil(lambda: archive.record is not None and desk.window.page is archive)
    assert archive.record.row.number == row.number
    assert "在出具它的那台电脑上" in archive.panel.message.text()
    assert desk.window.status.message.whole.strip() == ""
    archive.finder.search.setText("")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: archive.record is None)
    archive.finder.search.setText(row.qr)
    archive.finder.search.setFocus()
    press(Qt.Key.Key_Return)
    assert archive.record.row.number == row.number
    stranger = qr_digits(SlipKind.RECEIPT, 2026, 1, replace(desk.opening.office().profile, installation_code="530999"))
    gun.type(stranger)
    gun.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不在本机的台账里" in desk.window.status.message.whole)


def test_a_window_that_is_closed_while_it_sends_says_nothing_more(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk]
) -> None:
    desk = in_hall(qtbot, open_desk, here.pc("one"))
    leave(desk)
    desk.offline._brought(Brought(ready=True, slips=3, cases=1))
    assert "送到服务器" not in desk.window.status.message.whole


def test_what_nobody_knows_of_is_not_done_offline_and_found_once_the_server_is_back(
    qtbot: Any, here: OfflineHall, lines: list[list[str]], open_desk: Callable[[Path], Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """GIVEN a COMMIT that the server did and nobody heard of WHEN the clerk goes on offline THEN that visitor's paper is not made a second
    time, others' are, and back in the hall the same key finds it."""
    from counter_assistant.storage.engines.postgres import driver

    folder = here.pc("one")
    desk = in_hall(qtbot, open_desk, folder)
    put_on_the_desk(desk)
    monkeypatch.setattr(desk.opening.office().database, "_patience", 0.3)
    whole = driver.commit

    def dies(opened: Any, patience: float) -> str:
        monkeypatch.setattr(driver, "commit", whole)
        whole(opened, patience)
        here.server.stop("immediate")
        return whole(opened, patience)

    monkeypatch.setattr(driver, "commit", dies)
    press(Qt.Key.Key_F9)
    assert "不知道这一步是否生效" in says(desk.page, "decision_refusal")
    desk.offline.switch(offline=True)
    leave(desk)

    desk = open_desk(folder / OFFLINE)
    qtbot.waitUntil(lambda: desk.page.attached and not desk.page.model.state.pristine)
    press(Qt.Key.Key_F9)
    assert "还不知道是否生效，离线不能再出" in says(desk.page, "decision_refusal")
    assert not desk.page.served
    assert issued(desk.opening.office()) == "临公积金耿离一告〔2026〕1号"
    here.server.start()
    desk.offline.switch(offline=False)
    leave(desk)

    desk = in_hall(qtbot, open_desk, folder)
    office = desk.opening.office()
    rows = office.archive.search()
    assert [row.number for row in rows] == ["临公积金耿一告〔2026〕1号"]
    assert office.drafts.all() == [], "it was found to be done"
    with office.database.desk.query() as handle:
        assert handle.execute_sql(f"SELECT count(*) FROM draft WHERE uuid LIKE '{SENT_OF}%'").fetchall()[0][0] == 0


def test_a_pc_that_is_switched_on_meanwhile_begins_offline_with_whoever_chooses_themselves(
    qtbot: Any, here: OfflineHall, lines: list[list[str]], open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    leave(in_hall(qtbot, open_desk, folder))
    here.server.stop("immediate")
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, AwayPage))
    people = find(desk.window.page, QListWidget, "people")
    assert people.currentRow() == 0
    assert people.hasFocus()
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert lines[-1][-1] == "--offline"
    leave(desk)
    desk = open_desk(folder / OFFLINE)
    qtbot.waitUntil(lambda: desk.page.attached)
    assert desk.opening.office().profile.current_clerk == "0002"
    assert desk.opening.office().archive.search() == []


def test_while_the_server_is_waited_for_the_window_paints_and_says_so_and_a_second_key_is_none(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a COMMIT that hangs, since a standby is asked for and not there WHEN the key is pressed twice and the window closed meanwhile THEN the
    window paints what is waited for, stays, nothing is printed, and in the end there is one slip."""
    desk = in_hall(qtbot, open_desk, here.pc("one"))
    put_on_the_desk(desk)
    database = desk.opening.office().database
    monkeypatch.setattr(database, "_patience", 3.0)
    monkeypatch.setattr(issuing, "AGAIN_MS", 200)
    waiting, whole = find(desk.window, WaitingBand, "waiting_band"), database.waiting
    painted: list[str] = []
    monkeypatch.setattr(waiting, "paintEvent", lambda _event: painted.append(waiting.label.text()))
    seen: list[tuple[float, bool]] = []

    def waited(seconds: float) -> None:
        whole(seconds)
        seen.append((seconds, waiting.isVisible()))
        if 1.5 < seconds < 1.7:
            press(Qt.Key.Key_F9)
            desk.window.close()
            with pytest.raises(Refusal) as told:
                desk.opening.office().book.head()
            assert told.value.code == "book-locked"

    monkeypatch.setattr(database, "waiting", waited)
    here.server.tell("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    here.server.tell("SELECT pg_reload_conf()")
    qtbot.wait(500)
    try:
        press(Qt.Key.Key_F9)
        assert "不知道这一步是否生效" in says(desk.page, "decision_refusal")
    finally:
        here.server.tell("ALTER SYSTEM RESET synchronous_standby_names")
        here.server.tell("SELECT pg_reload_conf()")
    assert not any(shown for seconds, shown in seen if seconds < 1.0)
    assert all(shown for seconds, shown in seen if seconds > 1.2)
    assert any("已经等了 2 秒" in words for words in painted)
    assert desk.window.isVisible()
    assert waiting.isHidden()
    assert not desk.page.served
    qtbot.waitUntil(lambda: desk.page.served)
    assert len(list(desk.opening.office().book.entries(EntryKind.SLIP_ISSUED))) == 1


def test_both_ways_have_a_name_and_the_initials_of_it_whatever_the_server_does(
    qtbot: Any, here: OfflineHall, lines: list[list[str]], open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    for place, name in ((folder, "离线出具"), (folder / OFFLINE, "回到大厅")):
        desk = in_hall(qtbot, open_desk, folder) if place == folder else open_desk(place)
        qtbot.waitUntil(lambda desk=desk: desk.page.attached)
        action = next(one.action for one in desk.context.offered if one.action.names[0] == name)
        assert all(reads(*each) for each in zip(action.names, action.initials, strict=True))
        find(desk.page, EntryEdit, "item_search").setFocus()
        type_(action.initials[0])
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda desk=desk: not desk.window.isVisible())
        leave(desk)
    assert ["--offline" in line for line in lines] == [True, False]


def test_the_first_page_goes_on_to_the_shift_as_soon_as_the_server_answers(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    leave(in_hall(qtbot, open_desk, folder))
    here.server.stop("immediate")
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, AwayPage))
    here.server.start()
    qtbot.waitUntil(lambda: isinstance(desk.window.page, ShiftPage))


def test_a_pc_without_a_place_is_told_and_offers_nothing(
    qtbot: Any, here: OfflineHall, lines: list[list[str]], open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    here.server.stop("immediate")
    desk = open_desk(folder)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, TroublePage))
    assert [button.text() for button in desk.window.page.findChildren(QPushButton)] == ["退出", "再试一次"]
    leave(desk)
    desk = open_desk(folder / OFFLINE)
    qtbot.waitUntil(lambda: isinstance(desk.window.page, TroublePage))
    assert "还不能离线出具" in desk.window.page.sentence.text()  # type: ignore[attr-defined]
    assert not (folder / OFFLINE / BOOK_NAME).exists()
    assert lines == []


def test_what_is_typed_while_the_server_is_away_is_kept(
    qtbot: Any, here: OfflineHall, open_desk: Callable[[Path], Desk]
) -> None:
    folder = here.pc("one")
    desk = in_hall(qtbot, open_desk, folder)
    here.server.stop("immediate")
    qtbot.waitUntil(lambda: desk.opening.office().database.silent > 0)
    put_on_the_desk(desk)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    leave(desk)
    here.server.start()
    with closing(open_office(folder, shift=SHIFT)) as office:
        assert [from_draft(draft.uuid, draft.body).name for draft in office.drafts.all()] == ["岩罕"]
