"""What is said now: for every row of the decision the phrase that comes first, before its paper is out and after."""

from __future__ import annotations

import re
from typing import Any

import pytest

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel, fill, open_blanks, pieces
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.calls import note_call, reading_order
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.operations.wording.suggestions import call_order, fitting, moment_of, moments_of, values_of
from tests.decision_rows import ACCEPTED, DIRECT, FURTHER, PROMISE, RENTED, ROWS
from tests.make import NOW, a_request, an_office
from tests.places import ROOT

ALL = {name: changes for name, (changes, *_) in ROWS.items()} | FURTHER


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Any:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()


def matter(office: Office, **changes: Any) -> Matter:
    return assess(a_request(**changes), office.catalogue, office.profile, NOW.date())


def said(office: Office, at: Matter | None, *, issued: bool = False) -> tuple[Phrase, ...]:
    moments = moments_of(at, issued=issued)
    return fitting(office.content.phrases, moments, PhraseChannel.COUNTER, values_of(office, at))


FIRST: dict[str, tuple[str, str]] = {
    "1-elsewhere": (
        "同志，您的事不在我们这儿办，您请到某市不动产登记中心办理。",
        "请您在这里签名。",
    ),
    "1-elsewhere-asked": ("同志，您的事不在我们这儿办，您请到某县公安局某派出所办理。", "请您在这里签名。"),
    "2-colleague": ("同志，您的事不在我们这儿办，您请到归集提取科办理。", "请您在这里签名。"),
    "3-held": (
        "很抱歉！您的申请正在审批过程中，请耐心等候通知。",
        "很抱歉！您的申请正在审批过程中，请耐心等候通知。",
    ),
    "4-unclear": (
        "如果您还不清楚，我很乐意继续为您详细解答。",
        "如果您还不清楚，我很乐意继续为您详细解答。",
    ),
    "5-inquiry": ("您的事请按《住房公积金管理条例》办理。", "请您在这里签名。"),
    "6-not-eligible": (
        "对不起！您的材料不具备“向本中心申请重新复核的，先经受委托银行复核，对复核结果仍有异议”条件，请补齐后再来办理。",
        "请您在这里签名。",
    ),
    "7-direct-incomplete": (
        "很抱歉！您的手续和资料不全，您还需增补本人名下Ⅰ类借记卡、结婚证、配偶有效身份证件、经备案的住房租赁合同"
        "手续及材料证明，请补齐后再来办理。",
        "请您在这里签名。",
    ),
    "8-promise-incomplete": (
        "很抱歉！您的手续和资料不全，您还需增补本人名下Ⅰ类借记卡、契税完税凭证手续及材料证明，请补齐后再来办理。",
        "请您在这里签名。",
    ),
    "8-referral-incomplete": (
        "很抱歉！您的手续和资料不全，您还需增补降低比例或者缓缴申请书、职代会或者工会决议、上年度财务报表、"
        "经办人有效身份证件、单位授权委托书手续及材料证明，请补齐后再来办理。",
        "请您在这里签名。",
    ),
    "9-undecided": ("您的申请我们已经受理，1个工作日内给您答复。", "请您在这里签名。"),
    "10-referral": ("您的申请我们已经受理，5个工作日内给您答复。", "请您在这里签名。"),
    "11-promise": ("您的申请我们已经受理，1个工作日内给您答复。", "请您在这里签名。"),
    "12-on-the-spot": (
        "对不起，稍等一下，马上替您办。",
        "您的有关租赁市场住房提取事务已经办理完毕，多谢您的合作。",
    ),
    "13-not-on-the-spot": ("您的申请我们已经受理，今天内给您答复。", "请您在这里签名。"),
    "2-custody": ("对不起，稍等一下，马上替您办。", "请您在这里签名。"),
    "11-by-the-spouse": ("您的申请我们已经受理，1个工作日内给您答复。", "请您在这里签名。"),
    "11-years-end": ("您的申请我们已经受理，2027年1月5日前的期限内给您答复。", "请您在这里签名。"),
    "12-receipt-on-request": ("您的申请我们已经受理，今天内给您答复。", "请您在这里签名。"),
    "13-later-than-today": ("您的申请我们已经受理，2026年11月24日前的期限内给您答复。", "请您在这里签名。"),
    "delay": ("很抱歉！您的申请正在审批过程中，请耐心等候通知。", "请您在这里签名。"),
}


