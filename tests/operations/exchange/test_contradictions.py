"""What a branch signed and contradicts itself is not taken: the whole bundle stays out, and the list says which entry is wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import ERASURE, BookOpened, EntryKind, PayloadErased
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.papers.paper_entry import Card, Registered, SeriesStarted
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.exchange.merging import bring
from counter_assistant.storage import ciphers
from counter_assistant.storage.exchange.branch_books import BranchBooks
from counter_assistant.storage.exchange.bundle_file import read_bundle
from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.line import Line
from tests.make import NOW
from tests.operations.exchange.branches import OPENING, SERIES, Branch


def linked(
    branch: Branch, kind: str, body: str, *, uuid: str | None = None, erased: bool = False, **changes: Any
) -> None:
    """Links an entry of any content, as somebody could who has the branch's key."""
    salt = bytes(chain.SALT_LENGTH)
    visibility = changes.get("visibility", EntryKind(kind).visibility if kind in set(EntryKind) else "internal")
    link = chain.Link(branch.end + 1, branch.now.isoformat(), kind, visibility, chain.inner_digest(salt, body))
    entry_hash = link.hash(branch.lines[-1].hash)
    kept = (None, None) if erased else (salt, body)
    branch.lines.append(
        Line(link.seq, link.time, kind, visibility, link.algorithm, link.inner, entry_hash, uuid, *kept)
    )


def slip(branch: Branch, sequence: int, number: str) -> None:
    card = Card(number, "notification_slip", "岩罕", "B08", "租房提取", "2026-11-23", "李某")
    branch.append(EntryKind.SLIP_ISSUED, Registered(SERIES, sequence, card).to_payload() | {"slip": {}})


def skipped(branch: Branch) -> None:
    slip(branch, branch.slips + 2, "耿一-告-2026-9000")


def given_twice(branch: Branch) -> None:
    slip(branch, branch.slips + 1, "耿一-告-2026-9000")
    slip(branch, branch.slips + 2, "耿一-告-2026-9000")


def going_back(branch: Branch) -> None:
    branch.append(EntryKind.SERIES_STARTED, SeriesStarted(SERIES, 1, branch.slips, "0001", "接续").to_payload())


def of_another_class(branch: Branch) -> None:
    linked(
        branch, "inquiry", '{"channel":"phone","clerk":"0001","item":"","note":"问","schema":1}', visibility="public"
    )


def opened_again(branch: Branch) -> None:
    branch.append(EntryKind.BOOK_OPENED, BookOpened(branch.name, branch.installation).to_payload())


def without_content(branch: Branch) -> None:
    linked(branch, "inquiry", "{}", erased=True)


def named_otherwise(branch: Branch) -> None:
    linked(branch, "inquiry", '{"channel":"phone","clerk":"0001","item":"","note":"问","schema":1}', uuid="act-1")


def of_no_shape(branch: Branch) -> None:
    linked(branch, "slip_issued", '{"schema":1}')


def of_a_later_schema(branch: Branch) -> None:
    linked(branch, "inquiry", '{"schema":99}')


def no_object(branch: Branch) -> None:
    linked(branch, "inquiry", "[]")


def naming_no_act(branch: Branch) -> None:
    linked(branch, "inquiry", '{"request":7,"schema":1}')


def erasing_what_is_there(branch: Branch) -> None:
    erasure = PayloadErased({"series": SERIES, "sequence": 1, "number": "x"}).to_payload()
    body = chain.canonical({"schema": 1, **erasure, "request": {"uuid": f"{ERASURE}1", "digest": ""}})
    linked(branch, "payload_erased", body, uuid=f"{ERASURE}1")


WRONG = [
    skipped, given_twice, going_back, of_another_class, opened_again, without_content, of_no_shape, of_a_later_schema, no_object, naming_no_act, named_otherwise,
    erasing_what_is_there,
]  # fmt: skip


@pytest.fixture
def books(tmp_path: Path) -> BranchBooks:
    return BranchBooks(tmp_path / "centre", None, lambda: NOW)


