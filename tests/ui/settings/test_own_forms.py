"""The centre's own forms in the settings: a PDF is chosen, values are put on it by mouse and by keys, it is used and given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_assistant.domain.counter_forms.own_form import Place
from counter_assistant.operations.office import Office
from counter_assistant.storage.counter_forms.own_pdf import check_pdf
from counter_assistant.ui.settings.own_forms import layer as module
from counter_assistant.ui.settings.own_forms.layer import OwnFormsLayer
from counter_assistant.ui.settings.own_forms.mapping import Mapping
from counter_assistant.ui.settings.page import SettingsPage
from tests.storage.counter_forms import own_pdfs
from tests.ui.desk_hand import CONTROL, press
from tests.ui.find import find

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that the system's dialog gives."""
    path = tmp_path / "own.pdf"
    path.write_bytes(own_pdfs.plain(2, fields=("申请人/姓名", "大写")))
    monkeypatch.setattr(module, "ask_for_file", lambda *_: path)
    return path


@pytest.fixture
def layer(page: SettingsPage) -> OwnFormsLayer:
    page.open_own_forms()
    QTest.qWait(20)
    return find(page, OwnFormsLayer, "本中心的表样")


def said(layer: OwnFormsLayer) -> str:
    return find(layer, QLabel, "own_forms_message").text()


def hint(layer: OwnFormsLayer, name: str) -> str:
    """What stands beside a value in the list."""
    return layer._mapping.in_words(name)


def choose(layer: OwnFormsLayer, name: str) -> None:
    (item,) = layer.list.findItems(name, Qt.MatchFlag.MatchExactly)
    layer.list.setCurrentItem(item)


def test_the_settings_lead_there_by_a_key_and_by_name(page: SettingsPage) -> None:
    page.go(0)
    QTest.mouseClick(page.unit.own_forms, Qt.MouseButton.LeftButton)
    layer = find(page, OwnFormsLayer, "本中心的表样")
    assert layer.isVisible()
    assert "先选一份 PDF" in said(layer)
    assert not layer.take.isEnabled()
    press(Key.Key_Escape)
    assert not layer.isVisible()
    page.unit.fields["unit"].edit.setFocus()
    press(Key.Key_T, CONTROL)
    assert layer.isVisible(), "the same one"


def test_registers_are_not_offered(layer: OwnFormsLayer, office: Office) -> None:
    offered = [layer.forms.itemData(n) for n in range(layer.forms.count())]
    assert "P-01" in offered
    assert all(office.program.counter_forms.forms[number].table is None for number in offered)


def test_fields_map_themselves_and_f9_uses_it(layer: OwnFormsLayer, office: Office, chosen: Path) -> None:
    layer.forms.setCurrentIndex(layer.forms.findData("P-01"))
    press(Key.Key_O, CONTROL)
    assert "2 个值自己放好了" in said(layer)
    assert hint(layer, "申请人/姓名").startswith("第1页 30.7")
    QTest.qWait(30)
    assert layer.paper.pages == 2
    press(Key.Key_F9)
    assert "已采用" in said(layer)
    assert len(office.content.own_forms["P-01"].places) == 2
    press(Key.Key_D, CONTROL)
    assert said(layer) == "已恢复程序的表样。"
    assert office.content.own_forms == {}
    assert hint(layer, "申请人/姓名") == "—"
    assert chosen.exists()


