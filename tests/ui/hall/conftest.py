from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.server_books import let_clerk_in, prepare_server
from counter_assistant.storage.server.book_place import BookPlace, Shift
from counter_assistant.ui.application import Desk
from counter_assistant.ui.start import read_index
from tests import hall
from tests.make import a_request, confirmed

BOOK = f"b{'5' * 16}"
OURS, THEIRS = "第一个人自己的密码", "第二个人自己的密码"


@pytest.fixture(scope="module")
def server() -> Iterator[hall.Server]:
    """A server with a confirmed office's book, which asks its two clerks for their passwords."""
    with hall.running() as started:
        address = f"{started.address}&schema={BOOK}"
        prepare_server(address)
        let_clerk_in(address, "0001", OURS)
        let_clerk_in(address, "0002", THEIRS)
        rules = started.data / "pg_hba.conf"
        rules.write_text("local all clerk_0001,clerk_0002,root scram-sha-256\n" + rules.read_text())
        started.tell("SELECT pg_reload_conf()")
        yield started


@pytest.fixture
def place(server: hall.Server, tmp_path: Path) -> BookPlace:
    """As it is noted on a PC: nobody's name is in the address."""
    place = BookPlace(f"postgresql:///{hall.DATABASE}?host={server.folder}&schema={BOOK}", "综合窗口 2")
    first = open_office(tmp_path / "first", place=place, shift=Shift("0001", OURS))
    if not first.profile.confirmed:
        first.decide_profile(confirmed(first.profile))
    first.close()
    return place


def a_desk(qtbot: Any, folder: Path) -> Desk:
    """A shown window over a data folder."""
    made = Desk(folder, read_index(), training=False)
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    return made


def issued(office: Office) -> str:
    """The number of a slip that was issued just now."""
    slip = issue_slip(office, a_request()).slip
    assert slip is not None
    return slip.number
