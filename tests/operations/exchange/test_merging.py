"""Merging is a union: in whatever order and however often bundles come, whatever was cloned or put back, nothing is lost and every fork shown."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_assistant.domain.exchange.bundle_entry import BundleTaken, Outcome
from counter_assistant.domain.exchange.findings import findings
from counter_assistant.domain.exchange.strand import Place, Strand, Way, place
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange import merging
from counter_assistant.operations.exchange.merging import Merged, bring
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.safekeeping.line import Line
from counter_assistant.storage.safekeeping.stored_lines import lines_after
from counter_assistant.storage.views.archive import Archive
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, Branch
from tests.portion import Portion

Chain = tuple[Line, ...]


class Centre:
    """The books of the branches at a centre, and what was brought there."""

    def __init__(self, folder: Path) -> None:
        self.books = BranchBooks(folder, None, lambda: NOW)
        self.taken: list[BundleTaken] = []

    def bring(self, path: Path) -> Merged | None:
        """What comes of a file; None where it is refused."""
        try:
            bundle = read_bundle(path)
        except Refusal:
            return None
        merged, said = bring(self.books, bundle, OPENING), bundle.manifest
        for each, its in ((bundle, merged), *merged.joined):
            self.taken.append(
                BundleTaken(
                    each.id, each.manifest.statement, each.manifest.after, said.algorithm, said.key, said.opens, its.outcome, its.why, False, "0001"
                )
            )  # fmt: skip
        return merged

    def chains(self) -> set[Chain]:
        """Every strand, from its first entry to its last, to the letter."""
        found = set()
        for name in self.books.names():
            with self.books.opened(name) as book:
                found.add(tuple(lines_after(book.database.handle, 0, 1_000_000)))
        return found

    def findings(self) -> dict[str, str]:
        """What there is to look into."""
        with self.books.strands() as strands:
            return {each.id: each.sentence for each in findings(self.taken, strands)}

    def waiting(self) -> set[str]:
        return {path.name for path in self.books.waiting.glob("*")}

    def checked(self) -> list[str]:
        """What the check of each strand finds."""
        found = []
        for name in self.books.names():
            with self.books.opened(name) as book:
                found += book.check().problems
        return found


@dataclass
class World:
    """What happened at some branches, and the bundles that were sent, with what each of them brings."""

    folder: Path
    chance: random.Random
    sent: list[tuple[Path, int, Chain]]
    damaged: list[Path]

    @classmethod
    def of(cls, folder: Path, chance: random.Random) -> World:
        """One or two installations whose books are cloned, turned back, and sent from anywhere."""
        folder.mkdir(parents=True)
        world = cls(folder, chance, [], [])
        for n in range(chance.choice([1, 1, 2])):
            branches = [Branch(chance, f"53092{n}")]
            branches[0].go_on(chance.randint(1, 4))
            for _ in range(chance.randint(2, 5)):
                branch = chance.choice(branches)
                match chance.choice("ggsscr"):
                    case "g":
                        branch.go_on(chance.randint(1, 3))
                    case "c":
                        branches.append(branch.copied())
                    case "r":
                        branches.append(branch.copied(chance.randint(1, branch.end)))
                    case _:
                        world.send(branch)
            for branch in branches:
                if chance.random() < 0.8:
                    branch.go_on(chance.randint(0, 2))
                    world.send(branch)
        world.spoil()
        return world

    def send(self, branch: Branch) -> None:
        after = self.chance.choice([0, 0, self.chance.randrange(branch.end), branch.end - 1])
        path = branch.send(self.folder / f"{len(self.sent)}.bundle", after)
        self.sent.append((path, after, tuple(branch.lines)))

    def spoil(self) -> None:
        """Some of what was sent once more, cut off or with one bit changed."""
        for n, (path, *_) in enumerate(self.chance.sample(self.sent, min(2, len(self.sent)))):
            content = bytearray(path.read_bytes())
            if self.chance.random() < 0.5:
                del content[self.chance.randrange(len(content)) :]
            else:
                content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
            self.damaged.append(path.with_name(f"spoilt-{n}.bundle"))
            self.damaged[-1].write_bytes(content)

    def in_some_order(self) -> Iterator[Path]:
        """All of them, some twice, the spoilt ones among them."""
        paths = [path for path, *_ in self.sent]
        paths += self.chance.sample(paths, self.chance.randint(0, len(paths))) + self.damaged
        self.chance.shuffle(paths)
        yield from paths

    def union(self) -> set[Chain]:
        """The longest courses that follow from what was sent, reckoned without the program: an entry is known that comes after a known one."""
        known: dict[bytes, Chain] = {}
        before = -1
        while before != len(known):
            before = len(known)
            for _, after, course in self.sent:
                if not after or course[after - 1].hash in known:
                    known |= {line.hash: course[: line.seq] for line in course}
        courses = set(known.values())
        return {
            course
            for course in courses
            if not any(course == other[: len(course)] and course != other for other in courses)
        }


@pytest.mark.nightly("exchange")
def test_whatever_comes_in_which_order_the_centre_has_the_union(portion: Portion, tmp_path: Path) -> None:
    """GIVEN random histories with clones and books put back, of which bundles were sent from anywhere, some cut off, some with a bit changed
    WHEN two centres take them in orders of their own, some twice THEN both have the union, to the letter, and say the same of it."""
    for n in range(portion.times(10_000, sample=12)):
        world = World.of(tmp_path / f"{n}", portion.chance)
        _both_have_the_union(world, n)
        shutil.rmtree(world.folder)


def _both_have_the_union(world: World, n: int) -> None:
    one, other = (Centre(world.folder / name) for name in ("one", "other"))
    for centre in (one, other):
        for path in world.in_some_order():
            merged = centre.bring(path)
            assert (merged is None) == (path in world.damaged), (n, path)
            assert merged is None or merged.outcome is not Outcome.REJECTED, (n, merged)
    assert one.chains() == other.chains() == world.union(), n
    assert one.findings() == other.findings(), n
    assert one.waiting() == other.waiting(), n
    assert one.checked() == [], n
    _every_fork_is_shown(world.union(), one.findings())


def drops_what_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What parts from a strand is taken for known."""

    def blind(brought: Strand, strands: Sequence[Strand]) -> Place:
        found = place(brought, strands)
        return Place(Way.KNOWN, found.strand, found.shared) if found.way is Way.PARTS else found

    monkeypatch.setattr(merging, "place", blind)


