"""设置页：what a clerk types, what is recorded in the book, and what is refused beside its field."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QTableView,
)
from pytestqt.qtbot import QtBot

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.number_keeping import EXAMPLE_YEARS, Keeping
from counter_assistant.domain.people.office_profile import OfficeProfile, Switch
from counter_assistant.domain.people.profile_review import PRINTED, review
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import next_number
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.ui import local_settings, restart
from counter_assistant.ui.desk.page import DeskPage
from counter_assistant.ui.pages import PAGES
from counter_assistant.ui.settings import confirming
from counter_assistant.ui.settings.clerk_switch import ClerkSwitch
from counter_assistant.ui.settings.page import UNSAVED, SettingsPage
from counter_assistant.ui.settings.places import BODIES, CLERKS, MACHINE, PHRASES, POSTS, SHARING, UNIT, WAYS
from counter_assistant.ui.settings.sections.clerks import HAND_OVER_FIRST, ClerksSection
from counter_assistant.ui.settings.sections.machine import MachineSection
from counter_assistant.ui.settings.sections.review import STATE, ReviewModel, ReviewSection
from counter_assistant.ui.settings.sections.unit import UnitSection
from counter_assistant.ui.shell.main_window import MainWindow
from counter_assistant.ui.shell.page_spec import PageContext
from counter_assistant.ui.start import read_index
from counter_assistant.ui.widgets.card import Card
from tests.decision_rows import ROWS
from tests.make import a_request, confirmed
from tests.roles import APPROVAL
from tests.ui.counter import (
    CONTROL,
    SHIFT,
    nameless,
    press,
    retype,
    rich_labels,
    screen_texts,
    show,
)
from tests.ui.find import fault_of, find
from tests.ui.settings.conftest import a_page

pytestmark = pytest.mark.slow  # every test makes a page of its own

ALT = Qt.KeyboardModifier.AltModifier


def clerks(page: SettingsPage) -> QListWidget:
    return find(page, QListWidget, "经办人列表")


def marked(page: SettingsPage) -> str:
    """What the marked line at the left of the review is about."""
    index = find(page, QTableView, "核对：本单位").currentIndex()
    return str(index.siblingAtColumn(0).data())


def entries(office: Office) -> int:
    return len(list(office.book.entries(EntryKind.OFFICE_PROFILE)))


def test_a_field_is_typed_and_saved_as_an_entry_of_the_book(page: SettingsPage, office: Office) -> None:
    assert find(page, QLineEdit, "unit").hasFocus()
    press(Qt.Key.Key_Return)
    retype("耿马管理部")
    assert find(page, QLabel, "state").text() == "有未保存的修改，离开这一页也不会丢。"
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.branch == "耿马管理部"
    assert office.profile.confirmed is False
    assert entries(office) == 1
    assert find(page, QLabel, "state").text() == "已保存，记入台账。"
    assert find(page, QLabel, "warning").isVisible()


class TestConfirming:
    """核对并确认：one key shows what papers print, a second and different one confirms."""

    def test_two_different_keys_confirm_what_is_ones_own(self, qtbot: QtBot, office: Office) -> None:
        office.decide_profile(replace(confirmed(office.profile), confirmed=False))
        page = a_page(qtbot, office)
        press(Qt.Key.Key_Return, CONTROL)
        assert find(page, ReviewSection).isVisible()
        assert (find(page, QPushButton, "都是本单位的，确认").isEnabled(), find(page, ReviewSection).examples) == (
            True,
            [],
        )
        for key, modifiers in ((Qt.Key.Key_Return, CONTROL), (Qt.Key.Key_S, SHIFT)):
            press(key, modifiers)
            assert not office.profile.confirmed
        press(Qt.Key.Key_F9)
        assert office.profile.confirmed
        assert not find(page, QLabel, "warning").isVisible()
        assert find(page, UnitSection).isVisible()
        assert find(page, QLabel, "state").text() == confirming.CONFIRMED + confirming.NEXT_THE_ITEMS
        assert "F6" in confirming.NEXT_THE_ITEMS
        assert any(spec.title == "事项" and spec.shortcut == "F6" for spec in PAGES)

    def test_where_all_items_are_approved_nothing_is_left_to_go_to(self, office: Office) -> None:
        assert confirming.confirmed_words(office).endswith(confirming.NEXT_THE_ITEMS)
        approve(office, list(office.catalogue.items), office.today(), APPROVAL)
        assert confirming.confirmed_words(office) == confirming.CONFIRMED

    def test_f9_alone_does_nothing(self, page: SettingsPage, office: Office) -> None:
        press(Qt.Key.Key_F9)
        assert entries(office) == 0

    def test_the_example_stands_out_and_stops_it(self, page: SettingsPage, office: Office) -> None:
        press(Qt.Key.Key_Return, CONTROL)
        stopping = [line.label + line.parts[0].text for line in find(page, ReviewSection).examples]
        assert stopping == [
            "网点名称示例管理部", "安装点简称示一", "安装点代码000001", "监督电话0883-0000009",
            "地址示例路 1 号一楼", "办公时间周一至周五 8:30–11:30、14:30–17:30（示例）", "受委托银行示例银行",
            "网上办理示例平台", "结果怎样送到电话通知（示例）", "经办人李某", "经办人王某", "经办人张某", "经办人赵某", "经办人陈某",
        ]  # fmt: skip
        office_side, people = (find(page, QTableView, f"核对：{name}").model() for name in ("本单位", "人员和岗位"))
        assert [office_side.data(office_side.index(n, STATE)) for n in (0, 1)] == ["同示例", "示例"]
        assert people.data(people.index(0, STATE)) == "示例"
        assert isinstance(people, ReviewModel)
        assert people.look(0, STATE).bold
        assert find(page, QLabel, "sentence").text().startswith("还有 14 行是示例，不能确认：网点名称、")
        press(Qt.Key.Key_F9)
        assert entries(office) == 0
        assert find(page, QLabel, "state").text().startswith("还有 14 行是示例")
        assert marked(page) == "网点名称", "the first line that stops is marked"

    def test_enter_leads_to_the_field_and_back_again(self, page: SettingsPage) -> None:
        press(Qt.Key.Key_Return, CONTROL)
        press(Qt.Key.Key_Return)
        assert find(page, QLineEdit, "branch").hasFocus()
        assert find(page, QLabel, "state").text() == "改好以后按 Ctrl+回车 回到核对。"
        retype("耿马管理部")
        press(Qt.Key.Key_Return, CONTROL)
        assert marked(page) == "安装点简称"
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        assert find(page, QLineEdit, "name").hasFocus()
        assert find(page, QLineEdit, "name").text() == "王某"

    @pytest.mark.parametrize("own", [True, False])
    def test_every_line_leads_to_where_it_is_changed(self, qtbot: QtBot, office: Office, own: bool) -> None:
        if own:
            office.decide_profile(confirmed(office.profile))
        page = a_page(qtbot, office)
        press(Qt.Key.Key_Return, CONTROL)
        lines = review(office.profile, program().example_profile)
        assert {line.group for line in lines} == PRINTED[OfficeProfile].keys()
        for line in lines:
            find(page, ReviewSection).line_chosen.emit(line)
            focused = QApplication.focusWidget()
            assert focused is not None
            assert find(page, QStackedWidget).currentWidget().isAncestorOf(focused), line

    def test_esc_and_a_section_leave_the_review(self, page: SettingsPage) -> None:
        press(Qt.Key.Key_3, ALT)
        press(Qt.Key.Key_Return, CONTROL)
        assert find(page, QPushButton, "保存").isHidden()
        press(Qt.Key.Key_Escape)
        assert clerks(page).hasFocus()
        press(Qt.Key.Key_Return, CONTROL)
        press(Qt.Key.Key_3, ALT)
        assert find(page, ClerksSection).isVisible()
        assert (
            find(page, QPushButton, "保存").isHidden(),
            find(find(page, Card, "经办人"), QLabel, "title").text(),
        ) == (False, "经办人")

    def test_what_is_reviewed_is_what_is_recorded(self, qtbot: QtBot, office: Office) -> None:
        """GIVEN a change that is not saved WHEN it is reviewed THEN no key takes it back behind the review."""
        office.decide_profile(replace(confirmed(office.profile), confirmed=False))
        page = a_page(qtbot, office)
        find(page, QLineEdit, "window").setFocus()
        retype("综合窗口 7")
        press(Qt.Key.Key_Return, CONTROL)
        for key in (Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_Return):
            press(key, CONTROL)
        assert find(page, QLineEdit, "window").text() == "综合窗口 7"
        assert not office.profile.confirmed
        press(Qt.Key.Key_F9)
        assert (office.profile.window, office.profile.confirmed) == ("综合窗口 7", True)

    def test_a_fault_goes_before_the_review(self, page: SettingsPage) -> None:
        find(page, QLineEdit, "installation_code").setFocus()
        retype("12")
        press(Qt.Key.Key_Return, CONTROL)
        assert find(page, QLineEdit, "installation_code").hasFocus()
        assert fault_of(page, "installation_code")

    def test_what_is_confirmed_already_is_shown_and_recorded_no_second_time(self, qtbot: QtBot, office: Office) -> None:
        office.decide_profile(confirmed(office.profile))
        page = a_page(qtbot, office)
        press(Qt.Key.Key_Return, CONTROL)
        press(Qt.Key.Key_F9)
        assert entries(office) == 1
        assert find(page, QLabel, "state").text() == "已经确认过，与台账里保存的一致。"

    def test_a_profile_confirmed_with_examples_opens_and_is_warned_about(self, qtbot: QtBot, office: Office) -> None:
        """GIVEN an earlier version's entry THEN it blocks nothing, and the page says whom papers still print."""
        office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, confirmed=True).to_payload())
        office.__dict__.pop("profile")
        page = a_page(qtbot, office)
        assert find(page, QLabel, "已确认的资料里还有示例").isVisible()
        assert "经办人李某、王某、" in find(page, QLabel, "warning").text()
        find(page, QLineEdit, "window").setFocus()
        retype("综合窗口 3")
        press(Qt.Key.Key_S, CONTROL)
        assert (office.profile.window, office.profile.confirmed) == ("综合窗口 3", True)


