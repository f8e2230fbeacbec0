"""What somebody brought along: copies on any stick, newest first, with what is in them; a folder that somebody chose, or none."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant import volumes
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.full_copy import State
from counter_assistant.operations.office import open_office
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.recovering.candidates import Candidate, carried, chosen
from counter_assistant.operations.safekeeping.recovering.contents import Contents, contents_of
from counter_assistant.paths import BOOK_NAME
from tests.make import NOW, clock
from tests.operations.safekeeping.test_restoring import Branch, a_branch

WHOSE = "耿马管理部・综合窗口 1"


def on_stick(tmp_path: Path, name: str, *copies: Path) -> Path:
    """A stick on which the copies lie as a second place has them."""
    place = tmp_path / name / "counter-assistant-0123456789ab"
    for copy in copies:
        shutil.copytree(copy, place / copy.name)
    return place.parent


def later(branch: Branch) -> Path:
    """A copy of the day after."""
    with closing(branch.open()) as office:
        made = back_up(Task(branch.folder, NOW + timedelta(days=1), office.database.key)).made
    assert made
    return made.folder


@pytest.fixture
def plain(tmp_path: Path) -> Branch:
    return a_branch(tmp_path, sealed=False)


def test_copies_are_listed_newest_first_with_what_is_in_them(plain: Branch, tmp_path: Path) -> None:
    plain.issue("a")
    copies = [plain.backup()]
    plain.issue("b", "c")
    copies.append(later(plain))
    place = on_stick(tmp_path, "u", *copies)
    found = carried([(place, "U 盘 LINCANG")])
    assert [each.in_words for each in found.candidates] == [
        f"2026年11月24日 10:42，U 盘 LINCANG，{WHOSE}，文书 3 份，经办人 5 人",
        f"2026年11月23日 10:42，U 盘 LINCANG，{WHOSE}，文书 1 份，经办人 5 人",
    ]
    assert (found.best, found.journal_away) == (0, None)


def test_one_copy_on_two_sticks_is_listed_once_and_the_journal_may_lie_on_either(plain: Branch, tmp_path: Path) -> None:
    plain.journal()
    copy = plain.backup()
    plain.issue("a")
    one, other = on_stick(tmp_path, "one", copy), on_stick(tmp_path, "other", copy)
    (other / "流水").mkdir()
    shutil.copy(next(plain.stick.glob("journal-*")), other / "流水")
    first, journal = carried([(one, "一"), (other, "二")]).candidates
    assert (first.whence, first.journal, first.goes_on) == ("一", journal.source, "流水里还有 1 条，其中文书 1 份")


def test_a_sealed_copy_says_nothing_of_what_is_in_it(tmp_path: Path) -> None:
    branch = a_branch(tmp_path, sealed=True)
    branch.issue("a")
    copy = branch.backup()
    (only,) = carried([(on_stick(tmp_path, "u", copy), "U 盘 U")]).candidates
    assert (only.sealed, only.contents, only.state) == (True, None, State.VERIFIED)
    assert "文书" not in only.in_words
    assert "，密封的，" in only.in_words
    assert only.standing == "已核对"


def test_what_is_no_copy_says_nothing(tmp_path: Path) -> None:
    with closing(open_office(tmp_path / "new", clock)):
        pass
    (tmp_path / "letter.db").write_bytes(b"dear all")
    assert contents_of(tmp_path / "new" / BOOK_NAME) is None  # nobody's yet
    assert contents_of(tmp_path / "letter.db") is None
    assert contents_of(tmp_path / "away.db") is None


def test_a_copy_is_read_as_it_lies(plain: Branch) -> None:
    plain.issue("a")
    copy = plain.backup()
    before = sorted((path.name, path.stat().st_mtime_ns) for path in copy.iterdir())
    assert contents_of(copy / BOOK_NAME) == Contents(WHOSE, 1, 5)
    assert sorted((path.name, path.stat().st_mtime_ns) for path in copy.iterdir()) == before


def test_it_looks_two_folders_deep_through_no_link_and_in_no_more_than_so_many(
    plain: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = plain.backup()
    stick = tmp_path / "u"
    shutil.copytree(copy, stick / "一" / "二" / copy.name)
    shutil.copytree(copy, stick / "一" / "二" / "三" / copy.name)
    (stick / "link").symlink_to(stick / "一")
    (only,) = carried([(stick, "U")]).candidates
    assert only.source == stick / "一" / "二" / copy.name
    monkeypatch.setattr(volumes, "MOST_FOLDERS", 2)
    assert carried([(stick, "U")]).candidates == ()


def test_a_stick_that_is_gone_has_nothing(tmp_path: Path) -> None:
    assert carried([(tmp_path / "away", "U")]).candidates == ()
    assert carried([]).candidates == ()


@pytest.mark.parametrize("where", ["one copy", "its place", "the stick"])
def test_a_folder_is_chosen_by_any_name_of_it(plain: Branch, tmp_path: Path, where: str) -> None:
    copy = plain.backup()
    stick = on_stick(tmp_path, "u", copy)
    place = stick / "counter-assistant-0123456789ab"
    (only,) = chosen({"one copy": place / copy.name, "its place": place, "the stick": stick}[where]).candidates
    assert only.source == place / copy.name
    assert only.contents == Contents(WHOSE, 0, 5)


def test_two_files_put_into_a_folder_by_hand_are_a_copy_too(plain: Branch, tmp_path: Path) -> None:
    copy, by_hand = plain.backup(), tmp_path / "老电脑"
    by_hand.mkdir()
    shutil.copy(copy / BOOK_NAME, by_hand)
    assert chosen(by_hand).candidates == (Candidate(by_hand, str(by_hand)),)
    assert chosen(by_hand / BOOK_NAME).candidates == (Candidate(by_hand / BOOK_NAME, str(by_hand / BOOK_NAME)),)


def test_a_folder_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    with pytest.raises(Refusal) as refusal:
        chosen(tmp_path / "照片")
    assert refusal.value.code == "copy-missing"
    assert "照片 里没有备份" in refusal.value.sentence
