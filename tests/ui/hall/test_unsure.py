"""A COMMIT whose answer is lost: nothing is printed, a sentence says so, and the same act is looked for by itself until it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.entry import EntryKind
from counter_assistant.storage.server.book_place import BookPlace, note_book_place
from counter_assistant.ui.desk.controllers import issuing
from tests import hall
from tests.ui.desk_hand import Bench, bench, commit, press, type_

pytestmark = [
    pytest.mark.slow,
    pytest.mark.hall,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, server: hall.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(issuing, "AGAIN_MS", 200)
    data_dir.mkdir()
    book = f"b{'6' * 16}"
    note_book_place(data_dir, BookPlace(f"{server.address}&schema={book}"))
    with bench(qtbot, data_dir) as made:
        monkeypatch.setattr(made.office.database, "_patience", 0.3)
        yield made
    server.tell(f"DROP SCHEMA {book} CASCADE")


def answer_lost(
    monkeypatch: pytest.MonkeyPatch, *, done: bool, away_as: str = "OperationalError"
) -> Callable[[], None]:
    """The line breaks around the next COMMIT, once it is `done` or before, and the server is not reached until what is returned is called: it
    says nothing, or what `away_as` is."""
    from psycopg import OperationalError, errors

    from counter_assistant.storage.engines.postgres import driver

    whole, handle = driver.commit, driver.handle

    def away(*_: object, **__: object) -> Any:
        raise getattr(errors, away_as)("no server")

    def losing(opened: Any, patience: float) -> str:
        if done:
            whole(opened, patience)
        opened.connection().close()
        monkeypatch.setattr(driver, "handle", away)
        monkeypatch.setattr(driver, "commit", whole)
        raise OperationalError("the connection was closed")

    monkeypatch.setattr(driver, "commit", losing)
    return lambda: monkeypatch.setattr(driver, "handle", handle)


@pytest.mark.parametrize(
    ("done", "away_as"),
    [(True, "OperationalError"), (False, "OperationalError"), (True, "InvalidPassword"), (True, "TooManyConnections")],
)
def test_it_is_found_out_by_itself_and_done_once(
    qtbot: Any, desk: Bench, monkeypatch: pytest.MonkeyPatch, done: bool, away_as: str
) -> None:
    desk.take("zl")
    type_("112")
    desk.field("name").setFocus()
    commit("岩罕")
    come_back = answer_lost(monkeypatch, done=done, away_as=away_as)
    press(Qt.Key.Key_F9)
    assert "不知道这一步是否生效" in desk.says("decision_refusal")
    qtbot.wait(500)  # it looks again, and hears nothing
    assert "不知道这一步是否生效" in desk.says("decision_refusal")
    assert (desk.printing.papers, desk.page.served) == ([], False)
    come_back()
    qtbot.waitUntil(lambda: desk.page.served)
    assert len(desk.printing.papers) == 1
    assert len(list(desk.office.book.entries(EntryKind.SLIP_ISSUED))) == 1
    assert desk.office.book.check().problems == []


def test_whoever_comes_next_is_served_and_the_draft_of_the_one_before_stays(
    qtbot: Any, desk: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an act of which nobody knows WHEN the visitor is put aside THEN nothing is done by itself any more; taken up again it is found."""
    desk.take("zl")
    type_("112")
    desk.field("name").setFocus()
    commit("岩罕")
    come_back = answer_lost(monkeypatch, done=True)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    come_back()
    qtbot.wait(700)
    assert desk.printing.papers == []
    assert desk.put_aside() == ["岩罕"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: desk.page.served)
    assert len(list(desk.office.book.entries(EntryKind.SLIP_ISSUED))) == len(desk.printing.papers) == 1
