"""Every page, and what opens over the settings or by a name, as a screen reader hears it: all has a name and a kind, Tab goes round, Esc leads out."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt

from counter_assistant.ui.pages import PAGES
from tests.accessibility.faults import faults_of, no_trap, stop_of
from tests.accessibility.reader import Reader
from tests.ui.test_focus_return import ESC, LAYERS, SETTINGS, Press

pytestmark = [pytest.mark.nightly("atspi"), pytest.mark.screen_reader]


class From(NamedTuple):
    """Where the focus is when a layer is opened, as a screen reader calls it."""

    role: str
    name: str


FIELDS = {"branch": From("text", "网点名称"), "window": From("text", "窗口")}
"""The widgets that layers are opened from, by the names that test_focus_return.py has for them."""
OPENED_BY_NAME = {
    "体检": "tj", "停电备用单": "byd", "补录备用单": "bl", "日结": "rj", "月结": "yj", "密封台账": "mftz", "设PIN": "spin", "锁屏": "sp",
    "暂停服务": "ztfw", "本中心的表样": "bzxdby", "本月一次告知情况": "byycgzqk", "登记意见": "djyj", "登记误解": "djwj",
    "登记延时": "djys", "登记离岗": "djlg", "登记上报": "djsb", "登记咨询": "djzx", "登记投诉": "djts",
}  # fmt: skip
"""What is opened by its name in the search of the desk, and the initials that are typed there. In 核定目录 Tab turns the
list, so it is not gone round here."""


def keys(press: Press) -> str:
    """A key of Qt's as X11 calls it."""
    key, modifier = press
    name = Qt.Key(key).name.removeprefix("Key_")
    name = name.lower() if len(name) == 1 else name
    return f"ctrl+{name}" if modifier & Qt.KeyboardModifier.ControlModifier else name


def go_to(reader: Reader, page: Qt.Key | str) -> None:
    if page == SETTINGS:
        reader.give_focus("check box", "设置页")
        reader.press("space")
    else:
        assert isinstance(page, Qt.Key)
        reader.press(page.name.removeprefix("Key_"))


@pytest.mark.parametrize("page", [spec.key for spec in PAGES])
def test_every_page_is_heard_and_gone_round(reader: Reader, page: str) -> None:
    spec = next(spec for spec in PAGES if spec.key == page)
    if spec.shortcut:
        reader.press(spec.shortcut)
    else:
        go_to(reader, SETTINGS)
    assert faults_of(reader.every) == []
    assert spec.title in [one.name for one in reader.every if one.role == "panel"] or page == "desk"
    no_trap(reader)


def test_every_place_of_the_settings_is_heard_and_gone_round(reader: Reader) -> None:
    go_to(reader, SETTINGS)
    (places,) = [one for one in reader.every if (one.role, one.name) == ("list", "设置")]
    for n, place in enumerate(places.inside, 1):
        reader.press(f"alt+{n % 10}")
        assert faults_of(reader.every) == [], place
        no_trap(reader)


@pytest.mark.parametrize(
    "page", [SETTINGS]
)  # of the others Esc is tried in tests/ui/test_focus_return.py, and not by ear yet
def test_every_layer_is_heard_and_left_by_esc(reader: Reader, page: Qt.Key | str) -> None:
    for name, layer in LAYERS.items():
        if layer.page == page and layer.closed_by == ESC:
            go_to(reader, layer.page)
            reader.give_focus(*FIELDS[layer.name])
            before = reader.focus
            reader.press(keys(layer.opened_by))
            opened = reader.focus
            assert opened is not None, name
            assert faults_of([opened]) == [], name
            assert faults_of(reader.every) == [], name
            no_trap(reader)
            after = None
            for _ in range(3):  # Tab may have opened something in it
                reader.press("Escape")
                after = reader.focus
                if after and before and stop_of(after) == stop_of(before):
                    break
            assert after is not None, name
            assert before is not None
            assert (after.role, after.name) == (before.role, before.name), name


def found(reader: Reader, name: str) -> bool:
    """Whether what is done by a name is found by its initials, and chosen; the last of them are offered a moment after the start."""
    reader.press("ctrl+a", "Delete")
    reader.write(OPENED_BY_NAME[name])
    for _ in range(9):
        if reader.described.startswith(name):
            return True
        reader.press("Down")
    return False


@pytest.mark.parametrize("name", OPENED_BY_NAME)
def test_what_is_opened_by_its_name_is_heard_and_left_by_esc(reader: Reader, name: str) -> None:
    reader.until(lambda: found(reader, name), f"{name} is not found")
    reader.press("Return")
    opened = reader.focus
    assert opened is not None
    assert opened.name != "查找事项"
    assert faults_of(reader.every) == []
    no_trap(reader)
