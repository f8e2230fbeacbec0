"""改一个事项：by keys and by mouse, in the words that people see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.checks.check import check_in_slices
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.revision import effects
from counter_assistant.domain.revision.condition_sentence import TOO_DEEP, in_words
from counter_assistant.domain.revision.revision import Act, ItemRetired, QuestionEdited, TextEdited, applied
from counter_assistant.domain.revision.statements import newest
from counter_assistant.operations.program import program
from counter_assistant.storage.characters.pinyin import initials
from counter_assistant.ui.items.editor.editor import ItemEditor
from counter_assistant.ui.items.editor.guide_text import GuideText
from counter_assistant.ui.items.editor.lines.guide_lines import guide_lines, slots_of
from counter_assistant.ui.items.editor.lines.slots import Editing
from counter_assistant.ui.items.editor.picker import Picker
from counter_assistant.ui.items.editor.sentence_edit import SentenceEdit
from counter_assistant.ui.items.editor.word_button import WordButton
from counter_assistant.ui.items.in_slices import PAUSE
from tests.ui.counter import CONTROL, commit, compose, nameless, press, retype, rich_labels, show
from tests.ui.desk_hand import focused
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes an editor of its own

CENTRE = Source("centre", clause="第五条", document="临公积金〔2026〕9号", day=date(2026, 12, 3))
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Bench:
    """An editor with a text, and whoever keeps what is changed."""

    def __init__(self, qtbot: QtBot, item: str = "B08") -> None:
        self.qtbot, self.catalogue = qtbot, program().catalogue
        self.editor = ItemEditor(date(2026, 12, 3), {"withdrawal-reviewer": "提取审核岗"})
        self.texts = [newest(self.catalogue, item)]
        self.acts: list[Act] = []
        self.happened: list[str] = []
        self.editor.acted.connect(self._keep)
        self.editor.undo_wanted.connect(self.undo)
        self.editor.bar.show_source(CENTRE)
        show(qtbot, self.editor, (560, 640))
        self.editor.show_item(self.text, self.catalogue)
        self.editor.text.setFocus()

    @property
    def text(self) -> ServiceItem:
        return self.texts[-1]

    @property
    def guide(self) -> GuideText:
        return find(self.editor, GuideText)

    def _keep(self, act: Act) -> None:
        self.acts.append(act)
        if isinstance(act, ItemRetired):
            self.happened.append(f"retired {act.item}")
            return
        self.catalogue = applied(self.catalogue, act)
        shown = act.text.id if isinstance(act, TextEdited) else self.text.id
        self.texts.append(newest(self.catalogue, shown))
        self.editor.show_item(self.text, self.catalogue)

    def undo(self) -> None:
        self.happened.append("undo")

    def open(self, key: str) -> None:
        """Goes to a place and presses Enter there."""
        self.guide.setFocus()
        self.guide.go_to(key)
        assert self.guide.current is not None
        assert self.guide.current.key == key
        press(Qt.Key.Key_Return)

    def field(self) -> SentenceEdit:
        """The field that is open."""
        (open_,) = (field for field in self.editor.findChildren(SentenceEdit) if field.isVisible())
        return open_

    def remark(self) -> str:
        """What stands beneath what is open, once the check has spoken."""
        self.qtbot.waitUntil(self.editor.writing.remark.isVisible)
        return says(self.editor, "said")

    def checked(self) -> str:
        """What the check says of the whole text, once it is done."""
        self.qtbot.waitUntil(lambda: says(self.editor, "check_state") != "")
        self.qtbot.waitUntil(lambda: not self.editor._whole.running)
        return says(self.editor, "check_state")


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_guide_is_the_editor(bench: Bench) -> None:
    shown = bench.guide.toPlainText()
    for heading in ("政策规定", "资格要求", "必备手续", "办理程序", "时限承诺", "责任人", "补救途径"):
        assert heading in shown
    assert bench.checked() == "核对：没有毛病"
    assert nameless(bench.editor) == []
    assert rich_labels(bench.editor) == []


def test_words_are_typed_in_their_place_and_taken_by_enter(bench: Bench) -> None:
    bench.open("name.")
    retype("租房提取")
    press(Qt.Key.Key_Return)
    assert bench.text.name == "租房提取"
    assert bench.guide.hasFocus()
    assert "事项名称　租房提取" in bench.guide.toPlainText()


def test_tab_takes_and_goes_on_and_back(bench: Bench) -> None:
    bench.open("name.")
    retype("租房提取")
    press(Qt.Key.Key_Tab)
    assert bench.text.name == "租房提取"
    assert bench.guide.current is not None
    assert bench.guide.current.key == "also_called."
    press(Qt.Key.Key_Tab)
    assert bench.guide.current.key == "department."
    press(Qt.Key.Key_Tab, SHIFT)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab, SHIFT)
    assert bench.guide.current.key == "name."


def test_escape_leaves_everything_as_it_was(bench: Bench) -> None:
    bench.open("name.")
    retype("别的名称")
    press(Qt.Key.Key_Escape)
    assert len(bench.texts) == 1
    assert bench.guide.hasFocus()
    bench.open("name.")
    assert bench.field().toPlainText() == "租赁市场住房提取"
    press(Qt.Key.Key_Return)
    assert len(bench.texts) == 1, "what is as it was is no act"


def test_enter_that_commits_pinyin_takes_nothing(bench: Bench) -> None:
    bench.open("name.")
    compose("zufang")
    press(Qt.Key.Key_Return)
    assert len(bench.texts) == 1
    commit("租房")
    press(Qt.Key.Key_Return)
    assert bench.text.name == "租房"


def test_a_click_opens_and_another_takes_what_is_open(bench: Bench) -> None:
    slot = next(slot for slot in bench.guide.slots if slot.key == "department.")
    QTest.mouseClick(bench.guide.viewport(), Qt.MouseButton.LeftButton, pos=bench.guide.rect_of(slot).center())
    retype("提取科")
    name = next(slot for slot in bench.guide.slots if slot.key == "name.")
    QTest.mouseClick(bench.guide.viewport(), Qt.MouseButton.LeftButton, pos=bench.guide.rect_of(name).center())
    assert bench.text.department == "提取科"
    assert bench.field().accessibleName() == "事项名称"
    QTest.mouseClick(bench.guide.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 4))
    assert bench.text.department == "提取科"


def test_a_number_is_one(bench: Bench) -> None:
    bench.open("promised.n")
    retype("三")
    press(Qt.Key.Key_Return)
    assert "“三”不是数字" in bench.remark()
    retype("3")
    press(Qt.Key.Key_Return)
    assert bench.text.promised.n == 3
    assert bench.text.promised.source == CENTRE


def test_how_many_are_kept_stands_with_its_number_on_one_line(bench: Bench) -> None:
    document, broken = bench.guide.document(), 0
    for width in range(300, 560, 7):
        document.setTextWidth(width)
        block = document.begin()
        while block.isValid():
            for n in range(1, block.layout().lineCount()):
                start = block.layout().lineAt(n).textStart()
                before, after = block.text()[max(start - 2, 0) : start], block.text()[start : start + 2]
                assert "\u2060" not in before[-1:] + after[:1], (width, block.text())
                assert "\u00a0" not in before[-1:] + after[:1], (width, block.text())
                broken += 1
            block = block.next()
    assert broken > 100


def test_one_of_several_is_picked(bench: Bench) -> None:
    bench.open("materials[0].submit")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    bench.open("materials[0].submit")
    press(Qt.Key.Key_3)
    taken = [text.materials[0].material.submit for text in bench.texts]
    assert taken == [Submit.SHOW, Submit.HAND_IN, Submit.AT_COUNTER]


def test_several_are_ticked(bench: Bench) -> None:
    bench.open("promised.pauses")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_Return)
    assert [reason.value for reason in bench.text.promised.pauses] == ["verification", "above", "appraisal"]


def test_many_are_found_by_typing(bench: Bench) -> None:
    bench.open("materials.shared")
    commit("户口簿")
    press(Qt.Key.Key_Return)
    assert bench.text.materials[-1].material.id == "household-register"
    assert bench.text.materials[-1].need == CENTRE


def test_nothing_is_picked_by_escape_and_a_click_picks(bench: Bench) -> None:
    bench.open("materials[0].submit")
    press(Qt.Key.Key_Escape)
    assert len(bench.texts) == 1
    bench.open("materials[0].submit")
    rows = find(bench.editor, QListWidget, "choices")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(0)).center())
    assert bench.text.materials[0].material.submit is Submit.HAND_IN


def word(bench: Bench, text: str) -> WordButton:
    return next(
        button for button in bench.editor.findChildren(WordButton) if button.text() == text and button.isVisible()
    )


def test_a_condition_is_written_as_a_sentence_by_keys(bench: Bench) -> None:
    """GIVEN 当〔婚姻状况〕是〔已婚〕或者〔办理人〕是〔配偶〕 WHEN answers, 是 and 且 are changed THEN the sentence is the condition."""
    bench.open("materials[4].when")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert focused() is word(bench, "〔已婚〕")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_3)  # 离异, too
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return)  # 是 → 不是
    press(Qt.Key.Key_Return, CONTROL)
    when = bench.text.materials[4].when
    assert in_words(bench.text, when) == "当〔婚姻状况〕不是〔已婚〕或〔离异〕或者〔办理人〕是〔配偶〕"
    assert bench.text.materials[4].need == CENTRE


def test_a_condition_is_written_as_a_sentence_by_mouse(bench: Bench) -> None:
    bench.open("materials[4].when")
    for text in ("去掉", "＋ 且"):
        QTest.mouseClick(word(bench, text), Qt.MouseButton.LeftButton)
    picker = next(picker for picker in bench.editor.findChildren(Picker) if picker.isVisible())
    rows = picker.list
    lease = next(rows.item(n) for n in range(rows.count()) if rows.item(n).text() == "租住方式")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(lease).center())
    press(Qt.Key.Key_Return)  # the first answer stays
    QTest.mouseClick(word(bench, "且"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(word(bench, "好"), Qt.MouseButton.LeftButton)
    assert (
        in_words(bench.text, bench.text.materials[4].when) == "当〔办理人〕是〔配偶〕或者〔租住方式〕是〔租赁已备案〕"
    )


def test_a_sentence_is_left_as_it_was_by_escape(bench: Bench) -> None:
    bench.open("materials[4].when")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)  # the list
    QTest.mouseClick(word(bench, "去掉"), Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Escape)
    assert len(bench.texts) == 1
    assert bench.guide.hasFocus()


def test_a_deeper_condition_says_why_it_is_closed(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "B05")
    key = next(slot.key for slot in bench.guide.slots if slot.why)
    bench.open(key)
    assert bench.remark() == TOO_DEEP
    assert bench.guide.hasFocus()


def test_the_document_is_asked_for_once_and_what_was_typed_waits(bench: Bench) -> None:
    bench.editor.bar.show_source(Source("centre"))
    bench.open("conditions[0].text")
    retype("连续缴存满六个月")
    press(Qt.Key.Key_Return)
    assert bench.remark() == "没有写明依据哪份文件。请在依据一栏填文号，如 临公积金〔2026〕9号；以后照用。"
    assert focused().objectName() == "source_document"
    QTest.qWait(2 * PAUSE)
    assert "没有写明依据" in bench.remark(), "the check of what was written comes no more"
    commit("临公积金〔2026〕9号")
    for _ in range(3):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert bench.text.conditions[0].text == "连续缴存满六个月"
    assert bench.text.conditions[0].source == Source("centre", document="临公积金〔2026〕9号", day=date(2026, 12, 3))


def test_another_document_begins_without_the_article_and_the_day_of_the_last(bench: Bench) -> None:
    bench.editor.bar.fields["document"].setFocus()
    retype("临公积金〔2026〕10号")
    bench.open("conditions[0].text")
    retype("连续缴存满六个月")
    press(Qt.Key.Key_Return)
    assert bench.text.conditions[0].source == Source("centre", document="临公积金〔2026〕10号", day=date(2026, 12, 3))


def test_the_article_stays_while_only_it_is_typed(bench: Bench) -> None:
    bench.editor.bar.fields["clause"].setFocus()
    retype("第六条")
    assert bench.editor.source == replace(CENTRE, clause="第六条")


def test_what_was_only_looked_at_is_corrected_without_losing_its_article_and_its_day(bench: Bench) -> None:
    fields = bench.editor.bar.fields
    for key, words in (("document", "临公积金〔2026〕9"), ("clause", "第三条"), ("day", "11-20")):
        fields[key].setFocus()
        retype(words)
    bench.open("conditions[0].source")
    press(Qt.Key.Key_Escape)
    fields["document"].setFocus()
    fields["document"].end(False)
    QTest.keyClicks(fields["document"], "1")
    assert bench.editor.bar.typed == ("临公积金〔2026〕91", "第三条", "11-20"), "it has carried nothing yet"
    assert bench.editor.source == Source(
        "centre", clause="第三条", document="临公积金〔2026〕91", day=date(2026, 11, 20)
    )


def test_forbidden_words_are_not_taken(bench: Bench) -> None:
    bench.open("conditions[0].text")
    retype("急什么，慢慢等")
    press(Qt.Key.Key_Return)
    assert "服务忌语" in bench.remark()
    assert len(bench.texts) == 1


def test_the_check_speaks_at_the_place_while_one_writes(bench: Bench) -> None:
    bench.open("materials[0].keep_copies")
    retype("3")
    assert bench.remark() == "收存的份数多于提供的份数。"
    press(Qt.Key.Key_Escape)
    bench.open("materials[4].name")
    retype("单身证明（无婚姻登记记录证明）")
    assert "在不得要求之列，不能要求提供" in bench.remark()
    retype("结婚证件")
    bench.qtbot.waitUntil(lambda: not bench.editor.writing.remark.isVisible())


def test_what_the_check_finds_elsewhere_is_said_too(bench: Bench) -> None:
    """GIVEN a question on which one material hangs WHEN the material is asked for always THEN the question is named as idle."""
    bench.open("materials[6].when")
    QTest.mouseClick(word(bench, "去掉"), Qt.MouseButton.LeftButton)
    assert "没有任何材料、资格、说明、办理方式或其他问题取决于它，不必问" in bench.remark()
    QTest.mouseClick(word(bench, "好"), Qt.MouseButton.LeftButton)
    assert bench.checked() == "核对：1 处要看"
    lines = bench.guide.toPlainText().splitlines()
    at = next(n for n, line in enumerate(lines) if "取决于它，不必问" in line)
    assert "配偶是否同时提取" in "".join(lines[at - 6 : at]), "beneath its row"
    press(Qt.Key.Key_N, ALT)
    assert bench.guide.current is not None
    assert bench.guide.current.key == "questions[5].text"


def test_no_key_waits_for_the_check(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a field that is open WHEN keys are typed without a pause THEN nothing has been checked yet."""
    bench.checked()
    begun: list[str] = []

    def watched(item: ServiceItem, catalogue: Catalogue) -> Iterator[Fault | None]:
        begun.append(item.name)
        return check_in_slices(item, catalogue)

    monkeypatch.setattr(effects, "check_in_slices", watched)
    bench.open("name.")
    for _ in range(20):
        QTest.keyClick(focused(), Qt.Key.Key_A)
    assert begun == []
    bench.qtbot.waitUntil(lambda: bool(begun))
    assert begun == ["a" * 20]


