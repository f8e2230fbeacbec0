"""The guide by keys: it says what is wrong, lists what there is, asks what nobody else knows, restores in a thread, and opens."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.numbering import kit_qr_digits, qr_digits
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import TURNED_BACK
from counter_assistant.domain.typed_text.scan import Scan
from counter_assistant.operations.kit.printing import print_kit
from counter_assistant.operations.safekeeping.recovering.comparing import LivesElsewhere
from counter_assistant.operations.safekeeping.restoring import Restoring
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.ui.recovery import guide_page, guide_words, opened_again, restoring_page
from counter_assistant.ui.recovery.guide_page import GuidePage
from tests.make import clock
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS
from tests.operations.safekeeping.test_restoring import Branch, a_branch
from tests.ui.cut import cut_texts
from tests.ui.desk_hand import CONTROL, dress, press, type_
from tests.ui.find import find, says

ALT = Qt.KeyboardModifier.AltModifier
BROKEN = Refusal("book-damaged", "台账文件已损坏（x）：book.db。", "请从备份恢复。")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(restoring_page, "system_clock", clock)
    monkeypatch.setattr(guide_page, "system_clock", clock)


@pytest.fixture
def plain(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=False)


@pytest.fixture
def sealed(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=True)


class Guide:
    """The page, shown and with the focus where it begins."""

    def __init__(self, qtbot: Any, branch: Branch, refusal: Refusal = BROKEN) -> None:
        dress()
        self.qtbot, self.branch, self.opened = qtbot, branch, list[object]()
        self.page = GuidePage(branch.folder, refusal)
        self.page.restored.connect(self.opened.append)
        self.page.resize(1093, 536)
        qtbot.addWidget(self.page)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        qtbot.waitUntil(lambda: not self.page._work.busy and self.message != guide_words.SEARCHING)

    @property
    def message(self) -> str:
        return says(self.page, "message")

    @property
    def sentence(self) -> str:
        return says(self.page, "what_happened")

    @property
    def agree(self) -> str:
        button = find(self.page, QPushButton, "agree")
        return button.accessibleName() if button.isVisible() else ""

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, modifier)
        self.qtbot.waitUntil(lambda: not (self.page._work.busy or self.page.unsaved))

    def write(self, name: str, text: str) -> None:
        field = find(self.page, QLineEdit, name)
        field.setFocus()
        type_(text)


def test_two_keys_restore_a_damaged_book_and_open_it(qtbot: Any, plain: Branch) -> None:
    plain.issue("a")
    plain.journal()
    plain.backup()
    numbers = plain.issue("b")
    plain.break_it()
    guide = Guide(qtbot, plain)
    assert guide.sentence == BROKEN.sentence
    assert guide.message == guide_words.CHOOSE
    assert guide.page.list.hasFocus()
    assert guide.page.candidate
    assert "已核对" in guide.page.candidate.standing
    guide.press(Qt.Key.Key_F9)
    assert "其中 1 条来自备份以后的记录" in guide.sentence
    assert guide.message == guide_words.NEXT
    assert guide.opened == []
    guide.press(Qt.Key.Key_F9)
    assert guide.opened == [None]
    assert plain.issue("c")[0] not in numbers


def test_the_numbers_are_asked_from_paper_where_nothing_else_tells_them(qtbot: Any, plain: Branch) -> None:
    """GIVEN a book of which only an older copy is left WHEN it is restored THEN each kind has a field; a bare number is one of this year."""
    plain.issue("a")
    plain.backup()
    numbers = plain.issue("b", "c")
    plain.book.write_bytes(b"")
    guide = Guide(qtbot, plain, Refusal("book-empty", "台账文件是空的。", "x"))
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence == guide_words.NUMBERS
    assert len(guide.page.numbers.fields) == 11
    assert not guide.page.list.isVisible()
    guide.press(Qt.Key.Key_F9)
    assert guide.message == guide_words.NO_NUMBER
    guide.press(Qt.Key.Key_Escape)
    assert guide.page.list.isVisible()
    guide.press(Qt.Key.Key_F9)
    guide.write("notification_slip", "x3")
    guide.press(Qt.Key.Key_F9)
    assert "这不是本窗口文书的编号" in guide.message
    find(guide.page, QLineEdit, "notification_slip").clear()
    assert not guide.page.take_scan(Scan("9" * 32, known=False))
    guide.write("notification_slip", "3")
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：一次性告知单 2026 年 2 到 3 号" in guide.sentence
    assert plain.issue("d")[0] not in numbers


def test_beside_each_field_stands_how_far_the_copy_is_and_a_number_before_that_is_marked(
    qtbot: Any, plain: Branch
) -> None:
    """GIVEN a copy of two slips and a third on paper WHEN 1 is typed THEN the field says why not, and 3 in its place restores."""
    plain.issue("a", "b")
    plain.backup()
    numbers = plain.issue("c")
    plain.book.write_bytes(b"")
    guide = Guide(qtbot, plain)
    guide.press(Qt.Key.Key_F9)
    field = guide.page.numbers.fields[SlipKind.NOTIFICATION_SLIP]
    assert field.edit.accessibleDescription() == "备份里到 2 号"
    assert [each.edit.accessibleDescription() for each in guide.page.numbers.fields.values()].count(
        "备份里到 2 号"
    ) == 1
    guide.write("notification_slip", "1")
    guide.press(Qt.Key.Key_F9)
    assert field.fault == "比备份里的 2 号还小"
    assert "填了 1 号，比备份里的 2 号还小。请照最近的一份纸填" in guide.message
    assert field.edit.hasFocus()
    type_("3")  # what was typed is marked, so that it is typed over
    assert field.fault == ""
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：一次性告知单 2026 年 3 号" in guide.sentence
    assert plain.issue("d")[0] not in numbers


def test_a_paper_that_is_scanned_fills_the_field_of_its_kind(qtbot: Any, plain: Branch) -> None:
    plain.issue("a")
    plain.backup()
    plain.issue("b")
    with closing(plain.open()) as office:
        code = qr_digits(SlipKind.NOTIFICATION_SLIP, 2026, 2, office.profile)
    plain.book.write_bytes(b"")
    guide = Guide(qtbot, plain)
    assert not guide.page.take_scan(Scan(code, known=True))
    guide.press(Qt.Key.Key_F9)
    assert guide.page.take_scan(Scan(code, known=True))
    assert guide.page.numbers.typed == (code,)
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：一次性告知单 2026 年 2 号" in guide.sentence


def at_the_numbers(qtbot: Any, branch: Branch, *ids: str) -> Guide:
    """The page that asks, of a copy of so many slips, where nothing else is left."""
    branch.issue(*ids)
    branch.backup()
    branch.book.write_bytes(b"")
    guide = Guide(qtbot, branch)
    guide.press(Qt.Key.Key_F9)
    assert guide.page.asks_numbers
    return guide


def numbers_of_slips(guide: Guide) -> QLineEdit:
    return find(guide.page, QLineEdit, "notification_slip")


def test_that_nothing_was_issued_since_says_the_next_number_and_takes_the_same_key_twice(
    qtbot: Any, plain: Branch
) -> None:
    """GIVEN a copy of two slips WHEN Alt+Y is pressed THEN the number is said that comes next, Esc goes back to the fields, and only the second
    of two presses in a row restores."""
    guide = at_the_numbers(qtbot, plain, "a", "b")
    assert guide.agree == "备份以后没有出过文书"
    for _ in range(2):
        guide.press(Qt.Key.Key_Y, ALT)
        assert guide.message.startswith("下一个号：一次性告知单 3 号，")
        assert guide.page.asks_numbers
        guide.press(Qt.Key.Key_Escape)
        assert guide.message == guide_words.FILLED
        assert numbers_of_slips(guide).hasFocus()
    guide.press(Qt.Key.Key_Y, ALT)
    guide.press(Qt.Key.Key_Y, ALT)
    assert guide.sentence.startswith("台账已恢复并核对过")
    assert plain.issue("c")[0].endswith("3号")


def test_a_number_says_what_follows_while_it_is_typed_and_a_far_one_takes_the_same_key_twice(
    qtbot: Any, plain: Branch
) -> None:
    """GIVEN a copy of two slips WHEN 33 is typed for 3 THEN how many numbers that passes over is said, F9 asks, and another number that is far
    asks again; 3 does not."""
    guide = at_the_numbers(qtbot, plain, "a", "b")
    guide.write("notification_slip", "33")
    follows = "一次性告知单下一个号：34 号；备份里到 2 号，跳过 31 个。"
    assert guide.message == f"{follows}{guide_words.FILLED}"
    guide.press(Qt.Key.Key_F9)
    assert guide.message == f"{follows}{guide_words.FAR_SURE}"
    assert numbers_of_slips(guide).selectedText() == "33"
    type_("44")
    guide.press(Qt.Key.Key_F9)
    assert guide.message.endswith(guide_words.FAR_SURE)
    guide.press(Qt.Key.Key_Escape)
    assert guide.page.asks_numbers
    guide.press(Qt.Key.Key_F9)
    assert guide.message.endswith(guide_words.FAR_SURE)
    type_("3")
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：一次性告知单 2026 年 3 号，下一个 4 号。" in guide.sentence
    assert guide.message == guide_words.IF_LOW + guide_words.NEXT
    assert plain.issue("c")[0].endswith("4号")


def test_a_far_number_that_is_right_is_taken_the_second_time(qtbot: Any, plain: Branch) -> None:
    guide = at_the_numbers(qtbot, plain, "a", "b")
    guide.write("notification_slip", "33")
    guide.press(Qt.Key.Key_F9)
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：一次性告知单 2026 年 3 到 33 号，下一个 34 号。" in guide.sentence


def test_what_was_typed_before_is_typed_over(qtbot: Any, plain: Branch) -> None:
    """GIVEN 3 in the field from before WHEN somebody comes back to it, by the page's own way, by Tab or by the mouse THEN 3 makes 3, not 33."""
    guide = at_the_numbers(qtbot, plain, "a", "b")
    type_("3")
    guide.press(Qt.Key.Key_Escape)
    guide.press(Qt.Key.Key_F9)
    assert guide.page.numbers.typed == ("告〔2026〕3号",)
    type_("3")
    assert numbers_of_slips(guide).text() == "3"
    press(Qt.Key.Key_Tab)
    qtbot.mouseClick(numbers_of_slips(guide), Qt.MouseButton.LeftButton)
    type_("3")
    assert numbers_of_slips(guide).text() == "3"


