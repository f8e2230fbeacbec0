"""What is looked for in all branches: the newest of all strands, in their order, told once, whatever comes from which book."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.operations.exchange import all_branches
from counter_assistant.operations.exchange.all_branches import AllBranches
from counter_assistant.operations.exchange.taking import books_of
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.safekeeping.heads import hash_at
from counter_assistant.storage.views.archive import Archive
from tests.make import an_office
from tests.operations.exchange.offices import keep_branches


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Office]:
    """A centre with the books of four branches, one of which forked."""
    with closing(an_office(tmp_path / "centre")) as office:
        keep_branches(office, tmp_path, random.Random(5))
        yield office


def told(office: Office, text: str) -> list[tuple[str, str]]:
    """What every strand has, each entry once, the newest first: when it was issued, and its number."""
    found: dict[str, tuple[str, str]] = {}
    for name in books_of(office).names():
        with books_of(office).opened(name) as book:
            for row in Archive(book.database).search(text, limit=10**6):
                found[hash_at(book.database, row.seq)] = (row.issued_at.isoformat(), row.number)
    return sorted(found.values(), reverse=True)


@pytest.mark.parametrize("text", ["岩", "", "没有这个人"])
@pytest.mark.parametrize("limit", [1, 26, 200, 10**6])
def test_it_is_the_newest_of_all_and_each_once(text: str, limit: int, centre: Office) -> None:
    expected = told(centre, text)
    assert len(expected) != 0 or text == "没有这个人"
    for page in (2, 25):
        with pytest.MonkeyPatch.context() as patched, AllBranches(centre) as branches:
            patched.setattr(all_branches, "_PAGE", page)
            found = branches.search(text, limit=limit)
            assert [each.row.issued_at.isoformat() for each in found] == [at for at, _ in expected[:limit]]
            if limit == 10**6:
                assert sorted((each.row.issued_at.isoformat(), each.row.number) for each in found) == sorted(expected)


def test_of_a_branch_no_more_is_read_than_is_told(centre: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN four branches WHEN five slips are asked for THEN of no book more than a page more is read than was told of it."""
    read: list[int] = []
    search = Archive.search

    def counting(archive: Archive, text: str, *, limit: int, before: int | None) -> list[ArchiveRow]:
        rows = search(archive, text, limit=limit, before=before)
        read.append(len(rows))
        return rows

    monkeypatch.setattr(Archive, "search", counting)
    monkeypatch.setattr(all_branches, "_PAGE", 2)
    assert len(AllBranches(centre).search("岩", limit=5)) == 5
    strands = len(books_of(centre).names())
    assert sum(read) <= 5 + 2 * strands
