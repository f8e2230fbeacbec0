"""A centre's pack is found on a stick, shown before it is taken, compared with paper, and taken by two people; or it is refused as on the command line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant import volumes
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.operations.catalogue import packs
from counter_assistant.operations.catalogue.revising import Revising, acts_unsent
from counter_assistant.operations.office import Office
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.pack import taking
from counter_assistant.ui.items.review.pack.in_thread import UNEXPECTED
from counter_assistant.ui.items.review.pack.view import PackView
from counter_assistant.ui.items.review.pack.words import UNTOUCHED
from counter_assistant.ui.items.spec import take_pack
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.make import administrators
from tests.operations.catalogue.packing import (
    APPROVAL,
    a_signer,
    an_office_at,
    approve_renamed,
    packed,
    settle,
    signed,
    written,
)
from tests.ui.counter import CONTROL, PrinterInMemory, nameless, press, rich_labels, show
from tests.ui.desk_hand import type_
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import find, says

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
LATER = replace(APPROVAL, number="临住金〔2026〕19号", effective_from=APPROVAL.since + timedelta(days=7))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path / "centre")
    approve_renamed(office, "租房提取")
    yield office
    office.close()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made, table = tmp_path / "LINCANG", tmp_path / "mounts"
    made.mkdir()
    table.write_text(f"/dev/sda2 / ext4 rw 0 0\n/dev/sdc1 {made} vfat rw 0 0\n", "utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    return made


@pytest.fixture
def pack(centre: Office, stick: Path) -> Pack:
    """The centre's pack, on a stick that is plugged in."""
    (stick / "内容包").mkdir()
    return packed(centre, stick / "内容包" / "2026-11-30.pack")


