"""An office seals its book, and opens it with each secret that may; nothing of a secret is in any entry."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, NoReturn

import apsw
import pytest

from counter_assistant import paths
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeySlot
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.catalogue.centre_key import take_centre_key
from counter_assistant.operations.data_folder import is_sealed
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.keys.keepers import name_keeper
from counter_assistant.operations.keys.key_files import give_key_file
from counter_assistant.operations.keys.new_key import change_key
from counter_assistant.operations.notification.earlier import look_back
from counter_assistant.operations.office import Office, open_office
from counter_assistant.printing.jobs import JobFacts, JobStatus, Printer, submit
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.engines.sqlite import connection, database
from counter_assistant.storage.journal import entries
from counter_assistant.storage.packs.handed_key import HandedKey
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.ring_file import CHANGED
from tests.make import ID_NUMBER, PHONE, SINGLE, a_request, administrators, an_office, clock, confirmed
from tests.operations.keys.book_key import key_by_passphrase, key_by_sheet
from tests.storage.sealing.canary import found_in

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
CANARY = "龘靐齉"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = an_office(tmp_path)
    made.decide_profile(confirmed(made.profile))
    yield made
    made.close()


@pytest.fixture
def sheet() -> str:
    return sealing.new_sheet()


def refused(act: Callable[..., object], *arguments: object, **named: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **named)
    assert not [secret for secret in (OURS, THEIRS) if secret in str(refusal.value)]
    return refusal.value.code


def first(office: Office) -> str:
    return office.profile.clerks[0].staff_number


def slots(office: Office) -> list[tuple[str, str, str]]:
    entries = office.book.entries(EntryKind.KEY_SLOT)
    said = [KeySlot.from_payload(entry.payload) for entry in entries]
    return [(slot.act, slot.who, slot.by) for slot in said]


def test_the_book_goes_on_sealed_and_opens_by_passphrase_and_by_sheet(
    office: Office, sheet: str, tmp_path: Path
) -> None:
    one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
    before = issue_slip(office, a_request(answers=SINGLE, request_id="a")).slip
    assert before
    assert not is_sealed(tmp_path)
    sealing.seal(office, one, OURS, sheet)
    after = issue_slip(office, a_request(answers=SINGLE, request_id="b")).slip
    assert after
    sealing.add_passphrase(office, one, two, THEIRS)
    assert sealing.people(office) == (one, two)
    assert slots(office) == [("sealed", one, one), ("added", two, one)]
    office.close()
    assert is_sealed(tmp_path)
    assert refused(open_office, tmp_path, clock) == "book-sealed"
    for key in (
        key_by_passphrase(tmp_path, one, OURS),
        key_by_passphrase(tmp_path, two, THEIRS),
        key_by_sheet(tmp_path, sheet),
    ):
        with closing(open_office(tmp_path, clock, key=key)) as again:
            assert {row.number for row in again.archive.search()} == {before.number, after.number}
            assert again.book.check().ok
    assert refused(key_by_passphrase, tmp_path, one, THEIRS) == "wrong-passphrase"
    assert refused(key_by_sheet, tmp_path, sealing.new_sheet()) == "wrong-sheet"
    assert refused(key_by_sheet, tmp_path, "恢复") == "sheet-length"


def test_passphrases_are_changed_and_taken_away(office: Office, sheet: str, tmp_path: Path) -> None:
    office.decide_profile(administrators(office.profile))
    one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
    sealing.seal(office, one, OURS, sheet)
    assert refused(sealing.remove_passphrase, office, one, one) == "last-passphrase"
    assert refused(sealing.add_passphrase, office, one, one, THEIRS) == "own-passphrase"
    assert refused(sealing.add_passphrase, office, one, "9999", THEIRS) == "unknown-clerk"
    assert refused(sealing.add_passphrase, office, one, two, "short") == "weak-passphrase"
    assert refused(sealing.seal, office, one, OURS, sheet) == "already-sealed"
    sealing.change_passphrase(office, one, OURS, THEIRS)
    assert refused(key_by_passphrase, tmp_path, one, OURS) == "wrong-passphrase"
    sealing.add_passphrase(office, one, two, OURS)
    sealing.remove_passphrase(office, two, one)
    renewed = sealing.new_sheet()
    sealing.renew_sheet(office, two, renewed)
    assert refused(key_by_sheet, tmp_path, sheet) == "wrong-sheet"
    assert key_by_sheet(tmp_path, renewed) == key_by_passphrase(tmp_path, two, OURS)
    sealing.let_in(office, sealing.by_sheet(tmp_path, two, renewed))
    assert [act for act, _, _ in slots(office)] == [
        "sealed", "changed", "added", "removed", "sheet_renewed", "opened_by_sheet",
    ]  # fmt: skip
    said = "".join(str(entry.payload) for entry in office.book.entries())
    assert not [secret for secret in (OURS, THEIRS, sheet, renewed) if secret in said]


def test_every_person_gone_the_sheet_lets_somebody_in(office: Office, sheet: str, tmp_path: Path) -> None:
    """GIVEN nobody who remembers WHEN the sheet opens the book THEN one of the clerks takes a new passphrase."""
    one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
    sealing.seal(office, one, OURS, sheet)
    office.close()
    opened = sealing.by_sheet(tmp_path, two, sheet)
    with closing(open_office(tmp_path, clock, key=opened.key)) as again:
        sealing.let_in(again, opened)
        sealing.change_passphrase(again, two, "", THEIRS)
    assert key_by_passphrase(tmp_path, two, THEIRS)


def test_example_and_training_stay_open(tmp_path: Path, sheet: str) -> None:
    for training, code in ((False, "example-stays-open"), (True, "training-stays-open")):
        with closing(an_office(tmp_path, training=training)) as office:
            assert refused(sealing.seal, office, first(office), OURS, sheet) == code
            assert (
                refused(sealing.people, office)
                == refused(sealing.change_passphrase, office, "", THEIRS, OURS)
                == "not-sealed"
            )


class Spool:
    """A queue that keeps what it is sent in a folder, and prints it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def printers(self) -> list[Printer]:
        return [Printer("hp", "惠普")]

    def send(self, pdf: bytes, title: str, printer: Printer) -> int:
        job = len(list(self._folder.iterdir())) + 1
        (self._folder / f"spooled-{job}.pdf").write_bytes(pdf)
        return job

    def trays(self, printer: str) -> tuple[str, ...]:
        return ()

    def job(self, printer: str, job: int) -> JobFacts:
        return JobFacts(JobStatus.COMPLETED)

    def find(self, title: str) -> None:
        return None

    def cancel(self, printer: str, job: int) -> None:
        raise AssertionError


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a clerk saves a paper, and the queue of a printer keeps it."""
    return tmp_path_factory.mktemp("elsewhere")


def test_nothing_of_a_visitor_is_found_beside_a_sealed_book(
    office: Office, sheet: str, tmp_path: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN all that is done about a visitor, papers printed and saved elsewhere THEN the data folder says nothing of them."""
    canaries = (CANARY, PHONE, ID_NUMBER, OURS)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))

    def serve(name: str) -> None:
        who = {"name": CANARY, "phone": PHONE, "id_number": ID_NUMBER}
        slip = issue_slip(office, a_request(answers=SINGLE, request_id=name, applicant=who)).slip
        assert slip
        office.drafts.save(f"draft {name}", who)
        printed, _ = reprint_and_void.reprint(office, slip.number)
        office.prints.begin(slip.number)
        office.prints.sent(slip.number, submit(Spool(elsewhere), printed, slip.number, None))
        reprint_and_void.save_paper(printed, elsewhere, slip.number)
        assert office.archive.search(ID_NUMBER)
        assert look_back(office, a_request(applicant=who).applicant, "B08").acts
        assert reveal(office, slip.number, "核对").id_number == ID_NUMBER

    serve("before")
    assert {found.split(": ")[1] for found in found_in(tmp_path, canaries)} == {CANARY, PHONE, ID_NUMBER}
    sealing.seal(office, first(office), OURS, sheet)
    serve("after")
    assert found_in(tmp_path, canaries) == []
    office.close()
    assert found_in(tmp_path, canaries) == []
    papers = sorted(elsewhere.glob("*.pdf"))
    assert len(papers) == 4
    assert {found.split(": ")[1] for found in found_in(elsewhere, canaries)} == {CANARY}, "the search reads papers"