def test_a_fault_that_is_mended_is_red_no_longer(page: SettingsPage) -> None:
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_N, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, "staff_number") == "请填写工号"
    retype("0006")
    assert fault_of(page, "staff_number") == ""
    assert fault_of(page, "name") == "请填写姓名"
    assert clerks(page).currentRow() == 5


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("unit", "", "请填写单位名称"),
        ("installation_code", "12", "应为 6 位数字，每台电脑不同"),
        ("installation_code", "١٢٣٤٥٦", "应为 6 位数字，每台电脑不同"),
        ("closing_time", "25:00", "请写成 17:30 这样"),
        ("supervision_phone", "请打热线", "电话号码只能有数字和短横线，至少 5 位。请核对后重新输入，或者留空。"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_recorded(
    page: SettingsPage, office: Office, key: str, typed: str, sentence: str
) -> None:
    page.go(POSTS)
    find(page, QLineEdit, key).setFocus()
    page.go(UNIT)
    find(page, QLineEdit, key).setFocus()
    retype(typed)
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, key) == sentence
    assert find(page, QLineEdit, key).hasFocus()
    assert find(page, QLabel, "state").text().startswith("有 1 处要改：")
    assert entries(office) == 0


def test_nothing_typed_is_lost_when_the_page_is_left(page: SettingsPage, office: Office) -> None:
    retype("临沧市住房公积金管理中心耿马管理部")
    page.hide()
    page.show()
    assert find(page, QLineEdit, "unit").text() == "临沧市住房公积金管理中心耿马管理部"
    assert page.dirty
    find(page, QPushButton, "还原").click()
    assert find(page, QLineEdit, "unit").text() == office.profile.unit
    assert not page.dirty