def test_rows_are_moved_and_taken_away(bench: Bench) -> None:
    first, second = (rule.material.id for rule in bench.text.materials[:2])
    bench.guide.go_to("materials[0].name")
    press(Qt.Key.Key_Down, ALT)
    assert [rule.material.id for rule in bench.text.materials[:2]] == [second, first]
    assert bench.guide.current is not None
    assert bench.guide.current.key == "materials[1].name", "it stays with what it moved"
    press(Qt.Key.Key_Up, ALT)
    press(Qt.Key.Key_Up, ALT)
    assert [rule.material.id for rule in bench.text.materials[:2]] == [first, second]
    bench.guide.go_to("notes[0].text")
    press(Qt.Key.Key_Delete, CONTROL)
    assert bench.text.notes == ()
    bench.guide.go_to("questions[0].text")
    press(Qt.Key.Key_Delete, CONTROL)
    assert "取决于“办理人”，不能去掉" in bench.remark()


@pytest.mark.parametrize("place", ["name", "submit"])
def test_the_key_of_the_foot_takes_the_row_away_while_a_place_of_it_is_open_as_it_was(bench: Bench, place: str) -> None:
    kept = [rule.material.id for rule in bench.text.materials[1:]]
    bench.guide.go_to(f"materials[0].{place}")
    assert bench.guide.current is not None
    rect = bench.guide.rect_of(bench.guide.current)
    QTest.mouseClick(bench.guide.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert focused() is not bench.guide, "it is open"
    press(Qt.Key.Key_Delete, CONTROL)
    assert [rule.material.id for rule in bench.text.materials] == kept
    assert not bench.editor.writing.open
    assert bench.guide.hasFocus()


def test_with_other_words_it_is_a_key_of_the_text(bench: Bench) -> None:
    bench.open("materials[0].name")
    retype("结婚 证明")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Delete, CONTROL)
    assert bench.field().value == "证明"
    press(Qt.Key.Key_Escape)
    bench.open("name.")
    press(Qt.Key.Key_Delete, CONTROL)
    assert bench.field().value == "", "the name of an item is no row"
    assert bench.acts == []


