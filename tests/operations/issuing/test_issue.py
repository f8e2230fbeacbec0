"""Issuing: decided, checked, numbered and archived in one act, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.decision_rows import HELD
from tests.make import ID_NUMBER, PHONE, a_request, an_office, text_of

COMPLETE = {"who": "self", "marital": "unmarried", "lease": "registered", "fund_loan_open": "no"}


@pytest.fixture
def office(tmp_path: Path) -> Any:
    office = an_office(tmp_path)
    yield office
    office.close()


def test_an_inquiry_gives_a_numbered_notification_slip(office: Office) -> None:
    issued = issue_slip(office, a_request())
    assert (issued.kind, issued.clause) == (SlipKind.NOTIFICATION_SLIP, "一(五)1")
    assert issued.slip is not None
    assert issued.slip.number == "临公积金示一告〔2026〕1号"
    assert issued.due is None
    assert issued.due_if_completed == date(2026, 11, 23)


def test_the_paper_holds_five_parts_both_copies_number_and_check_code(office: Office) -> None:
    slip = issue_slip(office, a_request(answers=COMPLETE)).slip
    assert slip is not None
    text = text_of(office.program.typesetter.pdf(slip))
    parts = ["一、政策依据", "二、所需材料", "三、审批环节与责任人", "四、程序与时限", "五、补救途径"]
    for wanted in [*parts, slip.number, slip.check_code, *("".join(label.split()) for label in COPY_LABELS)]:
        assert text.count(wanted) == (1 if "联" in wanted else 2), wanted


def test_numbers_follow_each_other_and_the_record_is_the_paper(office: Office) -> None:
    slips = [issue_slip(office, a_request(item)).slip for item in ("B08", "B01", "B12")]
    assert [slip.number[-2] for slip in slips if slip] == ["1", "2", "3"]
    for slip in slips:
        assert slip is not None
        assert reprint_and_void.show(office, slip.number).slip == slip


def test_the_same_request_gives_the_same_slip(office: Office) -> None:
    first = issue_slip(office, a_request(request_id="once"))
    second = issue_slip(office, a_request(request_id="once"))
    assert (second.slip, second.again) == (first.slip, True)
    with pytest.raises(Refusal, match="内容却不相同"):
        issue_slip(office, a_request("B01", request_id="once"))
    assert len(office.archive.search()) == 1


def test_an_oral_notice_is_recorded_without_paper_or_number(office: Office) -> None:
    issued = issue_slip(office, a_request(delivery="oral", applicant={}))
    assert (issued.kind, issued.slip) == (SlipKind.NOTIFICATION_SLIP, None)
    entry = office.book.latest(EntryKind.ORAL_NOTICE)
    assert entry is not None
    assert entry.payload["facts"]["item"] == "B08"
    issue_slip(office, a_request())
    assert office.archive.search()[0].number.endswith("〕1号")


def test_an_oral_notice_told_twice_is_one_record(office: Office) -> None:
    for _ in range(2):
        issue_slip(office, a_request(delivery="oral", request_id="told"))
    assert len(list(office.book.entries(EntryKind.ORAL_NOTICE))) == 1


@pytest.mark.parametrize(
    ("change", "kind", "clause", "due"),
    [
        ({"clarity": "unclear"}, EntryKind.INQUIRY, "一(七)4", date(2026, 11, 26)),
        ({"hold": "policy", "details": HELD}, EntryKind.CASE_STEP, "一(五)3⑵", date(2026, 12, 1)),
        ({"answers": COMPLETE, "received": "all"}, EntryKind.CASE_STEP, "一(七)1", date(2026, 11, 23)),
    ],
)
def test_where_no_paper_belongs_the_act_is_registered(
    office: Office, change: dict[str, Any], kind: EntryKind, clause: str, due: date | None
) -> None:
    issued = issue_slip(office, a_request(**change))
    assert (issued.kind, issued.slip, issued.clause, issued.due) == (None, None, clause, due)
    assert office.book.latest(kind) is not None


def test_a_written_notice_may_always_be_chosen(office: Office) -> None:
    issued = issue_slip(office, a_request("B01", purpose="apply", slip="notification_slip"))
    assert issued.kind is SlipKind.NOTIFICATION_SLIP
    assert issued.slip is not None


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"item": "Z99"}, "unknown-item"),
    ({"item": "../B08"}, "unknown-item"),
    ({"answers": {"weather": "fine"}}, "unknown-question"),
    ({"answers": {"marital": "perhaps"}}, "unknown-answer"),
    ({"answers": {"lease": "public"}}, "unknown-answer"),
    ({"clerk": "无名氏"}, "unknown-clerk"),
    ({"received": ["nothing"]}, "unknown-material"),
    ({"answers": {"who": "self"}, "applicant": {"name": "赵六", "agent": {"name": "钱七"}}}, "agent-contradicts"),
    ({"applicant": {"name": "赵六", "agent": {"relation": "配偶"}}}, "agent-name-needed"),
    ({"defects": [{"id": "nothing", "why": "缺"}]}, "unknown-material"),
    ({"on": "2026-11-24"}, "future-day"),
    ({"on": "2019-01-01"}, "no-text-for-day"),
    ({"applicant": {}}, "name-needed"),
    ({"applicant": {"name": "罗\u0007克"}}, "unprintable-text"),
    ({"applicant": {"name": "罗\u202e克"}}, "unprintable-text"),
    ({"applicant": {"name": "罗\ue000克"}}, "missing-glyph"),
    ({"applicant": {"name": "罗\U0002ebf0克"}}, "missing-glyph"),
    ({"applicant": {"name": "罗" * 51}}, "name-too-long"),
    ({"applicant": {"name": "罗", "phone": "call me"}}, "bad-phone"),
    ({"applicant": {"name": "罗", "id_number": "110105194912310021"}}, "id-number-doubtful"),
]


@pytest.mark.parametrize(("change", "code"), REFUSED, ids=[f"{i}-{code}" for i, (_, code) in enumerate(REFUSED)])
def test_bad_input_is_one_sentence_and_changes_nothing(office: Office, change: dict[str, Any], code: str) -> None:
    issue_slip(office, a_request())
    before = office.book.head()
    with pytest.raises(Refusal) as refusal:
        issue_slip(office, a_request(**change))
    assert refusal.value.code == code
    assert refusal.value.remedy
    assert office.book.head() == before


HOSTILE = [
    "<b>粗</b>",
    "{{ 7*x }}",
    "{% raw %}",
    "&amp;&#65;",
    "'; DROP TABLE entry;--",
    "../../etc",
    "%s%n",
    "\\ue000",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_template_syntax_print_as_typed(office: Office, text: str) -> None:
    applicant = {"name": text, "agent": {"name": text, "relation": text[:20]}}
    defects = [{"id": "bank-card", "why": text}]
    slip = issue_slip(office, a_request(applicant=applicant, defects=defects)).slip
    assert slip is not None
    printed = text_of(office.program.typesetter.pdf(slip))
    assert printed.count("".join(text.split())) >= 6  # name, agent and defect on each of two copies
    assert office.archive.search(text)[0].applicant == text


def test_the_law_is_that_of_the_day_of_acceptance(office: Office) -> None:
    old = issue_slip(office, a_request(on="2026-09-19")).slip
    new = issue_slip(office, a_request(on="2026-09-20")).slip
    assert old is not None
    assert new is not None
    assert "第二十四条第一款第六项" in "".join(old.draft.texts())
    assert "第二十四条第一款第一项" in "".join(new.draft.texts())
    assert "咨询日：2026年9月19日（补录）" in "".join(old.draft.texts())


def test_numbers_are_masked_on_paper_and_only_tails_are_filed(office: Office) -> None:
    slip = issue_slip(office, a_request(applicant={"name": "赵六", "phone": PHONE, "id_number": ID_NUMBER})).slip
    assert slip is not None
    drawn = "".join(slip.draft.texts())
    assert ID_NUMBER not in drawn
    assert PHONE not in drawn
    assert "110105********002X" in drawn
    row = office.archive.search("002X")[0]
    assert (row.id_tail, row.phone_tail) == ("002X", "0000")


def test_a_vacant_post_stops_the_notice(office: Office) -> None:
    posts = tuple(replace(post, holder="") for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))
    with pytest.raises(Refusal, match="空岗"):
        issue_slip(office, a_request())


def test_training_prints_its_mark_and_has_its_own_book(tmp_path: Path) -> None:
    real, training = an_office(tmp_path), an_office(tmp_path, training=True)
    slip = issue_slip(training, a_request()).slip
    assert slip is not None
    assert "样本" in text_of(training.program.typesetter.pdf(slip, watermark=training.watermark))
    assert real.archive.search() == []
    real.close()
    training.close()


def test_a_repeated_request_gives_what_was_done_whatever_holds_now(office: Office) -> None:
    first = issue_slip(office, a_request(request_id="once"))
    told = issue_slip(office, a_request(request_id="told", delivery="oral"))
    posts = tuple(replace(post, holder="") for post in office.profile.posts)
    office.decide_profile(replace(office.profile, posts=posts))
    assert replace(issue_slip(office, a_request(request_id="once")), again=False) == replace(first, again=False)
    assert replace(issue_slip(office, a_request(request_id="told", delivery="oral")), again=False) == told


NO_REVIEW = {"who": "self", "account_matter": "review", "bank_reviewed": "no"}
OPINIONS: list[tuple[dict[str, Any], str]] = [
    ({"duty": "elsewhere"}, "不属于本单位业务"),
    ({"duty": "colleague"}, "其他岗位承办"),
    ({"purpose": "apply", "eligible": "no"}, "经审查不符合办理条件"),
    (
        {"item": "A17", "answers": NO_REVIEW, "received": "all"},
        "您的账户余额还没有经受委托银行复核，不符合办理条件，今天不能受理",
    ),
    (
        {"item": "A17", "answers": NO_REVIEW},
        "按您所述，您的账户余额还没有经受委托银行复核，不符合办理条件；情况有变化的",
    ),
    ({"answers": COMPLETE | {"fund_loan_open": "yes"}, "received": "all"}, "申请材料齐全"),
    ({"answers": {"fund_loan_open": "yes"}}, "请核实：您有未结清的公积金贷款；是否影响办理，以本中心核实为准。"),
    ({"answers": COMPLETE, "received": ["id-card"]}, "请补齐表中标明“缺”的材料。"),
    ({"answers": {**COMPLETE, "who": ""}, "received": "all"}, "请确认未定的情形。"),
    ({"answers": COMPLETE, "received": "all"}, "申请材料齐全"),
]


@pytest.mark.parametrize(("change", "words"), OPINIONS)
def test_the_opinion_says_why_it_is_accepted_not_yet_or_refused(
    office: Office, change: dict[str, Any], words: str
) -> None:
    issued = issue_slip(office, a_request(slip="notification_slip", **change))
    assert issued.slip is not None
    assert issued.due is None
    text = "".join(issued.slip.draft.texts())
    assert words in text
    assert ("承诺：符合办理条件以后，" in text) is ("不符合" in words), (
        "whom the answers speak against is promised no day"
    )


def test_a_spouse_who_acts_is_never_told_that_the_marriage_certificate_is_not_needed(office: Office) -> None:
    answers = {"who": "spouse", "deed": "issued", "owner_rel": "owner", "spouse_also": "no", "loc": "local"}
    slip = issue_slip(office, a_request("B01", answers=answers)).slip
    assert slip is not None
    not_needed = "".join(slip.draft.texts()).split("不用带、也不会要：")[1].split("。")[0]
    assert "结婚证" not in not_needed
    assert "配偶有效身份证件" not in not_needed
    assert any(line.text.startswith("代办人（签名）") for line in slip.draft.signatures.right)


def test_a_letter_that_comes_on_a_day_off_counts_from_the_next_working_day(office: Office) -> None:
    sunday = {"clarity": "unclear", "on": "2026-11-22"}
    assert issue_slip(office, a_request(channel="letter", **sunday)).due == date(2026, 11, 26)
    assert issue_slip(office, a_request(channel="window", **sunday)).due == date(2026, 11, 25)


def test_an_unclear_question_by_phone_is_registered_orally(office: Office) -> None:
    issued = issue_slip(office, a_request(clarity="unclear", channel="phone", delivery="oral", applicant={}))
    assert (issued.kind, issued.due) == (None, date(2026, 11, 26))


def test_the_limit_follows_the_handling_of_the_situation(office: Office) -> None:
    first, again = (issue_slip(office, a_request("B05", answers={"first": kind})) for kind in ("first", "repeat"))
    assert again.due_if_completed == date(2026, 11, 23)
    assert first.due_if_completed is not None
    assert first.due_if_completed > date(2026, 11, 23)
