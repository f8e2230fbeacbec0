"""A pack is shown before it is taken, taken by two people with a key that was compared, and nothing of it in part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.revision import TextEdited
from counter_assistant.domain.revision.statements import form_statement, newest, open_statements
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.catalogue import packs
from counter_assistant.operations.catalogue.approving import approve, withdraw
from counter_assistant.operations.catalogue.packs import look, make_pack, packs_on, take_pack
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_back, take_revision
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import NAME, make_key_file, open_key
from counter_assistant.volumes import Stick
from tests.operations.catalogue.packing import (
    APPROVAL,
    CENTRE,
    CHEAP,
    PASSPHRASE,
    TODAY,
    a_signer,
    an_office_at,
    approve_renamed,
    packed,
    signed,
    written,
)

LATER = APPROVAL.since


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path / "centre")
    yield office
    office.close()


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Office]:
    office = an_office_at(tmp_path / "branch", hours=1)
    yield office
    office.close()


def refused(act: object, *arguments: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)  # type: ignore[operator]
    return refusal.value


def taken(office: Office) -> list[ContentTaken]:
    return [ContentTaken.from_payload(entry.payload) for entry in office.book.entries(EntryKind.CONTENT_TAKEN)]


def test_a_branch_tells_what_the_centre_packed_from_its_first_day_on(
    centre: Office, branch: Office, tmp_path: Path
) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    seen = look(branch, tmp_path / "a.pack")
    assert (seen.pack, seen.trusted, seen.faults) == (pack, False, ())
    assert "名称：“租赁市场住房提取”改为“租房提取”" in "".join(each.in_words() for each in seen.items)
    assert taken(branch) == []
    entry = take_pack(branch, seen, "0002", pack.fingerprint.upper().replace(" ", "-"))
    [held] = taken(branch)
    assert held.pack is not None
    assert (entry.kind, held.pack.id, held.pack.centre, held.pack.trusted) == (
        EntryKind.CONTENT_TAKEN,
        pack.id,
        centre.profile.unit,
        True,
    )
    assert (held.clerk, held.confirmed_by) == ("0001", "0002")
    texts = [branch.catalogue.item("B08", day) for day in (TODAY, LATER)]
    assert [text.name for text in texts if text] == ["租赁市场住房提取", "租房提取"]
    assert dict(branch.catalogue.items) == dict(centre.catalogue.items)
    assert branch.catalogue.version == LATER.isoformat()
    assert branch.book.check().ok


def test_the_bytes_of_a_pack_are_the_same_each_time_and_the_key_is_in_no_book(
    centre: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    approve_renamed(centre, "租房提取")
    path = tmp_path / "k.key"
    made = make_key_file(path, PASSPHRASE)
    signer = open_key(path, PASSPHRASE)
    assert make_pack(centre, signer) == make_pack(centre, signer)
    centre.database.close()
    book = b"".join(each.read_bytes() for each in (tmp_path / "centre").iterdir() if each.is_file())
    assert signer.secret not in book + path.read_bytes()
    assert made.key.encode() not in book


class TestKeys:
    """The first key is trusted once its fingerprint was compared, another one only expressly."""

    def test_the_first_pack_needs_its_fingerprint_compared(
        self, centre: Office, branch: Office, tmp_path: Path
    ) -> None:
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack")
        seen = look(branch, tmp_path / "a.pack")
        refusal = refused(take_pack, branch, seen, "0002")
        assert refusal.code == "pack-key-unconfirmed"
        assert pack.fingerprint in refusal.sentence
        assert refused(take_pack, branch, seen, "0002", a_signer(2).key[:32]).code == "fingerprint-differs"
        assert taken(branch) == []

    @pytest.mark.slow
    def test_a_later_pack_of_the_same_key_needs_none_and_one_of_another_key_does(
        self, centre: Office, branch: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack")
        take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
        monkeypatch.setattr(centre.database, "now", branch.clock)
        next_day = replace(APPROVAL, number="19号", effective_from=LATER + timedelta(days=1))
        approve_renamed(centre, "租赁住房提取", next_day)
        other = packed(centre, tmp_path / "other.pack", a_signer(2))
        packed(centre, tmp_path / "b.pack")
        foreign = look(branch, tmp_path / "other.pack")
        refusal = refused(take_pack, branch, foreign, "0002")
        assert refusal.code == "pack-foreign-key"
        assert pack.fingerprint in refusal.sentence
        take_pack(branch, look(branch, tmp_path / "b.pack"), "0002")
        assert [held.pack.trusted for held in taken(branch) if held.pack] == [True, False]
        assert refused(take_pack, branch, foreign, "0002", other.fingerprint).code == "pack-known"

    @pytest.mark.slow
    def test_whoever_trusts_a_new_key_trusts_the_old_one_no_more(
        self, centre: Office, branch: Office, tmp_path: Path
    ) -> None:
        approve_renamed(centre, "租房提取")
        first = packed(centre, tmp_path / "a.pack")
        take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", first.fingerprint)
        seq = branch.book.entries(EntryKind.CONTENT_TAKEN).__iter__().__next__().seq
        approve_renamed(centre, "租赁住房提取", replace(APPROVAL, effective_from=LATER + timedelta(days=1)))
        second = packed(centre, tmp_path / "b.pack", a_signer(2))
        take_pack(branch, look(branch, tmp_path / "b.pack"), "0002", second.fingerprint)
        assert packs.trusted_key(branch) == (second.algorithm, second.key)
        assert look(branch, tmp_path / "b.pack").trusted
        assert not look(branch, tmp_path / "a.pack").trusted
        take_back(branch, seq)
        assert packs.trusted_key(branch) == (second.algorithm, second.key), "going back trusts nobody anew"


def test_a_second_person_confirms(centre: Office, branch: Office, tmp_path: Path) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    seen = look(branch, tmp_path / "a.pack")
    for second in ("", "0001"):
        assert refused(take_pack, branch, seen, second, pack.fingerprint).code == "second-person-needed"
    assert refused(take_pack, branch, seen, "9999", pack.fingerprint).code == "unknown-clerk"
    assert taken(branch) == []


@pytest.mark.slow
def test_what_is_told_already_and_what_is_older_is_not_taken_but_gone_back_to(
    centre: Office, branch: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    first = take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
    assert refused(take_pack, branch, look(branch, tmp_path / "a.pack"), "0002").code == "pack-known"
    monkeypatch.setattr(centre.database, "now", branch.clock)
    approve_renamed(centre, "租赁住房提取", replace(APPROVAL, effective_from=LATER + timedelta(days=1)))
    packed(centre, tmp_path / "b.pack")
    take_pack(branch, look(branch, tmp_path / "b.pack"), "0002")
    older = refused(take_pack, branch, look(branch, tmp_path / "a.pack"), "0002")
    assert older.code == "pack-older"
    assert f"第 {first.seq} 条" in older.remedy
    content = written(pack)
    content["edition"]["changes"] = ["从没有收过的一份"]
    (tmp_path / "c.pack").write_bytes(signed(content))
    assert refused(take_pack, branch, look(branch, tmp_path / "c.pack"), "0002").code == "pack-older"
    back = take_back(branch, first.seq)
    assert ContentTaken.from_payload(back.payload).clerk == "0001"
    renamed = branch.catalogue.item("B08", LATER)
    assert renamed is not None
    assert renamed.name == "租房提取"
    assert refused(take_back, branch, back.seq).code == "edition-in-force"
    assert refused(take_back, branch, 1).code == "unknown-edition"
    take_pack(branch, look(branch, tmp_path / "b.pack"), "0002")
    assert branch.catalogue.version == (LATER + timedelta(days=1)).isoformat()


def test_what_a_centre_told_before_is_older_than_what_it_decided_since(centre: Office, tmp_path: Path) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    approve_renamed(centre, "租赁住房提取", replace(APPROVAL, effective_from=LATER + timedelta(days=1)))
    seen = look(centre, tmp_path / "a.pack")
    assert refused(take_pack, centre, seen, "0002", pack.fingerprint).code == "pack-older"


def test_a_branch_may_take_the_centres_pack_in_place_of_what_it_decided_itself(
    centre: Office, branch: Office, tmp_path: Path
) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    approve_renamed(branch, "自己改的名称")
    take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
    assert [held.pack is None for held in taken(branch)] == [True, False]


def test_a_pack_with_faults_is_shown_with_them_and_not_taken(centre: Office, branch: Office, tmp_path: Path) -> None:
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    content = written(pack)
    content["edition"]["content"]["items"]["B08"][0]["procedure"] = ""
    (tmp_path / "a.pack").write_bytes(signed(content))
    seen = look(branch, tmp_path / "a.pack")
    assert [str(fault) for fault in seen.faults] == ["B08（2026年11月30日起） service.procedure：缺少办理程序"]
    assert seen.items == ()
    refusal = refused(take_pack, branch, seen, "0002", pack.fingerprint)
    assert (refusal.code, "缺少办理程序" in refusal.sentence) == ("pack-faulty", True)
    assert taken(branch) == []


class TestWhatTheCentreFixed:
    """A branch changes nothing of it; who holds the centre's key does."""

    @pytest.fixture
    def told(self, centre: Office, branch: Office, tmp_path: Path) -> Office:
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack")
        take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
        return branch

    def test_no_act_of_a_branch_changes_the_catalogue(self, told: Office) -> None:
        revising = Revising(told)
        renamed = TextEdited(replace(newest(revising.working, "B08"), name="另一名称"))
        refusal = refused(revising.do, renamed)
        assert refusal.code == "fixed-by-centre"
        assert told.profile.unit in refusal.sentence
        sentence = open_statements(revising.working)[0].statement
        for act, arguments in (
            (revising.do, (Verdict(sentence, Answer.AGREE, CENTRE),)),
            (approve, (told, ["B09"], TODAY, APPROVAL)),
            (withdraw, (told, ["B08"], "文号有误")),
        ):
            assert refused(act, *arguments).code == "fixed-by-centre"
        assert revising.revision.acts == ()

    def test_nor_does_it_sign_what_came_from_the_centre(self, told: Office) -> None:
        assert refused(make_pack, told, a_signer(2)).code == "fixed-by-centre"
        _, again = make_pack(told, a_signer())
        assert again.edition.version == LATER.isoformat()

    def test_it_does_not_go_back_to_what_it_had_decided_itself(
        self, centre: Office, branch: Office, tmp_path: Path
    ) -> None:
        approve_renamed(branch, "自己改的名称")
        own = branch.book.latest(EntryKind.CONTENT_TAKEN)
        assert own is not None
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack")
        take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
        assert refused(take_back, branch, own.seq).code == "fixed-by-centre"

    def test_the_posts_phones_hours_and_holidays_stay_its_own(self, told: Office) -> None:
        told.decide_profile(replace(told.profile, hours="周一至周六 9:00–17:00"))
        assert told.profile.hours == "周一至周六 9:00–17:00"

    def test_who_holds_the_key_revises_on(
        self, centre: Office, branch: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ciphers, "COST", CHEAP)
        kept = tmp_path / "branch" / NAME
        make_key_file(kept, PASSPHRASE)
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack", open_key(kept, PASSPHRASE))
        take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
        revising = Revising(branch)
        revising.do(TextEdited(replace(newest(revising.working, "B08"), name="另一名称")))
        kept.write_bytes(b"{}")
        assert refused(revising.do, revising.revision.acts[0]).code == "fixed-by-centre"