def forgets_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited is not looked at again."""
    monkeypatch.setattr(merging, "_waited", lambda _books, _book, _pair, _heard: ())


@pytest.mark.parametrize("broken", [drops_what_parts, forgets_what_waits])
def test_a_merge_that_loses_something_fails_the_same_test(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken(monkeypatch)
    chance = random.Random("control")
    with pytest.raises(AssertionError):
        _some_worlds(tmp_path, chance)


def _some_worlds(place: Path, chance: random.Random) -> None:
    for n in range(200):
        _both_have_the_union(World.of(place / f"{n}", chance), n)


def _every_fork_is_shown(courses: set[Chain], found: dict[str, str]) -> None:
    """Where two courses of one book part, there is a finding that names the first entry in which they differ."""
    expected = set()
    for one in courses:
        for other in courses:
            if one is other or _book(one) != _book(other):
                continue
            same = sum(a == b for a, b in zip(one, other, strict=False))
            expected.add(f"fork:{_book(one)}:{same}:")
    told = {each.rpartition(":")[0] + ":" for each in found if each.startswith("fork:")}
    assert told == expected


def _book(course: Chain) -> str:
    assert course[0].body is not None
    return course[0].body.split('"book":"')[1][:32]


@pytest.mark.nightly("exchange-year")
def test_three_branches_for_a_year(portion: Portion, tmp_path: Path) -> None:
    """GIVEN three branches that issue 10,000 slips each in a year and send every month, one of which was cloned in June THEN the centre has the union,
    to the letter, every number is found there, and the one fork is shown."""
    slips = portion.times(10_000, sample=60)
    centre, sent = Centre(tmp_path / "centre"), list[Path]()
    branches = [Branch(portion.chance, f"53092{n}") for n in range(3)]
    clone: Branch | None = None
    for month in range(1, 13):
        for branch in branches + ([clone] if clone else []):
            before = branch.end
            while branch.slips < slips * month // 12:
                branch.go_on(1)
            path = branch.send(tmp_path / f"{len(sent)}.bundle", before if month > 1 else 0)
            sent.append(path)
        if month == 6:
            clone = branches[0].copied()
    assert clone is not None
    portion.chance.shuffle(sent)
    for path in sent:
        centre.bring(path)
    every = [*branches, clone]
    assert centre.chains() == {tuple(branch.lines) for branch in every}
    assert centre.waiting() == set()
    assert [each.partition(":")[0] for each in centre.findings()] == ["fork"]
    assert centre.checked() == []
    for name in centre.books.names():
        with centre.books.opened(name) as book:
            assert sum(slips for slips, _ in Archive(book.database).counted().values()) == slips
