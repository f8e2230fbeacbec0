"""Whoever was taken out does nothing more, and what a secret gave goes with whoever typed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import Clerk, OfficeProfile
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.keepers import dismiss_keeper, keepers, name_keeper
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.registers import complaints
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.registers.register_key import register_key
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from tests.operations.keys.sealed_office import OURS, SHEET, THEIRS, a_sealed_office, opened_by, refused

PIN, NEW = "271828", "third person here 12"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))
    monkeypatch.setattr(sign_in, "PIN_COST", Cost(1, 8192))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """0001 is the administrator, 0002 a keeper who has a PIN."""
    office = a_sealed_office(tmp_path)
    roles = {"0001": ("administrator", "clerk"), "0002": ("clerk", "register_keeper")}
    _people(office, *(replace(clerk, roles=roles.get(clerk.staff_number, ())) for clerk in office.profile.clerks))
    name_keeper(office, "0001", "0002")
    office.close()
    with opened_by(tmp_path, sealing.by_passphrase(tmp_path, "0002", THEIRS)) as theirs:
        sign_in.set_pin(theirs, sign_in.sealed_pin(PIN))
    return tmp_path


@pytest.fixture
def ours(folder: Path) -> Iterator[Office]:
    with opened_by(folder, sealing.by_passphrase(folder, "0001", OURS)) as office:
        yield office


@pytest.fixture
def theirs(folder: Path) -> Iterator[Office]:
    with opened_by(folder, sealing.by_passphrase(folder, "0002", THEIRS)) as office:
        yield office


def _people(office: Office, *clerks: Clerk) -> None:
    office.decide_profile(replace(office.profile, clerks=clerks))


def _without(profile: OfficeProfile, who: str) -> OfficeProfile:
    clerks = tuple(clerk for clerk in profile.clerks if clerk.staff_number != who)
    posts = tuple(replace(post, holder="" if post.holder == who else post.holder) for post in profile.posts)
    return replace(profile, clerks=clerks, posts=posts)


def reads(office: Office) -> str:
    try:
        complaints.read_register(office, register_key(office))
    except Refusal as refusal:
        return refusal.code
    return "reads"


def test_who_was_taken_out_does_nothing_more_in_a_window_that_was_open(ours: Office, theirs: Office) -> None:
    """GIVEN 0002 at an open window WHEN the administrator takes them out THEN nothing of theirs is written, and nothing lets them back."""
    before = theirs.profile
    assert refused(ours.decide_profile, _without(ours.profile, "0002")) == "opens-the-book"
    sealing.remove_passphrase(ours, "0001", "0002")
    assert refused(sealing.change_passphrase, theirs, "0002", THEIRS, NEW) == "no-passphrase-of"
    ours.decide_profile(_without(ours.profile, "0002"))
    last = ours.book.head()
    assert refused(note_call, theirs, "来电记录") == "no-clerk-any-more"
    assert refused(theirs.decide_profile, before) == "no-clerk-any-more"
    assert refused(sealing.change_passphrase, theirs, "0002", THEIRS, NEW) == "no-clerk-any-more"
    assert ours.book.head() == last
    assert sealing.people(ours) == ("0001",)


def test_a_role_that_was_taken_is_gone_in_a_window_that_was_open(ours: Office, theirs: Office) -> None:
    assert theirs.permit(Permission.RECORD).staff_number == "0002"
    _people(
        ours, *(replace(c, roles=("archivist",) if c.staff_number == "0002" else c.roles) for c in ours.profile.clerks)
    )
    assert refused(theirs.permit, Permission.ISSUE_RECEIPT) == "not-permitted"
    assert theirs.profile.current_clerk == "0002", "who is at the window is the window's own"


def test_the_last_administrator_who_opens_the_book_stays_and_people_of_before_are_nobody_else(ours: Office) -> None:
    """KINDS the role is given away; the passphrase is taken away; the one who would be left is no clerk."""
    clerks = ours.profile.clerks
    moved = {"0001": ("clerk",), "0005": ("administrator",)}
    away = tuple(replace(clerk, roles=moved.get(clerk.staff_number, clerk.roles)) for clerk in clerks)
    assert refused(_people, ours, *away) == "last-administrator"
    assert refused(sealing.remove_passphrase, ours, "0001", "0001") == "last-administrator"
    gone = _without(ours.profile, "0002")
    ours.book.append(EntryKind.OFFICE_PROFILE, gone.to_payload())
    assert refused(sealing.remove_passphrase, ours, "0001", "0001") == "last-passphrase"


def test_a_keeper_reads_after_their_own_secret_and_not_after_another_was_at_the_window(ours: Office) -> None:
    """KINDS a PIN after a passphrase of the morning; a secret shown while standing by; a keeper dismissed while they read."""
    assert sign_in.check(ours, "0002", THEIRS)()
    ours.act_as("0002")
    assert reads(ours) == "reads"
    ours.act_as("0001")
    assert sign_in.check(ours, "0002", PIN)()
    ours.act_as("0002")
    assert (reads(ours), ours.register_secret) == ("not-a-keeper", b"")
    ours.act_as("0001")
    sealing.add_passphrase(ours, "0001", "0003", NEW)
    sealing.add_passphrase(ours, "0001", "0003", "another one for them", Second("0002", THEIRS))
    ours.act_as("0002")
    assert ours.register_secret == b"", "whoever stood by left nothing here"


def test_a_secret_that_was_shown_before_a_pin_gives_nothing(ours: Office) -> None:
    assert sign_in.check(ours, "0002", THEIRS)()
    assert sign_in.check(ours, "0002", PIN)()
    ours.act_as("0002")
    assert ours.register_secret == b""


def test_dismissed_is_dismissed_at_once(folder: Path, ours: Office, theirs: Office) -> None:
    sealing.add_passphrase(ours, "0001", "0003", NEW)
    name_keeper(theirs, "0002", "0003")
    with opened_by(folder, sealing.by_passphrase(folder, "0003", NEW)) as other:
        assert reads(theirs) == "reads"
        dismiss_keeper(other, "0003", "0002")
        assert (reads(theirs), theirs.register_secret) == ("not-a-keeper", b"")
        assert refused(name_keeper, theirs, "0002", "0002") == "keeper-needed"
        assert keepers(other) == ("0003",)


def test_what_the_sheet_opened_is_gone_with_the_window_handed_over(folder: Path) -> None:
    with opened_by(folder, sealing.by_sheet(folder, "0001", SHEET)) as office:
        assert (office.entered.by_master, bool(office.register_secret)) == (True, True)
        office.act_as("0002")
        office.act_as("0001")
        assert (office.entered.by_master, office.register_secret) == (False, b"")