def test_the_link_at_the_foot_does_as_its_key(bench: Bench) -> None:
    many = len(bench.text.materials)
    link = find(bench.editor, QAbstractButton, "去掉这一行，Ctrl+Delete")
    bench.open("materials[0].name")
    retype("另一种")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert bench.field().value == "另一种"
    press(Qt.Key.Key_Escape)
    bench.open("materials[0].name")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert len(bench.text.materials) == many - 1


def test_arrows_go_from_line_to_line_and_undo_is_asked_for(bench: Bench) -> None:
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert bench.guide.current is not None
    assert bench.guide.current.key == "department."
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert bench.guide.current.key == "also_called."
    press(Qt.Key.Key_Z, CONTROL)
    assert bench.happened == ["undo"]


def test_a_new_question_comes_with_the_text_that_asks_it(bench: Bench) -> None:
    bench.open("questions.new")
    commit("有没有贷款（有、没有）")
    press(Qt.Key.Key_Return)
    (act,) = bench.acts
    assert isinstance(act, TextEdited)
    assert act.question is not None
    assert act.question.text == "有没有贷款"
    assert bench.text.questions[-1].question == act.question == bench.catalogue.questions[act.question.id]


def test_an_item_is_copied_and_retired(bench: Bench) -> None:
    bench.open("retire.")
    press(Qt.Key.Key_2)
    assert bench.happened == ["retired B08"]
    bench.open("copy.")
    commit("租赁保障房提取")
    press(Qt.Key.Key_Return)
    assert (bench.text.id, bench.text.name) == ("B19", "租赁保障房提取")
    assert "编码　B19" in bench.guide.toPlainText()
    assert bench.guide.current is not None
    assert (bench.guide.current.key, bench.guide.verticalScrollBar().value()) == ("name.", 0), "it begins with its name"