def test_every_row_of_the_decision_is_here() -> None:
    assert FIRST.keys() >= ROWS.keys()


@pytest.mark.parametrize(("row", "issued"), [(row, issued) for row in FIRST for issued in (False, True)])
def test_the_phrase_that_comes_first(office: Office, row: str, issued: bool) -> None:
    at = matter(office, **ALL[row])
    first = said(office, at, issued=issued)[0]
    assert fill(first, values_of(office, at)) == FIRST[row][issued]


@pytest.mark.parametrize(("row", "hint"), [("1-elsewhere-unnamed", "应去的部门"), ("6-condition-chosen-by-hand", None)])
def test_what_only_the_clerk_knows_stays_open(office: Office, row: str, hint: str | None) -> None:
    at = matter(office, **ALL[row])
    first = said(office, at)[0]
    still_open = open_blanks(first, values_of(office, at))
    assert len(still_open) == 1
    assert hint in (None, still_open[0].hint)
    assert "XX" not in "".join(piece.text for piece in pieces(first, values_of(office, at)))


def test_whoever_comes_is_welcomed(office: Office) -> None:
    assert moment_of(None, issued=False) is Moment.WELCOME
    assert [phrase.number for phrase in said(office, None)] == [9]
    assert values_of(office, None) == {"own_department": "综合服务科"}


@pytest.mark.parametrize("row", ALL)
def test_nobody_hears_accepted_before_anything_is(office: Office, row: str) -> None:
    at = matter(office, **ALL[row])
    accepting = at.kind is not None and at.kind.value in ("promise_notice", "referral_notice", "receipt")
    numbers = {phrase.number for phrase in said(office, at)} | {p.number for p in said(office, at, issued=True)}
    assert (19 in numbers) is accepting
    assert ("limit" in values_of(office, at)) is accepting


@pytest.mark.parametrize("row", ALL)
def test_whoever_leaves_hears_farewell(office: Office, row: str) -> None:
    assert 25 in [phrase.number for phrase in said(office, matter(office, **ALL[row]), issued=True)]


def test_an_open_answer_is_no_missing_material(office: Office) -> None:
    answers = {key: value for key, value in RENTED.items() if key != "marital"}
    at = matter(office, **{**DIRECT, **ACCEPTED, "answers": answers})
    assert at.checklist.maybe
    assert moment_of(at, issued=False) is Moment.ASKING


def test_a_form_filled_in_wrongly_is_not_called_missing(office: Office) -> None:
    wrong = {"defects": [{"id": "application-form", "why": "金额没有填"}]}
    at = matter(office, **{**DIRECT, **ACCEPTED, **wrong})
    assert said(office, at)[0].number == 16


def test_a_notice_in_place_of_an_acceptance_explains_the_policy(office: Office) -> None:
    at = matter(office, **{**DIRECT, **ACCEPTED, "slip": "notification_slip"})
    assert moment_of(at, issued=False) is Moment.POLICY


def test_an_oral_notice_is_not_signed(office: Office) -> None:
    at = matter(office, **{**DIRECT, "delivery": "oral"})
    assert moment_of(at, issued=True) is Moment.EXPLAINING


def test_the_colleague_who_takes_over_says_which_department(office: Office) -> None:
    at = matter(office, **{**PROMISE, "duty": "colleague", "details": {"colleague": "0004"}})
    assert values_of(office, at)["department"] == "贷款科"


def test_our_own_department_is_nowhere_to_send_anybody(office: Office) -> None:
    at = matter(office, **PROMISE, clerk="0003")
    assert at.clerk.department == at.item.department
    assert "department" not in values_of(office, at)


def test_a_pinned_phrase_of_the_moment_comes_first(tmp_path: Any) -> None:
    office = an_office(tmp_path)
    decide_phrases(office, (), (12,))
    assert [phrase.number for phrase in said(office, matter(office, **DIRECT))][:2] == [12, 14]
    office.close()