def test_a_click_puts_the_chosen_value_there_and_goes_on_to_the_next(
    qtbot: QtBot, layer: OwnFormsLayer, chosen: Path
) -> None:
    layer.choose.click()
    qtbot.waitUntil(lambda: layer.paper._picture is not None and layer.paper.pages == 2)
    choose(layer, "表头/编号")
    place = layer.paper.place_of_page
    at = QPoint(round(place.x() + place.width() / 2), round(place.y() + place.height() / 4))
    QTest.mouseClick(layer.paper, Qt.MouseButton.LeftButton, pos=at)
    put = layer._mapping.place("表头/编号")
    assert put is not None
    assert abs(put.x - 1050) < 15
    assert abs(put.y - 742) < 15
    assert layer.list.currentRow() == 1
    press(Key.Key_Right, CONTROL)
    press(Key.Key_Equal, CONTROL)
    moved = replace(put, x=put.x + 10, size=put.size + 5)
    assert layer._mapping.place("表头/编号") == moved, "keys go on with what was pointed at"
    assert layer._mapping.place("表头/受理日") is None
    QTest.mouseClick(layer.paper, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert layer._mapping.place("表头/受理日") is None, "beside the paper"
    assert chosen.exists()


def test_keys_put_move_size_and_take_away(layer: OwnFormsLayer, chosen: Path) -> None:
    press(Key.Key_O, CONTROL)
    choose(layer, "表头/窗口")
    layer.list.setFocus()
    press(Key.Key_Return)
    first = layer._mapping.place("表头/窗口")
    assert first is not None
    press(Key.Key_Return)
    press(Key.Key_Right, CONTROL)
    press(Key.Key_Down, CONTROL)
    press(Key.Key_Left, CONTROL | SHIFT)
    press(Key.Key_Up, CONTROL | SHIFT)
    press(Key.Key_Equal, CONTROL)
    put = layer._mapping.place("表头/窗口")
    assert put == replace(first, x=first.x + 9, y=first.y + 9, size=110)
    press(Key.Key_Minus, CONTROL)
    assert hint(layer, "表头/窗口").endswith("10.5磅")
    press(Key.Key_Delete)
    assert layer._mapping.place("表头/窗口") is None
    press(Key.Key_Right, CONTROL)
    assert hint(layer, "表头/窗口") == "—"
    assert chosen.exists()


def test_a_hostile_file_is_refused_with_its_sentence(layer: OwnFormsLayer, chosen: Path) -> None:
    chosen.write_bytes(own_pdfs.with_script())
    press(Key.Key_O, CONTROL)
    assert "程序（JavaScript）" in said(layer)
    assert not layer.take.isEnabled()
    chosen.write_bytes(own_pdfs.plain())
    press(Key.Key_O, CONTROL)
    assert "逐个点" in said(layer)
    press(Key.Key_F9)
    assert "还没有一个值有地方印" in said(layer)


def test_nothing_chosen_changes_nothing(layer: OwnFormsLayer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ask_for_file", lambda *_: None)
    press(Key.Key_O, CONTROL)
    assert layer._mapping.pdf == b""
    press(Key.Key_Return)
    assert layer._mapping.places == []


def test_the_page_of_the_chosen_value_is_shown(layer: OwnFormsLayer, chosen: Path) -> None:
    press(Key.Key_O, CONTROL)
    QTest.qWait(30)
    layer._mapping._places["表头/编号"] = Place("表头/编号", 1, 100, 100)
    choose(layer, "表头/受理日")
    choose(layer, "表头/编号")
    assert layer.paper.page == 1
    assert chosen.exists()


def test_what_is_used_is_shown_when_it_is_opened_again(layer: OwnFormsLayer, page: SettingsPage, chosen: Path) -> None:
    press(Key.Key_O, CONTROL)
    layer.list.setFocus()
    press(Key.Key_Return)
    press(Key.Key_F9)
    press(Key.Key_Escape)
    page.open_own_forms()
    QTest.qWait(30)
    assert layer.paper.pages == 2
    assert layer.drop.isEnabled()
    assert chosen.exists()


def test_a_value_stays_on_the_sheet(office: Office) -> None:
    mapping = Mapping(office)
    mapping.load(office.program.counter_forms.forms["P-02"])
    assert not mapping.put("承诺人/姓名", 0, 0.5, 0.5), "there is no page yet"
    mapping.choose(check_pdf(own_pdfs.plain()))
    assert mapping.put("承诺人/姓名", 0, 0.99, 0.5)
    mapping.move("承诺人/姓名", 9999, -9999)
    place = mapping.place("承诺人/姓名")
    assert place is not None
    assert (place.x, place.y) == (2100, 0)
    assert place.width >= 50
    assert not mapping.put("", 0, 0.5, 0.5)
    assert not mapping.put("承诺人/姓名", 7, 0.5, 0.5)


def test_the_limit_for_heirs_is_typed_beside_it_and_saved(page: SettingsPage, office: Office) -> None:
    page.go_to("inheritance_limit")
    assert page.unit.limit.hasFocus()
    page.unit.limit.setValue(10_000)
    assert page.unsaved
    press(Key.Key_S, CONTROL)
    assert (office.profile.inheritance_limit, page.unsaved) == (10_000, "")
    page.unit.limit.setValue(0)
    press(Key.Key_R, CONTROL)
    assert page.unit.limit.value() == 10_000