def test_what_is_said_by_a_screen_reader_is_the_place_and_its_words(bench: Bench) -> None:
    bench.guide.go_to("department.")
    assert bench.guide.accessibleDescription() == "承办部门：归集提取科"
    assert bench.checked() == "核对：没有毛病"


def test_what_is_open_goes_along_when_the_guide_is_scrolled(bench: Bench) -> None:
    bench.open("conditions[0].text")
    before, bar = bench.field().y(), bench.guide.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    assert bench.field().y() == before - 40
    assert bench.field().hasFocus()


def test_a_question_that_others_share_is_changed_for_whom_it_is_said(bench: Bench) -> None:
    bench.open("questions[1].text")
    assert bench.remark() == "写好以后选：7 个事项都改，还是只改本事项，另成一个问题。", "it is said before"
    retype("您结婚了吗")
    press(Qt.Key.Key_Return)
    assert bench.acts == [], "nothing is changed before it is known for whom"
    picker = find(bench.editor, Picker)
    assert picker.isVisible()
    press(Qt.Key.Key_Escape)
    assert bench.field().toPlainText() == "您结婚了吗"
    assert focused() is bench.field()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    (act,) = bench.acts
    assert isinstance(act, QuestionEdited)
    assert len(act.items) == 7
    assert bench.text.questions[1].question.text == "您结婚了吗"
    assert bench.guide.hasFocus()