class TestCall:
    def test_a_call_goes_from_welcome_to_farewell(self, office: Office) -> None:
        at = matter(office, **DIRECT)
        steps = call_order(office.content.phrases, at, values_of(office, at), issued=False)
        numbers = [phrase.number for _, phrases in steps for phrase in phrases]
        assert numbers == [1, 2, 3, 4, 5, 6, 7, 14, 12, 23, 8]
        assert (steps[0][0], steps[-1][0]) == (Moment.WELCOME, Moment.FAREWELL)

    @pytest.mark.parametrize("row", ALL)
    def test_what_a_telephone_does_not_have_is_not_said(self, office: Office, row: str) -> None:
        at = matter(office, **ALL[row])
        steps = call_order(office.content.phrases, at, values_of(office, at), issued=True)
        assert not {15, 16, 22, 25} & {phrase.number for _, phrases in steps for phrase in phrases}

    def test_the_checklist_is_read_out_in_its_order(self, office: Office) -> None:
        answers = {key: value for key, value in RENTED.items() if key != "marital"}
        lines = reading_order(matter(office, **{**DIRECT, "answers": answers}))
        assert lines[0] == "1. 申请人有效身份证件，原件1份，在有效期内；核验后当场退还"
        assert any(line.startswith("如果") and "另需" in line for line in lines)
        assert any(line.endswith("到窗口填写") for line in lines)
        assert lines[-1] == "材料补齐后当场或当天办结"

    def test_what_may_be_looked_up_is_not_read_out_as_something_to_bring(self, office: Office) -> None:
        answers = {key: value for key, value in RENTED.items() if key != "lease"}
        lines = reading_order(matter(office, **{**DIRECT, "answers": answers}))
        assert any("租赁备案凭证（免提交）" in line for line in lines if line.startswith("如果"))

    def test_what_the_centre_looks_up_is_not_to_be_brought(self, office: Office) -> None:
        from dataclasses import replace

        profile = replace(office.profile, shared_materials=("marriage-certificate",))
        at = assess(a_request(**DIRECT), office.catalogue, profile, NOW.date())
        assert any(line.endswith("结婚证，本中心核验，不用带") for line in reading_order(at))


class TestNote:
    @pytest.fixture
    def own(self, tmp_path: Any) -> Any:
        office = an_office(tmp_path)
        yield office
        office.close()

    def test_a_note_becomes_an_inquiry_of_the_clerk(self, own: Office) -> None:
        entry = note_call(own, "问租房提取要哪些材料，\n 已逐条告知", item="B08")
        assert entry.kind is EntryKind.INQUIRY
        told = {key: entry.payload[key] for key in ("note", "item", "clerk", "channel")}
        assert told == {
            "note": "问租房提取要哪些材料， 已逐条告知",
            "item": "B08",
            "clerk": "0001",
            "channel": "phone",
        }

    def test_the_same_note_twice_is_one_entry(self, own: Office) -> None:
        first, again = (note_call(own, "问进度", key="call-1") for _ in range(2))
        assert first.seq == again.seq
        with pytest.raises(Refusal, match="内容却不相同"):
            note_call(own, "问别的", key="call-1")

    @pytest.mark.parametrize(
        ("text", "item", "words"),
        [(" \n", "", "还没有写"), ("问\u202e进度", "", "隐藏字符"), ("长" * 501, "", "501"), ("问", "Z9", "Z9")],
    )
    def test_what_cannot_be_kept_is_refused(self, own: Office, text: str, item: str, words: str) -> None:
        before = own.book.head()
        with pytest.raises(Refusal, match=words):
            note_call(own, text, item=item)
        assert own.book.head() == before

    def test_a_note_begins_no_case_and_leaves_the_book_sound(self, own: Office) -> None:
        issue_slip(own, a_request(**DIRECT))
        note_call(own, "问进度", item="B08")
        own.book.rebuild()
        report = own.book.check()
        assert report.ok, report


@pytest.mark.parametrize("issued", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", ROWS)
def test_the_manuals_table_says_what_the_panel_puts_first(office: Office, name: str, issued: bool) -> None:
    """Every first phrase stands in the manual, with 〔〕 where the case fills a blank."""
    manual = (ROOT / "docs" / "使用手册.md").read_text("utf-8")
    phrase = said(office, matter(office, **ROWS[name][0]), issued=issued)[0]
    words = [re.escape(piece.text) if piece.blank is None else "〔[^〕]+〕" for piece in pieces(phrase, {})]
    assert re.search("".join(words), manual), phrase.text