def test_the_number_is_shown_as_it_will_be(page: SettingsPage) -> None:
    find(page, QLineEdit, "installation_name").setFocus()
    retype("耿二")
    assert find(find(page, UnitSection), QLabel, "number").text() == "临公积金耿二告〔2026〕1号"


def test_a_vacant_post_says_what_follows(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_2, ALT)
    box = find(page, QComboBox, "withdrawal-reviewer")
    box.setFocus()
    press(Qt.Key.Key_Home)
    note = find(page, QLabel, "withdrawal-reviewer")
    assert re.fullmatch("空岗：有 [1-9][0-9]* 个事项的告知单不能出具。", note.text())
    assert note.property("role") == "attention"
    press(Qt.Key.Key_S, CONTROL)
    post = office.profile.post("withdrawal-reviewer")
    assert post is not None
    assert post.holder == ""
    press(Qt.Key.Key_2, ALT)
    assert find(page, QComboBox, "withdrawal-reviewer").hasFocus(), "the cursor starts at the vacant post"


def test_the_b_role_of_a_post_is_chosen_beside_its_holder(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_2, ALT)
    box, note = find(page, QComboBox, "withdrawal-reviewer/deputy"), find(page, QLabel, "withdrawal-reviewer")
    assert (box.currentText(), note.text()) == ("（未设）", "")
    box.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert note.text() == "B 角和 A 角是同一个人，请选另一位。"
    press(Qt.Key.Key_Down)
    assert note.text() == ""
    press(Qt.Key.Key_S, CONTROL)
    post = office.profile.post("withdrawal-reviewer")
    assert post is not None
    assert (post.holder, post.deputy) == ("0003", "0004")
    press(Qt.Key.Key_3, ALT)
    clerks(page).setCurrentRow(3)
    clerks(page).setFocus()
    press(Qt.Key.Key_Delete, CONTROL)
    assert "提取审核岗的 B 角空着。" in find(find(page, ClerksSection), QLabel, "message").text()