def test_it_becomes_the_items_own_and_tab_goes_on(bench: Bench) -> None:
    bench.open("questions[1].text")
    retype("您结婚了吗")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_2)
    assert bench.text.questions[1].id != "marital"
    assert bench.guide.current is not None
    assert bench.guide.current.key == "questions[1].topic"
    assert "您结婚了吗　　简称　婚姻状况\n" in bench.guide.toPlainText(), "nobody else asks it"


def test_nothing_else_is_shown_before_it_is_said_for_whom(bench: Bench) -> None:
    bench.open("questions[1].text")
    retype("您结婚了吗")
    press(Qt.Key.Key_Return)
    assert not bench.editor.take_open()
    assert find(bench.editor, Picker).isVisible()
    assert bench.acts == []


def test_what_cannot_be_for_all_is_said_where_it_was_written(bench: Bench) -> None:
    bench.open("questions[1].answer.married.label")
    retype("离异")
    bench.qtbot.waitUntil(lambda: "有两个回答写得一样" in bench.remark())
    press(Qt.Key.Key_Return)
    assert not any(picker.isVisible() for picker in bench.editor.findChildren(Picker))
    assert bench.acts == []


def test_what_cannot_be_for_all_can_be_for_this_item(bench: Bench) -> None:
    """GIVEN another item that offers an answer more WHEN one here gets its words THEN only all of them together cannot."""
    other = newest(bench.catalogue, "B09")
    slots = slots_of(guide_lines(Editing(other, bench.catalogue, {}, initials)))
    place = [asked.id for asked in other.questions].index("marital")
    new = next(slot for slot in slots if slot.key == f"questions[{place}].answer")
    more = new.act("再婚", lambda: CENTRE, "here")
    assert isinstance(more, TextEdited)
    bench.catalogue = applied(bench.catalogue, more)
    bench.editor.show_item(bench.text, bench.catalogue)
    bench.open("questions[1].answer.married.label")
    retype("再婚")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_1)
    assert "B09 租赁公租房、保障性租赁住房提取：有两个回答写得一样。" in bench.remark()
    assert focused() is bench.field()
    assert bench.acts == []
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    (act,) = bench.acts
    assert isinstance(act, QuestionEdited)
    assert act.items == ("B08",)
    assert "再婚" in [option.label for option in bench.text.questions[1].question.options]


