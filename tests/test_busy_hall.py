"""What is filled for measuring is what the views would hold: every term of every slip, and the keys of the tables as the program makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.papers.paper_entry import Card
from counter_assistant.operations.office import open_office
from counter_assistant.operations.server_books import check_server, prepare_server
from counter_assistant.paths import BOOK_NAME
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.server.book_place import BookPlace
from counter_assistant.storage.views.archive_view import from_columns
from counter_assistant.storage.views.search_terms import labels_of, terms_of
from tests import hall
from tests.bench.hall_million import BOOK, carry_over
from tests.busy_hall import BRANCHES, fill
from tests.make import confirmed
from tests.offline_hall import issued

pytestmark = [
    pytest.mark.hall,
    pytest.mark.slow,
    pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-"),
]
SLIPS, EACH = 4000, 400
INDICES = "SELECT indexdef FROM pg_indexes WHERE schemaname = '{}' AND tablename IN ('archive', 'term') ORDER BY 1"


@pytest.fixture(scope="module")
def server() -> Iterator[hall.Server]:
    with hall.open_folder() as folder:
        fill(folder, SLIPS)
        with hall.kept(folder) as running:
            yield running


def rows(server: hall.Server, book: str) -> dict[int, ArchiveRow]:
    return {columns[0]: from_columns(columns) for columns in server.tell(f"SELECT * FROM {book}.archive")}


def card(row: ArchiveRow) -> Card:
    return Card(
        row.number, row.kind, row.applicant, row.item, row.item_name, row.day, row.clerk, row.phone_tail, row.id_tail, qr=row.qr,
        other_names=row.other_names,
    )  # fmt: skip


def test_a_slip_lies_under_what_the_rules_say(server: hall.Server) -> None:
    for book in (BRANCHES[0], BRANCHES[-1]):
        filed: dict[int, set[str]] = {}
        for term, seq in server.tell(f"SELECT term, entry FROM {book}.term"):
            filed.setdefault(seq, set()).add(term)
        slips, labels = rows(server, book), set(server.tell(f"SELECT term, text FROM {book}.label"))
        assert sorted(slips) == sorted(filed) == list(range(1, EACH + 1))
        for seq, row in slips.items():
            of_people = {term for term in filed[seq] if term[0] == "="}
            assert filed[seq] - of_people == terms_of(card(row), row.issued_at)
            assert sorted(term[1] for term in of_people) == sorted("ipwn" if row.id_tail else "pwu")
            assert labels_of(row) <= labels


def test_slips_of_all_branches_have_numbers_codes_and_times_of_their_own(server: hall.Server) -> None:
    slips = [row for book in BRANCHES for row in rows(server, book).values()]
    for several in zip(*((row.number, row.qr, row.issued_at) for row in slips), strict=True):
        assert len(set(several)) == SLIPS
    assert max(Counter(row.applicant for row in slips).values()) < SLIPS / 10


def test_the_tables_have_the_keys_that_the_program_makes(server: hall.Server) -> None:
    of_book = [server.tell(INDICES.format(book)) for book in BRANCHES]
    assert {len(each) for each in of_book} == {3}
    from counter_assistant.storage.engines.postgres.database import Database
    from counter_assistant.storage.engines.postgres.server import Address

    Database.open(Address.read(f"{server.address}&schema=fresh"), None).close()
    fresh = [line.replace("fresh.", "") for (line,) in server.tell(INDICES.format("fresh"))]
    for book, each in zip(BRANCHES, of_book, strict=True):
        assert [line.replace(f"{book}.", "") for (line,) in each] == fresh


def test_the_pages_of_all_rows_are_marked_as_seen_by_everybody(server: hall.Server) -> None:
    for book in BRANCHES:
        for table in ("archive", "term"):
            asked = (
                f"SELECT relpages > 0 AND relallvisible = relpages FROM pg_class WHERE oid = '{book}.{table}'::regclass"
            )
            assert server.tell(asked) == [(True,)]


def test_a_book_that_is_carried_over_is_whole_there(server: hall.Server, tmp_path: Path) -> None:
    with closing(open_office(tmp_path)) as office:
        office.decide_profile(confirmed(office.profile))
        number = issued(office)
        head = office.book.head()
    address = f"{server.address}&schema={BOOK}"
    prepare_server(address)
    carry_over(tmp_path / BOOK_NAME, server)
    assert check_server(address) == (head[0], [])
    with closing(open_office(tmp_path / "pc", place=BookPlace(address))) as office:
        assert (office.book.head(), office.archive.show(number).row.seq) == (head, head[0])
