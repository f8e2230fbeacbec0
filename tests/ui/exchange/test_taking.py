"""While a bundle is taken the window goes on: it says how far that is, and Esc stops it, with nothing put in."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.exchange.taking import books_of
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import OPENING_NAME, read_key_file
from counter_assistant.ui.exchange import taking
from counter_assistant.ui.exchange.page import ExchangePage
from tests.operations.exchange import branches
from tests.operations.exchange.branches import Branch
from tests.ui.counter import press
from tests.ui.desk_hand import CONTROL
from tests.ui.exchange.test_exchange_page import Stick, act, choose, page_of, rows, says, stick, take, type_passphrase
from tests.ui.find import find

__all__ = ["stick"]
pytestmark = pytest.mark.slow  # each opens a page, and other processes

Key = Qt.Key


@pytest.fixture
def page(qtbot: Any, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> ExchangePage:
    """A page of the centre on which a bundle of some length waits for its fingerprint to be compared."""
    public = bytes.fromhex(read_key_file(stick.folder / "centre" / OPENING_NAME).key)
    monkeypatch.setattr(branches, "OPENING", ciphers.Pair(b"", public))
    branch = Branch(random.Random(9))
    branch.go_on(2500)
    stick.file = branch.send(stick.place / "year.bundle")
    shown = page_of(qtbot, stick.centre)
    choose(qtbot, shown)
    type_passphrase(qtbot, shown)
    assert act(shown) == "核对过，收下　F9"
    return shown


def test_it_says_how_far_it_is_and_esc_stops_it(qtbot: Any, stick: Stick, page: ExchangePage) -> None:
    said, left, ticks = list[str](), list[bool](), list[int]()
    page._taking.reached.connect(said.append)
    page.finished.connect(lambda: left.append(True))
    timer = QTimer(page, interval=0)
    timer.timeout.connect(lambda: ticks.append(len(said)))
    timer.start()
    press(Key.Key_F9)
    assert (find(page, QPushButton, "停下").isVisible(), find(page, QPushButton, "act").isVisible()) == (True, False)
    qtbot.waitUntil(lambda: len(said) > 1, timeout=120_000)
    assert re.fullmatch(
        r"正在收：核对包里的记录，第 \d*01 条，共 2501 条。请不要拔盘；按 Esc 停下，停下的什么也没有放进去。",
        says(page),
    )
    assert not any(find(page, QPushButton, name).isEnabled() for name in ("查明了", "给它做一包"))
    for key in ((Key.Key_P, CONTROL), (Key.Key_S, CONTROL), (Key.Key_Return,), (Key.Key_F9,)):
        press(*key)
    assert not any(find(page, QLineEdit, name).isVisible() for name in ("secret", "reason")), (
        "nothing is begun meanwhile"
    )
    assert page._taking.running
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: not page._taking.running, timeout=120_000)
    assert says(page) == "停下了，这一包什么也没有放进去。要收的，再收一次。"
    assert (left, act(page), rows(page)) == ([], "收一包　F9", [])
    assert books_of(stick.centre).names() == []
    assert stick.centre.book.latest(EntryKind.BUNDLE_TAKEN) is None
    choose(qtbot, page)
    type_passphrase(qtbot, page)
    said.clear()
    take(qtbot, page)
    assert says(page).startswith("安装点 530926 到第 2501 条：收下了 2501 条新的。可以拔出。")
    assert len({each.partition("，")[0] for each in said}) == 4, "every step is told"
    assert len(set(ticks)) > 4, "the window went on between what was told"
    assert stick.centre.book.latest(EntryKind.BUNDLE_TAKEN) is not None
    press(Key.Key_Escape)
    assert left == [True]


def test_one_that_dies_has_taken_nothing_and_is_told(qtbot: Any, stick: Stick, page: ExchangePage) -> None:
    press(Key.Key_F9)
    process = page._taking._process
    assert process is not None
    with qtbot.waitSignal(page._taking.refused, timeout=120_000):
        process.kill()
    assert says(page) == "收的时候中断了，没有记下。请再收一次：收过的不会重复，没有收的补上。"
    assert books_of(stick.centre).names() == []


def test_a_window_that_closes_stops_it(stick: Stick, page: ExchangePage) -> None:
    press(Key.Key_F9)
    page.close_down()
    assert not page._taking.running
    assert books_of(stick.centre).names() == []


def test_where_no_process_begins_it_is_told(
    stick: Stick, page: ExchangePage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "command", lambda: [str(stick.folder / "missing")])
    take(qtbot, page)
    assert says(page).startswith("收的时候中断了")
    assert act(page) == "收一包　F9"