def test_the_button_that_there_are_none_stays_and_is_grey_while_a_number_is_typed(qtbot: Any, plain: Branch) -> None:
    guide = at_the_numbers(qtbot, plain, "a")
    button = find(guide.page, QPushButton, "agree")
    for typed, may in (("x3", False), ("", True)):
        numbers_of_slips(guide).selectAll()
        type_(typed) if typed else press(Qt.Key.Key_Delete)
        assert (guide.agree, button.isEnabled()) == ("备份以后没有出过文书", may)
        if not may:
            guide.press(Qt.Key.Key_F9)
            assert "这不是本窗口文书的编号" in guide.message
            assert (guide.agree, button.isEnabled()) == ("备份以后没有出过文书", False)
            guide.press(Qt.Key.Key_Y, ALT)
            assert guide.message == guide_words.TYPED


def test_each_field_says_how_far_the_copy_is_and_a_kit_has_one_too(qtbot: Any, plain: Branch) -> None:
    """GIVEN a kit that was printed after the copy WHEN its last number is typed or its code scanned THEN no kit bears these again."""
    guide = at_the_numbers(qtbot, plain, "a")
    told = {key: field.edit.accessibleDescription() for key, field in guide.page.numbers.fields.items()}
    assert told.pop("notification_slip") == "备份里到 1 号"
    assert "kit" in told
    assert set(told.values()) == {"备份里没有"}
    assert guide.page.take_scan(Scan(kit_qr_digits(2026, 9, "530926"), known=True))
    assert find(guide.page, QLineEdit, "kit").hasFocus()
    assert guide.message.startswith("停电备用单下一个号：10 号；备份里没有，跳过 9 个。")
    find(guide.page, QLineEdit, "kit").selectAll()
    type_("9")
    guide.write("notification_slip", "1")
    guide.press(Qt.Key.Key_F9)
    assert "不再出的号：停电备用单 2026 年 1 到 9 号，下一个 10 号。" in guide.sentence
    with closing(plain.open()) as office:
        assert print_kit(office, 1).printed.first == 10


