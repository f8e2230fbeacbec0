"""Complaints: anybody records one, only the keepers read it; nothing of it is found anywhere with a clerk's key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_assistant.domain.entry import SEALED_ACT, EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import Category, Complaint, ComplaintChannel, NameKept
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, StepTold, Supplement, TellingWay
from counter_assistant.operations import sealing
from counter_assistant.operations.keys.keepers import name_keeper
from counter_assistant.operations.keys.ring_changes import key_of, ring_of
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import complaint_drafts, complaints
from counter_assistant.operations.registers.register_key import register_key, training_key
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost, new_pair
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.sealing.ring_file import write_ring
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from tests.make import NOW, an_office, clock, confirmed, give_items
from tests.storage.sealing.canary import found_in, found_in_tables

OURS, THEIRS = "san yue de yu luo zai gengma", "di yi ban duchuan 0630"
NAME, PHONE, TEXT, ABOUT = "龘靐齉", "13987654321", "等了一个小时没有人理", "综合窗口金丝雀"
CANARIES = (NAME, PHONE, TEXT, ABOUT)
TOLD = Complaint(
    ComplaintChannel.PHONE, Category.ATTITUDE, TEXT, NOW.date(), NameKept.WITHHELD, NAME, phone=PHONE, about=ABOUT
)
PAIR = new_pair()
KEEPER, ANYBODY = RegisterKey(PAIR.public, PAIR.secret), RegisterKey(PAIR.public)
ACCEPT, TRANSFER, VERIFY, DECIDE, FEED_BACK, FILE = ComplaintStep


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(an_office(tmp_path)) as made:
        made.decide_profile(confirmed(made.profile))
        first, second, *rest = made.profile.clerks
        keepers = [replace(clerk, roles=(*clerk.roles, Role.REGISTER_KEEPER)) for clerk in (first, second)]
        made.decide_profile(replace(made.profile, clerks=(*keepers, *rest)))
        yield made


def opened(folder: Path, who: str, passphrase: str) -> Office:
    """The sealed office, opened by somebody."""
    access = sealing.by_passphrase(folder, who, passphrase)
    office = open_office(folder, clock, key=access.key)
    try:
        sealing.let_in(office, access)
    except Refusal:
        office.close()
        raise
    return office


def refused(do: Callable[..., object], *arguments: object, **named: object) -> str:
    with pytest.raises(Refusal) as refusal:
        do(*arguments, **named)
    assert refusal.value.remedy
    assert not [canary for canary in CANARIES if canary in str(refusal.value)]
    return refusal.value.code


def test_a_clerk_records_and_a_keeper_reads_the_same(office: Office) -> None:
    recorded = complaints.record(office, ANYBODY, TOLD, clerk="0002")
    state = complaints.find(office, KEEPER, recorded.number.lower())
    assert state.complaint == replace(TOLD, number=recorded.number, author="0002", recorded=NOW)
    assert refused(complaints.find, office, ANYBODY, recorded.number) == "not-a-keeper"
    assert refused(complaints.find, office, KEEPER, recorded.number, clerk="0003") == "not-permitted"
    assert refused(complaints.read_register, office, ANYBODY) == "not-a-keeper"
    assert refused(complaints.find, office, KEEPER, "TS-0000-0000") == "complaint-unknown"


def test_two_keepers_bring_it_to_its_end(office: Office) -> None:
    number = complaints.record(office, ANYBODY, TOLD, clerk="0002").number
    complaints.supplement(office, ANYBODY, number, "又打来\n一次", clerk="0003")

    def take(step: ComplaintStep, clerk: str = "", **says: object) -> None:
        complaints.take_step(office, KEEPER, StepTold(number, step, **says), clerk=clerk)  # type: ignore[arg-type]

    take(ACCEPT, way=TellingWay.PHONE)
    assert complaints.find(office, KEEPER, number).due == date(2026, 12, 14), "15 working days, as D02 promises"
    take(VERIFY, text="属实")
    take(TRANSFER, to=office.profile.clerk("0002").name, text="涉及本窗口")
    take(DECIDE, "0002", text="致歉")
    take(FEED_BACK, "0002", way=TellingWay.PHONE)
    take(FILE, "0002", volume="2026-投-1")
    state = complaints.find(office, KEEPER, number)
    assert (state.next, state.owner, state.trackers, state.overdue(office.today())) == (None, "0002", ("0001",), False)
    assert [(step.author, step.at) for step in state.taken] == [("0001", NOW)] * 3 + [("0002", NOW)] * 3
    assert state.besides == (Supplement(number, "又打来 一次", "0003", NOW),)
    assert office.book.check().problems == []


def test_only_a_keeper_takes_a_step_and_only_the_next(office: Office) -> None:
    number = complaints.record(office, ANYBODY, TOLD).number
    before = office.book.head()
    assert refused(complaints.take_step, office, ANYBODY, StepTold(number, ACCEPT)) == "not-a-keeper"
    assert refused(complaints.take_step, office, KEEPER, StepTold(number, VERIFY, "属实")) == "step-out-of-order"
    assert refused(complaints.take_step, office, KEEPER, StepTold("TS-1", ACCEPT)) == "bad-complaint-number"
    assert refused(complaints.take_step, office, KEEPER, StepTold(number, ACCEPT), clerk="9999") == "unknown-clerk"
    assert refused(complaints.supplement, office, ANYBODY, number, " ") == "supplement-empty"
    assert refused(complaints.record, office, ANYBODY, replace(TOLD, matter="")) == "complaint-empty"
    assert office.book.head() == before


def test_a_report_of_an_employer_has_its_own_limit_and_one_that_is_not_promised_none(office: Office) -> None:
    employer = complaints.record(office, ANYBODY, replace(TOLD, category=Category.EMPLOYER)).number
    service = complaints.record(office, ANYBODY, TOLD).number
    items = {id_: texts for id_, texts in office.catalogue.items.items() if id_ != "D02"}
    give_items(office, replace(office.program.catalogue, items=items))
    for number, due in ((employer, date(2026, 12, 14)), (service, None)):
        assert complaints.take_step(office, KEEPER, StepTold(number, ACCEPT)).due == due


def test_an_act_is_done_once(office: Office) -> None:
    act = complaint_drafts.new_act()
    complaints.record(office, ANYBODY, TOLD, act=act)
    assert refused(complaints.record, office, ANYBODY, TOLD, act=act) == "complaint-recorded"
    assert len(complaints.read_register(office, KEEPER).register.complaints) == 1


def test_what_does_not_open_is_counted_and_hides_nothing(office: Office) -> None:
    number = complaints.record(office, ANYBODY, TOLD).number
    other = RegisterKey(new_pair().public)
    complaints.record(office, other, TOLD)
    complaint_drafts.save_draft(office, other, f"{SEALED_ACT}1", {})
    office.book.append(EntryKind.COMPLAINT, {"sealed": "0123"})
    entry = office.book.latest(EntryKind.COMPLAINT)
    assert entry
    readable = complaints.read_register(office, KEEPER)
    assert list(readable.register.complaints) == [number]
    assert readable.unreadable == (entry.seq - 1, entry.seq, f"{SEALED_ACT}1")
    with pytest.raises(ValueError, match="sealed"):
        content_of(entry)


def test_what_was_typed_is_kept_for_the_keepers_and_gone_once_it_is_recorded(office: Office) -> None:
    act = complaint_drafts.new_act()
    assert complaint_drafts.save_draft(office, ANYBODY, act, {"matter": TEXT[:2]}, clerk="0002")
    assert complaint_drafts.save_draft(office, ANYBODY, act, {"matter": TEXT}, clerk="0002")
    (draft,) = complaints.read_register(office, KEEPER).drafts
    assert (draft.act, draft.author, draft.typed) == (act, "0002", {"matter": TEXT})
    assert TEXT not in repr(draft)
    assert office.drafts.all() == []
    complaints.record(office, ANYBODY, TOLD, act=act)
    assert not complaint_drafts.save_draft(office, ANYBODY, act, {"matter": TEXT})
    assert complaints.read_register(office, KEEPER).drafts == ()
    other = complaint_drafts.new_act()
    complaint_drafts.save_draft(office, ANYBODY, other, {})
    complaint_drafts.drop_draft(office, KEEPER, other)
    assert complaints.read_register(office, KEEPER).drafts == ()


def test_nobody_but_a_keeper_drops_what_a_colleague_typed(office: Office) -> None:
    """GIVEN the sealed draft of a colleague WHEN somebody without the key or without the role drops it, or the desk does
    THEN it stays; a keeper may."""
    act = complaint_drafts.new_act()
    complaint_drafts.save_draft(office, ANYBODY, act, {"matter": TEXT}, clerk="0002")
    assert refused(complaint_drafts.drop_draft, office, ANYBODY, act) == "not-a-keeper"
    assert refused(complaint_drafts.drop_draft, office, KEEPER, act, clerk="0003") == "not-permitted"
    office.drafts.drop(act)
    assert refused(complaint_drafts.drop_draft, office, KEEPER, complaint_drafts.new_act()) == "complaint-unknown"
    assert [draft.act for draft in complaints.read_register(office, KEEPER).drafts] == [act]
    complaint_drafts.drop_draft(office, KEEPER, act)
    assert complaints.read_register(office, KEEPER).drafts == ()


def test_nothing_of_a_complaint_is_found_with_a_clerks_key(office: Office, tmp_path: Path) -> None:
    """GIVEN complaints recorded, drafted and gone on with WHEN every file is read and every column of the opened book
    THEN nothing of them is found, and whoever opens the book as a keeper finds them as they were said."""
    office.drafts.save("control", {"name": NAME})
    seen = (*CANARIES, office.profile.branch)
    assert found_in_tables(office.database.handle, seen) == [
        f"draft.body: {NAME}",
        f"payload.body: {office.profile.branch}",
    ]
    office.drafts.drop("control")
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealing.add_passphrase(office, "0001", "0003", THEIRS)
    name_keeper(office, "0001", "0001")
    office.close()
    with closing(opened(tmp_path, "0003", THEIRS)) as clerks:
        key = register_key(clerks)
        number = complaints.record(clerks, key, TOLD).number
        complaints.supplement(clerks, key, number, f"{NAME}又打来，{TEXT}")
        drafted = complaint_drafts.new_act()
        for count in range(1, len(TEXT)):
            complaint_drafts.save_draft(clerks, key, drafted, {"name": NAME, "phone": PHONE, "matter": TEXT[:count]})
        complaint_drafts.save_draft(
            clerks, key, drafted, {"name": NAME, "phone": PHONE, "matter": TEXT, "about": ABOUT}
        )
        assert refused(complaints.find, clerks, key, number) == "not-permitted"
    with closing(opened(tmp_path, "0001", OURS)) as keepers:
        complaints.take_step(keepers, register_key(keepers), StepTold(number, ACCEPT, f"已告知{NAME}"))
        canaries = (*CANARIES, number)
        assert found_in(tmp_path, canaries) == []
    assert found_in(tmp_path, canaries) == []
    with closing(opened(tmp_path, "0003", THEIRS)) as clerks:
        assert found_in_tables(clerks.database.handle, (*canaries, '"supplement":', '"accept"')) == []
        clerks.book.rebuild()
        assert clerks.book.check().problems == []
        assert found_in_tables(clerks.database.handle, canaries) == []
        for wanted in (NAME, PHONE[-4:], TEXT[:2], number):
            assert (clerks.archive.search(wanted), clerks.cases.found(wanted)) == ([], [])
    with closing(opened(tmp_path, "0001", OURS)) as keepers:
        readable = complaints.read_register(keepers, register_key(keepers))
        state = readable.register.complaints[number]
        assert replace(state.complaint, number="", author="", recorded=None) == TOLD
        assert state.complaint.author == "0003"
        assert readable.drafts[0].typed == {"name": NAME, "phone": PHONE, "matter": TEXT, "about": ABOUT}
        assert [step.told.text for step in state.taken] == [f"已告知{NAME}"]


def test_the_role_alone_opens_nothing(office: Office, tmp_path: Path) -> None:
    """GIVEN a keeper by role whom nobody gave the key WHEN they open the book THEN they seal like anybody, and read nothing."""
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealing.add_passphrase(office, "0001", "0002", THEIRS)
    name_keeper(office, "0001", "0001")
    office.close()
    with closing(opened(tmp_path, "0002", THEIRS)) as other:
        number = complaints.record(other, register_key(other), TOLD).number
        with pytest.raises(Refusal) as refusal:
            complaints.find(other, register_key(other), number)
        assert (refusal.value.code, "罗𠅤克（" in refusal.value.remedy) == ("not-a-keeper", True)
        assert refused(complaints.take_step, other, register_key(other), StepTold(number, ACCEPT)) == "not-a-keeper"
    with closing(opened(tmp_path, "0001", OURS)) as keepers:
        assert complaints.find(keepers, register_key(keepers), number).complaint.author == "0002"
        keepers.act_as("0002")
        assert register_key(keepers).secret is None, "what one keeper opened is not the next one's"


def test_a_complaint_is_given_only_to_who_could_open_it(office: Office, tmp_path: Path) -> None:
    """GIVEN a clerk without key or role, and a keeper by role whom nobody gave the key WHEN a complaint is transferred to one of them
    THEN it stays where it is; to who has both it goes."""
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    sealing.add_passphrase(office, "0001", "0002", THEIRS)
    sealing.add_passphrase(office, "0001", "0003", "wo shi chuangkou de ren 88")
    name_keeper(office, "0001", "0001")
    office.close()
    with closing(opened(tmp_path, "0001", OURS)) as keeps:
        key = register_key(keeps)
        number = complaints.record(keeps, key, TOLD).number
        complaints.take_step(keeps, key, StepTold(number, ACCEPT))
        for who in ("0002", "0003"):
            before = keeps.book.head()
            with pytest.raises(Refusal) as refusal:
                complaints.take_step(keeps, key, StepTold(number, TRANSFER, "出差", who))
            assert refusal.value.code == "transferred-to-no-keeper"
            assert "罗𠅤克（" in refusal.value.remedy
            assert keeps.book.head() == before
        name_keeper(keeps, "0001", "0003")
        assert refused(complaints.take_step, keeps, key, StepTold(number, TRANSFER, "出差", "0003")) == (
            "transferred-to-no-keeper"
        ), "the key without the role"
        name_keeper(keeps, "0001", "0002")
        assert complaints.take_step(keeps, key, StepTold(number, TRANSFER, "出差", "0002")).owner == "0002"


def test_from_outside_a_complaint_a_step_and_something_added_look_alike(office: Office) -> None:
    number = complaints.record(office, ANYBODY, TOLD, clerk="0002").number
    complaints.supplement(office, ANYBODY, number, "又打来", clerk="0003")
    complaints.take_step(office, KEEPER, StepTold(number, ACCEPT))
    entries = list(office.book.entries(EntryKind.COMPLAINT))
    contents = [content_of(entry) for entry in entries]
    assert {(content.by, content.key, len(content.box)) for content in contents} == {
        (contents[0].by, KEEPER.name, len(contents[0].box))
    }
    assert {(entry.uuid or "")[: len(SEALED_ACT)] for entry in entries} == {SEALED_ACT}
    assert len({entry.uuid for entry in entries}) == 3
    assert {frozenset(entry.payload) for entry in entries} == {frozenset({"schema", "sealed", "request"})}


def test_a_key_in_the_place_of_the_register_s_is_noticed_by_its_keepers(office: Office, tmp_path: Path) -> None:
    """GIVEN somebody with the book's key who puts a key of their own beside it WHEN a keeper opens the book THEN it is told."""
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    name_keeper(office, "0001", "0001")
    own = replace(ring_of(office), register_public=new_pair().public)
    write_ring(tmp_path, own, key_of(office))
    office.close()
    assert refused(opened, tmp_path, "0001", OURS) == "keys-damaged"


def test_who_may_not_yet_is_told_why(office: Office, tmp_path: Path) -> None:
    assert refused(register_key, office) == "register-unsealed"
    with closing(an_office(tmp_path / "example")) as example:
        assert refused(register_key, example) == "register-unsealed"
    sealing.seal(office, "0001", OURS, sealing.new_sheet())
    assert refused(register_key, office) == "no-keeper"


def test_in_training_everybody_is_a_keeper(tmp_path: Path) -> None:
    with closing(an_office(tmp_path, training=True)) as office:
        number = complaints.record(office, register_key(office), TOLD).number
        assert complaints.find(office, register_key(office), number).complaint.name == NAME
        assert register_key(office) == training_key()