class Branch:
    """The page of a branch, and its pack as it is shown."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office, self.said = qtbot, office, list[str]()
        self.page = ItemsPage(office, read_index().search, PrintService(office.folder, PrinterInMemory()))
        self.page.status_message.connect(self.said.append)
        show(qtbot, self.page)

    def begin(self) -> None:
        """By its name."""
        take_pack(self.page)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.taking._work.running)

    @property
    def taking(self) -> taking.PackTaking:
        assert self.page.reviewing.mode
        return self.page.reviewing.mode.pack_taking

    @property
    def view(self) -> PackView:
        assert self.page.reviewing.mode
        return self.page.reviewing.mode.pack

    @property
    def says(self) -> str:
        return says(self.view, "pack_says")

    @property
    def text(self) -> str:
        return self.view.text.toPlainText()

    def fill(self, fingerprint: str = "", second: str = "0002") -> None:
        if fingerprint:
            edit = find(self.view, QLineEdit, "fingerprint")
            edit.setFocus()
            edit.selectAll()
            type_(fingerprint)
        self.view.second.setCurrentIndex(self.view.second.findData(second))

    def press_take(self) -> None:
        press(Key.Key_Return, CONTROL)

    def held(self) -> list[ContentTaken]:
        return [ContentTaken.from_payload(entry.payload) for entry in self.office.book.entries(EntryKind.CONTENT_TAKEN)]


@pytest.fixture
def branch(qtbot: QtBot, tmp_path: Path, stick: Path) -> Iterator[Branch]:
    office = an_office_at(tmp_path / "branch", hours=1)
    made = Branch(qtbot, office)
    yield made
    made.page.close_down()
    office.close()


def test_a_pack_on_a_stick_is_shown_compared_with_paper_and_taken(branch: Branch, pack: Pack) -> None:
    """GIVEN a stick with a pack WHEN it is asked for by name THEN it is shown whole; without the paper or another person it is not taken."""
    branch.begin()
    view = branch.view
    assert view.title.text() == "导入内容包 2026-11-30.pack"
    assert view.hint.whole == "改动 1 个事项"
    lines = branch.text.splitlines()
    assert lines[:2] == [
        pack.centre,
        f"目录 {branch.office.catalogue.version} → 2026-11-30，2026年11月30日起受理的适用",
    ]
    assert lines[2] == "主任办公会批准，临住金〔2026〕18号，2026年11月23日"
    assert pack.fingerprint in lines[3]
    assert UNTOUCHED in lines
    assert "B08 租房提取（改动）" in lines
    assert branch.says == taking.COMPARE
    assert not view.found.isVisible()
    branch.press_take()
    assert "签名密钥的指纹还没有核对" in branch.says
    assert find(view, QLineEdit, "fingerprint").hasFocus()
    branch.fill("0000 0000", second="")
    branch.press_take()
    assert "核对的指纹与内容包的不同" in branch.says
    branch.fill(pack.fingerprint.upper())
    branch.view.second.setCurrentIndex(0)
    branch.press_take()
    assert "核定要由另一个人对照文件核对一遍" in branch.says
    assert view.second.hasFocus()
    assert branch.held() == []
    branch.fill()
    branch.press_take()
    (held,) = branch.held()
    assert held.pack
    assert (held.pack.id, held.pack.trusted, held.clerk, held.confirmed_by) == (pack.id, True, "0001", "0002")
    assert not branch.taking.shown
    done = f"目录 2026-11-30 已收下：{pack.centre}（临住金〔2026〕18号），2026年11月30日起受理的适用。"
    assert says(branch.page, "review_message") == done
    assert branch.said[-1] == done


def test_the_next_one_of_the_same_key_asks_for_the_second_person_alone(
    branch: Branch, centre: Office, pack: Pack, stick: Path
) -> None:
    packs.take_pack(
        branch.office, packs.look(branch.office, stick / "内容包" / "2026-11-30.pack"), "0002", pack.fingerprint
    )
    approve_renamed(centre, "租住房提取", LATER)
    packed(centre, stick / "next.pack")
    branch.begin()
    assert not branch.view.fingerprint.isVisible()
    assert "本网点信任的密钥" in branch.text
    assert branch.says == taking.READY
    branch.fill()
    branch.press_take()
    assert [each.edition.version for each in branch.held()] == ["2026-11-30", "2026-12-07"]


def test_several_are_listed_newest_first_and_another_file_can_be_chosen(
    branch: Branch, pack: Pack, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = stick / "老的.pack"
    shutil.copy(stick / "内容包" / "2026-11-30.pack", older)
    os.utime(older, (1, 1))
    branch.begin()
    found = find(branch.view, QAbstractItemView, "找到的内容包")
    assert found.isVisible()
    assert branch.view.title.text().endswith("2026-11-30.pack")
    found.setFocus()
    press(Key.Key_Down)
    branch.wait()
    assert branch.view.title.text().endswith("老的.pack")
    letter = tmp_path / "通知.pack"
    letter.write_text("各网点：", "utf-8")
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: (str(letter), ""))
    press(Key.Key_O, CONTROL)
    branch.wait()
    assert branch.says == "通知.pack 不是柜台助手的内容包。请选本中心发来的内容包文件。"
    assert branch.text == ""
    assert not branch.view.take.isEnabled()
    press(Key.Key_Escape)
    assert not branch.taking.shown
    assert branch.held() == []


def test_without_a_stick_a_file_is_asked_for_and_it_can_be_left(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def choose(_parent: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    answer_file_dialog(monkeypatch, "getOpenFileName", choose)
    branch.begin()
    assert asked == ["导入内容包"]
    assert branch.says == taking.NOTHING
    find(branch.view, QPushButton, "不收，Esc").click()
    assert not branch.taking.shown


REFUSED: dict[str, tuple[Callable[[bytes, Pack], bytes], str]] = {
    "damaged": (lambda content, _: content[:-20], "内容包已经损坏，读不完整。"),
    "signature": (lambda content, _: content.replace(b"2026-11-30", b"2026-11-29"), "内容包的签名不对"),
    "newer": (lambda _, pack: signed(written(pack) | {"format": 2}), "这个内容包由更新版本的程序做成（格式 2）。"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_command_refuses_is_refused_here_in_the_same_words(
    branch: Branch, pack: Pack, stick: Path, case: str
) -> None:
    path = stick / "内容包" / "2026-11-30.pack"
    spoil, said = REFUSED[case]
    path.write_bytes(spoil(path.read_bytes(), pack))
    with pytest.raises(Refusal) as refusal:
        packs.look(branch.office, path)
    branch.begin()
    assert branch.says == str(refusal.value)
    assert said in branch.says
    branch.press_take()
    assert branch.held() == []


def test_another_key_is_named_and_asks_for_its_paper(branch: Branch, centre: Office, pack: Pack, stick: Path) -> None:
    path = stick / "内容包" / "2026-11-30.pack"
    packs.take_pack(branch.office, packs.look(branch.office, path), "0002", pack.fingerprint)
    approve_renamed(centre, "租住房提取", LATER)
    path.unlink()
    other = packed(centre, stick / "next.pack", a_signer(2))
    branch.begin()
    assert branch.view.fingerprint.isVisible()
    branch.fill()
    branch.press_take()
    assert "内容包是另一把密钥签的" in branch.says
    branch.fill(other.fingerprint)
    branch.press_take()
    assert len(branch.held()) == 2


def test_what_is_told_already_cannot_be_taken_and_asks_nothing(branch: Branch, pack: Pack, stick: Path) -> None:
    path = stick / "内容包" / "2026-11-30.pack"
    packs.take_pack(branch.office, packs.look(branch.office, path), "0002", pack.fingerprint)
    branch.begin()
    assert branch.says == "目录 2026-11-30 已经在施行。不用再收。"
    assert not branch.view.take.isEnabled()
    assert not branch.view.second.isVisible()


def test_who_may_not_take_content_is_told_before_anything_is_typed(branch: Branch, pack: Pack) -> None:
    profile = administrators(branch.office.profile)
    first, *others = profile.clerks
    branch.office.decide_profile(replace(profile, clerks=(replace(first, roles=(Role.CLERK.value,)), *others)))
    branch.begin()
    assert "改动 1 个事项" in branch.view.hint.whole
    assert not branch.view.take.isEnabled()
    assert branch.says != taking.COMPARE


def test_a_revision_that_would_be_cut_off_is_told_first(branch: Branch, pack: Pack) -> None:
    settle(Revising(branch.office), "A01")
    branch.begin()
    assert f"正在改的一稿有 {acts_unsent(branch.office)} 处还没有送核" in branch.text


def test_what_nobody_expected_is_said_and_the_page_lives(
    branch: Branch, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(taking, "look_against", broken)
    branch.begin()
    assert branch.says == str(UNEXPECTED)
    press(Key.Key_Escape)
    assert not branch.taking.shown


def test_what_is_read_while_it_is_left_is_not_shown(branch: Branch, pack: Pack) -> None:
    take_pack(branch.page)
    press(Key.Key_Escape)
    assert not branch.taking.shown
    QTest.qWait(300)
    assert branch.view.text.toPlainText() == ""
    assert not branch.taking.shown


def test_nothing_of_it_is_markup_and_everything_has_a_name(branch: Branch, pack: Pack) -> None:
    branch.begin()
    assert rich_labels(branch.view) == []
    assert nameless(branch.view) == []


def test_the_button_stands_where_the_versions_are_and_leads_there_too(branch: Branch, pack: Pack) -> None:
    branch.page.begin_review()
    find(branch.page, QPushButton, "导入内容包").click()
    branch.wait()
    assert branch.view.isVisible()
    assert branch.view.hint.whole == "改动 1 个事项"
    assert pack.edition.approval == APPROVAL