def test_a_stick_that_is_pulled_out_leaves_what_was_asked_and_typed(qtbot: Any, plain: Branch) -> None:
    """GIVEN the numbers are asked for WHEN the copy cannot be read any more THEN that is said, nothing of the page changes, and F5 and Ctrl+O,
    which are of the list, do nothing; it is there again, and the same key restores."""
    guide = at_the_numbers(qtbot, plain, "a")
    type_("3")
    copies = plain.folder / "backups"
    copies.rename(plain.folder / "away")
    guide.press(Qt.Key.Key_F9)
    assert guide.message == guide_words.PULLED_OUT
    for key, modifier in ((Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_O, CONTROL)):
        guide.press(key, modifier)
        assert guide.message == guide_words.PULLED_OUT
    assert guide.sentence == guide_words.NUMBERS
    assert guide.agree == "备份以后没有出过文书"
    assert numbers_of_slips(guide).text() == "3"
    (plain.folder / "away").rename(copies)
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence.startswith("台账已恢复并核对过")


@pytest.mark.parametrize("by_sheet", [False, True])
def test_a_sealed_copy_is_opened_by_whoever_restores(qtbot: Any, sealed: Branch, by_sheet: bool) -> None:
    sealed.issue("a")
    sealed.journal()
    sealed.backup()
    sealed.issue("b")
    sealed.break_it()
    guide = Guide(qtbot, sealed)
    assert guide.message == guide_words.SECRET
    guide.press(Qt.Key.Key_F9)
    assert guide.page.who.fault == "请填写"
    guide.write("who", "0001")
    if by_sheet:
        guide.press(Qt.Key.Key_L, CONTROL)
        assert guide.message == guide_words.SHEET
        find(guide.page, QLineEdit, "secret").setText(SHEET)
    else:
        guide.write("secret", "wrong, and long enough")
        guide.press(Qt.Key.Key_Return)
        assert "口令不对" in guide.message
        find(guide.page, QLineEdit, "secret").clear()
        guide.write("secret", OURS)
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence.startswith("台账已恢复并核对过")
    assert find(guide.page, QLineEdit, "secret").text() == ""
    guide.press(Qt.Key.Key_F9)
    (opened,) = guide.opened
    assert getattr(opened, "who", "") == "0001"


