"""Books turned back, forked, cut and linked anew: each named by a head kept elsewhere; an honest book never.

A history is what random clerks do; what is done to it afterwards is done past everything that keeps the file.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing as closing_at_end
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.outside_head import OutsideHead, Result, sheet_digits
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.operations.cases.find_case import number_of_scan
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import closing, witness
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.engines.sqlite.schema import TRIGGERS
from counter_assistant.storage.journal import chain
from counter_assistant.storage.journal.body_codec import packed, unpacked
from counter_assistant.storage.safekeeping.heads import hash_at
from tests.make import NOW
from tests.portion import Portion
from tests.storage.desk import issue, number, tampering


class History:
    """What random clerks do to one book, with a copy of the file and the head after each act."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance, self.now = folder / "data", chance, NOW
        self.copies = folder / "copies"
        self.copies.mkdir(parents=True)
        self.slips = 0
        self.spoilt: set[int] = set()

    @property
    def file(self) -> Path:
        return self.folder / BOOK_NAME

    @contextmanager
    def open(self) -> Iterator[Office]:
        with closing_at_end(open_office(self.folder, lambda: self.now)) as office:
            yield office

    def go_on(self, acts: int, *, keep: bool = True) -> list[OutsideHead]:
        """Does so many acts; the heads after each, and a copy of each state."""
        heads = []
        with self.open() as office:
            for _ in range(acts):
                self._act(office)
                seq, head = office.book.head()
                heads.append(OutsideHead(seq, head[: self.chance.choice([12, 20, 64])]))
                if keep:
                    shutil.copyfile(self.file, self.copies / str(seq))
        return heads

    def _act(self, office: Office) -> None:
        """Mostly a slip, sometimes a call, a void, a reprint, a closing, another day; always one entry."""
        before = office.book.head()[0]
        with suppress(Refusal):  # one that is void already, or a day that is closed
            match self.chance.choice("iiinvrcd"):
                case "n":
                    noted = CallNoted(f"来电 {self.chance.random()}", "", "0001", "phone")
                    office.book.append(EntryKind.INQUIRY, noted.to_payload())
                case "v":
                    office.book.void(self._one(), "重出", "李某", copy_returned=True)
                case "r":
                    office.book.reprinted(self._one(), "李某", "卡纸")
                case "c":
                    closing.close(office, Period.DAY, closing.day_due(office).isoformat())
                case "d":
                    self.now += timedelta(days=1)
        if office.book.head()[0] == before:
            self.slips += 1
            name = self.chance.choice("岩罕玉香刀白")
            issue(office.book, f"{self.chance.random()}", applicant=name)

    def _one(self) -> str:
        return number(self.chance.randint(1, max(self.slips, 1)))


def put_back(history: History, seq: int) -> None:
    """An older copy takes the place of the book."""
    shutil.copyfile(history.copies / str(seq), history.file)


def fork(history: History, seq: int) -> None:
    """An older copy takes its place, and is gone on with until it is as long."""
    with history.open() as office:
        end = office.book.head()[0]
    put_back(history, seq)
    history.go_on(end - seq, keep=False)


def cut(history: History, seq: int) -> None:
    """The entries after one are deleted, and the views made anew."""
    with tampered(history) as handle:
        handle.execute_sql("DELETE FROM payload WHERE seq > ?", (seq,))
        handle.execute_sql("DELETE FROM entry WHERE seq > ?", (seq,))


def relink(history: History, seq: int) -> None:
    """What the entry after one says is changed, and the chain linked anew from there."""
    with tampered(history) as handle:
        rows = handle.execute_sql(
            "SELECT e.seq, e.time, e.kind, e.visibility, p.salt, p.body FROM entry e JOIN payload p USING (seq) "
            "WHERE e.seq > ? ORDER BY e.seq",
            (seq,),
        ).fetchall()
        (previous,) = handle.execute_sql("SELECT hash FROM entry WHERE seq = ?", (seq,)).fetchone()
        for at, time, kind, visibility, salt, stored in rows:
            content = chain.parse(unpacked(stored))
            if at == seq + 1:
                content = forged(content)
            body = chain.canonical(content)
            link = chain.Link(at, time, kind, visibility, chain.inner_digest(salt, body))
            previous = link.hash(previous)
            handle.execute_sql("UPDATE payload SET body = ? WHERE seq = ?", (packed(body), at))
            handle.execute_sql("UPDATE entry SET inner = ?, hash = ? WHERE seq = ?", (link.inner, previous, at))


def exchange(history: History, seq: int) -> None:
    """The entry after one and another one have each other's content."""
    with past_triggers(history) as handle:
        end = handle.execute_sql("SELECT MAX(seq) FROM payload").fetchone()[0]
        other = history.chance.choice([at for at in range(1, end + 1) if at != seq + 1])
        rows = [
            handle.execute_sql("SELECT salt, body FROM payload WHERE seq = ?", (at,)).fetchone()
            for at in (seq + 1, other)
        ]
        for at, (salt, body) in zip((other, seq + 1), rows, strict=True):
            handle.execute_sql("UPDATE payload SET salt = ?, body = ? WHERE seq = ?", (salt, body, at))
    history.spoilt = {seq + 1, other}


def move_terms(history: History, seq: int) -> None:
    """What one slip is found by leads to another entry, or to none."""
    with tampering(history.file) as handle:
        found = [at for (at,) in handle.execute_sql("SELECT DISTINCT entry FROM term").fetchall()]
        moved = history.chance.choice(found)
        other = history.chance.choice([at for at in (0, -1, seq, *found) if at != moved])
        handle.execute_sql("UPDATE OR IGNORE term SET entry = ? WHERE entry = ?", (other, moved))
    history.spoilt = {moved, other}