def test_the_posts_of_whoever_is_removed_fall_to_the_clerk_at_the_window_and_go_back_with_them(
    page: SettingsPage, office: Office
) -> None:
    """GIVEN a small office and the people of the example WHEN one of them is removed THEN no post is vacant and nobody has to look for it first."""
    held = [post.id for post in office.profile.posts if post.holder == "0003"]
    assert held
    press(Qt.Key.Key_3, ALT)
    clerks(page).setCurrentRow(2)
    clerks(page).setFocus()
    press(Qt.Key.Key_Delete, CONTROL)
    said = find(find(page, ClerksSection), QLabel, "message").text()
    assert "改由李某担任，要给别人的到“岗位”里换。" in said
    press(Qt.Key.Key_Delete, CONTROL)
    assert (clerks(page).count(), page.dirty) == (5, False)
    press(Qt.Key.Key_Delete, CONTROL)
    press(Qt.Key.Key_S, CONTROL)
    posts = {post.id: post.holder for post in office.profile.posts}
    assert {posts[each] for each in held} == {"0001"}
    assert "0003" not in posts.values()


def test_whoever_is_removed_with_open_cases_is_asked_to_hand_over_first(page: SettingsPage, office: Office) -> None:
    issue_slip(office, a_request(**ROWS["11-promise"][0], clerk="0002"))
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete, CONTROL)
    assert find(find(page, ClerksSection), QLabel, "message").text().endswith(HAND_OVER_FIRST.format("王某", 1))
    assert [clerks(page).item(n).text().partition("　")[0] for n in range(clerks(page).count())] == [
        "李某",
        "张某",
        "赵某",
        "陈某",
    ]


