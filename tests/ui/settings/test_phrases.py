"""设置页的文明用语：an office's own phrases by keys, what is recorded at once, and what is refused beside the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.wording.office_phrases import LONGEST, decide_phrases, decided
from counter_assistant.ui.application import Desk
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.places import PHRASES, UNIT
from counter_assistant.ui.settings.sections.phrases import PhrasesSection
from counter_assistant.ui.start import read_index
from tests.ui.counter import (
    CONTROL,
    commit,
    compose,
    nameless,
    press,
    retype,
    rich_labels,
)
from tests.ui.find import find

pytestmark = pytest.mark.slow  # every test makes a page of its own

ALT = Qt.KeyboardModifier.AltModifier
OWN = ("请您先取号，再到XX窗口。", "请慢走，路上注意安全。", "这张表可以在网上下载。")


@pytest.fixture
def page(page: SettingsPage) -> SettingsPage:
    """The page with this section open."""
    press(Qt.Key.Key_7, ALT)
    return page


@pytest.fixture
def section(page: SettingsPage) -> PhrasesSection:
    return find(page, PhrasesSection)


@pytest.fixture
def three(office: Office) -> None:
    """Three phrases of the office's own, 26 to 28."""
    decide_phrases(
        office, [own_phrase(26 + n, text, PhraseChannel.COUNTER, Moment.WELCOME) for n, text in enumerate(OWN)]
    )


def entries(office: Office) -> int:
    return len(list(office.book.entries(EntryKind.PHRASES)))


def profiles(office: Office) -> int:
    return len(list(office.book.entries(EntryKind.OFFICE_PROFILE)))


def own(office: Office) -> list[tuple[int, str]]:
    return [(phrase.number, phrase.text) for phrase in decided(office).own]


def listed(section: PhrasesSection) -> QListWidget:
    return find(section, QListWidget, "文明用语列表")


def text(section: PhrasesSection) -> QLineEdit:
    return find(section, QLineEdit, "phrase_text")


def lines(section: PhrasesSection) -> list[str]:
    return [listed(section).item(n).text() for n in range(listed(section).count())]


def choose(section: PhrasesSection, number: int) -> None:
    numbers = [phrase.number for phrase in section.drafts.phrases()]
    listed(section).setCurrentRow(numbers.index(number))
    listed(section).setFocus()


def test_the_approved_ones_are_shown_and_take_nothing(
    page: SettingsPage, section: PhrasesSection, office: Office
) -> None:
    assert listed(section).hasFocus()
    assert listed(section).count() == 25
    assert listed(section).item(0).text() == "您好！这里是临沧市住房公积金管理中心〔本人所在的科、室或管理部〕，请讲！"
    press(Qt.Key.Key_Return)
    assert text(section).hasFocus()
    commit("不")
    assert text(section).text().startswith("您好!")
    assert not find(section, QComboBox, "在哪里说").isEnabled()
    assert not find(section, QComboBox, "什么时候说").isEnabled()
    press(Qt.Key.Key_H, CONTROL)
    assert find(page, QLabel, "state").text() == "守则和本中心的用语不能隐藏。只能隐藏本单位自己的。"
    press(Qt.Key.Key_Down, CONTROL)
    assert find(page, QLabel, "state").text() == "守则和本中心的用语按原来的次序排。要它在前面，按 Ctrl+P 置顶。"
    assert entries(office) == 0


