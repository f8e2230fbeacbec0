"""What stands on the desk and cannot be kept stays there: on Esc, for another item, for another case, for another clerk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.refusal import Refusal
from tests.make import a_request
from tests.ui.desk_hand import Bench, commit, press

pytestmark = pytest.mark.slow  # each opens a desk

FULL = Refusal("disk-full", "磁盘满了。", "请腾出空间。")


@pytest.fixture
def full(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A visitor is on the desk, and nothing can be written."""
    desk.take("gmxj")
    desk.field("name").setFocus()
    commit("岩温罕")

    def save(*_: object, **__: object) -> bool:
        raise FULL

    monkeypatch.setattr(desk.office.drafts, "save", save)
    return desk


def stands(desk: Bench) -> str:
    return desk.state.name


def test_escape_leaves_it_there_and_says_so(full: Bench) -> None:
    said: list[str] = []
    full.page.status_message.connect(said.append)
    press(Qt.Key.Key_Escape)
    assert stands(full) == "岩温罕"
    assert any("没有放下，还在台上：磁盘满了。" in one for one in said)


def test_nothing_else_takes_its_place(full: Bench) -> None:
    acts: list[Callable[[], object]] = [
        full.page.leave_to_another,
        lambda: full.page.take_item("B08", "租房提取"),
        lambda: full.page.take_request(a_request()),
    ]
    for act in acts:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value is FULL
        assert stands(full) == "岩温罕"


def test_once_there_is_room_it_is_put_aside(full: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    press(Qt.Key.Key_Escape)
    monkeypatch.undo()
    press(Qt.Key.Key_Escape)
    assert stands(full) == ""
    assert [draft.body["name"] for draft in full.office.drafts.all()] == ["岩温罕"]
