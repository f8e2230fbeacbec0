"""The book is sealed in the window, once somebody has the sheet; then the passphrases of colleagues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people import tries
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.application import Desk
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.sealing import passphrases_page, sealing_page
from counter_assistant.ui.sealing.pages import sealing_page as page_of
from counter_assistant.ui.sealing.passphrases_page import KEY_FILE, PassphrasesPage
from counter_assistant.ui.sealing.renewal_page import RenewalPage
from counter_assistant.ui.sealing.sealing_page import NOT_THE_SAME, SealingPage
from counter_assistant.ui.sealing.sheet_page import FIRST_THE_SHEET, NOT_ON_IT, NOW_THE_SHEET, SheetPage
from counter_assistant.ui.start import read_index
from tests.make import confirmed, text_of
from tests.operations.keys.book_key import key_by_passphrase, key_by_sheet
from tests.ui.counter import CONTROL, PrinterInMemory, nameless, press, retype, rich_labels, show
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(open_office(tmp_path)) as office:
        office.decide_profile(confirmed(office.profile))
        yield office


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> SealingPage:
    page = SealingPage(office, PrintService(office.folder, printer))
    show(qtbot, page)
    return page


def asked(page: SheetPage, words: str) -> str:
    """What the page asks for, of these words."""
    label = next(label.text() for label in page.findChildren(QLabel) if label.text().startswith("照恢复单输入第"))
    return "".join(words[int(place) - 1] for place in re.findall(r"\d+", label))


def test_by_keys_from_two_passphrases_and_a_printed_sheet(
    qtbot: QtBot, page: SealingPage, office: Office, printer: PrinterInMemory, tmp_path: Path
) -> None:
    assert page.first.edit.hasFocus()
    retype(OURS)
    press(Qt.Key.Key_Return)
    retype(OURS)
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "拿到以后" in page.message.text())
    said = re.sub(r"\s", "", text_of(printer.sent[0][0]))
    words = "".join(re.findall("第[0-9]+至[0-9]+字(.{4})", said))
    assert page.back.edit.hasFocus()
    retype(asked(page, words))
    assert not is_sealed(tmp_path)
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Return)
    assert is_sealed(tmp_path)
    assert office.sealed
    office.close()
    assert key_by_sheet(tmp_path, words) == key_by_passphrase(tmp_path, "0001", OURS)
    assert not list(tmp_path.rglob("*.pdf"))


def test_nothing_is_sealed_before_the_sheet_is_in_somebodys_hand(page: SealingPage, tmp_path: Path) -> None:
    press(Qt.Key.Key_S, CONTROL)
    assert page.first.fault.startswith("口令只有 0 个字符")
    page.first.edit.setText(OURS)
    page.again.edit.setText(THEIRS)
    press(Qt.Key.Key_S, CONTROL)
    assert (page.first.fault, page.again.fault, page.back.fault) == ("", NOT_THE_SAME, FIRST_THE_SHEET)
    page.again.edit.setText(OURS)
    press(Qt.Key.Key_D, CONTROL)
    shown = says(page, "words")
    retype("不知道")
    assert says(page, "words") == "", "what is typed back is not copied from the screen"
    press(Qt.Key.Key_S, CONTROL)
    assert page.back.fault == NOT_ON_IT
    assert not is_sealed(tmp_path)
    retype(asked(page, re.sub(r"\s", "", shown)))
    press(Qt.Key.Key_S, CONTROL)
    assert not page.do.isEnabled()


def test_a_refusal_leaves_everything_as_it_was(
    qtbot: QtBot, page: SealingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refusal("seal-unsaved", "密封没有做完：磁盘写不进去。", "请检查磁盘空间。")

    monkeypatch.setattr(sealing, "seal", full)
    press(Qt.Key.Key_D, CONTROL)
    words = re.sub(r"\s", "", says(page, "words"))
    page.first.edit.setText(OURS)
    page.again.edit.setText(OURS)
    page.back.edit.setText(asked(page, words))
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "磁盘写不进去" in page.message.text())
    assert page.do.isEnabled()
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Escape)
    assert not is_sealed(tmp_path)


def test_what_nobody_expected_leaves_the_page_usable(
    qtbot: QtBot, page: SealingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(sealing, "seal", out_of_memory)
    press(Qt.Key.Key_D, CONTROL)
    words = re.sub(r"\s", "", says(page, "words"))
    for field, text in ((page.first, OURS), (page.again, OURS), (page.back, asked(page, words))):
        field.edit.setText(text)
    with pytest.raises(MemoryError):
        page._do_now()
    assert page.do.isEnabled()
    assert page.message.text().startswith("没有办成")
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Escape)


def test_without_a_printer_it_is_shown(qtbot: QtBot, page: SealingPage, printer: PrinterInMemory) -> None:
    printer.broken = Refusal("printer-refused", "打印机没有接受。", "请检查打印机，或者先存为 PDF。")
    press(Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: "Ctrl+D" in page.message.text())
    assert "PDF" not in page.message.text(), "the sheet is never in a file"


def test_enter_leads_through_the_fields_and_says_what_to_do_for_the_last(page: SealingPage) -> None:
    for text in (OURS, OURS):
        retype(text)
        press(Qt.Key.Key_Return)
    assert page.back.edit.hasFocus()
    assert page.message.text() == NOW_THE_SHEET
    press(Qt.Key.Key_Return)
    assert page.back.fault == FIRST_THE_SHEET


def test_colleagues_get_passphrases_of_their_own(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    page = page_of(office, lambda _page: None)
    assert isinstance(page, PassphrasesPage)
    show(qtbot, page)
    press(Qt.Key.Key_S, CONTROL)
    assert page.who.fault == "请填工号"
    for text in ("0002", THEIRS):
        retype(text)
        press(Qt.Key.Key_Return)
    retype(OURS)
    press(Qt.Key.Key_Return)
    assert page.again.fault == "两遍不一样"
    retype(THEIRS)
    press(Qt.Key.Key_Return)
    assert "已添加工号 0002 的口令" in page.message.text()
    assert page.who.edit.hasFocus()
    assert "（0002）" in says(page, "people")
    assert key_by_passphrase(tmp_path, "0002", THEIRS)
    for text in ("0001", THEIRS, THEIRS):
        retype(text)
        press(Qt.Key.Key_Return)
    assert (page.old.fault, page.old.edit.hasFocus()) == ("", True)
    press(Qt.Key.Key_Return)
    assert (page.old.fault, page.old.edit.hasFocus()) == ("请输入", True)
    assert key_by_passphrase(tmp_path, "0001", OURS), "a clerk who sits at the window may be somebody else"
    retype(THEIRS)
    press(Qt.Key.Key_S, CONTROL)
    assert "原来的口令不对" in page.message.text()
    page.old.edit.setText(OURS)
    press(Qt.Key.Key_S, CONTROL)
    assert "您的口令已更换" in page.message.text()
    assert page.old.isHidden()
    assert key_by_passphrase(tmp_path, "0001", THEIRS)
    for who in ("0002", "0001", "0002"):
        retype(who)
        press(Qt.Key.Key_D, CONTROL)
        assert f"工号 {who} 就打不开台账了" in says(page, "message"), "each is asked about by itself"
    assert set(sealing.people(office)) == {"0001", "0002"}
    press(Qt.Key.Key_D, CONTROL)
    assert sealing.people(office) == ("0001",)
    retype("0001")
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_D, CONTROL)
    assert page.message.text().startswith("这是最后一个人的口令")


def test_who_is_taken_away_opens_nothing_after_a_new_key(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    """GIVEN a colleague taken away WHEN Ctrl+R is pressed twice THEN the book is under another key, and the first press only asks."""
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealing.add_passphrase(office, "0001", "0002", THEIRS)
    page = page_of(office, lambda _page: None)
    show(qtbot, page)
    key = office.database.key
    retype("0002")
    press(Qt.Key.Key_D, CONTROL)
    press(Qt.Key.Key_D, CONTROL)
    assert "请按 Ctrl+R 换新钥匙" in says(page, "message")
    press(Qt.Key.Key_R, CONTROL)
    assert office.database.key == key
    assert "再按一次" in says(page, "message")
    press(Qt.Key.Key_R, CONTROL)
    assert "台账已换新钥匙" in says(page, "message")
    assert office.database.key != key
    assert key_by_passphrase(tmp_path, "0001", OURS) == office.database.key
    press(Qt.Key.Key_R, CONTROL)
    assert "再按一次" in says(page, "message"), "each time it is asked"


def test_a_key_file_is_made_where_somebody_chooses(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    page = page_of(office, lambda _page: None)
    assert isinstance(page, PassphrasesPage)
    show(qtbot, page)
    stick = tmp_path.parent / f"{tmp_path.name} stick"
    stick.mkdir()
    chosen: list[Path | None] = [None, tmp_path, stick]
    monkeypatch.setattr(passphrases_page, "ask_for_folder", lambda *_: chosen.pop(0))
    press(Qt.Key.Key_O, CONTROL)
    assert page.who.fault == "请填工号"
    retype("0001")
    press(Qt.Key.Key_O, CONTROL)
    assert page.old.fault == "请输入"
    page.old.edit.setText(OURS)
    press(Qt.Key.Key_O, CONTROL)
    assert key_by_passphrase(tmp_path, "0001", OURS), "whoever chooses no folder has changed nothing"
    press(Qt.Key.Key_O, CONTROL)
    assert "不能放在台账旁边" in says(page, "message")
    page.first.edit.setText(OURS)
    press(Qt.Key.Key_O, CONTROL)
    assert "口令照旧也能打开" in says(page, "message")
    opened = sealing.by_key_file(tmp_path, "0001", stick / KEY_FILE)
    assert opened.key == key_by_passphrase(tmp_path, "0001", OURS)
    second = tmp_path.parent / f"{tmp_path.name} second"
    second.mkdir()
    chosen.append(second)
    page.who.edit.setText("0001")
    page.old.edit.setText(OURS)
    press(Qt.Key.Key_O, CONTROL)
    assert "口令不再用" in says(page, "message")
    files: list[Path | None] = [None, stick / KEY_FILE, second / KEY_FILE]
    monkeypatch.setattr(passphrases_page, "ask_for_file", lambda *_: files.pop(0))
    for said in (" ", "已经换过", "您的口令已更换"):
        page.message.say(" ", "secondary")
        for field, text in ((page.who, "0001"), (page.first, THEIRS), (page.again, THEIRS)):
            field.edit.setText(text)
        press(Qt.Key.Key_S, CONTROL)
        assert said in says(page, "message"), "whoever has a key file alone shows that"
    assert key_by_passphrase(tmp_path, "0001", THEIRS)


def test_the_sheet_is_renewed_once_the_new_one_is_in_somebodys_hand(
    qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    before = sealing.new_sheet()
    sealing.seal(office, "0001", OURS, before)
    shown: list[RenewalPage] = []
    first = page_of(office, shown.append)
    show(qtbot, first)
    press(Qt.Key.Key_P, CONTROL)
    (page,) = shown
    show(qtbot, page)
    press(Qt.Key.Key_S, CONTROL)
    assert page.back.fault == FIRST_THE_SHEET
    press(Qt.Key.Key_D, CONTROL)
    words = re.sub(r"\s", "", says(page, "words"))
    retype("不知道")
    press(Qt.Key.Key_Return)
    assert page.back.fault == NOT_ON_IT
    assert key_by_sheet(tmp_path, before)
    retype(asked(page, words))
    with qtbot.waitSignal(page.finished):
        press(Qt.Key.Key_Return)
    assert key_by_sheet(tmp_path, words) == office.database.key
    with pytest.raises(Refusal):
        key_by_sheet(tmp_path, before)


@pytest.mark.parametrize("sealed", [False, True])
def test_the_pages_are_plain_and_named(qtbot: QtBot, office: Office, sealed: bool) -> None:
    if sealed:
        sealing.seal(office, "0001", OURS, sealing.new_sheet())
    page = page_of(office, lambda _page: None)
    show(qtbot, page)
    assert (rich_labels(page), nameless(page)) == ([], [])
    renewal = RenewalPage(office)
    show(qtbot, renewal)
    assert (rich_labels(renewal), nameless(renewal)) == ([], [])


def test_from_the_settings_and_by_its_name(qtbot: Any, data_dir: Path) -> None:
    with closing(open_office(data_dir)) as office:
        office.decide_profile(office.profile)
    desk = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(desk.window)
    desk.window.show()
    qtbot.waitUntil(lambda: desk.page.attached)
    action = next(one for one in desk.context.offered if "密封台账" in one.action.names)
    action.act()
    assert not isinstance(desk.window.page, SealingPage), "an example stays open"
    desk.opening.office().decide_profile(confirmed(desk.opening.office().profile))
    settings = desk.window.show_page("settings")
    assert settings is not None
    find(settings, QPushButton, "密封台账和口令").click()
    page = desk.window.page
    assert isinstance(page, SealingPage)
    page.finished.emit()
    shown: object = desk.window.page
    assert shown is settings, "back to where it was asked for"
    sealing.seal(desk.opening.office(), "0001", OURS, sealing.new_sheet())
    action.act()
    passphrases: object = desk.window.page
    assert isinstance(passphrases, PassphrasesPage)
    passphrases.sheet.click()
    renewal: object = desk.window.page
    assert isinstance(renewal, RenewalPage)
    renewal.leave.click()
    back: object = desk.window.page
    assert back is settings
    desk.window.close()
    desk.opening.close()


def test_a_large_book_says_how_long_it_takes(qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = SealingPage(office)
    qtbot.addWidget(page)
    assert page.doing() == "正在密封，请不要关闭……"
    monkeypatch.setattr(sealing_page, "BYTES_A_MINUTE", (office.folder / BOOK_NAME).stat().st_size // 3)
    assert "大约要 3 分钟" in page.doing()


def test_a_forgotten_passphrase_asks_for_a_second_person_on_the_page(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN three people of a sealed book WHEN one has forgotten their passphrase THEN two fields more are asked for, and only then."""
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    for who in ("0002", "0003"):
        sealing.add_passphrase(office, "0001", who, THEIRS)
    page = page_of(office, lambda _page: None)
    assert isinstance(page, PassphrasesPage)
    show(qtbot, page)
    assert not page.second.isVisible()
    for text in ("0002", OURS, OURS):
        retype(text)
        press(Qt.Key.Key_Return)
    assert "要由两个人一起给新的" in says(page, "message")
    assert page.second.edit.hasFocus()
    retype("0003")
    press(Qt.Key.Key_Return)
    retype(OURS)
    press(Qt.Key.Key_S, CONTROL)
    assert "口令不对" in says(page, "message")
    monkeypatch.setattr(tries, "monotonic", lambda: monotonic() + 1)
    for field, text in ((page.second, "0003"), (page.shown, THEIRS)):
        field.edit.setText(text)
    press(Qt.Key.Key_S, CONTROL)
    assert "已添加工号 0002 的口令" in says(page, "message")
    assert not page.second.isVisible()
    assert key_by_passphrase(tmp_path, "0002", OURS) == office.database.key