def test_an_answer_is_moved_and_taken_away_like_a_row(bench: Bench) -> None:
    bench.guide.go_to("questions[0].answer.self.label")
    assert find(bench.editor, QAbstractButton, "去掉这个回答，Ctrl+Delete").isEnabled()
    press(Qt.Key.Key_Down, ALT)
    codes = [option.code for option in bench.text.questions[0].question.options]
    assert codes == ["spouse", "self", "parent_or_child", "other"]
    assert bench.guide.current is not None
    assert bench.guide.current.key == "questions[0].answer.self.label", "it stays with what it moved"
    press(Qt.Key.Key_Delete, CONTROL)
    press(Qt.Key.Key_Escape)
    assert len(bench.acts) == 1
    assert bench.guide.hasFocus()
    press(Qt.Key.Key_Delete, CONTROL)
    press(Qt.Key.Key_2)
    codes = [option.code for option in bench.text.questions[0].question.options]
    assert codes == ["spouse", "parent_or_child", "other"]
    bench.guide.go_to("questions[0].answer.spouse.label")
    press(Qt.Key.Key_Delete, CONTROL)
    press(Qt.Key.Key_1)
    assert "取决于要去掉的回答" in bench.remark()
    bench.guide.go_to("name.")
    assert not find(bench.editor, QAbstractButton, "去掉这一行，Ctrl+Delete").isEnabled()