def test_a_phrase_is_added_by_keys_and_recorded_with_the_last_enter(
    qtbot: QtBot, page: SettingsPage, section: PhrasesSection, office: Office
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    assert text(section).hasFocus()
    commit("请您先取号，再到XX窗口。")
    assert lines(section)[-1] == "未记入 · 请您先取号，再到〔待填〕窗口。"
    assert find(section, QLabel, "note").text() == "面板里显示：请您先取号，再到〔待填〕窗口。"
    assert find(page, QLabel, "state").text() == "有未保存的修改，离开这一页也不会丢。"
    press(Qt.Key.Key_Return)
    assert find(section, QComboBox, "在哪里说").hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert find(section, QComboBox, "什么时候说").hasFocus()
    press(Qt.Key.Key_End)
    assert entries(office) == 0
    with qtbot.waitSignal(page.phrases_changed):
        press(Qt.Key.Key_Return)
    phrase = decided(office).own[0]
    assert (phrase.number, phrase.text) == (26, "请您先取号，再到XX窗口。")
    assert (phrase.channel, phrase.moment) == (PhraseChannel.PHONE, Moment.FAREWELL)
    assert find(page, QLabel, "state").text() == "第 26 句用语已记入台账。"
    assert lines(section)[-1] == "请您先取号，再到〔待填〕窗口。"
    assert listed(section).hasFocus()
    assert section.phrase is not None
    assert section.phrase.number == 26


def test_enter_that_commits_pinyin_does_not_go_on(section: PhrasesSection) -> None:
    press(Qt.Key.Key_N, CONTROL)
    compose("qing")
    press(Qt.Key.Key_Return)
    assert text(section).hasFocus()


def test_saving_the_page_records_the_phrases_and_no_profile(
    page: SettingsPage, section: PhrasesSection, office: Office
) -> None:
    for words in ("请慢走。", "请稍坐。"):
        press(Qt.Key.Key_N, CONTROL)
        commit(words)
    before = profiles(office)
    press(Qt.Key.Key_S, CONTROL)
    assert own(office) == [(26, "请慢走。"), (27, "请稍坐。")]
    assert (entries(office), profiles(office)) == (2, before)
    assert find(page, QLabel, "state").text() == "第 26、27 句用语已记入台账。"
    assert not section.dirty


def test_saving_records_what_was_typed_of_the_profile_as_well(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_N, CONTROL)
    commit("请慢走。")
    page.go(UNIT)
    press(Qt.Key.Key_Return)
    retype("耿马管理部")
    press(Qt.Key.Key_S, CONTROL)
    assert own(office) == [(26, "请慢走。")]
    assert office.profile.branch == "耿马管理部"


@pytest.mark.usefixtures("three")
def test_what_is_typed_is_not_lost_by_going_elsewhere(
    page: SettingsPage, section: PhrasesSection, office: Office
) -> None:
    choose(section, 27)
    press(Qt.Key.Key_Return)
    commit("再见。")
    choose(section, 26)
    page.go(UNIT)
    page.hide()
    page.show()
    page.go(PHRASES)
    choose(section, 27)
    assert text(section).text() == "请慢走，路上注意安全。再见。"
    assert own(office)[1] == (27, OWN[1])
    find(page, QPushButton, "还原").click()
    assert text(section).text() == OWN[1]
    assert not section.dirty
    assert find(page, QLabel, "state").text() == "已还原为上次保存的内容。"


def test_a_new_one_that_stayed_empty_is_given_up(section: PhrasesSection, office: Office) -> None:
    press(Qt.Key.Key_N, CONTROL)
    assert lines(section)[-1] == "未记入 · （还没有写）"
    choose(section, 9)
    assert listed(section).count() == 25
    assert section.phrase is not None
    assert section.phrase.number == 9
    press(Qt.Key.Key_N, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    assert entries(office) == 0
    assert not section.dirty


def test_a_forbidden_phrase_is_refused_beside_the_field_with_the_approved_one(
    page: SettingsPage, section: PhrasesSection, office: Office
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    commit("下班了，不办了。")
    fault = find(section, QLabel, "fault").text()
    assert fault.startswith("“下班了，不办了”是服务忌语，可改说“")
    assert "Ctrl+U" not in fault
    page.go(UNIT)
    press(Qt.Key.Key_S, CONTROL)
    assert section.isVisible()
    assert text(section).hasFocus()
    assert text(section).selectedText() == "下班了，不办了"
    assert find(page, QLabel, "state").text().startswith("第 26 句用语里有服务忌语“下班了，不办了”。可改说：“")
    assert entries(office) == 0
    press(Qt.Key.Key_R, CONTROL)
    assert text(section).text() == "请放心！我们会尽快为您办理的。"
    assert text(section).text().rstrip("。") in fault
    assert find(section, QLabel, "fault").isHidden()
    press(Qt.Key.Key_S, CONTROL)
    assert entries(office) == 1
    assert "下班" not in own(office)[0][1]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "用语不能为空。请写好这一句。"),
        ("请" * (LONGEST + 1), f"第 26 句用语有 {LONGEST + 1} 个字，超过 {LONGEST} 个字。请缩短。"),
        ("请\u202e稍等", "第 26 句用语里有改变书写方向的隐藏字符（U+202E），无法如实打印。请删去后重新输入。"),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(
    section: PhrasesSection, office: Office, typed: str, sentence: str
) -> None:
    choose(section, 26)
    press(Qt.Key.Key_Return)
    retype(typed)
    for _ in range(3):
        press(Qt.Key.Key_Return)
    assert find(section, QLabel, "fault").text() == sentence
    assert text(section).accessibleDescription() == sentence
    assert text(section).hasFocus()
    assert text(section).text() == typed
    assert own(office)[0] == (26, OWN[0])
    retype("请稍等。")
    assert find(section, QLabel, "fault").isHidden()


@pytest.mark.usefixtures("three")
def test_one_refused_does_not_keep_the_others_back(page: SettingsPage, section: PhrasesSection, office: Office) -> None:
    for number, words in ((26, "不知道。"), (27, "请走好。")):
        choose(section, number)
        press(Qt.Key.Key_Return)
        retype(words)
    press(Qt.Key.Key_S, CONTROL)
    assert own(office)[:2] == [(26, OWN[0]), (27, "请走好。")]
    assert section.phrase is not None
    assert (section.phrase.number, section.phrase.text) == (26, "不知道。")
    assert "不知道" in find(page, QLabel, "state").text()


@pytest.mark.usefixtures("three")
def test_an_own_phrase_is_hidden_and_shown_again(page: SettingsPage, section: PhrasesSection, office: Office) -> None:
    choose(section, 27)
    press(Qt.Key.Key_H, CONTROL)
    assert [phrase.hidden for phrase in decided(office).own] == [False, True, False]
    assert lines(section)[26] == "已隐藏 · 请慢走，路上注意安全。"
    assert find(section, QPushButton, "重新显示").isEnabled()
    assert find(page, QLabel, "state").text() == "第 27 句已隐藏，面板里不再出现。"
    press(Qt.Key.Key_Return)
    commit("再见。")
    press(Qt.Key.Key_S, CONTROL)
    assert decided(office).own[1].hidden, "a hidden phrase that is mended stays hidden"
    press(Qt.Key.Key_H, CONTROL)
    assert [phrase.hidden for phrase in decided(office).own] == [False, False, False]


@pytest.mark.usefixtures("three")
def test_phrases_are_pinned_and_moved(page: SettingsPage, section: PhrasesSection, office: Office) -> None:
    for number in (9, 28):
        choose(section, number)
        press(Qt.Key.Key_P, CONTROL)
    assert decided(office).pinned == (9, 28)
    assert [line[:2] for line in lines(section)[:3]] == ["置顶", "置顶", "您好"]
    press(Qt.Key.Key_Up, CONTROL)
    assert decided(office).pinned == (28, 9)
    assert find(page, QLabel, "state").text() == "第 28 句已上移。"
    press(Qt.Key.Key_Up, CONTROL)
    assert find(page, QLabel, "state").text() == "第 28 句已经在最前。"
    choose(section, 26)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down, CONTROL)
    assert [number for number, _ in own(office)] == [27, 26, 28]
    assert text(section).hasFocus()
    press(Qt.Key.Key_Down, CONTROL)
    assert find(page, QLabel, "state").text() == "第 26 句已经在最后。"
    choose(section, 9)
    press(Qt.Key.Key_P, CONTROL)
    assert decided(office).pinned == (28,)
    assert find(page, QLabel, "state").text() == "第 9 句已取消置顶。"


@pytest.mark.parametrize("key", [Qt.Key.Key_P, Qt.Key.Key_H, Qt.Key.Key_Up])
def test_what_is_not_recorded_yet_is_recorded_first(
    page: SettingsPage, section: PhrasesSection, office: Office, key: Qt.Key
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    commit("请慢走。")
    press(key, CONTROL)
    assert find(page, QLabel, "state").text() == "这一句还没有记入。先按 Ctrl+S 记入。"
    assert text(section).text() == "请慢走。"
    assert entries(office) == 0


@pytest.mark.usefixtures("three")
def test_moving_keeps_what_is_typed(page: SettingsPage, section: PhrasesSection, office: Office) -> None:
    choose(section, 26)
    press(Qt.Key.Key_Return)
    commit("谢谢。")
    press(Qt.Key.Key_Down, CONTROL)
    assert own(office)[:2] == [(27, OWN[1]), (26, OWN[0])]
    assert text(section).text() == f"{OWN[0]}谢谢。"
    assert section.dirty


@pytest.mark.usefixtures("three")
def test_what_is_shown_is_plain_and_named(page: SettingsPage, section: PhrasesSection) -> None:
    assert rich_labels(page) == []
    assert nameless(page) == []
    assert listed(section).item(25).data(Qt.ItemDataRole.AccessibleTextRole).endswith("柜台 · 迎接　本单位")


@pytest.mark.usefixtures("three")
def test_what_the_panel_pins_meanwhile_is_heeded(page: SettingsPage, section: PhrasesSection, office: Office) -> None:
    choose(section, 26)
    decide_phrases(office, decided(office).own, [9, 26])
    press(Qt.Key.Key_Up, CONTROL)
    assert decided(office).pinned == (26, 9)
    assert lines(section)[0] == "置顶 · 请您先取号，再到〔待填〕窗口。"
    decide_phrases(office, decided(office).own, [])
    press(Qt.Key.Key_Up, CONTROL)
    assert find(page, QLabel, "state").text() == "第 26 句已经在最前。"


def test_a_new_phrase_is_in_the_panel_at_once(qtbot: QtBot, data_dir: Path) -> None:
    office = open_office(data_dir)
    office.decide_profile(office.profile)  # else the page of the first start is shown
    office.close()
    desk = Desk(data_dir, read_index(), training=False)
    qtbot.addWidget(desk.window)
    desk.window.show()
    qtbot.waitUntil(lambda: desk.page.attached)
    panel = desk.phrases.panel
    desk.window.show_page("settings")
    page = desk.window.findChild(SettingsPage)
    assert page is not None
    page.go(PHRASES)
    find(find(page, PhrasesSection), QPushButton, "添加").click()
    find(page, QLineEdit, "phrase_text").insert("请您先取号。")
    find(page, QPushButton, "保存").click()
    assert panel.offering is not None
    assert [phrase.number for phrase in panel.offering.index.search("qnxqh")] == [26]
    desk.window.close()
    desk.opening.close()
