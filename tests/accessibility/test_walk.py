"""Every page, and what opens over the settings or by a name, as a screen reader hears it: all has a name and a kind, Tab goes round, Esc leads out."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt

from counter_assistant.domain.report.pictures import Subject
from counter_assistant.ui.pages import PAGES
from tests.accessibility.conftest import WRITTEN
from tests.accessibility.faults import MOST_STOPS, faults_of, no_trap, stop_of
from tests.accessibility.reader import Reader, Told
from tests.ui.test_focus_return import ESC, LAYERS, LEAD, SETTINGS, Layer, Press

pytestmark = [pytest.mark.nightly("atspi"), pytest.mark.screen_reader]


class From(NamedTuple):
    """Where the focus is when a layer is opened, as a screen reader calls it."""

    role: str
    name: str


FIELDS = {
    "branch": From("text", "网点名称"), "window": From("text", "窗口"), "name": From("text", "姓名"), "phone": From("text", "电话"),
    "材料清单": From("list", "材料清单"), "办件列表": From("table", "办件列表"), "查找办件": From("text", "查找办件"),
    "查找文书": From("text", "查找文书"), "文书列表": From("table", "文书列表"), "查找登记": From("text", "查找登记"),
    "guide_day": From("text", "适用日期"),
    **{f"chart_{subject.value}": From("panel", subject.question) for subject in Subject},
}  # fmt: skip
"""The widgets that layers are opened from, by the names that test_focus_return.py has for them."""
PHONE = "13800001001"
LINES = {"list": ("list item",), "table": ("table cell", "table row")}
"""What has the focus in a list of its kind."""
KEEPS_THE_FOCUS, WRITTEN_IN_A_LINE = "desk, keys", "desk, what to mend"
"""The sheet that lies beside what is typed on, and what is written into a line, which Tab takes."""
OPENED_BY_NAME = {
    "核定目录": "hdml", "体检": "tj", "停电备用单": "byd", "补录备用单": "bl", "日结": "rj", "月结": "yj", "密封台账": "mftz", "锁屏": "sp",
    "暂停服务": "ztfw", "本中心的表样": "bzxdby", "本月一次告知情况": "byycgzqk", "登记意见": "djyj", "登记误解": "djwj",
    "登记延时": "djys", "登记离岗": "djlg", "登记上报": "djsb", "登记咨询": "djzx", "登记投诉": "djts",
}  # fmt: skip
"""What is opened by its name in the search of the desk, and the initials that are typed there."""
IN_THE_NAVIGATION = {SETTINGS: "设置页", LEAD: "带班页"}
"""What leads to a page that has no key."""
OF_AN_OPENED_PAPER = "archive, voiding"


def keys(press: Press) -> str:
    """A key of Qt's as X11 calls it."""
    key, modifier = press
    name = Qt.Key(key).name.removeprefix("Key_")
    name = name.lower() if len(name) == 1 else name
    return f"ctrl+{name}" if modifier & Qt.KeyboardModifier.ControlModifier else name


def go_to(reader: Reader, page: Qt.Key | str) -> None:
    if isinstance(page, Qt.Key):
        reader.press(page.name.removeprefix("Key_"))
    else:
        reader.give_focus("check box", IN_THE_NAVIGATION[page])
        reader.press("space")


@pytest.mark.parametrize("page", [spec.key for spec in PAGES])
def test_every_page_is_heard_and_gone_round(reader: Reader, page: str) -> None:
    spec = next(spec for spec in PAGES if spec.key == page)
    if spec.shortcut:
        reader.press(spec.shortcut)
    else:
        go_to(reader, page)
    assert faults_of(reader.every) == []
    assert spec.title in [one.name for one in reader.every if one.role == "panel"] or page == "desk"
    no_trap(reader)


def test_every_place_of_the_settings_is_heard_and_gone_round(reader: Reader) -> None:
    go_to(reader, SETTINGS)
    (places,) = [one for one in reader.every if (one.role, one.name) == ("list", "设置分组")]
    for n, place in enumerate(places.inside, 1):
        reader.press(f"alt+{n % 10}")
        assert faults_of(reader.every) == [], place
        no_trap(reader)


@pytest.fixture
def visited(reader: Reader) -> Reader:
    """Somebody stands at the desk who was told of the same matter before."""
    reader.write("b08")
    reader.press("Return")
    reader.write("122")
    for name, words in (("姓名", WRITTEN), ("电话", PHONE)):
        reader.give_focus("text", name)
        reader.write(words)
    return reader


def reach(reader: Reader, wanted: From) -> None:
    """Goes to a widget; to a list by Tab, as Qt lets no reader give the focus to one."""
    if wanted.role == "text":
        reader.give_focus(*wanted)
        return
    for _ in range(MOST_STOPS):
        now = reader.focus
        if now is not None and (now.name == wanted.name or now.role in LINES.get(wanted.role, ())):
            return
        reader.step("Tab")
    raise AssertionError(f"Tab never comes to {wanted.name}")


def opens(reader: Reader, layer: Layer) -> tuple[Told, Told]:
    """What had the focus before a layer was opened, and what has it then."""
    go_to(reader, layer.page)
    reach(reader, FIELDS[layer.name])
    if layer is LAYERS[OF_AN_OPENED_PAPER]:
        reader.press("Return")
    before = reader.focus
    reader.press(keys(layer.opened_by))
    opened = reader.focus
    assert before is not None
    assert opened is not None
    return before, opened


def left_by_esc(reader: Reader, before: Told, times: int) -> None:
    """Esc, at most so often, leads to where the focus was."""
    for _ in range(times):
        reader.press("Escape")
        if reader.focus and stop_of(reader.focus) == stop_of(before):
            break
    after = reader.focus
    assert after is not None
    assert (after.role, after.name) == (before.role, before.name)


@pytest.mark.parametrize("name", [name for name, layer in LAYERS.items() if layer.closed_by == ESC])
def test_every_layer_is_heard_and_left_by_esc(visited: Reader, name: str) -> None:
    """GIVEN a layer WHEN Esc is pressed, at once or after Tab has gone round it, THEN the focus is where it was."""
    layer = LAYERS[name]
    before, opened = opens(visited, layer)
    assert faults_of([opened]) == []
    assert faults_of(visited.every) == []
    if name != KEEPS_THE_FOCUS:
        assert stop_of(opened) != stop_of(before)
    left_by_esc(visited, before, 1)
    if name not in (KEEPS_THE_FOCUS, WRITTEN_IN_A_LINE):
        before, _ = opens(visited, layer)
        no_trap(visited)
        left_by_esc(visited, before, 3)  # Tab may have opened something in it


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
