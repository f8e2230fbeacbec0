"""The same visitor at two windows of one book: both are told at which, and nobody is told who it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_assistant.domain.people.applicant import Applicant
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.people.at_other_windows import also_open_at, attend
from counter_assistant.operations.server_books import let_clerk_in, prepare_server
from counter_assistant.storage.server.book_place import BookPlace, Shift, note_book_place
from tests import hall
from tests.make import ID_NUMBER, PHONE, confirmed
from tests.ui.x11 import until

NAMED = Applicant("岩罕", PHONE)
NUMBERED = Applicant("岩罕", id_number=ID_NUMBER)
PASSWORDS = {"0001": "口令是一二三四五", "0002": "口令是五四三二一"}


@pytest.fixture
def place(server: hall.Server) -> Iterator[str]:
    yield f"{server.address}&schema=b{'8' * 16}"
    server.clear()


@pytest.fixture
def offices(place: str, tmp_path: Path) -> Iterator[list[Office]]:
    with ExitStack() as opened:
        yield [opened.enter_context(closing(an_office(tmp_path / f"pc{n}", place, n))) for n in (1, 2)]


def an_office(folder: Path, place: str, n: int, shift: Shift | None = None) -> Office:
    folder.mkdir()
    note_book_place(folder, BookPlace(place, f"综合窗口 {n}"))
    return open_office(folder, shift=shift)


@pytest.mark.hall
@pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")
@pytest.mark.parametrize(
    ("here", "there"),
    [
        ((NUMBERED, ""), (Applicant("", id_number=ID_NUMBER.lower()), "")),
        ((NAMED, ""), (Applicant("岩 罕", f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}"), "")),
        ((Applicant(), "case 1"), (NAMED, "case 1")),
    ],
    ids=["by their number", "by name and telephone", "by the case that goes on"],
)
def test_the_same_visitor_is_said_at_both_until_one_has_left(
    offices: list[Office], here: tuple[Applicant, str], there: tuple[Applicant, str]
) -> None:
    first, second = offices
    attend(first, *here)
    attend(second, *there)
    until(lambda: also_open_at(first) == ("综合窗口 2",) and also_open_at(second) == ("综合窗口 1",))
    attend(first, Applicant(), "")
    assert also_open_at(first) == ()
    until(lambda: also_open_at(second) == ())


@pytest.mark.hall
@pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")
def test_who_shares_a_name_or_a_telephone_is_another(offices: list[Office], server: hall.Server) -> None:
    first, second = offices
    attend(first, NAMED, "case 1")
    others = (
        Applicant("岩罕"), Applicant("", PHONE), Applicant("玉罕", PHONE), replace(NUMBERED, id_number="53352319900307002X"),
    )  # fmt: skip
    before = marks(server)

    def another(before: list[tuple[int, int]]) -> bool:
        return marks(server) != before and len(marks(server)) > 2

    for n, other in enumerate(others):
        attend(second, other, f"another case {n}")
        until(partial(another, before))
        before = marks(server)
        assert len({mark for _, mark in before}) == len(before), other


def marks(server: hall.Server) -> list[tuple[int, int]]:
    return [
        (pid, int(mark))
        for pid, mark in server.tell(
            "SELECT pid, (classid::bigint << 32 | objid::bigint) FROM pg_locks WHERE locktype = 'advisory'"
        )
    ]


@pytest.mark.hall
@pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")
def test_no_mark_says_who_it_is_nor_that_they_are_in_another_book_too(
    offices: list[Office], server: hall.Server, place: str, tmp_path: Path
) -> None:
    """GIVEN the same visitor at a window of another branch on the same server THEN the marks have nothing in common, and what everybody who
    may log in can see holds neither number nor name."""
    with closing(an_office(tmp_path / "branch", place.replace("8" * 16, "9" * 16), 1)) as branch:
        for office in (offices[0], branch):
            attend(office, Applicant("岩罕", PHONE, id_number=ID_NUMBER), "case 1")
        until(lambda: len(marks(server)) == 6)
        assert len({mark for _, mark in marks(server)}) == 6
        assert also_open_at(offices[0]) == also_open_at(branch) == ()
        seen = str(server.tell("SELECT query, application_name FROM pg_stat_activity"))
        assert not [told for told in ("岩罕", PHONE, ID_NUMBER, ID_NUMBER[-4:], "case 1") if told in seen]


@pytest.mark.hall
@pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")
def test_whose_user_it_is_is_said_as_the_office_calls_them(server: hall.Server, place: str, tmp_path: Path) -> None:
    prepare_server(place)
    for who, password in PASSWORDS.items():
        let_clerk_in(place, who, password)
    address = f"postgresql:///{hall.DATABASE}?host={server.folder}&schema=b{'8' * 16}"
    shifts = [Shift(*known) for known in PASSWORDS.items()]
    try:
        with (
            closing(an_office(tmp_path / "pc1", address, 1, shifts[0])) as first,
            closing(an_office(tmp_path / "pc2", address, 2, shifts[1])) as second,
        ):
            first.decide_profile(confirmed(first.profile))
            attend(first, NUMBERED, "")
            attend(second, NUMBERED, "")
            clerk = first.profile.clerk("0002").name
            until(lambda: also_open_at(first) == (f"综合窗口 2（{clerk}）",))
    finally:
        server.clear()
        for who in (
            *(f"b{'8' * 16}_{what}" for what in ("owner", "window", "reader", "eraser")),
            "clerk_0001",
            "clerk_0002",
        ):
            server.tell(f"DROP OWNED BY {who}; DROP ROLE {who}")


def test_beside_a_book_in_a_file_there_is_nobody(tmp_path: Path) -> None:
    with closing(open_office(tmp_path)) as office:
        attend(office, NUMBERED, "case 1")
        assert also_open_at(office) == ()
