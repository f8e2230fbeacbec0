"""Cards as they are read: nothing cut where there is room, no line in part, no mark on a line of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout
from PySide6.QtTest import QTest

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.condition_box import ConditionBox
from counter_assistant.ui.desk.cards.material_rows import parted
from counter_assistant.ui.widgets.fade import FadeBelow
from counter_assistant.ui.widgets.labels import PlainLabel
from tests.ui.desk_hand import Bench, bench, commit, press, type_

pytestmark = pytest.mark.slow  # each opens a desk

MARK = "＊"


@pytest.fixture
def rented(desk: Bench) -> Bench:
    desk.take("zl")
    type_("122")
    return desk


class TestConditions:
    def test_what_is_to_be_confirmed_has_the_mark_of_the_paper_and_one_line_says_what_it_means(
        self, rented: Bench
    ) -> None:
        box = rented.find(ConditionBox, "no-open-fund-loan")
        assert box.sentence.endswith(MARK)
        assert "待核定" not in box.sentence
        assert box.toolTip() == "＊待本中心核定"
        assert box.accessibleName() == "办理条件：本人及配偶无未结清的公积金贷款，待核；待本中心核定"
        said = [label.text() for label in rented.questions.findChildren(PlainLabel) if label.isVisible()]
        assert [text for text in said if text in ("办理条件", "＊待本中心核定", "资格条件")] == [
            "办理条件",
            "＊待本中心核定",
        ]

    def test_the_mark_never_begins_a_line(self, rented: Bench) -> None:
        sentence = rented.find(ConditionBox, "no-open-fund-loan").sentence
        for width in range(60, 260, 3):
            layout = QTextLayout(sentence, theme.type_(theme.DENSE))
            layout.beginLayout()
            starts = []
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                starts.append(sentence[line.textStart()])
            layout.endLayout()
            assert MARK not in starts

    def test_an_item_without_open_texts_needs_no_explanation(self, desk: Bench) -> None:
        desk.take("D03")
        assert not desk.questions.explained.isVisible()


class TestMaterials:
    @pytest.mark.nightly("heights", by_day=6)
    @pytest.mark.parametrize("height", range(430, 700, 9))
    def test_the_last_line_in_view_is_seen_whole(self, rented: Bench, height: int) -> None:
        rented.page.resize(1290, height)
        listed = rented.materials
        listed.doItemsLayout()
        bottoms = [listed.visualRect(listed.model_.index(at)).bottom() + 1 for at in range(len(rented.names()))]
        assert listed.viewport().height() in bottoms or bottoms[-1] < listed.viewport().height()

    def test_a_long_detail_has_its_second_line_before_the_lines_get_roomy(self, rented: Bench) -> None:
        rented.page.resize(1290, 694)
        assert "bank-card" in rented.materials.painter_.tall

    def test_two_lines_part_at_a_mark(self) -> None:
        metrics = QFontMetrics(theme.type_(theme.SMALL))
        text = "受委托银行 · 姓名与身份证件一致，用于转账"
        width = metrics.horizontalAdvance(text) - 4
        assert parted(text, width, metrics) == "受委托银行 · 姓名与身份证件一致，\n用于转账"
        assert parted(text, 2 * width, metrics) == text
        assert parted("无" * 40, width, metrics) == "无" * 40


class TestQuestions:
    def test_five_short_answers_are_on_one_line(self, rented: Bench) -> None:
        chips = rented.questions.question_rows["who"].chips.values()
        assert len({chip.y() for chip in chips}) == 1

    def test_what_is_cut_at_the_lower_edge_fades(self, qtbot: Any, data_dir: Path) -> None:
        with bench(qtbot, data_dir, (1017, 460)) as narrow:
            narrow.take("zl")
            QTest.qWait(1)
            fade = narrow.questions.fade
            assert isinstance(fade, FadeBelow)
            assert fade.isVisible()
            bar = narrow.questions._area.verticalScrollBar()
            bar.setValue(bar.maximum())
            assert not fade.isVisible()
            assert fade.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_after_issuing_the_paper_in_view_is_a_copy_and_no_second_page(rented: Bench) -> None:
    rented.field("name").setFocus()
    commit("岩罕")
    press(Qt.Key.Key_F9)
    assert rented.preview.pages == 2
    assert rented.preview.accessibleDescription().splitlines()[0] == "当事人联　Ctrl+翻页键"
    rented.preview.turn(1)
    assert rented.preview.accessibleDescription().splitlines()[0] == "存档联　Ctrl+翻页键"


def test_a_hint_in_a_field_does_not_begin_under_the_cursor(desk: Bench) -> None:
    assert desk.search.property("placeholderText").startswith(" zlsc")
    assert desk.search.placeholderText().startswith("zlsc")
