"""The books of the branches are in the copies of a centre: verified, carried to every place, not copied again while nothing was added, and put back."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merging import bring
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backing_up import Done, Task, back_up
from counter_assistant.operations.safekeeping.backup_state import name_place
from counter_assistant.storage import ciphers
from counter_assistant.storage.engines.sqlite.page_copy import copy_file
from counter_assistant.storage.exchange import branch_copies
from counter_assistant.storage.exchange.branch_books import FOLDER, KEY, BranchBooks
from counter_assistant.storage.exchange.branch_copies import HELD, held_in
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.safekeeping.backup_settings import own_place
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.witnessing.cosigned_head import HEADS
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, Branch
from tests.operations.safekeeping.test_restoring import Branch as Folder
from tests.operations.safekeeping.test_restoring import a_branch


class Centre(NamedTuple):
    """A centre's data folder, a stick for its copies, and two branches that brought what they had."""

    data: Folder
    branches: list[Branch]

    @property
    def own(self) -> BranchBooks:
        return BranchBooks(own_place(self.data.folder), None, lambda: NOW)

    def bring(self, office: Office, branch: Branch, after: int = 0) -> None:
        path = branch.send(self.data.stick / f"{branch.name}-{branch.end}.bundle", after)
        bring(books(office), read_bundle(path), OPENING)
        path.unlink()

    def goes_on(self, n: int = 0, acts: int = 3) -> None:
        """A branch brings something more."""
        with closing(self.data.open()) as office:
            end = self.branches[n].end
            self.branches[n].go_on(acts)
            self.bring(office, self.branches[n], end)

    def back_up(self) -> Done:
        with closing(self.data.open()) as office:
            return back_up(Task(self.data.folder, NOW, office.database.key))

    def there(self) -> dict[str, list[Line]]:
        """What each strand here has, once it was checked."""
        found = {}
        with closing(self.data.open()) as office:
            for name in books(office).names():
                with books(office).opened(name) as book:
                    assert book.check().problems == []
                    found[name] = list(lines_after(book.database.handle, 0, 10**6))
        return found

    def brought(self) -> dict[str, list[Line]]:
        return {branch.name: list(branch.lines) for branch in self.branches}

    def lose(self) -> None:
        """The disk is gone, but for what was put on the stick."""
        shutil.rmtree(self.data.folder)


