"""Complaints of before are told of to a keeper who looks at the complaints, and one key seals them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.papers.paper_entry import SEALED_AWAY
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.reentering.open_matters import OldComplaints
from counter_assistant.operations.registers.reentering.reentry import Reentered, reenter
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.ui.archive.page import ArchivePage
from counter_assistant.ui.desk.search.lookup import Lookup
from counter_assistant.ui.registers.old_complaints import DONE, IN_THE_OPEN
from tests.make import SINGLE, a_request, an_office
from tests.ui.counter import screen_texts, show
from tests.ui.desk_hand import press
from tests.ui.find import find
from tests.ui.registers.test_complaints import ALT, NAME, PHONE, page_of, texts

Key = Qt.Key
LEFT = Reentered((), 0, 0).left_where


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A book of before, in training, where everybody keeps the register: a paper about a complaint, and a draft of one."""
    with closing(an_office(tmp_path, training=True)) as made:
        with monkeypatch.context() as patched:
            patched.setattr(admissibility, "sealed_fault", lambda _matter: None)
            taken = {"received": "all", "eligible": "yes"}
            issue_slip(
                made,
                a_request("D02", applicant={"name": NAME, "phone": PHONE, "id_number": "11010519491231002X"}, **taken),
            )
        made.drafts.save("draft", {"item": "D02", "name": NAME})
        yield made


def open_in(page: ArchivePage) -> str:
    """The number of the paper that is open; empty where none is."""
    return page.record.row.number if page.record else ""


def test_one_key_seals_what_lies_in_the_open(qtbot: QtBot, office: Office) -> None:
    page = page_of(qtbot, office)
    line = find(page, QWidget, "old_complaints")
    assert not line.isVisible()
    press(Key.Key_M, ALT)
    assert OldComplaints(office).count() == 2, "the key acts where the line is"
    press(Key.Key_T, ALT)
    assert line.isVisible()
    assert IN_THE_OPEN.format(2) in texts(page)
    press(Key.Key_M, ALT)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert DONE.format("投诉 1 件、没有办完的 1 份", LEFT) in texts(page)
    assert NAME not in texts(page)
    assert find(page, QTableView).model().rowCount() >= 1
    press(Key.Key_M, ALT)
    assert DONE.format("投诉 1 件、没有办完的 1 份", LEFT) in texts(page)


def test_the_archive_shows_that_its_content_is_sealed_and_verifies_the_paper(qtbot: QtBot, office: Office) -> None:
    """GIVEN a paper of a complaint that was sealed, and another WHEN the sealed one is opened with the code that is on it THEN the page says
    that they agree, shows no paper, and no key acts on the one that was open before."""
    sealed = office.archive.search("")[0]
    issue_slip(office, a_request(answers=SINGLE))
    reenter(office, register_key(office))
    page = ArchivePage(office)
    show(qtbot, page)
    press(Key.Key_Return)
    assert open_in(page)
    find(page, QLineEdit, "查找文书").setText(f"{sealed.number} {sealed.check_code}")
    press(Key.Key_Return)
    assert not open_in(page)
    said = "\n".join(screen_texts(page))
    assert "校验码相符。" in said
    assert "内容已另行封存，这里只留编号、种类和时间。" in said
    model = find(page, QTableView).model()
    cells = [str(model.index(0, column).data()) for column in range(6)]
    assert cells[:4] == [sealed.number, "承诺通知书", "", SEALED_AWAY]
    (row,) = [row for row in Lookup(office, lambda _: None, lambda _: None).latest(2) if SEALED_AWAY in row.text]
    assert NAME not in row.words


def test_where_nothing_lies_open_there_is_no_line(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(an_office(tmp_path, training=True)) as office:
        page = page_of(qtbot, office)
        press(Key.Key_T, ALT)
        assert not find(page, QWidget, "old_complaints").isVisible()
        page.close()