def test_nothing_is_packed_before_anything_was_approved_nor_with_a_fault(
    centre: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(make_pack, centre, a_signer()).code == "nothing-to-pack"
    approve_renamed(centre, "租房提取")
    found = [Fault("甲", "一处毛病"), Fault("乙", "又一处"), Fault("丙", "只是提醒", warning=True)]
    monkeypatch.setattr(packs, "edition_faults", lambda *_: found)
    refusal = refused(make_pack, centre, a_signer())
    assert (refusal.code, "等 2 处" in refusal.sentence) == ("pack-faulty", True)
    monkeypatch.setattr(packs, "edition_faults", lambda *_: found[2:])
    assert make_pack(centre, a_signer())[1].edition.visits


class TestTypicalVisits:
    """A pack that tells one of its own typical visits otherwise is neither made nor taken."""

    @pytest.fixture
    def failing(self, centre: Office, tmp_path: Path) -> Path:
        """A pack that was made elsewhere, of which two visits fail."""
        approve_renamed(centre, "租房提取")
        content = written(packed(centre, tmp_path / "a.pack"))
        for visit in content["edition"]["visits"][:2]:
            visit["required"] = visit["required"][1:]
        path = tmp_path / "failing.pack"
        path.write_bytes(signed(content))
        return path

    def test_it_is_shown_and_refused_by_item_and_visit(self, branch: Office, failing: Path) -> None:
        seen = look(branch, failing)
        assert (len(seen.failing), seen.faults) == (2, ())
        refusal = refused(take_pack, branch, seen, "0002", seen.pack.fingerprint)
        visit = seen.failing[0].visit
        assert refusal.code == "visit-fails"
        assert refusal.sentence.startswith(f"典型来访“{visit.item} {visit.name}”不对：多了")
        assert "另有 1 个典型来访不对" in refusal.sentence
        assert "请告诉中心" in refusal.remedy
        assert taken(branch) == []

    def test_nor_is_it_made(self, branch: Office, failing: Path) -> None:
        seen = look(branch, failing)
        take_pack(branch, replace(seen, failing=()), "0002", seen.pack.fingerprint)
        refusal = refused(make_pack, branch, a_signer())
        assert (refusal.code, "核定新的一版" in refusal.remedy) == ("visit-fails", True)


def test_a_branch_prints_and_says_what_the_centre_packed_and_cannot_change_it(
    centre: Office, branch: Office, tmp_path: Path
) -> None:
    revising, new = Revising(centre), "已经办结，这张回执请收好。"
    [done] = revising.working.form_sentences["收件回执"]
    revising.do(Verdict(form_statement(done), Answer.CHANGE, CENTRE, new))
    decide_phrases(centre, [own_phrase(26, "请到XX窗口办理。", PhraseChannel.COUNTER, Moment.WELCOME)])
    take_revision(centre, revising, APPROVAL, "0002")
    pack = packed(centre, tmp_path / "a.pack")
    decide_phrases(branch, [own_phrase(26, "您慢走。", PhraseChannel.COUNTER, Moment.FAREWELL)])
    take_pack(branch, look(branch, tmp_path / "a.pack"), "0002", pack.fingerprint)
    assert [branch.content.form_sentences["收件回执"][0].printed_on(day) for day in (TODAY, LATER)] == [
        done.standard,
        new,
    ]
    assert branch.content.forms_on(TODAY) is branch.program.forms
    assert branch.content.forms_on(LATER) is branch.content.forms_on(LATER) is not branch.program.forms
    own = {phrase.number: (phrase.name, phrase.own) for phrase in branch.content.phrases if phrase.number > 25}
    assert own == {1_000_026: ("本中心第 26 句", False), 26: ("第 26 句", True)}
    decide_phrases(branch, [own_phrase(26, "您慢走。", PhraseChannel.COUNTER, Moment.FAREWELL)], [1_000_026])
    assert branch.content.phrases[0].number == 1_000_026
    assert [phrase.number for phrase in centre.content.phrases if phrase.number > 25] == [26]


def test_packs_are_found_on_what_is_plugged_in_the_newest_first(tmp_path: Path) -> None:
    first, second = Stick(tmp_path / "A", "A"), Stick(tmp_path / "B", "B")
    (second.folder / "内容包" / "2026").mkdir(parents=True)
    first.folder.mkdir()
    for n, path in enumerate(
        (first.folder / "old.pack", second.folder / "内容包" / "2026" / "new.pack", first.folder / "letter.txt")
    ):
        path.write_bytes(b"x")
        os.utime(path, (n + 1, n + 1))
    gone = Stick(tmp_path / "away", "C")
    assert [(each.path.name, each.stick) for each in packs_on([first, second, gone])] == [
        ("new.pack", "B"),
        ("old.pack", "A"),
    ]
    assert packs_on([gone]) == []


def test_the_centres_own_phrases_are_shown_before_they_are_taken(
    centre: Office, branch: Office, tmp_path: Path
) -> None:
    decide_phrases(centre, [own_phrase(26, "请稍候，正在核对。", PhraseChannel.COUNTER, Moment.WAITING)])
    approve_renamed(centre, "租房提取")
    packed(centre, tmp_path / "a.pack")
    assert look(branch, tmp_path / "a.pack").phrases == ("文明用语：新增“请稍候，正在核对。”",)


def test_an_approval_of_the_branch_stays_where_the_pack_leaves_the_text_and_is_no_difference(
    centre: Office, branch: Office, tmp_path: Path
) -> None:
    approve(branch, ("A01", "B08"), TODAY, replace(APPROVAL, effective_from=None))
    approve_renamed(centre, "租房提取")
    pack = packed(centre, tmp_path / "a.pack")
    seen = look(branch, tmp_path / "a.pack")
    assert [each.item for each in seen.items] == ["B08"]
    take_pack(branch, seen, "0002", pack.fingerprint)
    assert branch.catalogue.state("A01", LATER) is ApprovalState.APPROVED