def test_keys_that_are_away_or_alone_are_told(office: Office, sheet: str, tmp_path: Path) -> None:
    sealing.seal(office, first(office), OURS, sheet)
    key = office.database.key
    office.close()
    keys, book = tmp_path / NAME, tmp_path / paths.BOOK_NAME
    kept, whole = keys.read_bytes(), book.read_bytes()
    keys.unlink()
    assert is_sealed(tmp_path)
    assert refused(key_by_passphrase, tmp_path, "0001", OURS) == "book-keys-missing"
    keys.write_bytes(kept)
    book.write_bytes(bytes(64) + whole[64:])
    assert is_sealed(tmp_path), "a head that is gone is told by who opens it with the key"
    assert refused(open_office, tmp_path, clock, key=key) == "book-of-another-key"
    book.unlink()
    assert refused(open_office, tmp_path, clock) == "book-missing"


def test_who_acts_on_the_command_line_is_one_person(office: Office) -> None:
    two = office.profile.clerks[1]
    office.act_as(two.staff_number)
    assert office.profile.clerk("") == two
    office.reread()
    assert office.profile.clerk("") == two
    assert refused(office.act_as, "9999") == "unknown-clerk"


def test_who_may_not_look_after_the_keys_changes_their_own_passphrase_alone(
    office: Office, sheet: str, tmp_path: Path
) -> None:
    """GIVEN an administrator and a clerk WHEN the clerk changes keys THEN it is refused and nothing is recorded, but of their own."""
    one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
    assert refused(sealing.seal, office, two, THEIRS, sheet) == "not-permitted"
    sealing.seal(office, one, OURS, sheet)
    sealing.add_passphrase(office, one, two, THEIRS)
    before, acts = (tmp_path / NAME).read_bytes(), slots(office)
    stick = tmp_path.parent / f"{tmp_path.name}.key"
    for act, arguments in (
        (sealing.add_passphrase, ("0003", OURS)), (sealing.remove_passphrase, (one,)),
        (sealing.renew_sheet, (sealing.new_sheet(),)), (change_key, ()), (name_keeper, (two,)),
        (give_key_file, ("0003", stick)), (take_centre_key, (HandedKey("中心", "00", "Ed25519", "00"),)),
    ):  # fmt: skip
        assert refused(act, office, two, *arguments) == "not-permitted", act
    assert ((tmp_path / NAME).read_bytes(), slots(office)) == (before, acts)
    sealing.change_passphrase(office, two, THEIRS, OURS)
    give_key_file(office, two, two, stick, old=OURS)
    office.act_as(one)
    assert refused(sealing.change_passphrase, office, two, THEIRS, OURS) == "another-clerk"


