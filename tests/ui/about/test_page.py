"""关于, by keys and by the mouse: versions, licences by what is typed, and a diagnosis without anybody on the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.about import licences
from counter_assistant.operations.office import Office
from counter_assistant.printing.jobs import Printer
from counter_assistant.storage.book import Book
from counter_assistant.storage.licences.component import Component, Part, Text
from counter_assistant.ui.about import page as page_module
from counter_assistant.ui.about.entries import entries, found
from counter_assistant.ui.about.page import COPIED, NOTHING, AboutPage
from counter_assistant.ui.print_service import PrintService
from tests.make import an_office
from tests.operations.about.planted import PRINTERS, plant_on_pc, planted_office, told_of
from tests.ui.counter import CONTROL, PrintersSeen, commit, nameless, press, retype, rich_labels, show
from tests.ui.find import find, says

Key = Qt.Key


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def opened(qtbot: Any, office: Office, *printers: Printer) -> AboutPage:
    page = AboutPage(office, PrintService(office.folder, PrintersSeen(*printers)))
    show(qtbot, page)
    page.setFocus()
    qtbot.waitUntil(lambda: page._printers is not None)
    return page


@pytest.fixture
def page(qtbot: Any, office: Office) -> AboutPage:
    return opened(qtbot, office, Printer("hp", "惠普", is_default=True))


def marked(page: AboutPage) -> str:
    item = page.list.currentItem()
    return item.text() if item else ""


def row(page: AboutPage, label: str) -> str:
    """What is said of something at the right."""
    said = find(page.rows.widget(), QLabel, label)
    assert said.accessibleName() == f"{label}：{said.text()}"
    return said.text()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_it_opens_on_the_versions(page: AboutPage, office: Office) -> None:
    assert (marked(page), says(page, "message").strip()) == ("版本", "")
    assert row(page, "《住房公积金管理条例》") == "2026年修订，2026年9月20日起施行"
    assert row(page, "2027年") == "还没有公布，按法定节日预计"
    assert row(page, office.catalogue.version).endswith("待本中心核定")
    assert (rich_labels(page), nameless(page)) == ([], [])


def test_down_and_up_go_over_the_heads(page: AboutPage) -> None:
    press(Key.Key_Up)
    assert marked(page) == "版本"
    for name in ("诊断", "柜台助手", "Python", "apsw-sqlite3mc"):
        press(Key.Key_Down)
        assert marked(page) == name
    assert "PYTHON" not in page.text.toPlainText()
    press(Key.Key_Up)
    assert marked(page) == "Python"
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in page.text.toPlainText()
    for _ in range(len(page._entries) + 5):
        press(Key.Key_Down)
    assert marked(page) == "Unihan"


def test_typing_finds_by_name_licence_and_package_and_the_text_stands_at_the_right(page: AboutPage) -> None:
    commit("harfbuzz")
    assert (page.list.count(), says(page, "message")) == (0, NOTHING)
    retype("lgpl-3")
    assert [page.list.item(n).text() for n in range(page.list.count())] == [
        "许可：程序库", "pyside6-essentials", "shiboken6", "许可：程序库里的部分", "Qt",
    ]  # fmt: skip
    assert marked(page) == "pyside6-essentials"
    assert page.text.toPlainText().startswith("【LGPL-3.0.txt】")
    assert "【GPL-3.0.txt】" in page.text.toPlainText()
    retype("PDFium ")
    assert marked(page) == "pypdfium2"
    press(Key.Key_Down)
    assert marked(page) == "PDFium"
    assert "BSD-3-Clause AND Apache-2.0　pypdfium2 里的一部分" in page.hint.whole
    retype("字体")
    assert marked(page) == "AmendedHan"
    retype("")
    assert marked(page) == "版本"


def test_page_keys_turn_the_text(page: AboutPage) -> None:
    commit("Qt")
    bar = page.text.verticalScrollBar()
    assert bar.value() == 0
    press(Key.Key_PageDown)
    first = bar.value()
    assert 0 < first < bar.pageStep()
    press(Key.Key_PageDown)
    assert bar.value() > first
    press(Key.Key_PageUp)
    press(Key.Key_PageUp)
    assert bar.value() == 0


def test_one_key_copies_the_diagnosis_whatever_is_typed_and_shows_it(page: AboutPage) -> None:
    commit("Qt")
    press(Key.Key_A, CONTROL)  # all that was typed is marked, and still the diagnosis is copied
    press(Key.Key_C, CONTROL)
    assert clipboard().startswith("柜台助手诊断（没有任何人的信息）\n时间：2026年11月23日 10:42\n")
    assert "\n打印机：1 台，有默认的\n" in clipboard()
    assert "\n屏幕：" in clipboard()
    assert (marked(page), says(page, "message")) == ("诊断", COPIED)
    assert row(page, "打印机") == "1 台，有默认的"
    lines = [line.partition("：")[::2] for line in clipboard().split("\n")[1:]]
    assert [(label, row(page, label)) for label, _ in lines] == lines, "what is shown is what was copied"


def test_the_mouse_does_the_same(qtbot: Any, page: AboutPage) -> None:
    item = page.list.item(1)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualItemRect(item).center())
    assert marked(page) == "诊断"
    page.copy.click()
    assert clipboard().startswith("柜台助手诊断")
    with qtbot.waitSignal(page.finished):
        page.leave.click()


def test_esc_leaves(qtbot: Any, page: AboutPage) -> None:
    with qtbot.waitSignal(page.finished):
        press(Key.Key_Escape)


def test_nobody_planted_anywhere_is_on_the_clipboard_or_on_the_page(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = planted_office(tmp_path)
    plant_on_pc(monkeypatch)
    number = office.archive.search()[0].number
    page = opened(qtbot, office, *PRINTERS)
    press(Key.Key_C, CONTROL)
    shown = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert list(told_of(clipboard() + shown, number)) == []
    assert "打印机：2 台，有默认的；1 台缺纸；1 台已停止；其他、A5 另有打印机；1 台调过位置" in clipboard()
    office.close()


def test_printers_that_are_seen_later_are_shown_where_the_diagnosis_is(page: AboutPage) -> None:
    press(Key.Key_Down)
    page.service.seen.emit([])
    assert row(page, "打印机") == "没有看到"
    press(Key.Key_Up)
    page.service.seen.emit([Printer("hp", "惠普")])
    assert marked(page) == "版本"
    assert page.rows.widget().findChild(QLabel, "打印机") is None


def test_a_book_that_cannot_be_read_is_said_and_diagnosed(
    qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise Refusal("book-damaged", "台账文件已损坏。", "请用备份恢复。")

    monkeypatch.setattr(page_module, "version_groups", damaged)
    monkeypatch.setattr(Book, "head", damaged)
    page = opened(qtbot, office)
    assert says(page, "message") == "台账文件已损坏。请用备份恢复。"
    assert row(page, "SQLite")
    press(Key.Key_C, CONTROL)
    assert "方式：恢复向导（book-damaged）" in clipboard()


def test_licences_that_are_gone_are_said_and_the_rest_is_shown(
    qtbot: Any, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def gone() -> tuple[Component, ...]:
        raise Refusal("licences-missing", "程序文件夹里的许可不全，读不出来。", "请重新安装程序。")

    monkeypatch.setattr(page_module, "components", gone)
    page = opened(qtbot, office)
    assert says(page, "message") == "程序文件夹里的许可不全，读不出来。请重新安装程序。"
    assert [page.list.item(n).text() for n in range(page.list.count())] == ["版本", "诊断"]
    lost = Component("lost", "1", "MIT", Part.PACKAGE, (Text("LICENSE", tmp_path / "none"),))
    monkeypatch.setattr(page_module, "components", lambda: (lost,))
    page = opened(qtbot, office)
    commit("lost")
    assert says(page, "message").startswith("许可的全文读不出来：")
    assert page.text.toPlainText() == ""
    retype("")
    assert says(page, "message").strip() == "", "and it is not said of the versions"
    press(Key.Key_C, CONTROL)
    page.service.seen.emit([])
    assert says(page, "message") == COPIED, "printers that are seen later do not take the word away"
    press(Key.Key_Down)
    assert says(page, "message").startswith("许可的全文读不出来：")
    press(Key.Key_Up)
    assert says(page, "message").strip() == ""


def test_every_text_of_everything_inside_can_be_shown(page: AboutPage) -> None:
    for n, entry in enumerate(page._shown):
        if entry.component and page.list.item(n).flags() & Qt.ItemFlag.ItemIsEnabled:
            page.list.setCurrentRow(n)
            assert len(page.text.toPlainText()) > 80, entry.title
            assert says(page, "message").strip() == ""
    assert len(page._entries) == len(licences.components()) + 2


def test_rows_are_found_without_a_page() -> None:
    inside = Component("peewee", "4", "MIT", Part.PACKAGE, ())
    part = Component("SQLite", "", "blessing", Part.LIBRARY, (), within="apsw")
    rows = entries([inside, part])
    assert [each.title for each in found(rows, "")] == ["版本", "诊断", "peewee", "SQLite"]
    for typed, title in (("PEE", "peewee"), ("mit", "peewee"), ("bless", "SQLite"), ("apsw", "SQLite"), ("诊", "诊断")):
        assert [each.title for each in found(rows, typed)] == [title]
    assert found(rows, "pee\nMIT") == ()
