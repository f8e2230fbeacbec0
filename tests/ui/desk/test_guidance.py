"""What belongs to another body, on the desk: without an item, with the usual bodies, kept like any other matter."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Body
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.ui.desk.cards.decision import ActButtons
from counter_assistant.ui.desk.overlays.key_overlay import KeyOverlay
from counter_assistant.ui.desk.overlays.usual_bodies import UsualBodies
from counter_assistant.ui.desk.presentation.draft_mapping import to_draft
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from tests.ui.desk_hand import Bench, bench, commit, focused, press, type_

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
BODIES = (
    Body("某市不动产登记中心", "不动产权证、查档", "示例路1号", "0883-0000100"),
    Body("某县公安局某派出所", "身份证、户口簿"),
    Body("某县民政局", "结婚证、离婚证", "示例路3号", "0883-0000300"),
)


@pytest.fixture
def asking(desk: Bench) -> Bench:
    """A desk on which something is asked that is none of our items; the office knows three bodies."""
    desk.office.decide_profile(replace(desk.office.profile, bodies=BODIES))
    press(Key.Key_F10)
    type_("3")
    return desk


def form(desk: Bench) -> dict[str, str]:
    presented = desk.page.model.presented
    return {entry.key: entry.text for entry in presented.paper_fields} if presented else {}


def layer(desk: Bench) -> UsualBodies:
    return desk.find(UsualBodies, "常去的单位")


def to_bodies(desk: Bench, asked: str = "补办身份证") -> None:
    commit(asked)
    press(Key.Key_Return)


def fonts_shown(desk: Bench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the desk asks fonts for from now on; none is loaded."""
    shown: list[str] = []

    def show(text: str) -> bool:
        shown.append(text)
        return False

    monkeypatch.setattr(desk.page.model.fonts, "show", show)
    return shown


def issued(desk: Bench) -> dict[str, Any]:
    entry = desk.office.book.latest(EntryKind.SLIP_ISSUED)
    assert entry
    details: dict[str, Any] = entry.payload["facts"]["details"]
    return details