def test_a_second_press_puts_back_whoever_was_removed_and_takes_nobody_else(page: SettingsPage, office: Office) -> None:
    """GIVEN somebody removed WHEN the key is pressed once more THEN they are back, marked, where they were; with another one marked it removes
    that one."""
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_Down)
    before = [clerks(page).item(n).text() for n in range(clerks(page).count())]
    find(page, QLineEdit, "staff_number").setFocus()
    press(Qt.Key.Key_Delete, CONTROL)
    message = find(find(page, ClerksSection), QLabel, "message")
    assert message.text() == "已删去 王某（0002），还没有保存：再按一次 Ctrl+Del 放回来。"
    assert (clerks(page).count(), clerks(page).currentRow()) == (len(before) - 1, -1)
    assert clerks(page).hasFocus()
    find(page, QPushButton, "放回来").click()
    assert [clerks(page).item(n).text() for n in range(clerks(page).count())] == before
    assert (clerks(page).currentRow(), page.dirty) == (1, False)
    press(Qt.Key.Key_Delete, CONTROL)
    clerks(page).setCurrentRow(0)
    assert find(page, QPushButton, "删除").isVisible()
    press(Qt.Key.Key_Delete, CONTROL)
    assert message.text() == "这是当前经办人，请先切换到别人再删除。"
    press(Qt.Key.Key_S, CONTROL)
    assert [clerk.name for clerk in office.profile.clerks] == ["李某", "张某", "赵某", "陈某"]


def test_a_corrected_staff_number_takes_its_posts_along(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_3, ALT)
    find(page, QLineEdit, "staff_number").setFocus()
    retype("A101")
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.current_clerk == "A101"
    post = office.profile.post("window")
    assert post is not None
    assert post.holder == "A101"


def test_a_new_clerk_needs_a_number_of_their_own(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_N, CONTROL)
    assert find(page, QLineEdit, "staff_number").hasFocus()
    for text in ("0001", "罗𠅤克", "综合服务科", "科员", "综合受理岗", "0883-0000001"):
        retype(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_B, ALT)
    press(Qt.Key.Key_S, CONTROL)
    assert fault_of(page, "staff_number") == "工号 0001 已有人用，每人一个工号"
    assert find(page, QLineEdit, "staff_number").hasFocus()
    retype("0006")
    press(Qt.Key.Key_S, CONTROL)
    clerk = office.profile.clerk("0006")
    assert (clerk.name, clerk.corner, clerk.duty) == ("罗𠅤克", "B", "综合受理岗")


def test_who_sits_at_the_window_is_not_removed(page: SettingsPage) -> None:
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_Delete, CONTROL)
    assert find(find(page, ClerksSection), QLabel, "message").text() == "这是当前经办人，请先切换到别人再删除。"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete, CONTROL)
    names = [clerks(page).item(n).text().partition("　")[0] for n in range(clerks(page).count())]
    assert names == ["李某", "张某", "赵某", "陈某"]


def test_the_clerk_at_the_window_is_changed_with_a_key(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_3, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    assert office.profile.clerk("").name == "王某"
    assert find(page, QLabel, "state").text() == "现在由 王某 经办。"


def test_a_clerk_switched_elsewhere_is_not_switched_back_by_saving(
    qtbot: QtBot, page: SettingsPage, office: Office
) -> None:
    switch = ClerkSwitch(office)
    qtbot.addWidget(switch)
    switch.chosen.connect(office.make_current)
    retype("新的名称")
    switch.open()
    switch.menu_.actions()[1].trigger()
    switch.menu_.close()
    switch.refresh()
    assert (switch.text(), office.profile.current_clerk) == ("经办人 王某（B角）", "0002")
    press(Qt.Key.Key_S, CONTROL)
    assert (office.profile.unit, office.profile.current_clerk) == ("新的名称", "0002")


def test_a_material_is_shared_with_the_space_key(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_4, ALT)
    names = [
        find(page, QListWidget, "由本中心核验的材料").item(n).text()
        for n in range(find(page, QListWidget, "由本中心核验的材料").count())
    ]
    find(page, QListWidget, "由本中心核验的材料").setCurrentRow(names.index("结婚证"))
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.shared_materials == ("marriage-certificate",)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CONTROL)
    assert list(office.profile.shared_materials) == []