def test_what_the_present_book_has_besides_goes_by_a_key_of_its_own(qtbot: Any, plain: Branch) -> None:
    plain.issue("a")
    copy = plain.backup()
    numbers = plain.issue("b", "c")
    guide = Guide(qtbot, plain, Refusal(TURNED_BACK, "记着第 9 条。", "x"))
    assert guide.page.candidate
    assert guide.page.candidate.source == copy
    guide.press(Qt.Key.Key_F9)
    assert "有 2 条记录，恢复的一本里没有" in guide.message
    assert "--" not in guide.message
    assert guide.agree == "这些不要了，照样恢复"
    guide.press(Qt.Key.Key_Y, ALT)
    assert "这台电脑上原来那一本的 2 条不在里面" in guide.sentence
    assert plain.issue("d")[0] not in numbers


def test_where_another_pc_goes_on_with_the_book_leaving_lies_nearest(qtbot: Any, plain: Branch) -> None:
    """GIVEN a book that was restored elsewhere WHEN Enter or F9 is pressed THEN nothing is restored until F9 comes a second time."""
    plain.issue("a")
    plain.backup()
    guide = Guide(qtbot, plain, LivesElsewhere(Refusal(TURNED_BACK, "在另一台电脑上恢复过。", "x")))
    left = list[bool]()
    guide.page.leave_wanted.connect(lambda: left.append(True))
    assert guide.message == guide_words.LEAVE_HERE
    assert guide.page.leave.hasFocus()
    assert (guide.page.leave.property("loud"), guide.page.act.property("loud")) == (True, False)
    guide.press(Qt.Key.Key_F9)
    assert guide.message == guide_words.HERE_TOO
    assert list(plain.folder.glob("book-replaced-*")) == []
    guide.press(Qt.Key.Key_Escape)
    assert guide.message == guide_words.ONCE_MORE
    guide.press(Qt.Key.Key_F9)
    assert guide.message == guide_words.HERE_TOO
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence.startswith("台账已恢复并核对过")
    assert left == []
    guide.press(Qt.Key.Key_F9)
    assert guide.opened == [None]


def test_a_journal_that_is_away_is_waited_for_or_done_without(qtbot: Any, plain: Branch) -> None:
    plain.issue("a")
    plain.journal()
    plain.backup()
    plain.break_it()
    plain.stick.rename(plain.stick.with_name("away"))
    guide = Guide(qtbot, plain)
    assert guide.message.endswith(guide_words.AWAY.format(plain.stick))
    guide.press(Qt.Key.Key_F9)
    assert guide.agree == "流水没有了，不用它"
    plain.stick.with_name("away").rename(plain.stick)
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence.startswith("台账已恢复并核对过")


def test_without_any_copy_a_new_book_is_begun_by_the_same_key_twice(qtbot: Any, plain: Branch) -> None:
    plain.issue("a")
    plain.break_it()
    guide = Guide(qtbot, plain)
    assert guide.message == guide_words.NONE
    assert not guide.page.act.isEnabled()
    guide.press(Qt.Key.Key_N, CONTROL)
    assert guide.message == guide_words.ANEW
    assert list(plain.folder.glob("book-replaced-*")) == []
    guide.press(Qt.Key.Key_N, CONTROL)
    assert guide.sentence == guide_words.BEGUN
    guide.press(Qt.Key.Key_F9)
    assert guide.opened == [None]
    assert len(list(plain.folder.glob("book-replaced-*"))) == 1