def forged(content: dict[str, Any]) -> dict[str, Any]:
    """The content with another name, reason, note or clerk in it."""
    if "card" in content:
        return {**content, "card": {**content["card"], "applicant": "另一人"}}
    key = next(key for key in ("reason", "note", "clerk") if key in content)
    return {**content, key: "另一句"}


@contextmanager
def past_triggers(history: History) -> Iterator[Any]:
    """The file's handle past its triggers."""
    with tampering(history.file) as handle:
        for trigger in TRIGGERS:
            handle.execute_sql(f"DROP TRIGGER {trigger.split()[2]}")
        yield handle
        for trigger in TRIGGERS:
            handle.execute_sql(trigger)


@contextmanager
def tampered(history: History) -> Iterator[Any]:
    """The file's handle past its triggers; the views are made anew afterwards, so that the file looks whole."""
    with past_triggers(history) as handle:
        yield handle
    with history.open() as office:
        office.book.rebuild()


ATTACKS: tuple[Callable[[History, int], None], ...] = (put_back, fork, cut, relink)


@pytest.mark.nightly("witness")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_book_that_is_not_the_one_is_named_with_where_it_differs(
    attack: Callable[[History, int], None], portion: Portion, tmp_path: Path
) -> None:
    """GIVEN random histories WHEN one is turned back, forked, cut or linked anew after an entry THEN a head kept outside says so, and
    the first entry that differs lies where it says."""
    for n in range(portion.times(200, sample=6)):
        history = History(tmp_path / str(n), portion.chance)
        heads = history.go_on(portion.chance.randint(4, 14))
        at = portion.chance.choice(heads[:-1]).seq
        attack(history, at)
        kept = sorted(
            {heads[-1], *portion.chance.sample(heads, portion.chance.randint(0, 3))}, key=lambda head: head.seq
        )
        with history.open() as office:
            found = witness.check(office, kept)
            assert found.turned_back, (n, at)
            results = {each.head.seq: each for each in found.compared}
            assert all((results[head.seq].result is Result.SAME) is (head.seq <= at) for head in kept)
            wrong = next(each for each in found.compared if each.result is not Result.SAME)
            assert wrong.first <= at + 1 <= wrong.last
            assert wrong.first > max((head.seq for head in kept if head.seq <= at), default=0)
            assert wrong.sentence in found.problems
            if attack in (put_back, cut):
                assert (wrong.result, wrong.first) == (Result.ENDS_BEFORE, at + 1)
            if attack is put_back or attack is cut:
                assert witness.check(office).report.ok  # which is why heads are kept elsewhere
        shutil.rmtree(tmp_path / str(n))


@pytest.mark.nightly("witness")
@pytest.mark.parametrize("attack", [exchange, move_terms], ids=lambda attack: attack.__name__)
def test_what_contradicts_itself_is_named_without_a_head(
    attack: Callable[[History, int], None], portion: Portion, tmp_path: Path
) -> None:
    """GIVEN random histories WHEN contents of two entries are exchanged, or search rows moved, THEN the check names one of them."""
    for n in range(portion.times(200, sample=6)):
        history = History(tmp_path / str(n), portion.chance)
        with history.open() as office:
            issue(office.book, "first")
            issue(office.book, "second")
        heads = history.go_on(portion.chance.randint(4, 14), keep=False)
        attack(history, portion.chance.choice(heads[:-1]).seq)
        with history.open() as office:
            problems = witness.check(office).problems
            assert any(f"第 {seq} 条" in problem for problem in problems for seq in history.spoilt), (n, problems)
        shutil.rmtree(tmp_path / str(n))


@pytest.mark.nightly("honest")
def test_an_honest_book_is_never_called_another(portion: Portion, tmp_path: Path) -> None:
    for n in range(portion.times(10_000, sample=12)):
        history = History(tmp_path / str(n), portion.chance)
        heads = history.go_on(portion.chance.randint(1, 14), keep=False)
        with history.open() as office:
            found = witness.check(office, heads)
            assert (found.problems, found.turned_back) == ([], False)
            assert (found.seq, found.head) == office.book.head()
            assert witness.check(office).compared == ()
        shutil.rmtree(tmp_path / str(n))


def test_a_book_that_was_written_anew_contradicts_its_own_closings(tmp_path: Path) -> None:
    """GIVEN a closed day WHEN a slip before it is forged and all linked anew THEN its closing still names the head of then."""
    history = History(tmp_path, random.Random(7))
    with history.open() as office:
        issue(office.book, "a")
        issue(office.book, "b")
        closing.close(office, Period.DAY, NOW.date().isoformat())
        assert witness.check(office).problems == []
    relink(history, 1)
    with history.open() as office:
        assert office.book.check().ok
        assert witness.check(office).problems == ["第 4 条日结记下的第 3 条，与台账里的不符。"]
        assert hash_at(office.database, 3) != closing.find(office, Period.DAY, NOW.date().isoformat())[0].head


def test_the_code_of_a_day_sheet_is_no_paper_s(tmp_path: Path) -> None:
    history = History(tmp_path, random.Random(7))
    with history.open() as office:
        scan = read_scan(sheet_digits("530926", *office.book.head()), alone=True)
        assert scan is not None
        with pytest.raises(Refusal) as refusal:
            number_of_scan(office, scan)
        assert refusal.value.code == "sheet-code"