def test_the_printer_and_the_type_size_belong_to_this_pc(qtbot: QtBot, page: SettingsPage, office: Office) -> None:
    page.go(MACHINE)
    qtbot.waitUntil(lambda: find(page, QComboBox, "打印机").count() == 3)
    assert [find(page, QComboBox, "打印机").itemText(n) for n in range(3)] == [
        "系统默认打印机",
        "惠普　就绪",
        "爱普生　已停止",
    ]
    press(Qt.Key.Key_Down)
    find(page, QComboBox, "字号").setFocus()
    press(Qt.Key.Key_Down)
    settings = local_settings.load(office.folder)
    assert (settings.printer, settings.type_size) == ("hp", 1.15)
    assert entries(office) == 0


def test_training_is_entered_by_a_key(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[str]] = []
    monkeypatch.setattr(restart, "_start", lines.append)
    page.go(MACHINE)
    press(Qt.Key.Key_T, CONTROL)
    assert lines[0][-1] == "--training"
    assert (
        find(find(page, MachineSection), QLabel, "message").text() == "程序没有能重新启动。请关闭后从桌面图标再打开。"
    )


@pytest.mark.parametrize(
    ("training", "arguments", "kept"),
    [(True, ["--data-dir", "甲"], ["--data-dir", "甲", "--training"]), (False, ["--training"], []), (True, ["--training"], ["--training"])],
)  # fmt: skip
def test_the_rest_of_the_command_line_is_kept(training: bool, arguments: list[str], kept: list[str]) -> None:
    assert restart.command(training, arguments, frozen=False)[1:] == ["-m", "counter_assistant", *kept]
    assert restart.command(training, arguments, frozen=True)[1:] == kept


def test_offline_is_a_word_of_the_command_line_and_goes_with_none_of_the_others() -> None:
    assert restart.command(False, ["--training", "--data-dir", "甲"], frozen=True, offline=True)[1:] == [
        "--data-dir",
        "甲",
        "--offline",
    ]
    assert restart.command(False, ["--offline"], frozen=True)[1:] == []
    assert restart.command(True, ["--offline"], frozen=True)[1:] == ["--training"]


def test_what_is_shown_is_chinese_plain_and_named(page: SettingsPage) -> None:
    for section in (UNIT, POSTS, CLERKS, SHARING, PHRASES, MACHINE, BODIES, WAYS):
        page.go(section)
    page.close_down()
    words = {word for text in screen_texts(page) for word in re.findall("[A-Za-z]+", text)}
    assert words <= {
        "I",
        "L",
        "Y",
        "PIN",
        "D",
        "U",
        "Esc",
        "Alt",
        "Ctrl",
        "Shift",
        "Del",
        "A",
        "B",
        "E",
        "F",
        "G",
        "H",
        "K",
        "M",
        "N",
        "O",
        "P",
        "R",
        "S",
        "T",
        "XX",
    }
    assert rich_labels(page) == []
    assert nameless(page) == []


def test_local_settings_survive_a_damaged_file(tmp_path: Path) -> None:
    (tmp_path / local_settings.NAME).write_text("printer = [", encoding="utf-8")
    assert local_settings.load(tmp_path) == local_settings.LocalSettings()
    local_settings.change(tmp_path, printer="惠普", geometry="AAAA")
    local_settings.change(tmp_path, type_size=1.3)
    assert local_settings.load(tmp_path) == local_settings.LocalSettings("惠普", 1.3, "AAAA")
    assert local_settings.change(tmp_path / "missing", printer="x").printer == "x"