def test_an_answer_of_a_question_of_its_own_goes_at_once(bench: Bench) -> None:
    bench.open("questions[3].answer")
    retype("按季")
    press(Qt.Key.Key_Return)
    added = bench.text.questions[3].question.options[-1]
    bench.guide.go_to(f"questions[3].answer.{added.code}.label")
    press(Qt.Key.Key_Delete, CONTROL)
    assert added not in bench.text.questions[3].question.options


def test_a_row_is_given_its_own_document_without_other_words(bench: Bench) -> None:
    before = bench.text.materials[0].material
    bench.open("materials[0].wording")
    assert "现在：参照上海 2023 年指南。" in says(bench.editor, "present_source")
    assert focused().objectName() == "source_document"
    retype("临公积金〔2026〕10号")
    press(Qt.Key.Key_Return)
    retype("7")
    press(Qt.Key.Key_Return)
    retype("13-40")
    press(Qt.Key.Key_Return)
    assert "无法识别" in bench.remark()
    assert focused().property("wrong")
    retype("2026-12-01")
    press(Qt.Key.Key_Return)
    rule = bench.text.materials[0]
    assert rule.wording == Source("centre", clause="第七条", document="临公积金〔2026〕10号", day=date(2026, 12, 1))
    assert replace(rule.material, source=before.source) == before
    assert "临公积金〔2026〕10号第七条 ✓" in bench.guide.toPlainText()
    assert bench.editor.source == CENTRE, "what carries the next changes is another thing"


def test_tab_goes_round_the_three_fields_of_what_carries_a_row(bench: Bench) -> None:
    bench.open("conditions[0].source")
    names = []
    for _ in range(3):
        press(Qt.Key.Key_Tab)
        names.append(focused().objectName())
    assert names == ["source_clause", "source_day", "source_document"]
    press(Qt.Key.Key_Tab, SHIFT)
    assert focused().objectName() == "source_day"
    assert bench.guide.current is not None
    assert bench.guide.current.key == "conditions[0].source", "the mark of the guide stays with what is open"


def test_the_link_at_the_foot_takes_the_row_that_is_open_away(bench: Bench) -> None:
    kept = bench.text.materials
    link = find(bench.editor, QAbstractButton, "去掉这一行，Ctrl+Delete")
    bench.open("notes[0].source")
    bench.guide.setFocus()
    while bench.guide.current and bench.guide.current.spot.field != "materials":
        press(Qt.Key.Key_Down)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert (bench.text.notes, bench.text.materials) == ((), kept)


def test_a_document_that_was_only_looked_at_is_not_taken(bench: Bench) -> None:
    bench.open("materials[0].wording")
    assert bench.editor.take_open()
    assert len(bench.texts) == 1
    bench.open("materials[0].wording")
    press(Qt.Key.Key_Escape)
    assert (len(bench.texts), bench.guide.hasFocus()) == (1, True)
    bench.open("materials[0].wording")
    QTest.mouseClick(word(bench, "好"), Qt.MouseButton.LeftButton)
    assert bench.text.materials[0].wording == CENTRE, "the document of the last change is offered"


def test_what_carries_a_row_stays_at_its_end_in_another_width(bench: Bench) -> None:
    for width in (420, 760):
        bench.editor.resize(width, 640)
        bench.qtbot.waitUntil(lambda: bench.guide._laid_out_for == bench.guide.viewport().width())
        slot = next(slot for slot in bench.guide.slots if slot.key == "promised.source")
        place = bench.guide.rect_of(slot)
        assert place.right() > bench.guide.viewport().width() - 20
        assert place.left() > 60, "on one line, with its mark"


def test_a_long_list_stays_within_the_guide(bench: Bench) -> None:
    bench.editor.resize(420, 300)
    QTest.qWait(50)
    bench.open("basis[0].article")
    picker = find(bench.editor, Picker)
    assert picker.geometry().bottom() <= bench.guide.viewport().height()
    assert picker.list.visualItemRect(picker.list.currentItem()).bottom() <= picker.list.viewport().height()
