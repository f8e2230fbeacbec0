"""文明用语: what fits the moment, searching, choosing, filling in, copying, the telephone; all by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request import Channel as ToldBy
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.operations.wording.suggestions import CurrentMatter
from counter_assistant.ui.phrases.blanks import BlanksForm
from counter_assistant.ui.phrases.call import CallSide
from counter_assistant.ui.phrases.rows import MOST
from counter_assistant.ui.widgets.phrase_text import Tone
from tests.make import NOW, a_request, an_office
from tests.ui.counter import compose, nameless, rich_labels
from tests.ui.desk_hand import CONTROL, commit, press, type_
from tests.ui.find import fault_of, find
from tests.ui.phrase_bench import ALL, PhraseBench, copied, show_panel

pytestmark = pytest.mark.slow  # every test makes a page of its own

K = Qt.Key
MISSING = "很抱歉！您的手续和资料不全，您还需增补本人名下Ⅰ类借记卡、契税完税凭证手续及材料证明，请补齐后再来办理。"


@pytest.fixture
def bench(qtbot: Any, data_dir: Path) -> Iterator[PhraseBench]:
    office = an_office(data_dir)
    yield show_panel(qtbot, office)
    office.close()


def note(bench: PhraseBench) -> QPlainTextEdit:
    return find(bench.panel, QPlainTextEdit, "通话记录")


class TestTheMoment:
    def test_an_empty_desk_welcomes(self, bench: PhraseBench) -> None:
        assert bench.headings() == ["此刻 · 迎接", "其他"]
        assert (bench.chosen, bench.numbers("此刻")) == (9, [9])

    def test_what_is_missing_is_filled_in_strong(self, bench: PhraseBench) -> None:
        bench.put("8-promise-incomplete")
        assert bench.headings()[0] == "此刻 · 材料不全"
        assert bench.numbers("此刻") == [18, 15, 22]
        assert bench.tones(18) == {Tone.FILLED: "本人名下Ⅰ类借记卡、契税完税凭证"}

    def test_what_nobody_knows_yet_is_open_and_never_xx(self, bench: PhraseBench) -> None:
        assert bench.tones(14) == {Tone.OPEN: "政策、规定"}
        assert not any("XX" in row.text for row in bench.rows())

    def test_another_matter_chooses_its_first_phrase_anew(self, bench: PhraseBench) -> None:
        press(K.Key_4)
        bench.put("11-promise")
        assert bench.chosen == 19

    def test_the_same_matter_leaves_the_choice_alone(self, bench: PhraseBench) -> None:
        bench.put("11-promise")
        press(K.Key_3)
        chosen = bench.chosen
        bench.put("11-promise")
        assert bench.chosen == chosen

    def test_its_paper_out_it_is_signed(self, bench: PhraseBench) -> None:
        bench.put("11-promise", issued=True)
        assert (bench.headings()[0], bench.chosen) == ("此刻 · 签名", 22)

    def test_every_phrase_can_be_reached(self, bench: PhraseBench) -> None:
        assert sorted(bench.numbers()) == list(range(1, 26))


class TestSearching:
    def test_initials_of_a_phrase(self, bench: PhraseBench) -> None:
        type_("qnzzlqm")
        assert bench.numbers() == [22]
        assert bench.headings() == []

    def test_chinese_finds_while_it_is_committed(self, bench: PhraseBench) -> None:
        commit("签名")
        assert bench.numbers() == [22]

    def test_of_what_is_found_the_moment_comes_first(self, bench: PhraseBench) -> None:
        commit("办理")
        before = bench.numbers()
        bench.put("12-on-the-spot", issued=True)
        assert bench.numbers()[0] == 21
        assert sorted(bench.numbers()) == sorted(before)

    def test_nothing_found_says_what_to_do(self, bench: PhraseBench) -> None:
        commit("龘龘")
        assert bench.headings() == ["没有找到。可以输入原话里的字，或者拼音首字母。"]
        press(K.Key_Return)
        assert copied() == ""

    def test_an_emptied_field_is_the_moment_again(self, bench: PhraseBench) -> None:
        type_("qm")
        press(K.Key_Backspace)
        press(K.Key_Backspace)
        assert bench.headings() == ["此刻 · 迎接", "其他"]

    def test_thousands_are_cut_off_and_found_by_another_letter(self, qtbot: Any, data_dir: Path) -> None:
        office = an_office(data_dir)
        own = [own_phrase(26 + n, f"第{n}号提示请看屏幕", PhraseChannel.COUNTER, Moment.WAITING) for n in range(500)]
        decide_phrases(office, own)
        bench = show_panel(qtbot, office)
        assert len(bench.numbers()) == MOST
        assert bench.headings()[-1] == f"还有 {525 - MOST} 句，再输入几个字就能找到"
        commit("第499号")
        assert bench.numbers()[0] == 525
        office.close()


class TestChoosingAndCopying:
    def test_one_key_copies_what_fits(self, bench: PhraseBench) -> None:
        bench.put("8-promise-incomplete")
        press(K.Key_Return)
        assert copied() == MISSING
        assert bench.status == "已复制 ✓"

    def test_digits_and_arrows_choose(self, bench: PhraseBench) -> None:
        bench.put("8-promise-incomplete")
        press(K.Key_3)
        assert bench.chosen == 22
        assert bench.search.accessibleDescription() == "3 请您在这里签名。"
        press(K.Key_Up)
        assert bench.chosen == 15
        press(K.Key_Down)
        press(K.Key_Return)
        assert copied() == "请您在这里签名。"
        assert bench.search.text() == ""

    def test_arrows_step_over_headings_and_stop_at_the_ends(self, bench: PhraseBench) -> None:
        for _ in range(3):
            press(K.Key_Up)
        assert bench.chosen == 9
        for _ in range(40):
            press(K.Key_Down)
        assert bench.chosen == bench.numbers()[-1]

    def test_a_digit_that_stands_for_nothing_changes_nothing(self, bench: PhraseBench) -> None:
        commit("签名")
        press(K.Key_5)
        assert (bench.chosen, bench.search.text()) == (22, "签名")

    def test_a_click_copies(self, bench: PhraseBench) -> None:
        view = bench.view
        QApplication.processEvents()
        place = view.visualRect(view.model().index(1, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
        assert copied() == "您好，我能帮您做什么吗？"
        assert bench.search.hasFocus()

    def test_enter_that_commits_a_composition_copies_nothing(self, bench: PhraseBench) -> None:
        compose("qian'ming")
        press(K.Key_Return)
        press(K.Key_Escape)
        press(K.Key_Tab)
        press(K.Key_Down)
        assert copied() == ""
        assert bench.chosen == 9
        assert bench.panel.isVisible()
        commit("签名")
        press(K.Key_Return)
        assert copied() == "请您在这里签名。"

    def test_tab_on_a_phrase_without_blanks_says_so(self, bench: PhraseBench) -> None:
        press(K.Key_Return)
        press(K.Key_Tab)
        assert bench.status == "这一句没有空处"


class TestBlanks:
    def open(self, bench: PhraseBench, number: int) -> None:
        bench.view.setCurrentIndex(bench.view.model().index(bench.place(number), 0))
        press(K.Key_Tab)

    def test_enter_on_an_open_blank_opens_the_form_and_copies_nothing(self, bench: PhraseBench) -> None:
        commit("规定办理")
        assert bench.chosen == 14
        press(K.Key_Return)
        assert copied() == ""
        assert not find(bench.panel, BlanksForm).isHidden()
        assert find(bench.panel, QLineEdit, "policy").hasFocus()

    def test_the_form_holds_what_the_case_gives(self, bench: PhraseBench) -> None:
        bench.put("8-promise-incomplete")
        press(K.Key_Tab)
        edit = find(bench.panel, QLineEdit, "materials")
        assert edit.text() == "本人名下Ⅰ类借记卡、契税完税凭证"
        press(K.Key_Return)
        assert copied() == MISSING
        assert find(bench.panel, BlanksForm).isHidden()
        assert bench.search.hasFocus()

    def test_what_is_typed_is_seen_at_once_and_kept(self, bench: PhraseBench) -> None:
        self.open(bench, 14)
        commit("《个人信息保护法》")
        assert bench.tones(14) == {Tone.FILLED: "《个人信息保护法》"}
        press(K.Key_Escape)
        press(K.Key_Return)
        assert copied() == "您的事请按《个人信息保护法》办理。"

    @pytest.mark.parametrize("value", ["", "   ", "XX", "某xx政策"])
    def test_an_open_blank_is_never_copied(self, bench: PhraseBench, value: str) -> None:
        self.open(bench, 14)
        if value:
            commit(value)
        press(K.Key_Return)
        assert copied() == ""
        assert fault_of(bench.panel, "policy")
        commit("《住房公积金管理条例》")
        press(K.Key_A, CONTROL)
        commit("《住房公积金管理条例》")
        assert not fault_of(bench.panel, "policy")
        press(K.Key_Return)
        assert copied() == "您的事请按《住房公积金管理条例》办理。"

    def test_a_forbidden_phrase_in_a_blank_is_not_copied(self, bench: PhraseBench) -> None:
        self.open(bench, 13)
        commit("别的科，我们不知道，别催了")
        press(K.Key_Return)
        assert copied() == ""
        assert "服务忌语" in find(bench.panel, QLabel, "fault").text()
        assert find(bench.panel, BlanksForm).isVisible()
        press(K.Key_A, CONTROL)
        commit("归集提取科")
        assert find(bench.panel, QLabel, "fault").isHidden()
        press(K.Key_Return)
        assert copied() == "同志，您的事不在我们这儿办，您请到归集提取科办理。"

    def test_all_blanks_of_a_phrase_stand_in_one_form(self, bench: PhraseBench) -> None:
        own = own_phrase(26, "请您XX前带XX到XX窗口。", PhraseChannel.COUNTER, Moment.WAITING)
        decide_phrases(bench.office, [own])
        bench.panel.reload()
        bench.panel.refresh()
        commit("窗口")
        press(K.Key_Tab)
        names = [edit.accessibleName() for edit in find(bench.panel, BlanksForm).findChildren(QLineEdit)]
        assert names == ["“请您”后面", "“前带”后面", "“到”后面"]
        for value in ("周五", "身份证", "2 号"):
            commit(value)
            press(K.Key_Return)
        assert copied() == "请您周五前带身份证到2 号窗口。"

    def test_enter_while_composing_does_not_leave_the_field(self, bench: PhraseBench) -> None:
        self.open(bench, 14)
        compose("tiaoli")
        press(K.Key_Return)
        assert find(bench.panel, QLineEdit, "policy").hasFocus()
        assert copied() == ""

    def test_the_next_applicant_with_the_same_matter_is_another(self, bench: PhraseBench) -> None:
        for applicant in ("a", "b"):
            request = replace(a_request(**ALL["1-elsewhere-unnamed"]), request_id=applicant)
            matter = assess(request, bench.office.catalogue, bench.office.profile, NOW.date())
            bench.at_hand = CurrentMatter(matter)
            bench.panel.refresh()
            assert bench.tones(13) == {Tone.OPEN: "应去的部门"}
            self.open(bench, 13)
            commit("某银行")
            press(K.Key_Return)
            assert copied() == "同志，您的事不在我们这儿办，您请到某银行办理。"

    def test_what_was_typed_for_one_applicant_is_not_said_to_the_next(self, bench: PhraseBench) -> None:
        self.open(bench, 13)
        commit("某银行")
        bench.put("11-promise")
        bench.clear()
        assert bench.tones(13) == {Tone.OPEN: "应去的部门"}
        assert find(bench.panel, BlanksForm).isHidden()


class TestLayersAndPins:
    def test_esc_closes_the_form_and_then_the_panel(self, qtbot: Any, bench: PhraseBench) -> None:
        commit("规定办理")
        press(K.Key_Tab)
        press(K.Key_Escape)
        assert find(bench.panel, BlanksForm).isHidden()
        with qtbot.waitSignal(bench.panel.closed):
            press(K.Key_Escape)

    def test_a_pinned_phrase_comes_first_and_stays_so(self, bench: PhraseBench) -> None:
        commit("请慢走")
        press(K.Key_P, CONTROL)
        assert bench.status == "已置顶"
        bench.panel.start()
        assert bench.numbers("其他")[0] == 25
        assert bench.tones(25) == {Tone.QUIET: "　置顶"}
        entry = bench.office.book.latest(EntryKind.PHRASES)
        assert entry is not None
        assert entry.payload["pinned"] == [25]
        commit("请慢走")
        press(K.Key_P, CONTROL)
        assert bench.status == "已取消置顶"

    def test_controls_have_names_and_texts_are_plain(self, bench: PhraseBench) -> None:
        bench.put("7-direct-incomplete")
        bench.panel.turn_channel()
        assert nameless(bench.panel) == []
        assert rich_labels(bench.panel) == []
        assert bench.rows()[1].text.startswith("1 您好！这里是")


class TestTelephone:
    def test_one_key_turns_to_the_telephone_and_back(self, bench: PhraseBench) -> None:
        press(K.Key_F8)
        assert bench.headings()[:3] == ["迎接", "询问", "请稍候"]
        assert find(bench.panel, CallSide).isVisible()
        assert "电话" in find(bench.panel, QPushButton, "channel").accessibleName()
        press(K.Key_F8)
        assert bench.headings()[0] == "此刻 · 迎接"
        assert not find(bench.panel, CallSide).isVisible()

    def test_the_panel_follows_the_desk_to_the_telephone_and_back(self, bench: PhraseBench) -> None:
        request = replace(a_request(**ALL["5-inquiry"]), channel=ToldBy.PHONE)
        bench.at_hand = CurrentMatter(assess(request, bench.office.catalogue, bench.office.profile, NOW.date()))
        bench.panel.refresh()
        assert bench.headings()[0] == "迎接"
        press(K.Key_F8)
        bench.panel.refresh()
        assert bench.headings()[0] == "此刻 · 讲政策"
        bench.clear()
        assert bench.headings()[0] == "此刻 · 迎接"

    def test_enter_copies_and_goes_on_to_the_end_of_the_call(self, bench: PhraseBench) -> None:
        bench.put("5-inquiry")
        press(K.Key_F8)
        said = []
        for _ in range(len(bench.numbers())):
            said.append(bench.chosen)
            press(K.Key_Return)
        assert said == [1, 2, 3, 4, 5, 6, 7, 14, 12, 23, 8]
        assert copied() == "谢谢您的电话，再见！"

    def test_the_checklist_of_the_item_is_read_beside_it(self, bench: PhraseBench) -> None:
        press(K.Key_F8)
        assert "还没有选事项" in find(bench.panel, CallSide).lines[0]
        bench.put("7-direct-incomplete")
        assert find(bench.panel, QLabel, "reading").text() == "照着念 · 租赁市场住房提取"
        assert find(bench.panel, CallSide).lines[0].startswith("1. 申请人有效身份证件")
        bench.clear()
        assert "还没有选事项" in find(bench.panel, CallSide).lines[0]

    def test_a_wide_panel_has_it_at_the_side(self, bench: PhraseBench) -> None:
        press(K.Key_F8)
        bench.panel.resize(720, 480)
        QApplication.processEvents()
        assert find(bench.panel, CallSide).x() > bench.view.x()
        bench.panel.resize(340, 680)
        QApplication.processEvents()
        assert find(bench.panel, CallSide).y() > bench.view.y()

    def test_the_note_of_a_call_becomes_an_inquiry(self, bench: PhraseBench) -> None:
        bench.put("5-inquiry")
        press(K.Key_F8)
        note(bench).setFocus()
        press(K.Key_Return, CONTROL)
        assert "还没有写通话记录" in find(bench.panel, QLabel, "note_fault").text()
        commit("问租房提取，已告知材料")
        assert find(bench.panel, QLabel, "note_fault").isHidden()
        compose("zai")
        press(K.Key_Return, CONTROL)
        assert bench.office.book.latest(EntryKind.INQUIRY) is None
        commit("。")
        press(K.Key_Return, CONTROL)
        entry = bench.office.book.latest(EntryKind.INQUIRY)
        assert entry is not None
        assert (entry.payload["note"], entry.payload["item"]) == ("问租房提取，已告知材料。", "B08")
        assert note(bench).toPlainText() == ""
        assert bench.status == "已登记为咨询 ✓"

    def test_a_hidden_character_in_a_note_is_refused_beside_it(self, bench: PhraseBench) -> None:
        press(K.Key_F8)
        note(bench).setPlainText("问\u202e进度")
        note(bench).setFocus()
        press(K.Key_Return, CONTROL)
        assert "隐藏字符" in find(bench.panel, QLabel, "note_fault").text()
        assert note(bench).toPlainText() == "问\u202e进度"


@pytest.mark.parametrize("row", ALL)
def test_every_row_of_the_decision_has_a_first_phrase_that_can_be_said(bench: PhraseBench, row: str) -> None:
    bench.put(row)
    assert bench.numbers("此刻")
    press(K.Key_Return)
    assert copied() or not find(bench.panel, BlanksForm).isHidden()
    assert "XX" not in copied()


def test_the_whole_text_of_a_label_is_plain(bench: PhraseBench) -> None:
    own = own_phrase(26, "<b>请</b>到<img src=x>窗口", PhraseChannel.COUNTER, Moment.WELCOME)
    decide_phrases(bench.office, [own])
    bench.panel.reload()
    bench.panel.refresh()
    press(K.Key_Down)
    assert bench.chosen == 26
    press(K.Key_Return)
    assert copied() == "<b>请</b>到<img src=x>窗口"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in bench.panel.findChildren(QLabel))