def test_whoever_opened_it_with_the_sheet_looks_after_the_keys(office: Office, sheet: str, tmp_path: Path) -> None:
    """GIVEN the only administrator gone WHEN a clerk opens the book with the sheet THEN they let colleagues in; after a hand-over nobody does."""
    one, two, three = (clerk.staff_number for clerk in office.profile.clerks[:3])
    sealing.seal(office, one, OURS, sheet)
    office.close()
    opened = sealing.by_sheet(tmp_path, two, sheet)
    with closing(open_office(tmp_path, clock, key=opened.key)) as again:
        sealing.let_in(again, opened)
        sealing.add_passphrase(again, two, three, THEIRS)
        sealing.remove_passphrase(again, two, one)
        again.act_as(three)
        assert refused(sealing.remove_passphrase, again, three, two) == "not-permitted"


def test_a_book_that_cannot_be_read_is_no_crash(
    office: Office, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealing.seal(office, first(office), OURS, sheet)
    key = office.database.key
    office.close()
    monkeypatch.setattr(apsw, "VFSFile", failing(apsw.SQLITE_CANTOPEN))
    assert is_sealed(tmp_path)
    assert refused(open_office, tmp_path, clock, key=key) == "disk-error"


def test_a_folder_that_cannot_be_looked_into_is_refused_by_who_opens_it(tmp_path: Path) -> None:
    unheard_of = tmp_path / ("x" * 300)
    assert not is_sealed(unheard_of)
    assert refused(open_office, unheard_of, clock) == "no-data-folder"


def failing(code: int) -> Callable[..., NoReturn]:
    return raising(apsw.exception_for(code))


def test_without_its_entry_nothing_is_sealed(
    office: Office, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(entries, "append", failing(apsw.SQLITE_FULL))
        assert refused(sealing.seal, office, first(office), OURS, sheet) == "disk-full"
    assert not office.sealed
    assert not (tmp_path / NAME).exists()
    assert slots(office) == []
    sealing.seal(office, first(office), OURS, sheet)
    assert slots(office) == [("sealed", first(office), first(office))]


def test_what_is_not_sealed_after_all_has_no_entry(office: Office, sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError("full")

    with monkeypatch.context() as patched:
        patched.setattr("counter_assistant.storage.engines.sqlite.sealing._keep_aside", full)
        assert refused(sealing.seal, office, first(office), OURS, sheet) == "seal-unsaved"
    assert not office.sealed
    assert slots(office) == []


@pytest.mark.parametrize("at", ["the entry", "the commit"])
def test_keys_without_their_entry_are_as_they_were(
    office: Office, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """GIVEN a disk that is full when the entry is written, or made durable THEN each change of the keys is refused, and undone."""
    one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
    sealing.seal(office, one, OURS, sheet)
    sealing.add_passphrase(office, one, two, OURS)
    kept, said = (tmp_path / NAME).read_bytes(), slots(office)
    real, turns = connection.transaction, cycle((True, False))  # what puts the keys back comes second

    @contextmanager
    def full(handle: Any, folder: Path) -> Iterator[None]:
        with real(handle, folder):
            yield
            if next(turns):
                assert (tmp_path / NAME).read_bytes() == kept
                assert (tmp_path / CHANGED).read_bytes() != kept
                raise apsw.exception_for(apsw.SQLITE_FULL)

    if at == "the entry":
        monkeypatch.setattr(entries, "append", failing(apsw.SQLITE_FULL))
    else:
        monkeypatch.setattr(database, "transaction", full)
    for act in (
        lambda: sealing.change_passphrase(office, one, OURS, THEIRS),
        lambda: sealing.remove_passphrase(office, one, two),
        lambda: sealing.renew_sheet(office, one, sealing.new_sheet()),
    ):
        assert refused(act) == "disk-full"
        assert (tmp_path / NAME).read_bytes() == kept
    assert slots(office) == said


@pytest.mark.parametrize("settled", ["confirmed", "put right"])
def test_the_sheet_lets_nobody_in_at_a_doubtful_time_until_that_is_settled(
    office: Office, sheet: str, tmp_path: Path, settled: str
) -> None:
    one = first(office)
    sealing.seal(office, one, OURS, sheet)
    noted = [*slots(office), ("opened_by_sheet", one, "")]
    office.close()
    opened, wrong = sealing.by_sheet(tmp_path, one, sheet), [timedelta(days=40)]
    with closing(open_office(tmp_path, lambda: clock() - wrong[0], key=opened.key)) as again:
        assert refused(sealing.let_in, again, opened) == "clock-doubtful"
        assert slots(again) == noted[:-1]
        if settled == "put right":
            wrong[0] = timedelta()
        sealing.let_in(again, opened._replace(clock_confirmed=True))
        assert slots(again) == noted
        confirmed_it = again.book.latest(EntryKind.CLOCK_CONFIRMED)
        assert (confirmed_it is not None) == (settled == "confirmed")


def test_memory_that_a_passphrase_does_not_get_is_told(
    office: Office, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nacl import pwhash
    from nacl.exceptions import RuntimeError as SodiumError

    sealing.seal(office, first(office), OURS, sheet)
    for error in (SodiumError("Unexpected failure in key derivation"), MemoryError()):
        monkeypatch.setattr(pwhash.argon2id, "kdf", raising(error))
        assert refused(key_by_passphrase, tmp_path, first(office), OURS) == "memory-full"
        assert refused(sealing.change_passphrase, office, first(office), OURS, OURS) == "memory-full"


def raising(error: Exception) -> Callable[..., NoReturn]:
    def fail(*_: object, **_named: object) -> NoReturn:
        raise error

    return fail
