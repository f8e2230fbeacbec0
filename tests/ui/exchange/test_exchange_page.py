"""交换包, by keys: a branch makes one for the centre and takes the answer; the centre takes, answers, and writes down what it found out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot
from counter_assistant.operations.exchange.looking_into import findings_of
from counter_assistant.operations.exchange.sending import send_to_centre
from counter_assistant.operations.office import Office
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.handed_key import hand_out
from counter_assistant.storage.packs.key_file import NAME, OPENING_NAME, make_key_file, open_key, read_key_file
from counter_assistant.ui.exchange import page as page_module
from counter_assistant.ui.exchange.page import ExchangePage
from tests.make import an_office
from tests.operations.catalogue.packing import CHEAP, PASSPHRASE
from tests.operations.safekeeping.auditing import a_slip
from tests.ui.counter import nameless, press, rich_labels, screen_texts, show
from tests.ui.desk_hand import CONTROL, commit
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key


class Stick:
    """What is chosen in the system's dialogs, and the offices of a branch and of a centre."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.place = folder, folder / "stick"
        self.place.mkdir()
        self.file: Path | None = None
        monkeypatch.setattr(ciphers, "COST", CHEAP)
        monkeypatch.setattr(page_module, "ask_for_folder", lambda _window, _title: self.place)
        monkeypatch.setattr(page_module, "ask_for_file", lambda _window, _title, _kinds: self.file)
        self.centre, self.branch = an_office(folder / "centre"), an_office(folder / "branch")
        make_key_file(folder / "centre" / NAME, PASSPHRASE)
        make_key_file(folder / "centre" / OPENING_NAME, PASSPHRASE, ciphers.TO_PUBLIC)
        self.handed = folder / "public.json"
        signer = open_key(folder / "centre" / NAME, PASSPHRASE)
        self.handed.write_bytes(hand_out("某中心", read_key_file(folder / "centre" / OPENING_NAME), signer))

    def bundles(self) -> list[Path]:
        return sorted(self.place.glob("*.bundle"), key=lambda path: path.stat().st_mtime_ns)

    def sent(self, office: Office) -> Path:
        """A bundle of a branch that has the centre's key."""
        if office.book.latest(EntryKind.KEY_SLOT) is None:
            public = read_key_file(self.folder / "centre" / OPENING_NAME).key
            office.book.append(EntryKind.KEY_SLOT, KeySlot(KeyAct.CENTRE_TAKEN, public, "0001").to_payload())
        return send_to_centre(office, self.place).path


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stick]:
    made = Stick(tmp_path, monkeypatch)
    with closing(made.centre), closing(made.branch):
        yield made


def page_of(qtbot: Any, office: Office) -> ExchangePage:
    page = ExchangePage(office)
    show(qtbot, page)
    page.setFocus()
    return page


def choose(qtbot: Any, page: ExchangePage, *key: Any) -> None:
    """Presses the key that asks for a file, and waits until that was read."""
    press(*(key or (Key.Key_F9,)))
    _until_done(qtbot, page)


def _until_done(qtbot: Any, page: ExchangePage) -> None:
    busy = (page_module.WORKING, page_module.READING, page_module.STOPPING)
    qtbot.waitUntil(lambda: not (page._taking.running or says(page) in busy), timeout=120_000)


def take(qtbot: Any, page: ExchangePage) -> None:
    """Presses F9 once a fingerprint was compared, and waits until the bundle was taken."""
    press(Key.Key_F9)
    _until_done(qtbot, page)


def says(page: QWidget) -> str:
    return find(page, QLabel, "message").text()


def act(page: QWidget) -> str:
    return find(page, QPushButton, "act").text()


def rows(page: QWidget) -> list[str]:
    listed = find(page, QListWidget, "branches")
    return [listed.item(n).text() for n in range(listed.count())]


def type_passphrase(qtbot: Any, page: ExchangePage, said: str = PASSPHRASE) -> None:
    field = find(page, QLineEdit, "secret")
    assert field.isVisible()
    assert field.hasFocus()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    commit(said)
    press(Key.Key_Return)
    _until_done(qtbot, page)


