"""Whatever is done, copied, lost and restored in whatever order: with the journal nothing is lost, and no number comes twice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.portion import Portion
from tests.reliability.counter_life import Copy, Counter, Entries

pytestmark = pytest.mark.slow
STICKS = ("stick", "other stick")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


class Safekeeping(RuleBasedStateMachine):
    """A counter. `written` is what the journal had when it was last seen to be whole, None where none is kept; `away` is which
    stick was pulled out."""

    reads_papers = True

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp())
        self.counter: Counter
        self.lost = ""
        self.stick = ""
        self.away = ""
        self.written: Entries | None = None

    @initialize(sealed=st.booleans())
    def begin(self, sealed: bool) -> None:
        self.counter = Counter(self._folder, sealed, reads_papers=self.reads_papers)
        self.counter.back_up(full=True)

    @precondition(lambda self: not self.lost)
    @rule()
    def issue(self) -> None:
        self.counter.issue()
        self._note()

    @precondition(lambda self: not self.lost)
    @rule(which=st.integers(0, 50))
    def void(self, which: int) -> None:
        self.counter.void(which)
        self._note()

    @precondition(lambda self: not self.lost)
    @rule()
    def close_day(self) -> None:
        self.counter.close_day()
        self._note()

    @precondition(lambda self: not self.lost)
    @rule(full=st.booleans())
    def back_up(self, full: bool) -> None:
        self.counter.back_up(full=full)

    @precondition(lambda self: not self.lost and not self.away and not self.counter.waits)
    @rule(stick=st.sampled_from(STICKS))
    def keep_journal(self, stick: str) -> None:
        self.counter.keep_journal(stick)
        self.stick = stick
        self._note()

    @precondition(lambda self: self.stick and not self.away)
    @rule()
    def pull_out(self) -> None:
        (self._folder / self.stick).rename(self._folder / "pocket")
        self.away = self.stick

    @precondition(lambda self: self.away)
    @rule()
    def put_in(self) -> None:
        (self._folder / "pocket").rename(self._folder / self.away)
        self.away = ""
        if not self.lost:
            self.counter.office.journal.write_all()
            self._note()

    @precondition(lambda self: not self.lost and self.counter.printed)
    @rule(how=st.sampled_from(["spoilt", "gone", "older"]), which=st.integers(0, 9))
    def lose(self, how: str, which: int) -> None:
        self.counter.lose(how, which)
        self.lost = how

    @precondition(lambda self: self.lost)
    @rule(which=st.integers(0, 9), newest=st.booleans())
    def restore(self, which: int, newest: bool) -> None:
        """With the journal, if it is there, nothing that it had is lost, whichever copy is taken; without it, what the copy has."""
        copies = self.counter.copies
        copy: Copy = copies[-1] if newest else copies[which % len(copies)]
        with_journal = bool(self.stick and not self.away and self.written is not None)
        self.counter.restore(copy, with_journal=with_journal)
        now = self.counter.entries
        expected = self.written if with_journal and self.written else copy.with_lines
        assert now[: len(expected)] == expected
        self.lost = ""
        if not with_journal:
            self.written = None

    @precondition(lambda self: not self.lost and self.counter.waits and not self.away)
    @rule()
    def confirm(self) -> None:
        self.counter.confirm()
        self._note()

    @invariant()
    def whole(self) -> None:
        if not self.lost and hasattr(self, "counter") and self.counter.acts % 7 == 0:
            assert self.counter.office.book.check().problems == []

    def _note(self) -> None:
        if self.stick and not self.away and self.counter.goes_on and self.counter.office.journal.write_all():
            self.written = self.counter.entries

    def teardown(self) -> None:
        if hasattr(self, "counter") and not self.lost:
            self.counter.office.close()
        shutil.rmtree(self._folder)


class WithoutReadingPapers(Safekeeping):
    """Where the journal is gone nobody looks at the papers for the last numbers."""

    reads_papers = False


def run(machine: type[Safekeeping], examples: int, *, same: bool) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=25, deadline=None, derandomize=same, phases=[Phase.generate]
        ),
    )


@pytest.mark.nightly("restoring")
def test_nothing_is_lost_and_no_number_comes_twice(portion: Portion) -> None:
    examples = portion.times(300, sample=4)
    run(Safekeeping, examples, same=examples < 300)


@pytest.mark.nightly("restoring_controls")
def test_the_harness_fails_where_nobody_reads_the_papers() -> None:
    with pytest.raises(AssertionError, match="twice"):
        run(WithoutReadingPapers, 200, same=True)


def test_a_paper_of_before_a_restore_is_confirmed_is_counted_when_the_book_is_lost_again(tmp_path: Path) -> None:
    """Nobody knows to look at the papers, since the journal is there."""
    counter = Counter(tmp_path, sealed=False)
    counter.keep_journal("stick")
    counter.back_up(full=True)
    for _ in range(2):
        counter.issue()
        counter.lose("gone")
        counter.restore(counter.copies[0], with_journal=True)
    counter.issue()


@pytest.mark.nightly("restoring")
@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "sealed"])
def test_every_backup_of_a_long_run_restores(tmp_path: Path, portion: Portion, sealed: bool) -> None:
    """GIVEN a random run of a thousand operations WHEN each of its backups is restored elsewhere THEN it is what the book was then."""
    counter, chance = Counter(tmp_path, sealed), portion.chance
    for _ in range(portion.times(1000, sample=60)):
        match chance.choice("iiiiiiiiivvdhhf"):
            case "i":
                counter.issue()
            case "v":
                counter.void(chance.randrange(1000))
            case "d":
                counter.close_day()
            case kind:
                counter.back_up(full=kind == "f")
    counter.office.close()
    found = [counter.gives_back(copy) for copy in counter.copies]
    assert found == [copy.with_lines for copy in counter.copies]
    print(f"{counter.acts} acts, {len(found)} backups, each restored")