def books(office: Office) -> BranchBooks:
    return BranchBooks(office.folder, office.database.key, lambda: NOW)


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
def centre(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    return a_centre(tmp_path, sealed=request.param)


@pytest.fixture
def plain(tmp_path: Path) -> Centre:
    return a_centre(tmp_path, sealed=False)


def a_centre(tmp_path: Path, *, sealed: bool) -> Centre:
    chance = random.Random(8)
    made = Centre(a_branch(tmp_path, sealed=sealed), [Branch(chance, "530926"), Branch(chance, "530927")])
    with closing(made.data.open()) as office:
        for branch in made.branches:
            branch.go_on(6)
            made.bring(office, branch)
    return made


def files(place: BranchBooks) -> dict[str, int]:
    return {name: place.path(name).stat().st_mtime_ns for name in place.names()}


def test_only_what_was_added_to_is_copied_again(centre: Centre) -> None:
    assert centre.back_up().branches == 2
    before = files(centre.own)
    assert before.keys() == centre.brought().keys()
    assert centre.back_up().branches == 0
    centre.goes_on(1)
    done = centre.back_up()
    assert (done.branches, done.warnings) == (1, ())
    after = files(centre.own)
    assert [name for name in before if before[name] != after[name]] == [centre.branches[1].name]
    held = held_in(centre.own)
    assert {name: (its.seq, its.hash) for name, its in held.items()} == {
        branch.name: (branch.end, branch.lines[-1].hash.hex()) for branch in centre.branches
    }


def test_on_a_new_pc_a_stick_brings_them_back(centre: Centre) -> None:
    with closing(centre.data.open()) as office:
        name_place(office, centre.data.stick)
        office.folder.joinpath(HEADS).write_text("a head\n", encoding="utf-8")
        missing = centre.branches[0].end + 1
        centre.branches[0].go_on(4)
        centre.bring(office, centre.branches[0], missing)
        assert len(list(books(office).waiting.iterdir())) == 1
    expected = centre.there()
    assert centre.back_up().warnings == ()
    (place,) = centre.data.stick.iterdir()
    centre.lose()
    done = centre.data.restore(place, none_since=True)
    assert (done.branches.strands, done.branches.warnings) == (2, ())
    assert "网点的台账放回 2 本。" in done.in_figures
    assert centre.there() == expected
    assert (centre.data.folder / HEADS).read_text(encoding="utf-8") == "a head\n"
    with closing(centre.data.open()) as office:
        centre.bring(office, centre.branches[0])
        assert list(books(office).waiting.iterdir()) == [], "what had waited has joined"
    assert centre.there() == centre.brought()


def test_restoring_takes_nothing_from_what_is_newer_here(centre: Centre) -> None:
    centre.back_up()
    centre.goes_on(0)
    done = centre.data.restore(own_place(centre.data.folder))
    assert done.branches.strands == 0
    assert centre.there() == centre.brought()


@pytest.mark.parametrize("damage", ["missing", "older", "zeros"])
def test_restoring_mends_one_that_is_missing_older_or_damaged(damage: str, centre: Centre, tmp_path: Path) -> None:
    name = centre.branches[0].name
    path = centre.data.folder / FOLDER / f"{name}.db"
    old = shutil.copy(path, tmp_path / "old")
    centre.goes_on(0)
    centre.back_up()
    match damage:
        case "missing":
            path.unlink()
        case "older":
            shutil.copy(old, path)
        case _:
            path.write_bytes(bytes(path.stat().st_size))
    done = centre.data.restore(own_place(centre.data.folder))
    assert (done.branches.strands, done.branches.warnings) == (1, ())
    assert centre.there() == centre.brought()
    aside = list(path.parent.glob("*-unreadable-*.db"))
    assert len(aside) == (damage == "zeros")


def test_a_copy_that_does_not_pass_takes_the_place_of_none(plain: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    plain.back_up()
    before = {name: plain.own.path(name).read_bytes() for name in plain.own.names()}
    plain.goes_on(0)

    def garbled(source: Path, made: Path) -> None:
        copy_file(source, made)
        with made.open("r+b") as file:
            file.seek(made.stat().st_size - 2048)
            file.write(b"\xff" * 2048)

    monkeypatch.setattr(branch_copies, "copy_file", garbled)
    done = plain.back_up()
    assert done.made is not None, "that of the centre's own book is made all the same"
    assert done.branches == 0
    assert done.warnings[0].startswith(f"网点的台账 {plain.branches[0].name} 没有备份：")
    assert {name: plain.own.path(name).read_bytes() for name in before} == before
    assert [path.name for path in plain.own.folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("how", ["turned back", "parted"])
def test_a_copy_is_not_replaced_by_what_does_not_go_on_from_it(how: str, plain: Centre, tmp_path: Path) -> None:
    branch = plain.branches[0]
    path = plain.data.folder / FOLDER / f"{branch.name}.db"
    old, clone = shutil.copy(path, tmp_path / "old"), branch.copied()
    plain.goes_on(0)
    plain.back_up()
    shutil.copy(old, path)
    if how == "parted":
        end = clone.end
        clone.go_on(9)
        with closing(plain.data.open()) as office:
            plain.bring(office, clone, end)
    done = plain.back_up()
    assert done.branches == 0
    assert f"里的一份到第 {branch.end} 条，这里的没有它，备份没有动。" in done.warnings[0]
    assert held_in(plain.own)[branch.name].seq == branch.end
    if how == "parted":
        back = plain.data.restore(own_place(plain.data.folder))
        assert back.branches.warnings[0].startswith(f"网点的台账 {branch.name} 没有放回：")


def test_a_copy_whose_bytes_changed_since_is_not_put_back(plain: Centre) -> None:
    plain.back_up()
    name = plain.branches[0].name
    with plain.own.path(name).open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff")
    (plain.data.folder / FOLDER / f"{name}.db").unlink()
    done = plain.data.restore(own_place(plain.data.folder))
    assert done.branches.strands == 0
    assert "和备份时记下的不一样" in done.branches.warnings[0]
    assert plain.there().keys() == {plain.branches[1].name}


def test_under_another_key_nothing_is_put_back_and_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    centre = a_centre(tmp_path, sealed=True)
    centre.back_up()
    place = own_place(centre.data.folder)
    written = json.loads((place / FOLDER / KEY).read_text())
    (place / FOLDER / KEY).write_text(json.dumps(written | {"boxes": {"00" * 16: "00"}}))
    shutil.rmtree(centre.data.folder / FOLDER)
    done = centre.data.restore(place)
    assert done.branches.strands == 0
    assert done.branches.warnings[0].startswith("网点的台账没有放回：branches.key 不在，或者不是现在这把钥匙封的")


@pytest.mark.parametrize("spoil", [str.upper, lambda _: "{", lambda _: '{"kind":"x","format":1,"strands":{}}'])
def test_what_is_not_described_is_copied_again(spoil: Callable[[str], str], plain: Centre) -> None:
    plain.back_up()
    path = plain.own.folder / HELD
    path.write_text(spoil(path.read_text()))
    assert held_in(plain.own) == {}
    assert plain.back_up().branches == 2


def test_a_stick_that_has_no_room_is_told_and_the_own_copy_is_there(
    plain: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(plain.data.open()) as office:
        name_place(office, plain.data.stick)
    (place,) = plain.data.stick.iterdir()

    def refuses(source: BranchBooks, name: str, made: BranchBooks, held: branch_copies.Held) -> None:
        raise Refusal("backup-no-room", f"{made.folder} 放不下。", "请清理。")

    with monkeypatch.context() as full:
        full.setattr(branch_copies, "_carry", refuses)
        done = plain.back_up()
    assert [said.partition("：")[0] for said in done.warnings] == [
        f"网点的台账 {name} 没有备份" for name in sorted(plain.brought())
    ]
    assert held_in(plain.own).keys() == plain.brought().keys()
    assert plain.back_up().warnings == ()
    assert held_in(BranchBooks(place, None, lambda: NOW)) == held_in(plain.own)


def test_without_the_key_nothing_of_the_branches_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", ciphers.Cost(1, 8192))
    centre = a_centre(tmp_path, sealed=True)
    done = back_up(Task(centre.data.folder, NOW))
    assert (done.branches, done.warnings) == (0, ())
    assert not centre.own.folder.exists()
    assert BranchBooks(centre.data.folder, None, lambda: NOW).names() != []


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE])
def test_a_folder_that_the_disk_does_not_read_is_told_and_the_centres_own_book_is_copied(
    plain: Centre, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """GIVEN a disk that no longer reads the folder of the branches WHEN the book is copied, or what lies there put back, THEN that is a sentence."""
    listed = Path.glob

    def glob(path: Path, pattern: str) -> Iterator[Path]:
        if path.name == FOLDER:
            raise OSError(number, os.strerror(number), str(path))
        return iter(list(listed(path, pattern)))

    monkeypatch.setattr(Path, "glob", glob)
    done = plain.back_up()
    assert done.made is not None
    assert (done.branches, [said.partition("：")[0] for said in done.warnings]) == (0, ["网点的台账没有备份"])
    here = BranchBooks(plain.data.folder, None, lambda: NOW)
    shutil.copytree(here.folder, plain.own.folder)
    (plain.own.folder / HELD).write_text(
        json.dumps({"kind": branch_copies.KIND, "format": branch_copies.FORMAT, "strands": {}})
    )
    put = branch_copies.put_back(here, plain.own, print)
    assert (put.strands, [said.partition("：")[0] for said in put.warnings]) == (0, ["网点的台账没有放回"])