def test_a_branch_takes_the_key_makes_a_bundle_and_takes_the_answer(qtbot: Any, stick: Stick) -> None:
    page = page_of(qtbot, stick.branch)
    assert (act(page), find(page, QListWidget, "branches").isVisible()) == ("做给中心的　F9", False)
    assert page.card.hint.whole == "中心还没有签过，台账共 1 条"
    press(Key.Key_F9)
    assert says(page).startswith("还没有收下中心打开台账的公钥")
    stick.file = stick.handed
    choose(qtbot, page, Key.Key_O, CONTROL)
    assert act(page) == "核对过，收下　F9"
    assert "逐组核对" in says(page)
    press(Key.Key_Escape)
    assert (act(page), stick.branch.book.latest(EntryKind.KEY_SLOT)) == ("做给中心的　F9", None)
    choose(qtbot, page, Key.Key_O, CONTROL)
    press(Key.Key_F9)
    assert says(page).startswith("已收下某中心的公钥")
    press(Key.Key_F9)
    (bundle,) = stick.bundles()
    assert says(page).startswith(f"{bundle.name}：第 1 条到第 2 条，给中心。已写好，读回来一样，可以拔出。")

    at_centre = page_of(qtbot, stick.centre)
    assert (act(at_centre), at_centre.card.hint.whole) == ("收一包　F9", "还没有收过")
    stick.file = bundle
    choose(qtbot, at_centre)
    type_passphrase(qtbot, at_centre, "another passphrase")
    assert says(at_centre).startswith("口令不对")
    commit(PASSPHRASE)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: act(at_centre) == "核对过，收下　F9", timeout=10_000)
    assert "第一次送来" in says(at_centre)
    assert "--trust" not in says(at_centre)
    take(qtbot, at_centre)
    assert says(at_centre) == "安装点 000001 到第 2 条：收下了 2 条新的。可以拔出。"
    assert at_centre.card.hint.whole == "1 个网点，没有要查明的"
    assert rows(at_centre)[0].startswith("000001　到第 2 条")
    press(Key.Key_P, CONTROL)
    type_passphrase(qtbot, at_centre)
    qtbot.waitUntil(lambda: len(stick.bundles()) == 2, timeout=10_000)
    answer = stick.bundles()[-1]
    assert says(at_centre) == f"{answer.name}：给 000001，里面有中心的见证。已写好，读回来一样，可以拔出。"

    page = page_of(qtbot, stick.branch)
    stick.file = answer
    choose(qtbot, page, Key.Key_O, CONTROL)
    assert (act(page), says(page)) == ("收下　F9", "只是看，还没有收。收下按 F9。")
    assert find(page, QLabel, "detail").text().startswith("中心的见证：第 2 条")
    press(Key.Key_F9)
    assert act(page) == "核对过，收下　F9"
    press(Key.Key_F9)
    assert says(page) == "中心的见证：已收下，台账第 3 条。可以拔出。"
    assert page.card.hint.whole.startswith("中心签过到第 2 条（2026年11月23日），以后有 1 条")


def test_a_fork_stands_in_the_list_until_somebody_says_what_came_of_it(qtbot: Any, stick: Stick) -> None:
    stick.sent(stick.branch)
    shutil.copytree(stick.folder / "branch", stick.folder / "clone")
    page = page_of(qtbot, stick.centre)
    with closing(an_office(stick.folder / "clone")) as clone:
        for office in (stick.branch, clone):
            a_slip(office)
            stick.file = stick.sent(office)
            choose(qtbot, page)
            type_passphrase(qtbot, page)
            if act(page) == "核对过，收下　F9":
                take(qtbot, page)
    assert page.card.hint.whole == "1 个网点，1 处要查明"
    assert rows(page)[0].startswith("安装点 000001 的台账从第 3 条起有 2 份")
    assert find(page, QLabel, "detail").text().startswith("两份都留着，一条不丢")
    press(Key.Key_S, CONTROL)
    reason = find(page, QLineEdit, "reason")
    assert (reason.isVisible(), reason.hasFocus(), says(page)) == (True, True, page_module.WHY)
    press(Key.Key_S, CONTROL)
    assert says(page) == page_module.WHY, "nothing is typed yet"
    commit("拷贝去试机，两份纸已核对")
    assert page.unsaved
    press(Key.Key_S, CONTROL)
    assert says(page).startswith("已记下，台账第 ")
    assert (page.unsaved, page.card.hint.whole) == ("", "1 个网点，没有要查明的")
    assert find(page, QListWidget, "branches").item(2).text().startswith("安装点 000001 的台账从第 3 条起有 2 份")
    (found,) = findings_of(stick.centre)
    assert found.settled == "拷贝去试机，两份纸已核对"
    page.list.setCurrentRow(2)
    assert find(page, QLabel, "detail").text() == "查明了：拷贝去试机，两份纸已核对"
    press(Key.Key_S, CONTROL)
    assert says(page) == page_module.NO_FINDING
    assert nameless(page) == rich_labels(page) == []


def test_escape_goes_back_one_step_and_then_away(qtbot: Any, stick: Stick) -> None:
    stick.file = stick.sent(stick.branch)
    page = page_of(qtbot, stick.centre)
    left: list[bool] = []
    page.finished.connect(lambda: left.append(True))
    choose(qtbot, page)
    assert find(page, QLineEdit, "secret").isVisible()
    press(Key.Key_Escape)
    assert (find(page, QLineEdit, "secret").isVisible(), left) == (False, [])
    press(Key.Key_Escape)
    assert left == [True]


def test_what_is_no_bundle_is_said_and_nothing_is_begun(qtbot: Any, stick: Stick, tmp_path: Path) -> None:
    page = page_of(qtbot, stick.centre)
    stick.file = tmp_path / "报表.xlsx"
    stick.file.write_bytes(b"PK\x03\x04")
    choose(qtbot, page)
    assert says(page).startswith("报表.xlsx 不是交换包。")
    whole = stick.sent(stick.branch).read_bytes()
    stick.file = tmp_path / "cut.bundle"
    stick.file.write_bytes(whole[:-9])
    choose(qtbot, page)
    assert says(page).startswith("cut.bundle 没有写完，或者没有拷完。请再拷一次")
    stick.file = None
    press(Key.Key_F9)
    press(Key.Key_P, CONTROL)
    assert says(page) == page_module.NOT_CHOSEN
    press(Key.Key_S, CONTROL)
    assert says(page) == page_module.NO_FINDING
    assert any("收一包" in text for text in screen_texts(page))