class TestWithoutAnItem:
    def test_only_the_way_can_be_shown(self, desk: Bench) -> None:
        press(Key.Key_F10)
        opened = desk.find(KeyOverlay, "情况")
        assert opened
        assert [key for key, chip in opened.chips.items() if chip.isEnabled()] == ["3"]
        type_("5")
        assert opened.isVisible()
        assert not desk.state.begun
        type_("3")
        assert focused().accessibleName() == "所问的事"
        assert desk.says("decision_title") == "指引单"
        press(Key.Key_F10)
        assert [key for key, chip in opened.chips.items() if chip.isEnabled()] == list("3CDXWB")

    def test_neither_purpose_nor_another_paper_can_be_chosen(self, asking: Bench) -> None:
        assert not [name for name in ("咨询", "申请，F8 切换") if asking.find(Chip, name).isVisible()]
        assert not [name for name in ("other_kind", "issue_orally") if asking.find(QPushButton, name).isVisible()]
        press(Key.Key_F7)
        press(Key.Key_F8)
        assert [overlay.accessibleName() for overlay in asking.page.findChildren(KeyOverlay)] == ["情况"]
        assert not asking.state.applying

    def test_what_was_asked_is_asked_for(self, asking: Bench) -> None:
        press(Key.Key_F9)
        assert asking.says("decision_refusal") == "还差：所问的事。按回车去第一处。"
        press(Key.Key_Return)
        assert focused().accessibleName() == "所问的事"
        commit("补办身份证")
        press(Key.Key_F9)
        assert issued(asking) == {"asked": "补办身份证"}

    def test_nothing_can_be_told_orally(self, asking: Bench) -> None:
        commit("补办身份证")
        press(Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
        assert "事项" in asking.says("decision_refusal")
        assert asking.office.book.latest(EntryKind.ORAL_NOTICE) is None

    def test_it_may_come_by_telephone_and_be_entered_later(self, asking: Bench) -> None:
        commit("补办身份证")
        for key in "DB":
            press(Key.Key_F10)
            type_(key)
        commit("11-20")
        press(Key.Key_F9)
        entry = asking.office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        facts = entry.payload["facts"]
        assert (facts["channel"], facts["day"], facts["item_name"]) == ("phone", "2026-11-20", "补办身份证")

    def test_the_same_keys_take_it_back_and_bring_it_again(self, asking: Bench) -> None:
        commit("补办身份证")
        press(Key.Key_F10)
        type_("3")
        assert asking.page.model.presented is None
        assert asking.form.isHidden()
        assert not asking.find(QPushButton, "issue").isEnabled()
        press(Key.Key_F10)
        type_("3")
        assert form(asking)["asked"] == "补办身份证"

    def test_an_item_taken_after_all_keeps_the_words(self, asking: Bench) -> None:
        commit("租房能提取多少")
        asking.take("b08")
        assert asking.says("decision_title") == "一次性告知单"
        assert asking.state.details == {"asked": "租房能提取多少"}
        press(Key.Key_F10)
        type_("3")
        assert form(asking)["asked"] == "租房能提取多少"


class TestRareCharacters:
    """A screen without the font of a rare character shows a box; it is loaded for typed words as for names."""

    RARE = "𠅤家村的地"

    def test_the_desk_can_draw_what_is_typed_and_brought_back(
        self, asking: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = fonts_shown(asking, monkeypatch)
        commit(self.RARE)
        assert shown == [self.RARE]
        press(Key.Key_Escape)
        press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert self.RARE in shown[-1]

    def test_archive_and_cases_can_draw_it(self, asking: Bench) -> None:
        from counter_assistant.ui.archive.model import ArchiveModel
        from counter_assistant.ui.cases.model import CasesModel

        commit(self.RARE)
        press(Key.Key_F9)
        office, shown = asking.office, list[str]()
        ArchiveModel(lambda text, before: office.archive.search(text), office.today, shown.append).find("家村")
        cases = CasesModel(office.today, lambda: on_duty(office), shown.append)
        cases.fill(lambda after: office.cases.found("家村", limit=9)[after:])
        assert shown == [self.RARE, self.RARE]


class TestKept:
    def test_esc_keeps_it_and_ctrl_z_brings_it_back(self, asking: Bench) -> None:
        to_bodies(asking)
        type_("1")
        before = to_draft(asking.state)
        press(Key.Key_Escape)
        assert asking.state.pristine
        assert asking.search.hasFocus()
        assert [row.detail for row in asking.rows("put_aside")] == ["补办身份证"]
        press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert to_draft(asking.state) == before
        assert focused().accessibleName() == "所问的事"
        press(Key.Key_F9)
        assert issued(asking)["refer_to"] == BODIES[0].name
        assert asking.office.drafts.all() == []

    def test_it_is_there_after_the_window_was_closed(self, qtbot: Any, data_dir: Path) -> None:
        with bench(qtbot, data_dir) as desk:
            press(Key.Key_F10)
            type_("3")
            commit("补办身份证")
        with bench(qtbot, data_dir) as desk:
            press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert form(desk)["asked"] == "补办身份证"

    def test_another_matter_makes_room(self, asking: Bench) -> None:
        commit("补办身份证")
        asking.page.take_item("B08", "租赁市场住房提取")
        assert asking.state.details == {}
        assert [draft.body["details"] for draft in asking.office.drafts.all()] == [{"asked": "补办身份证"}]


class TestTheUsualBodies:
    def test_a_digit_fills_all_that_is_known(self, asking: Bench) -> None:
        to_bodies(asking)
        assert layer(asking).isVisible()
        type_("3")
        assert not layer(asking).isVisible()
        assert focused() is asking.find(QPushButton, "issue")
        body = BODIES[2]
        assert form(asking) == {
            "asked": "补办身份证", "refer_to": body.name, "refer_phone": body.phone, "refer_address": body.address,
        }  # fmt: skip

    def test_the_font_of_what_it_lists_and_fills_in_is_loaded(
        self, asking: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = fonts_shown(asking, monkeypatch)
        layer(asking).text_shown.connect(shown.append)
        to_bodies(asking)
        assert all(any(body.name in text for text in shown) for body in BODIES)
        type_("3")
        assert shown[-1] == BODIES[2].name + BODIES[2].address

    def test_the_cursor_goes_to_what_is_not_known(self, asking: Bench) -> None:
        to_bodies(asking)
        type_("2")
        assert focused().accessibleName() == "电话"

    @pytest.mark.parametrize(("typed", "found"), [("民政", 2), ("jhz", 2), ("身份", 1), ("示例路1", 0), ("bdc", 0)])
    def test_typing_finds_and_enter_takes(self, asking: Bench, typed: str, found: int) -> None:
        to_bodies(asking)
        commit(typed)
        assert [layer(asking).list.item(n).text() for n in range(layer(asking).list.count())] == [BODIES[found].name]
        press(Key.Key_Return)
        assert form(asking)["refer_to"] == BODIES[found].name

    def test_what_nobody_keeps_is_written_as_typed(self, asking: Bench) -> None:
        to_bodies(asking)
        commit("某县司法局")
        assert not layer(asking).isVisible()
        press(Key.Key_Return)
        assert form(asking)["refer_to"] == "某县司法局"
        assert focused().accessibleName() == "电话"

    def test_tab_leaves_what_was_typed(self, asking: Bench) -> None:
        to_bodies(asking)
        commit("某县")
        press(Key.Key_Tab)
        assert form(asking)["refer_to"] == "某县"
        assert not layer(asking).isVisible()

    def test_enter_in_the_empty_field_goes_on(self, asking: Bench) -> None:
        to_bodies(asking)
        press(Key.Key_Return)
        assert form(asking)["refer_to"] == ""
        assert focused().accessibleName() == "电话"

    def test_the_arrows_walk_and_a_click_takes(self, asking: Bench) -> None:
        to_bodies(asking)
        press(Key.Key_Down)
        press(Key.Key_Down)
        press(Key.Key_Up)
        press(Key.Key_Return)
        assert form(asking)["refer_to"] == BODIES[0].name
        asking.field("refer_to").setFocus()
        assert not layer(asking).isVisible(), "what is filled in needs no list"
        press(Key.Key_Down)
        listed = layer(asking).list
        QTest.mouseClick(
            listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(listed.item(2)).center()
        )
        assert form(asking)["refer_to"] == BODIES[2].name

    def test_escape_closes_the_list_first(self, asking: Bench) -> None:
        to_bodies(asking)
        press(Key.Key_Escape)
        assert not layer(asking).isVisible()
        assert form(asking)["asked"] == "补办身份证"

    def test_pinyin_on_its_way_is_no_key(self, asking: Bench) -> None:
        to_bodies(asking)
        commit("", preedit="min")
        press(Key.Key_Return)
        assert form(asking)["refer_to"] == ""
        assert focused().accessibleName() == "应去的单位"

    def test_an_office_without_bodies_types_them(self, asking: Bench) -> None:
        asking.office.decide_profile(replace(asking.office.profile, bodies=()))
        to_bodies(asking)
        press(Key.Key_Down)
        assert not layer(asking).isVisible()
        type_("1")
        assert form(asking)["refer_to"] == "1"

    @pytest.mark.parametrize("size", [(1290, 694), (1017, 540)])
    def test_the_list_lies_within_the_page_and_nothing_over_another(
        self, qtbot: Any, data_dir: Path, size: tuple[int, int]
    ) -> None:
        with bench(qtbot, data_dir, size) as desk:
            press(Key.Key_F10)
            type_("3")
            to_bodies(desk)
            assert layer(desk).list.count() == 9
            assert desk.page.rect().contains(layer(desk).geometry())
            decision, buttons = desk.find(Card, "办理决定"), desk.find(ActButtons, "出具")
            narrow = [decision, desk.form, desk.find(Card, "材料"), desk.find(Card, "申请人"), buttons]
            wide = [decision, desk.form, desk.preview, buttons]
            rects = [widget.geometry() for widget in (narrow if size[0] < 1180 else wide)]
            assert all(a.bottom() < b.y() for a, b in pairwise(rects))