def test_a_copy_on_a_stick_is_chosen(qtbot: Any, plain: Branch, tmp_path: Path) -> None:
    plain.issue("a")
    copy = tmp_path / "stick" / "20261120-180000"
    shutil.copytree(plain.backup(), copy)
    shutil.rmtree(plain.folder / "backups")
    guide = Guide(qtbot, plain)
    guide.page.take(copy)
    qtbot.waitUntil(lambda: not guide.page._work.busy)
    assert guide.page.candidate
    assert guide.page.candidate.source == copy
    assert guide.page.act.isEnabled()
    guide.press(Qt.Key.Key_F9)
    assert guide.sentence.startswith("台账已恢复并核对过")


def test_escape_leaves_only_once_it_was_said(qtbot: Any, plain: Branch) -> None:
    plain.backup()
    guide, left = Guide(qtbot, plain), list[bool]()
    guide.page.leave_wanted.connect(lambda: left.append(True))
    guide.press(Qt.Key.Key_Escape)
    assert (guide.message, left) == (guide_words.ONCE_MORE, [])
    guide.press(Qt.Key.Key_Escape)
    assert left == [True]


def test_who_may_not_restore_is_asked_who_does(qtbot: Any, plain: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.make import administrators

    with closing(plain.open()) as office:
        office.decide_profile(administrators(office.profile))
    plain.backup()
    plain.break_it()
    guide, seen = Guide(qtbot, plain), list[str]()

    def refuse(task: Restoring, _opening: object) -> None:
        seen.append(task.by)
        raise Refusal("not-permitted", "恢复台账由管理员办，玉罕不是。", "请找罗𠅤克。")

    monkeypatch.setattr(opened_again, "restore", refuse)
    guide.press(Qt.Key.Key_F9)
    assert find(guide.page, QLineEdit, "who").hasFocus()
    guide.write("who", "0001")
    guide.press(Qt.Key.Key_F9)
    assert seen == ["", "0001"]


def test_who_may_not_restore_a_sealed_copy_finds_both_fields_for_who_does(
    qtbot: Any, sealed: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a colleague's number and passphrase WHEN that one may not restore THEN the passphrase of another is asked for as well."""
    sealed.backup()
    guide = Guide(qtbot, sealed)
    seen = list[tuple[str, str]]()

    def refuse(task: Restoring, _opened: object, secret: str, *, by_the_sheet: bool) -> None:
        seen.append((task.by, secret))
        raise Refusal("not-permitted", "恢复台账由管理员办，玉罕不是。", "请找罗𠅤克。")

    monkeypatch.setattr(restoring_page, "restore_and_open", refuse)
    guide.write("who", "0002")
    guide.write("secret", THEIRS)
    guide.press(Qt.Key.Key_F9)
    who, secret = find(guide.page, QLineEdit, "who"), find(guide.page, QLineEdit, "secret")
    assert (who.hasFocus(), who.selectedText()) == (True, "0002")
    assert (secret.isVisible(), secret.text()) == (True, "")
    guide.write("who", "0001")
    guide.write("secret", OURS)
    guide.press(Qt.Key.Key_F9)
    assert seen == [("0002", THEIRS), ("0001", OURS)]


@pytest.mark.parametrize("size", [(1093, 536), (1242, 690)])
@pytest.mark.parametrize("code", guide_words.CONSENTS)
def test_with_everything_that_can_be_done_no_button_is_cut(
    qtbot: Any, sealed: Branch, size: tuple[int, int], code: str
) -> None:
    """GIVEN an older book, of which copies are sealed WHEN something is to be agreed to THEN each of the buttons is read whole."""
    sealed.backup()
    guide = Guide(qtbot, sealed, Refusal(TURNED_BACK, "记着第 9 条。", "x"))
    guide.page.resize(*size)
    guide.page.offer(guide_words.CONSENTS[code].label)
    guide.page._ask_secret(on=True)
    qtbot.wait(1)
    seen = [button for button in guide.page.findChildren(QPushButton) if button.isVisible()]
    assert {"退出　Esc", "另起一本　Ctrl+N", "先只看　Ctrl+R", "接着恢复　F9"} <= {button.text() for button in seen}
    assert cut_texts(guide.page) == []
