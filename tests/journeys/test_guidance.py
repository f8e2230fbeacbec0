"""A visitor at the wrong office: from the empty desk to the 指引单 in the hand, by keys in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.office import Body
from counter_assistant.operations.office import open_office
from counter_assistant.storage.catalogue_index import CatalogueIndex
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.main_window import MainWindow, PageSpec
from tests.make import clock, text_of
from tests.ui.desk_hand import FakePrinting, commit, press, type_

MOST = 6
POLICE = Body("某县公安局某派出所", "身份证、户口簿", "示例路2号", "0883-0000110")


@pytest.fixture
def printing() -> FakePrinting:
    return FakePrinting()


@pytest.fixture
def desk(qtbot: Any, data_dir: Path, printing: FakePrinting) -> Iterator[DeskPage]:
    from counter_assistant.app import make_application

    make_application()
    office = open_office(data_dir, clock)
    office.decide_profile(replace(office.profile, bodies=(Body("某市不动产登记中心", "不动产权证"), POLICE)))
    index = CatalogueIndex.load(paths.resources() / "catalogue" / "index.json")
    page = DeskPage(index.search, lambda: office, printing)
    page.attach(office)
    window = MainWindow(PageSpec("desk", "受理", "F2", lambda _office: page), page, [], lambda: office)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(page.panels.search.field.hasFocus)
    yield page
    window.close()
    office.close()


def test_the_wrong_office_takes_few_keys(
    desk: DeskPage, printing: FakePrinting, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN an empty desk WHEN the visitor asks about an identity card
    pressed = 0

    def key(key: Qt.Key | str) -> None:
        nonlocal pressed
        pressed += 1
        type_(key) if isinstance(key, str) else press(key)

    key(Qt.Key.Key_F10)
    key("3")
    commit("补办身份证")
    key(Qt.Key.Key_Return)
    key("2")
    key(Qt.Key.Key_F9)

    # THEN the paper names what was asked, and the body with address and phone, and none of our items
    entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry is not None
    number = entry.payload["card"]["number"]
    assert [title for title, _ in printing.papers] == [number]
    text = text_of(printing.papers[0][1])
    assert "您所问的“补办身份证”不属于本单位业务" in text
    for part in (POLICE.name, POLICE.address, POLICE.phone):
        assert text.count(part) == 2
    assert (entry.payload["applicant"]["name"], entry.payload["facts"]["item"]) == ("", "")

    # AND with Enter the next visitor may come
    press(Qt.Key.Key_Return)
    assert desk.panels.search.field.hasFocus()
    assert desk.office.drafts.all() == []
    with capsys.disabled():
        print(f"\n指引到别的单位 {pressed} 键（至多 {MOST}，所问的事另计）")
    assert pressed <= MOST