@pytest.mark.parametrize("begun", [False, True], ids=["first", "further"])
@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_whole_bundle_stays_out(
    wrong: Callable[[Branch], None], begun: bool, books: BranchBooks, tmp_path: Path
) -> None:
    branch = Branch(random.Random(wrong.__name__))
    branch.go_on(6)
    if begun:
        assert bring(books, read_bundle(branch.send(tmp_path / "0.bundle")), OPENING).new == 7
    sound = branch.end
    wrong(branch)
    branch.go_on(1)
    merged = bring(books, read_bundle(branch.send(tmp_path / "1.bundle", sound if begun else 0)), OPENING)
    assert (merged.outcome, merged.new) == (Outcome.REJECTED, 0)
    assert merged.why.endswith("。")
    assert books.names() == ([branch.name] if begun else [])
    assert list(books.waiting.iterdir()) == []
    if begun:
        with books.opened(branch.name) as book:
            assert (book.head()[0], book.check().problems) == (sound, [])


def test_a_chain_that_was_linked_wrongly_is_not_even_tried(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(1))
    branch.go_on(5)
    lines = list(branch.lines)
    for changed in (
        [*lines[:2], replace(lines[2], body='{"schema":1}'), *lines[3:]],
        [*lines[:2], *lines[3:], lines[2]],
        [*lines[:-1], replace(lines[-1], time="2026-11-24T00:00:00+08:00")],
        [*lines[:1], replace(lines[1], uuid="another"), *lines[2:]],
    ):
        branch.lines = changed
        path = branch.send(tmp_path / "a.bundle")
        merged = bring(books, read_bundle(path), OPENING)
        assert (merged.outcome, merged.why.startswith("第 ") or merged.why.startswith("末尾")) == (
            Outcome.REJECTED,
            True,
        )
    assert books.names() == []


def test_the_first_entry_is_that_of_the_book_that_is_named(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(3))
    branch.name = "0" * 32
    merged = bring(books, read_bundle(branch.send(tmp_path / "a.bundle")), OPENING)
    assert (merged.outcome, merged.why) == (Outcome.REJECTED, "第 1 条记录启用的是另一本台账。")
    assert books.names() == []


def test_another_head_than_the_last_entry_is_not_taken(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(5))
    branch.go_on(2)
    said = replace(branch.said, head="0f" * 32)
    merged = bring(books, read_bundle(branch.send(tmp_path / "a.bundle", statement=said.text)), OPENING)
    assert (merged.outcome, merged.why) == (Outcome.REJECTED, "末尾不是所说的第 3 条。")


def test_a_beginning_that_is_none_is_not_taken(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(5))
    merged = bring(books, read_bundle(branch.send(tmp_path / "a.bundle", before="0f" * 32)), OPENING)
    assert merged.outcome is Outcome.REJECTED


def test_what_a_later_program_wrote_asks_for_that_program(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(6))
    linked(branch, "something_later", '{"schema":1}')
    bundle = read_bundle(branch.send(tmp_path / "a.bundle"))
    with pytest.raises(Refusal) as refusal:
        bring(books, bundle, OPENING)
    assert (refusal.value.code, books.names(), list(books.waiting.iterdir())) == ("bundle-newer", [], [])


def test_a_bundle_for_somebody_else_changes_nothing(books: BranchBooks, tmp_path: Path) -> None:
    bundle = read_bundle(Branch(random.Random(7)).send(tmp_path / "a.bundle"))
    with pytest.raises(Refusal) as refusal:
        bring(books, bundle, ciphers.new_pair())
    assert refusal.value.code == "bundle-for-another"
    assert not books.folder.exists()


def test_what_waited_and_contradicts_itself_is_told_when_it_is_its_turn(books: BranchBooks, tmp_path: Path) -> None:
    branch = Branch(random.Random(8))
    branch.go_on(2)
    first = branch.send(tmp_path / "0.bundle")
    skipped(branch)
    second = branch.send(tmp_path / "1.bundle", 3)
    assert bring(books, read_bundle(second), OPENING).outcome is Outcome.WAITS
    merged = bring(books, read_bundle(first), OPENING)
    ((bundle, later),) = merged.joined
    assert (bundle.id, later.outcome) == (read_bundle(second).id, Outcome.REJECTED)
    assert list(books.waiting.iterdir()) == []
