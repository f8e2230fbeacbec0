"""What is recorded of a revision is checked as a whole beforehand; and whether there is anything to record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.revision import TextEdited
from counter_assistant.domain.revision.statements import newest
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.catalogue.packs import look, take_pack
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import (
    checked_revision,
    is_revised,
    phrases_changed,
    take_revision,
)
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.office_phrases import decide_phrases
from tests.operations.catalogue.packing import APPROVAL, an_office_at, approve_renamed, packed

WELCOME, WINDOW = (
    own_phrase(26, text, PhraseChannel.COUNTER, Moment.WELCOME) for text in ("请到三号窗口。", "请到四号窗口。")
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path / "office")
    yield office
    office.close()


def refused(office: Office, revising: Revising, second: str = "0002", number: str = "18号") -> str:
    with pytest.raises(Refusal) as refusal:
        checked_revision(office, revising, replace(APPROVAL, number=number), second)
    return refusal.value.code


def rename(revising: Revising) -> None:
    revising.do(TextEdited(replace(newest(revising.working, "B08"), name="租房提取")))


def test_an_act_or_a_phrase_of_its_own_is_something_to_send(office: Office) -> None:
    revising = Revising(office)
    assert (is_revised(office, revising), phrases_changed(office)) == (False, ())
    decide_phrases(office, [WELCOME])
    assert (is_revised(office, revising), phrases_changed(office)) == (True, ("文明用语：新增“请到三号窗口。”",))
    decide_phrases(office, [])
    assert (is_revised(office, revising), phrases_changed(office)) == (False, ())
    rename(revising)
    assert (is_revised(office, revising), phrases_changed(office)) == (True, ())


def test_a_phrase_is_compared_with_the_edition_that_has_it(office: Office) -> None:
    decide_phrases(office, [WELCOME])
    take_revision(office, Revising(office), APPROVAL, "0002")
    assert not is_revised(office, Revising(office))
    decide_phrases(office, [WINDOW])
    assert phrases_changed(office) == ("文明用语：“请到三号窗口。”改为“请到四号窗口。”",)
    assert is_revised(office, Revising(office))


def test_what_nothing_filled_in_could_mend_comes_first_and_nothing_is_recorded(office: Office) -> None:
    revising = Revising(office)
    assert refused(office, revising, second="", number="") == "nothing-revised"
    rename(revising)
    assert refused(office, revising, second="", number="") == "approval-incomplete"
    assert refused(office, revising, second="") == "second-person-needed"
    checked = checked_revision(office, revising, APPROVAL, "0002")
    assert office.book.latest(EntryKind.CONTENT_TAKEN) is None
    entry = take_revision(office, revising, APPROVAL, "0002")
    assert ContentTaken.from_payload(entry.payload) == checked
    assert refused(office, revising, second="", number="") == "revision-outdated"


def test_who_may_not_record_it_is_told_before_anything_is_asked_for(office: Office) -> None:
    revising = Revising(office)
    rename(revising)
    first, second, *rest = office.profile.clerks
    clerks = (replace(first, roles=(Role.CLERK.value,)), replace(second, roles=tuple(Role)), *rest)
    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, clerks=clerks).to_payload())
    assert refused(office, revising, second="", number="") == "not-permitted"


def test_a_branch_that_changed_only_its_phrases_has_nothing_that_it_may_send(office: Office, tmp_path: Path) -> None:
    approve_renamed(office, "租房提取")
    branch = an_office_at(tmp_path / "branch")
    pack = packed(office, tmp_path / "a.pack")
    take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
    decide_phrases(branch, [WELCOME])
    assert is_revised(branch, Revising(branch))
    assert refused(branch, Revising(branch), second="", number="") == "fixed-by-centre"
    branch.close()
