"""A revision is kept after each act, taken back act by act, and told from its first day on once it was approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.catalogue.approval import ApprovalState
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.revision import ItemRetired, TextEdited
from counter_assistant.domain.revision.statements import Part, Statement, form_statement, newest, open_places
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.archive.reprint_and_void import pdf_of, show
from counter_assistant.operations.catalogue.approving import approve, withdraw
from counter_assistant.operations.catalogue.editions import editions, told_until_then
from counter_assistant.operations.catalogue.revising import (
    Progress,
    Revising,
    acts_unsent,
    begin_revising,
    forget_revision,
)
from counter_assistant.operations.catalogue.taking import take_back, take_revision
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.storage.content.revision_file import NAME
from tests.make import NOW, SINGLE, a_request, an_office, confirmed

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
APPROVAL = Approval("临住金〔2026〕18号", TODAY, "主任办公会", TODAY)
CENTRE = Source("centre", document=APPROVAL.number, clause="第五条", day=TODAY)
MONTHS = "申请时已连续足额缴存满6个月"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = an_office(tmp_path)
    office.decide_profile(confirmed(office.profile))
    yield office
    office.close()


def answer_item(revising: Revising, item: str, words: dict[str, str] | None = None) -> None:
    """Agrees to every open sentence of an item, for that item alone; those in `words` are changed."""
    while place := next(open_places(newest(revising.working, item)), None):
        said = (words or {}).get(place.statement.words, "")
        answer = Answer.CHANGE if said else Answer.AGREE
        revising.do(Verdict(place.statement, answer, CENTRE, said, (item,)))


def refused(act: object, *arguments: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*arguments)  # type: ignore[operator]
    return refusal.value.code


def test_what_is_changed_is_named_until_it_is_taken_back(office: Office) -> None:
    revising = Revising(office)
    assert revising.changed == set()
    paper, sentences = next(iter(revising.working.form_sentences.items()))
    answer_item(revising, "B08")
    answered = len(revising.revision.acts)
    revising.do(Verdict(form_statement(sentences[0]), Answer.AGREE, CENTRE, items=(paper,)))
    assert revising.changed == {"B08", paper}
    revising.do(TextEdited(replace(newest(revising.working, "B08"), id="Z99", name="另一个")))
    revising.do(ItemRetired("B09"))
    assert revising.changed == {"B08", "Z99", paper}
    for _ in range(answered + 3):
        revising.undo()
    assert revising.changed == set()


def test_it_goes_on_where_it_was_left(office: Office) -> None:
    revising = Revising(office)
    assert revising.progress.answered == 0
    first, second = revising.open[0].statement, revising.open[1].statement
    for statement in (first, second):
        revising.do(Verdict(statement, Answer.AGREE, CENTRE))
    again = Revising(office)
    assert again.revision == revising.revision
    assert again.working.items == revising.working.items
    assert (again.progress.answered, again.progress.all) == (2, revising.progress.all)
    undone = again.undo()
    assert isinstance(undone, Verdict)
    assert undone.statement == second
    assert again.progress.answered == Revising(office).progress.answered == 1
    again.undo()
    assert again.undo() is None
    assert again.differences == []


def test_what_it_changes_is_told_from_its_first_day_on_and_old_slips_stay(office: Office) -> None:
    before = issue_slip(office, a_request(answers=SINGLE)).slip
    assert before is not None
    printed = pdf_of(office, show(office, before.number))
    revising = Revising(office)
    answer_item(revising, "B08", {"申请时已连续足额缴存满3个月": MONTHS})
    entry = take_revision(office, revising, replace(APPROVAL, effective_from=TOMORROW), "0002")
    assert entry.kind is EntryKind.CONTENT_TAKEN
    assert [office.catalogue.state("B08", day, TODAY) for day in (TODAY, TOMORROW)] == [
        ApprovalState.PENDING,
        ApprovalState.APPROVED,
    ]
    texts = [office.catalogue.item("B08", day) for day in (TODAY, TOMORROW)]
    assert [any(c.text == MONTHS for c in text.conditions) for text in texts if text] == [False, True]
    assert office.catalogue.version == TOMORROW.isoformat()
    assert pdf_of(office, show(office, before.number)) == printed
    office.clock = lambda: NOW + timedelta(days=1)
    after = issue_slip(office, a_request(answers=SINGLE, request_id="two")).slip
    assert after is not None
    assert MONTHS in "".join(after.draft.lines())
    assert TOMORROW.isoformat() in "".join(after.draft.lines())
    assert office.book.check().ok
    assert not (office.folder / NAME).exists()


@pytest.mark.slow
def test_until_an_edition_begins_what_is_told_today_is_the_one_before(office: Office) -> None:
    shipped = office.catalogue.version
    assert told_until_then(office) == ""
    for item, since in (("B08", TODAY), ("B09", TOMORROW), ("B10", TOMORROW + timedelta(days=7))):
        revising = Revising(office)
        answer_item(revising, item)
        take_revision(office, revising, replace(APPROVAL, effective_from=since), "0002")
    assert told_until_then(office) == TODAY.isoformat()
    office.clock = lambda: NOW + timedelta(days=1)
    assert told_until_then(office) == TOMORROW.isoformat()
    office.clock = lambda: NOW + timedelta(days=8)
    assert told_until_then(office) == ""
    office.clock = lambda: NOW - timedelta(days=1)
    assert told_until_then(office) == shipped


def test_somebody_else_confirms(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    for second in ("", "0001"):
        assert refused(take_revision, office, revising, APPROVAL, second) == "second-person-needed"
    assert office.book.latest(EntryKind.CONTENT_TAKEN) is None


def test_nothing_is_approved_that_has_faults_or_changes_nothing(office: Office) -> None:
    revising = Revising(office)
    assert refused(take_revision, office, revising, APPROVAL, "0002") == "nothing-revised"
    revising.edit(replace(newest(revising.working, "B08"), procedure=""))
    assert [str(fault) for fault in revising.faults("B08")] == ["service.procedure：缺少办理程序"]
    assert revising.faults("Z99") == []
    assert refused(take_revision, office, revising, APPROVAL, "0002") == "revision-faulty"
    assert refused(take_revision, office, revising, replace(APPROVAL, number=""), "0002") == "approval-incomplete"


def test_a_forbidden_phrase_does_not_get_into_a_sentence(office: Office) -> None:
    revising = Revising(office)
    note = next(each for each in revising.open if each.statement.part is Part.NOTE)
    assert refused(revising.do, Verdict(note.statement, Answer.CHANGE, CENTRE, "不知道")) == "forbidden-wording"
    assert revising.revision.acts == ()


def test_a_revision_of_an_older_catalogue_is_not_mixed_with_the_new_one(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    kept = (office.folder / NAME).read_bytes()
    take_revision(office, revising, APPROVAL, "0002")
    (office.folder / NAME).write_bytes(kept)
    assert refused(Revising, office) == "revision-outdated"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"based_on": "1", "acts": [{"act": "dance"}]}'])
def test_a_damaged_revision_is_refused_and_left_alone(office: Office, content: bytes) -> None:
    path = office.folder / NAME
    path.write_bytes(content)
    assert refused(Revising, office) == "broken-revision"
    assert path.read_bytes() == content


def test_an_act_that_cannot_be_kept_changes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    revising = Revising(office)
    statement = revising.open[0].statement

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("counter_assistant.storage.content.revision_file.write_atomic", full)
    assert refused(revising.do, Verdict(statement, Answer.AGREE, CENTRE)) == "revision-unsaved"
    assert (revising.revision.acts, revising.open[0].statement) == ((), statement)


def test_an_earlier_edition_is_taken_back_in_one_step(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    first = take_revision(office, revising, APPROVAL, "0002")
    revising = Revising(office)
    revising.do(TextEdited(replace(newest(revising.working, "B08"), name="租房提取")))
    take_revision(office, revising, replace(APPROVAL, number="19号", effective_from=TOMORROW), "0002")
    renamed = office.catalogue.item("B08", TOMORROW)
    assert renamed is not None
    assert renamed.name == "租房提取"
    take_back(office, first.seq)
    back = office.catalogue.item("B08", TOMORROW)
    assert back is not None
    assert back.name == "租赁市场住房提取"
    assert refused(take_back, office, 1) == "unknown-edition"


def test_two_editions_of_one_day_are_told_apart(office: Office) -> None:
    for item in ("B08", "B09"):
        revising = Revising(office)
        answer_item(revising, item)
        take_revision(office, revising, APPROVAL, "0002")
    assert office.catalogue.version == f"{TODAY.isoformat()}-2"


def test_an_approval_in_the_book_is_part_of_what_is_revised_and_can_be_withdrawn_later(office: Office) -> None:
    approve(office, ["B09"], TODAY, replace(APPROVAL, number="1号"))
    revising = Revising(office)
    assert list(open_places(newest(revising.base, "B09"))) == []
    answer_item(revising, "B08")
    take_revision(office, revising, APPROVAL, "0002")
    assert [office.catalogue.state(item, TODAY).label for item in ("B08", "B09")] == ["已核定", "已核定"]
    kept = office.catalogue.item("B09", TODAY)
    assert kept is not None
    assert kept.approval is not None
    assert kept.approval.number == "1号"
    withdraw(office, ["B08"], "文号有误")
    assert [office.catalogue.state(item, TODAY).label for item in ("B08", "B09")] == ["示例", "已核定"]


def test_a_text_that_begins_later_cannot_be_overtaken(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    take_revision(office, revising, replace(APPROVAL, effective_from=TOMORROW), "0002")
    revising = Revising(office)
    revising.do(TextEdited(replace(newest(revising.working, "B08"), name="租房提取")))
    assert refused(take_revision, office, revising, APPROVAL, "0002") == "edition-too-early"


def test_an_edition_begins_today_or_later_whatever_day_its_document_bears(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    printed = replace(APPROVAL, date=TODAY - timedelta(days=3), effective_from=TODAY - timedelta(days=1))
    with pytest.raises(Refusal) as refusal:
        take_revision(office, revising, printed, "0002")
    assert (refusal.value.code, "生效日也写今天" in refusal.value.remedy) == ("edition-in-past", True)
    assert list(office.book.entries(EntryKind.CONTENT_TAKEN)) == []
    take_revision(office, revising, replace(printed, effective_from=TODAY), "0002")
    taken = office.content.taken
    assert taken is not None
    assert (taken.edition.approval.date, taken.edition.approval.since) == (printed.date, TODAY)


def test_what_was_told_before_the_edition_is_not_approved_by_it(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    take_revision(office, revising, APPROVAL, "0002")
    assert office.catalogue.state("B08", date(2026, 10, 8)) is ApprovalState.EXAMPLE


def test_an_answer_is_kept_with_the_items_that_it_is_for(office: Office) -> None:
    revising = Revising(office)
    several = next(each for each in revising.open if len(each.items) > 2)
    revising.do(Verdict(several.statement, Answer.AGREE, CENTRE))
    revising.undo()
    revising.do(Verdict(several.statement, Answer.AGREE, CENTRE, items=several.items[:1]))
    revising.do(Verdict(several.statement, Answer.AGREE, CENTRE))
    kept = [act.items for act in Revising(office).revision.acts if isinstance(act, Verdict)]
    assert kept == [several.items[:1], several.items[1:]]


@pytest.mark.parametrize(
    ("source", "words"),
    [(replace(CENTRE, document="\ue000"), "改"), (replace(CENTRE, clause="五" * 51), "改"), (CENTRE, "改\ue000")],
)
def test_what_cannot_be_printed_does_not_get_into_a_sentence(office: Office, source: Source, words: str) -> None:
    revising = Revising(office)
    note = next(each for each in revising.open if each.statement.part is Part.NOTE)
    code = refused(revising.do, Verdict(note.statement, Answer.CHANGE, source, words))
    assert code in ("unprintable-text", "text-too-long")
    assert revising.revision.acts == ()


def test_the_lines_of_an_item_are_those_of_all_differences(office: Office) -> None:
    revising = Revising(office)
    answer_item(revising, "B08")
    revising.do(ItemRetired("D04"))
    told = {each.item: list(each.differences) for each in revising.differences}
    assert revising.differences_of("B08") == told["B08"] != []
    assert revising.differences_of("B09") == revising.differences_of("D04") == revising.differences_of("Z99") == []


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(office: Office) -> None:
    mine, theirs = Revising(office), Revising(office)
    first, second = (each.statement for each in mine.open[:2])
    theirs.do(Verdict(first, Answer.AGREE, CENTRE))
    assert mine.changed_elsewhere
    assert refused(mine.do, Verdict(second, Answer.AGREE, CENTRE)) == "revision-elsewhere"
    mine.revision = theirs.revision
    assert refused(mine.undo) == "revision-elsewhere"
    assert len(Revising(office).revision.acts) == acts_unsent(office) == 1
    theirs.undo()
    theirs.do(Verdict(second, Answer.AGREE, CENTRE))
    assert not theirs.changed_elsewhere


def test_a_revision_is_not_approved_over_another_edition(office: Office) -> None:
    """GIVEN another program that has recorded an edition meanwhile THEN what was begun before is refused and kept."""
    mine = Revising(office)
    answer_item(mine, "B08")
    kept = (office.folder / NAME).read_bytes()
    take_revision(office, Revising(office), APPROVAL, "0002")
    (office.folder / NAME).write_bytes(kept)
    assert refused(take_revision, office, mine, APPROVAL, "0002") == "revision-outdated"
    assert len(editions(office)) == 1
    assert acts_unsent(office) == len(mine.revision.acts)
    assert refused(begin_revising, office) == "revision-outdated"
    forget_revision(office)
    assert begin_revising(office).revision.acts == ()
    assert acts_unsent(office) == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe"])
def test_a_damaged_revision_counts_nothing(office: Office, content: bytes) -> None:
    (office.folder / NAME).write_bytes(content)
    assert acts_unsent(office) == 0


@pytest.mark.slow
def test_the_editions_are_listed_newest_first(office: Office) -> None:
    for item, number in (("B08", "18号"), ("B09", "19号")):
        revising = Revising(office)
        answer_item(revising, item)
        take_revision(office, revising, replace(APPROVAL, number=number), "0002")
    assert [(kept.taken.approval.number, kept.taken.version) for kept in editions(office)] == [
        ("19号", f"{TODAY.isoformat()}-2"),
        ("18号", TODAY.isoformat()),
    ]
    oldest = editions(office)[-1]
    assert (oldest.taken.confirmed_by, take_back(office, oldest.seq).payload["edition"]["content"]["version"]) == (
        "0002",
        TODAY.isoformat(),
    )


def test_the_search_knows_the_centres_own_names(office: Office) -> None:
    known = {entry.id: entry for entry in office.content.index.entries}
    revising = Revising(office)
    text = newest(revising.working, "B08")
    revising.edit(replace(text, name="租房提取公积金"))
    revising.edit(replace(text, id="B19", name="重大疾病租房提取", also_called=("大病租房",)))
    take_revision(office, revising, replace(APPROVAL, effective_from=TOMORROW), "0002")
    index = office.content.index
    assert [entry.id for entry in index.search("zftqgjj")] == ["B08"]
    assert [entry.id for entry in index.search("zdjbzf")] == ["B19"]
    assert [entry.id for entry in index.search("cdjbzf")] == ["B19"]
    assert [entry.id for entry in index.search("dbzf")] == ["B19"]
    again = {entry.id: entry for entry in index.entries}
    assert {id_: entry for id_, entry in again.items() if id_ not in ("B08", "B19")} == {
        id_: entry for id_, entry in known.items() if id_ != "B08"
    }
    assert again["B08"].also_initials == known["B08"].also_initials
    assert again["B08"].periods[-1] == (TOMORROW.isoformat(), None)


HOTLINE = "对告知内容有疑问或者意见的，可向经办人、窗口负责人或者监督电话〔监督电话〕、〔服务热线〕反映。"
OWN_HOTLINE = "有疑问请当场问，也可拨监督电话〔监督电话〕或者〔服务热线〕（按临住金〔2026〕18号）。"


def lines_of(office: Office, request_id: str) -> str:
    slip = issue_slip(office, a_request(answers=SINGLE, request_id=request_id)).slip
    assert slip is not None
    return "".join(slip.draft.lines())


def test_what_papers_say_is_approved_like_an_item_from_its_first_day_on(office: Office) -> None:
    before = issue_slip(office, a_request(answers=SINGLE)).slip
    assert before is not None
    printed = pdf_of(office, show(office, before.number))
    revising = Revising(office)
    assert revising.progress.all == 526
    revising.do(Verdict(Statement(Part.FORM, HOTLINE), Answer.CHANGE, CENTRE, OWN_HOTLINE))
    assert [line.after.in_words() for line in revising.differences_of("一次性告知单")] == [
        f"{OWN_HOTLINE}〔{SAID_BY}〕"
    ]
    assert revising.progress.answered == 1
    take_revision(office, revising, replace(APPROVAL, effective_from=TOMORROW), "0002")
    assert "对告知内容有疑问" in lines_of(office, "one")
    office.clock = lambda: NOW + timedelta(days=1)
    profile = office.profile
    said = f"有疑问请当场问，也可拨监督电话{profile.supervision_phone}或者{profile.hotlines}（按临住金〔2026〕18号）。"
    assert said in lines_of(office, "two")
    assert pdf_of(office, show(office, before.number)) == printed
    again = Revising(office)
    assert again.progress == Progress(0, 525)
    again.do(Verdict(Statement(Part.FORM, OWN_HOTLINE), Answer.CHANGE, CENTRE, HOTLINE, ("一次性告知单",)))
    take_revision(office, again, Approval("临住金〔2026〕19号", TOMORROW, "主任办公会", TOMORROW), "0002")
    assert "对告知内容有疑问" in lines_of(office, "three")


SAID_BY = "临住金〔2026〕18号第五条"


def test_the_offices_own_phrases_are_part_of_what_is_approved(office: Office) -> None:
    decide_phrases(office, [own_phrase(26, "请到XX窗口办理。", PhraseChannel.COUNTER, Moment.WELCOME)])
    entry = take_revision(office, Revising(office), APPROVAL, "0002")
    taken = ContentTaken.from_payload(entry.payload)
    assert [phrase.text for phrase in taken.edition.phrases] == ["请到XX窗口办理。"]
    assert taken.edition.changes == ("文明用语：新增“请到XX窗口办理。”",)
    assert [phrase.number for phrase in office.content.phrases if phrase.number > 25] == [26]
    assert refused(take_revision, office, Revising(office), APPROVAL, "0002") == "nothing-revised"
