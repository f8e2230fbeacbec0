"""What acts told, read without their papers: only what is asked for, and never what is void or no act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.matching import Person
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.storage.views import acts
from tests.make import ID_NUMBER, PHONE, a_request, an_office

COMPLETE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}
WHO = {"name": '岩"罕', "phone": PHONE, "id_number": ID_NUMBER}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    yield office
    office.close()


def act(office: Office, item: str = "B08", **changes: Any) -> int:
    """Does an act and gives the number of its entry."""
    issue_slip(office, a_request(item, **{"applicant": WHO, **changes}))
    return office.book.head()[0]


def test_an_act_is_read_as_the_entry_holds_it(office: Office) -> None:
    seq = act(office, request_id="told")
    (read,) = acts.acts_at(office.database, [seq, 1])
    entry = office.book.find("told")
    assert entry is not None
    assert read.everything.to_payload() == entry.payload["facts"]
    assert (read.applicant.to_payload(), read.uuid, read.time) == (entry.payload["applicant"], "told", entry.time)
    assert (read.number, read.clerk, read.slip) == ("临公积金示一告〔2026〕1号", "李某", "notification_slip")
    assert acts.acts_of(office.database, ["told"]) == [read]


def test_an_entry_without_details_or_decision(office: Office) -> None:
    act(office, delivery="oral", request_id="told")
    entry = office.book.find("told")
    assert entry is not None
    facts = {key: value for key, value in entry.payload["facts"].items() if key != "told"}
    content = {"result": entry.payload["result"], "applicant": entry.payload["applicant"], "facts": facts}
    old = office.book.append(EntryKind.ORAL_NOTICE, content).seq
    act(office, answers=COMPLETE, received="all", eligible="yes", on_the_spot=False, request_id="open")
    step = {"case": "open", "step": "contact", "on": "2026-11-23", "clerk": "001"}
    contact = office.book.append(EntryKind.CASE_STEP, step).seq
    (read,) = acts.acts_at(office.database, [old, contact])
    assert (read.everything.to_payload(), read.number, read.clerk) == (facts, "", "")


def test_whom_an_act_was_for(office: Office) -> None:
    seqs = [act(office), act(office, delivery="oral", applicant={"name": "玉·罕"})]
    found = acts.acts_at(office.database, [*seqs, 99])
    assert [one.person for one in found] == [Person('岩"罕', ID_NUMBER, PHONE), Person("玉罕")]


def test_which_slips_are_void(office: Office) -> None:
    first, second = act(office), act(office)
    reprint_and_void.void(office, office.archive.search("", item="B08")[0].number, "姓名打错")
    assert acts.void_seqs(office.database, [first, second]) == {second}