def test_numbers_are_written_as_the_office_is_used_to(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_5, ALT)
    press(Qt.Key.Key_Space)
    find(page, QComboBox, "编号位数").setCurrentIndex(find(page, QComboBox, "编号位数").findData(4))
    find(page, QCheckBox, Switch.ANY_WINDOW.label).setChecked(True)
    find(page, QSpinBox, "补齐材料的期限").setValue(15)
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.supplement_days == 15
    assert (office.profile.number_ordinal, office.profile.number_digits) == (True, 4)
    assert office.profile.switched(Switch.ANY_WINDOW)
    press(Qt.Key.Key_1, ALT)
    assert find(find(page, UnitSection), QLabel, "number").text().endswith("第0001号")


def test_an_office_goes_on_where_its_paper_register_ended(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_5, ALT)
    find(page, QLineEdit, "first_number").setText("128")
    press(Qt.Key.Key_E, CONTROL)
    assert fault_of(page, "first_reason")
    find(page, QLineEdit, "first_reason").setText("接着纸质登记簿编号")
    press(Qt.Key.Key_E, CONTROL)
    assert next_number(office, SlipKind.NOTIFICATION_SLIP) == 128
    assert "下一份是 128 号" in find(page, QLabel, "state").text()
    find(page, QLineEdit, "first_number").setText("100")
    press(Qt.Key.Key_E, CONTROL)
    assert "已经用到 127" in fault_of(page, "first_number")
    find(page, QLineEdit, "first_number").setText("一百")
    press(Qt.Key.Key_E, CONTROL)
    assert "整数" in fault_of(page, "first_number")


def test_what_is_not_saved_holds_the_window_open_once(page: SettingsPage) -> None:
    assert not page.hold_open()
    find(page, QLineEdit, "branch").setFocus()
    retype("耿马管理部")
    assert page.hold_open()
    assert find(page, QLabel, "state").text() == UNSAVED
    assert not page.hold_open()
    retype("沧源管理部")
    assert page.hold_open()
    press(Qt.Key.Key_S, CONTROL)
    assert not page.hold_open()


def test_the_window_shows_the_page_that_holds_it_open(qtbot: QtBot, office: Office) -> None:
    context = PageContext(lambda: office, read_index().search)
    window = MainWindow(PAGES, DeskPage(context.search, context.office), context)
    qtbot.addWidget(window)
    show(qtbot, window)
    settings = window.show_page("settings")
    assert settings is not None
    find(settings, QLineEdit, "branch").setFocus()
    retype("耿马管理部")
    window.show_page("desk")
    window.close()
    assert window.isVisible()
    assert window.stack.currentWidget() is settings
    window.close()
    assert not window.isVisible()


def test_how_long_whole_numbers_are_kept_is_the_office_s_to_say(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_5, ALT)
    years = {keeping: find(page, QSpinBox, f"整个号码保存年数：{keeping.label}") for keeping in Keeping}
    assert {keeping: box.value() for keeping, box in years.items()} == EXAMPLE_YEARS
    years[Keeping.PAPER].setValue(5)
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.number_years == {"paper": 5}
    years[Keeping.PAPER].setValue(10)
    press(Qt.Key.Key_S, CONTROL)
    assert office.profile.number_years == {}


def test_how_long_records_are_kept_is_beside_it(page: SettingsPage, office: Office) -> None:
    press(Qt.Key.Key_5, ALT)
    years = {keeping: find(page, QSpinBox, f"记录保存年数：{keeping.label}") for keeping in Keeping}
    assert {keeping: box.value() for keeping, box in years.items()} == EXAMPLE_YEARS
    years[Keeping.FILE].setValue(40)
    press(Qt.Key.Key_S, CONTROL)
    assert (office.profile.record_years, office.profile.number_years) == ({"file": 40}, {})
