"""Each refusal is heard once, with the sentence that stands in the window: over the pages, by keys, in the whole window.

That none at all stays silent is looked at after every test of the window, tests/ui/refusals.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from counter_assistant.domain.refusal import Refusal
from counter_assistant.printing import printers as printing
from counter_assistant.ui.application import Desk
from counter_assistant.ui.print_service import ChoosePrinter
from tests.ui.counter import CONTROL, press
from tests.ui.desk_hand import commit, type_
from tests.ui.refusals import Ear
from tests.ui.whole_window import whole_window

pytestmark = pytest.mark.slow  # each opens the whole window

Key = Qt.Key
Way = tuple[str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier], ...]
DOWN = Refusal("printer-down", "打印机没有应答。", "请看看电源和纸。")
ENTER, F9 = Key.Key_Return, Key.Key_F9
RENTS: Way = ("b08", ENTER, "1112")
ASKS: Way = (*RENTS, ENTER, "玉罕", ENTER, "13800000461")
ISSUED = "受理，打印机不应"
REFUSED: dict[str, tuple[Way, str]] = {
    "受理，没有姓名": ((*RENTS, " ", F9), "还差：姓名"),
    "受理，电话太短": ((*RENTS, ENTER, "玉罕", ENTER, "138", F9), "电话号码有 3 位"),
    "受理，证件号码少一位": ((*ASKS, ENTER, "11010519491231002", F9), "身份证号码应为 18 位"),
    "受理，字库里没有的字": ((*RENTS, ENTER, "\U000323b0", ENTER), "字库里没有"),
    ISSUED: ((*ASKS, F9), "打印机没有应答"),
    "办件，没有选步骤": ((Key.Key_F3, Key.Key_F7, F9), "先按数字或字母选一步"),
    "档案，没有打开的": ((Key.Key_F4, (Key.Key_P, CONTROL)), "先选一份文书"),
    "档案，作废没有原因": ((Key.Key_F4, ENTER, Key.Key_Delete, (ENTER, CONTROL)), "请写明原因"),
    "档案，补打，打印机不应": ((Key.Key_F4, ENTER, (Key.Key_P, CONTROL)), "打印机没有应答"),
    "档案，更正，没有打开的": (("gzws", ENTER), "要更正哪一份"),
    "档案，删除，没有打开的": (("bryqsc", ENTER), "要删除哪一份"),
    "档案，看号码，没有打开的": (("ckzghm", ENTER), "要看哪一份的整个号码"),
    "档案，没有销毁过": (("xhqc", ENTER), "还没有销毁过"),
    "登记，没有选中的": ((Key.Key_F5, F9), "清单里没有选中的登记"),
    "登记，没有选一本": ((Key.Key_F5, Key.Key_F7, F9), "先按数字选一本"),
    "登记意见": (("djyj", ENTER, F9), "还没有填“内容”"),
    "登记咨询": (("djzx", ENTER, F9), "还没有填"),
    "登记误解": (("djwj", ENTER, F9), "还没有填“误解了什么”"),
    "登记上报": (("djsb", ENTER, F9), "还没有填“什么事”"),
    "登记评价": (("djpj", ENTER, F9), "还没有填“评价”"),
    "工作交接": (("gzjj", ENTER, F9), "还没有填“到哪天”"),
    "登记投诉，没有密封": (("djts", ENTER), "台账没有密封，投诉登记了别人也看得见"),
    "打印登记簿，没有选一本": (("dydjb", ENTER), "登记簿一本一本地打印"),
    "打印评价条，打印机不应": (("pjt", ENTER), "打印机没有应答"),
    "核定，没有文号": (("djhd", ENTER, F9), "没有写明文号"),
    "打印公示，打印机不应": (("dyabjgs", ENTER), "打印机没有应答"),
    "设 PIN，没有密封": (("spin", ENTER), "台账没有密封，不用 PIN"),
    "密封台账，资料没有确认": (("mftz", ENTER), "单位资料还没有确认"),
    "停电备用单，打印机不应": (("byd", ENTER, F9), "打印机没有应答"),
    "补录备用单，没有时间": (("bl", ENTER, "999", F9), "无法识别"),
    "单位资料，还有示例": (("hdbqrbdwzl", ENTER, F9), "行是示例，先改标出来的"),
    "日结单，打印机不应": (("rj", ENTER, F9, F9), "打印机没有应答"),
}
"""What a clerk presses from the empty desk, and what is refused: a part of the sentence."""


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A window with a paper and a case, whose printer does not answer."""

    def print_pdf(*_: object, **__: object) -> None:
        raise DOWN

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(printing, "look", lambda _asked=(): ([], {}))
    monkeypatch.setattr(ChoosePrinter, "ask", lambda _parent: None)
    with whole_window(qtbot, tmp_path, "欧阳雪") as made:
        yield made


def go(way: Way) -> None:
    for step in way:
        if isinstance(step, str):
            type_(step) if step.isascii() else commit(step)
        else:
            press(*(step if isinstance(step, tuple) else (step,)))


def standing(window: QWidget) -> list[str]:
    """All that stands in a window, whole."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible()]
    return [label.accessibleName() or label.text() for label in labels]


@pytest.mark.nightly("heard", by_day=10)
@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_heard_once_as_it_stands_there(desk: Desk, ear: Ear, qtbot: Any, name: str) -> None:
    *before, last = REFUSED[name][0]
    words = REFUSED[name][1]
    qtbot.waitUntil(lambda: desk.context.find_actions("pjt") != [])  # the last that is offered by a name
    go(tuple(before))
    qtbot.wait(1)
    heard = len(ear.said)
    go((last,))
    qtbot.waitUntil(lambda: any(words in said for said in ear.said[heard:]))
    qtbot.wait(30)
    (said,) = [said for said in ear.said[heard:] if words in said]
    assert any(said == text or said in text for text in standing(desk.window))


def acts(name: str) -> bool:
    """Whether a refusal comes of a key that can be pressed again where it was pressed. What was issued is issued once."""
    return name != ISSUED and REFUSED[name][0][-1] in (F9, (Key.Key_P, CONTROL), (ENTER, CONTROL))


@pytest.mark.nightly("heard", by_day=6)
@pytest.mark.parametrize("name", [name for name in REFUSED if acts(name)])
def test_what_is_refused_once_more_is_heard_once_more(desk: Desk, ear: Ear, qtbot: Any, name: str) -> None:
    """GIVEN a refusal WHEN the same key is pressed again THEN nobody who does not see the window takes the silence for success."""
    way, words = REFUSED[name]
    go(way)
    qtbot.waitUntil(lambda: ear.times(words) > 0)
    qtbot.wait(30)
    heard = len(ear.said)
    go(way[-1:])
    qtbot.waitUntil(lambda: len(ear.said) > heard)
    assert len(set(ear.said[heard:])) == len(ear.said[heard:])
