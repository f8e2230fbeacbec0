"""The forms of a matter: which are needed, from where each value comes, and what of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.counter_forms.asked import AGAIN, ValueKind
from counter_assistant.domain.counter_forms.filling import FilledForm
from counter_assistant.domain.counter_forms.form import Origin
from counter_assistant.domain.counter_forms.known import ANSWER, KNOWN
from counter_assistant.operations.counter_forms.keeping import (
    mask_closed,
    of_the_person,
    values_of_case,
    without_numbers,
)
from counter_assistant.operations.counter_forms.of_matter import (
    FormsOfMatter,
    fault_of,
    filled,
    form_pdf,
    forms_needed,
    forms_of,
    known_of,
    preview_pdf,
)
from counter_assistant.operations.intake.matter import Matter, assess
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office
from tests.make import ID_NUMBER, PHONE, a_request, an_office, text_of

RENTING = {"who": "self", "marital": "married", "lease": "registered", "fund_loan_open": "no", "spouse_also": "no"}
BY_SPOUSE = {"who": "spouse", "lease": "registered", "fund_loan_open": "no", "spouse_also": "yes"}
AGENT = {"name": "玉罕", "relation": "配偶", "id_number": ID_NUMBER, "phone": "13900002222"}
TYPED = {
    "account": "530900001234", AGAIN + "account": "5309 0000 1234", "mode": "partial", "amount": "12,000", "balance": "45678.9",
    "bank": "农业银行耿马支行", "card": "6228480012345678901", AGAIN + "card": "6228480012345678901",
    "lease_from": "2026-1-1", "lease_to": "2026-12-31", "lease_rent": "1500", "lease_place": "耿马镇白马路18号",
}  # fmt: skip


MATTERS: list[tuple[str, dict[str, str], list[str]]] = [
    ("B08", RENTING, ["P-01", "P-02"]),
    ("B08", RENTING | {"marital": "unmarried"}, ["P-01", "P-02", "P-04"]),
    ("B08", BY_SPOUSE, ["P-01", "P-02", "P-05"]),
    ("B08", {"who": "self"}, ["P-01", "P-02", "P-04"]),
    ("B08", RENTING | {"who": "other"}, ["P-01", "P-02"]),
    ("B06", {"who": "self", "fund_loan_open": "yes", "spouse_also": "no"}, ["P-08"]),
    ("B15", {"who": "heir", "succession": "first_order", "heirs": "one"}, ["P-01", "P-07"]),
    ("B15", {"who": "heir", "succession": "other", "heirs": "one"}, ["P-01", "P-02"]),
    ("A01", {"who": "employer", "remit_by": "transfer"}, ["G-01", "G-03", "P-06"]),
    ("A02", {"who": "self", "unit_change": "details"}, ["G-02"]),
    ("A03", {"who": "self"}, ["G-02-1", "G-09-2"]),
    ("A04", {"agent_on_file": "yes"}, ["G-03"]),
    ("A05", {"who": "self", "identity_changed": "no", "card_changed": "yes"}, ["G-10"]),
    ("A06", {"agent_on_file": "yes"}, ["G-09"]),
    ("A07", {"agent_on_file": "yes"}, ["G-09-1"]),
    ("A08", {"who": "self"}, ["G-11"]),
    ("A09", {"who": "self"}, ["G-12"]),
    ("A10", {"agent_on_file": "yes", "staff_changed": "yes", "remit_by": "transfer"}, ["G-04", "G-05"]),
    ("A10", {"agent_on_file": "yes", "staff_changed": "no", "remit_by": "transfer"}, ["G-05"]),
    ("A11", {"agent_on_file": "yes", "back_pay": "earlier", "remit_by": "transfer"}, ["G-06"]),
    ("A12", {"agent_on_file": "yes"}, ["G-07"]),
    ("A13", {"agent_on_file": "yes"}, ["G-08-1"]),
    ("A14", {"who": "self"}, ["G-08"]),
    ("A15", {"who": "self"}, ["G-10-1"]),
    ("A17", {"who": "self", "account_matter": "review"}, ["G-16"]),
    ("A18", {"flexible_kind": "other"}, ["G-14", "G-15"]),
    ("C01", {"marital": "unmarried", "pay": "fund_loan", "owner_rel": "owner"}, ["D-01", "D-02", "P-04"]),
    ("C02", {"marital": "unmarried"}, ["D-01", "D-02", "D-04", "P-04"]),
    ("C08", {"contract_change": "account"}, ["D-03"]),
]
"""Situations, and the forms that they need."""


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    office = an_office(data_dir)
    yield office
    office.close()


def matter_of(office: Office, item: str = "B08", **changes: Any) -> Matter:
    person = {"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER, **changes.pop("applicant", {})}
    request = a_request(item, applicant=person, **changes)
    return assess(request, office.catalogue, office.profile, office.today())


def numbers(office: Office, matter: Matter) -> list[str]:
    return [form.number for form in forms_needed(office, matter)]


@pytest.mark.parametrize(("item", "answers", "expected"), MATTERS)
def test_the_list_of_the_matter_says_which_forms_are_needed(
    office: Office, item: str, answers: dict[str, str], expected: list[str]
) -> None:
    agent = {"agent": AGENT} if answers.get("who") == "spouse" else {}
    assert numbers(office, matter_of(office, item, answers=answers, applicant=agent)) == expected


def test_every_form_that_the_centre_has_filled_in_at_the_counter_ships(office: Office) -> None:
    """What an item has filled in here, but for the registers of complaints and questions, which are entries of the book."""
    ships = {material for form in office.program.counter_forms.forms.values() for material in form.materials}
    here = {id_ for id_, one in office.catalogue.materials.items() if one.submit is Submit.AT_COUNTER}
    assert here - ships == {"complaint-form", "inquiry-record"}


CHANGED = "新开 岩罕 E12345678 5309001 5000 12 600\n封存 玉罕 E12345679 5309002 4000 12 480"


def test_what_the_list_of_changes_says_is_not_asked_again(office: Office) -> None:
    answers = {"agent_on_file": "yes", "staff_changed": "yes", "remit_by": "transfer"}
    typed = {"rows:G-04": CHANGED, "last_count": "10", "last_amount": "6000"}
    forms = forms_of(office, matter_of(office, "A10", answers=answers), typed)
    assert forms.faults == {}
    text = text_of(form_pdf(office, filled(office, forms, forms.form("G-05")), forms.case.known))
    for words in ("本月增加人数1人", "本月增加金额600.00", "本月减少金额480.00", "本月应汇缴人数10人", "本月应汇缴金额6,120.00",
                  "人民币陆仟壹佰贰拾元整"):  # fmt: skip
        assert words in text, words
    assert fault_of(office, forms.form("G-05"), forms.case) is None
    wrong = forms_of(office, matter_of(office, "A10", answers=answers), typed | {"more_count": "2"})
    fault = fault_of(office, wrong.form("G-05"), wrong.case)
    assert fault is not None
    assert fault.sentence == "汇缴书的增加人数是 2，变更清册是 1。"


def test_a_line_of_a_register_that_is_no_row_is_named(office: Office) -> None:
    forms = forms_of(
        office, matter_of(office, "A06", answers={"agent_on_file": "yes"}), {"rows:G-09": "5309001 岩罕\n"}
    )
    assert [(key, fault.code) for key, fault in forms.faults.items()] == [("rows:G-09", "cell-missing")]
    assert "第 1 行" in forms.faults["rows:G-09"].sentence


def test_how_many_lines_are_wrong_besides_the_first_is_told(office: Office) -> None:
    typed = {"rows:G-09": "5309001 岩罕\n5309001 岩罕 E12345678 202612 保留劳动关系停薪\n5309002\n5309003 玉罕\n"}
    forms = forms_of(office, matter_of(office, "A06", answers={"agent_on_file": "yes"}), typed)
    assert str(forms.faults["rows:G-09"]) == "第 1 行：没有生效年月。请补上这一格。另有 2 行也要改。"


def test_every_material_of_a_form_is_one_of_the_catalogue(office: Office) -> None:
    for form in office.program.counter_forms.forms.values():
        assert set(form.materials) <= set(office.catalogue.materials), form.number
        assert set(form.items) <= set(office.catalogue.items), form.number


def test_every_question_a_form_takes_its_answer_from_is_asked_with_these_codes(office: Office) -> None:
    codes: dict[str, set[str]] = {}
    for texts in office.catalogue.items.values():
        for item in texts:
            for asked in item.questions:
                codes.setdefault(asked.id, set()).update(option.code for option in asked.question.options)
    for form in office.program.counter_forms.forms.values():
        for group in form.groups:
            for field in group.fields:
                if field.source.startswith(ANSWER):
                    known = codes[field.source.removeprefix(ANSWER)]
                    assert {code for option in field.options for code in option.codes} <= known, (
                        form.number,
                        field.label,
                    )


def source_of(office: Office, forms: FormsOfMatter, origin: Origin, source: str) -> str:
    """What a field must show, worked out here from where it says that it comes."""
    if origin is Origin.KNOWN:
        return forms.case.known.get(source, "")
    if origin is Origin.BY_HAND:
        return ""
    value = forms.case.asked.get(source, "")
    kind = office.program.counter_forms.asked[source].kind
    if kind is ValueKind.AMOUNT and value:
        return f"{int(value) / 100:,.2f}"
    if kind is ValueKind.MONTH and value:
        return f"{value[:4]}年{int(value[4:])}月"
    if kind is ValueKind.DAY and value:
        year, month, day = (int(part) for part in value.split("-"))
        return f"{year}年{month}月{day}日"
    return value


def traced(office: Office, forms: FormsOfMatter, paper: FilledForm) -> int:
    """Holds every value of a form against its source; how many had one."""
    found = 0
    for cell in paper.cells():
        field = cell.field
        if field.origin is Origin.COMPUTED:
            continue
        expected = source_of(office, forms, field.origin, field.source)
        if field.options:
            assert cell.ticked == {at for at, option in enumerate(field.options) if expected in option.codes}
        else:
            shown = cell.text.replace(" ", "") if field.origin is Origin.ASKED and "," not in cell.text else cell.text
            assert shown == expected, (paper.form.number, field.label)
        found += bool(cell.text or cell.ticked)
    return found


SAMPLES = {
    ValueKind.TEXT: "耿马镇白马路18号", ValueKind.NAME: "玉罕", ValueKind.AMOUNT: "12345.67", ValueKind.PERCENT: "12", ValueKind.COUNT: "7",
    ValueKind.DAY: "2026-9-5", ValueKind.MONTH: "202612", ValueKind.ACCOUNT: "5309 0000 1234", ValueKind.CARD: "6228480012345678901",
    ValueKind.ID_NUMBER: "E12345678", ValueKind.PHONE: "13900002222",
}  # fmt: skip


def everything(office: Office) -> dict[str, str]:
    """Something typed for every value that may be asked."""
    asked = office.program.counter_forms.asked.values()
    typed = {one.key: one.options[-1].codes[0] if one.options else SAMPLES[one.kind] for one in asked}
    return typed | {AGAIN + one.key: typed[one.key] for one in asked if one.twice}


@pytest.mark.parametrize(("item", "answers", "_expected"), MATTERS)
def test_every_value_comes_from_where_the_form_says(
    office: Office, item: str, answers: dict[str, str], _expected: list[str]
) -> None:
    agent = {"agent": AGENT} if answers.get("who") in ("spouse", "employer") else {}
    forms = forms_of(
        office,
        matter_of(office, item, answers=answers, applicant=agent),
        everything(office),
        "临公积金示一诺〔2026〕1号",
    )
    assert forms.faults == {}
    for form in forms.forms:
        paper = filled(office, forms, form)
        assert traced(office, forms, paper) >= 2, form.number
        assert paper.missing == ()


def test_every_form_is_traced(office: Office) -> None:
    assert {number for _, _, expected in MATTERS for number in expected} == set(office.program.counter_forms.forms)


def test_what_is_known_is_what_the_table_of_sources_lists(office: Office) -> None:
    known = known_of(office, matter_of(office, answers=RENTING))
    assert {source for source in known if not source.startswith(ANSWER)} == set(KNOWN)
    assert known["applicant.phone"] == "138 0000 0000"


def test_without_a_number_no_kind_of_document_is_named(office: Office) -> None:
    known = known_of(office, matter_of(office, answers=RENTING, applicant={"id_number": ""}))
    assert (known["applicant.id_type"], known["applicant.id_number"]) == ("", "")


def test_nobody_is_asked_about_a_spouse_where_marriage_has_no_part_in_it(office: Office) -> None:
    forms = forms_of(office, matter_of(office, "B12", answers={"who": "self"}), {})
    assert "spouse_name" not in {one.key for one in forms.asked}
    text = text_of(form_pdf(office, filled(office, forms, forms.form("P-01")), forms.case.known))
    assert "婚姻" not in text.replace("婚姻信息", "")
    renting = forms_of(office, matter_of(office, "B08", answers={"who": "self"}), {})
    assert "spouse_name" in {one.key for one in renting.asked}, "whether they are married is still open"


def test_what_was_asked_once_stands_on_every_form(office: Office) -> None:
    forms = forms_of(office, matter_of(office, answers=BY_SPOUSE, applicant={"agent": AGENT}), TYPED)
    for number in ("P-01", "P-02", "P-05"):
        text = text_of(form_pdf(office, filled(office, forms, forms.form(number)), forms.case.known))
        assert "530900001234" in text, number
    assert [one.key for one in forms.asked].count("account") == 1


def test_a_paper_says_whose_form_it_is_and_a_blank_one_names_nobody(office: Office) -> None:
    forms = forms_of(office, matter_of(office, answers=RENTING), TYPED, "临公积金示一告〔2026〕1号")
    form = forms.form("P-01")
    text = text_of(form_pdf(office, filled(office, forms, form), forms.case.known))
    for words in ("住房公积金提取申请表", "示例，待本中心核定", "以本中心公布的表样为准", "请核对后签名", "罗𠅤克", "人民币壹万贰仟元整",
                  "临公积金示一告〔2026〕1号", "2026年11月23日", "☑已婚", "☑租房", "6228480012345678901"):  # fmt: skip
        assert words in text, words
    blank = text_of(form_pdf(office, filled(office, forms, form, blank=True), forms.case.known, blank=True))
    assert "住房公积金提取申请表" in blank
    for words in ("罗𠅤克", "2026年11月23日", "5309", "☑", ID_NUMBER, "请核对后签名", "工号"):
        assert words not in blank, words


@pytest.mark.parametrize(("item", "answers", "_expected"), MATTERS)
def test_no_form_on_the_screen_has_a_whole_number_of_a_document_an_account_or_a_card(
    office: Office, item: str, answers: dict[str, str], _expected: list[str]
) -> None:
    whole = (ID_NUMBER, "E12345678", "530900001234", "6228480012345678901", "5309001", "5309002")
    agent = {"agent": AGENT} if answers.get("who") in ("spouse", "employer") else {}
    matter = matter_of(office, item, answers=answers, applicant=agent)
    forms = forms_of(office, matter, everything(office) | {"rows:G-04": CHANGED})
    for form in forms.forms:
        paper = bare(form_pdf(office, filled(office, forms, form), forms.case.known))
        shown = bare(preview_pdf(office, forms, form))
        assert not [number for number in whole if number in shown], form.number
        printed_ones = [number for number in whole if number in paper]
        assert all(number[-4:] in shown for number in printed_ones)
        assert ("*" in shown) == bool(printed_ones), form.number


def bare(pdf: bytes) -> str:
    """The words of a paper without the blanks between groups of digits."""
    return "".join(text_of(pdf).split())


def test_a_blank_form_on_the_screen_is_the_one_that_is_printed(office: Office) -> None:
    forms = forms_of(office, matter_of(office, answers=RENTING), TYPED)
    form = forms.form("P-01")
    blank = form_pdf(office, filled(office, forms, form, blank=True), forms.case.known, blank=True)
    assert preview_pdf(office, forms, form, blank=True) == blank


def test_in_training_the_mark_lies_across_the_form(data_dir: Path) -> None:
    office = an_office(data_dir, training=True)
    forms = forms_of(office, matter_of(office, answers=RENTING), TYPED)
    assert "样本" in text_of(form_pdf(office, filled(office, forms, forms.forms[0]), forms.case.known))
    office.close()


def test_what_cannot_be_right_is_named_by_its_field(office: Office) -> None:
    typed = TYPED | {AGAIN + "card": "6228480012345678902", "amount": "一万"}
    forms = forms_of(office, matter_of(office, answers=RENTING), typed)
    assert {key: fault.code for key, fault in forms.faults.items()} == {
        "card": "not-the-same-twice",
        "amount": "bad-amount",
    }
    assert "card" not in forms.case.asked


def test_a_form_that_does_not_agree_is_named(office: Office) -> None:
    forms = forms_of(office, matter_of(office, answers=RENTING), TYPED | {"amount": "50000"})
    fault = fault_of(office, forms.form("P-01"), forms.case)
    assert fault is not None
    assert fault.code == "amount-over-balance"
    assert fault_of(office, forms.form("P-02"), forms.case) is None


def test_over_the_limit_that_the_office_set_heirs_sign_no_declaration(office: Office) -> None:
    answers = {"who": "heir", "succession": "first_order", "heirs": "one"}
    forms = forms_of(office, matter_of(office, "B15", answers=answers), {"balance": "10001"})
    assert fault_of(office, forms.form("P-07"), forms.case) is None
    office.decide_profile(replace(office.profile, inheritance_limit=10_000))
    fault = fault_of(office, forms.form("P-07"), forms.case)
    assert fault is not None
    assert fault.sentence == "余额 10,001.00 元，超过限额 10,000.00 元。"
    again = forms_of(office, matter_of(office, "B15", answers=answers), {"balance": "10001"})
    assert again.case.known["office.inheritance_limit"] == "10,000"


def test_what_was_asked_stays_with_the_case_until_it_is_over(office: Office) -> None:
    request = a_request(
        answers=RENTING, request_id="first", received=["id-card"], applicant={"name": "罗𠅤克", "phone": PHONE}
    )
    issue_slip(office, request)
    office.drafts.forms.save("first", TYPED)
    assert mask_closed(office) == 0
    assert values_of_case(office, "first") == TYPED
    assert office.drafts.all() == []

    inquiry = a_request(answers=RENTING, request_id="asked", applicant={"name": "岩罕", "phone": PHONE})
    issue_slip(office, inquiry)
    case = office.cases.get("asked")
    assert case is not None
    assert not case.open
    office.drafts.forms.save("asked", TYPED)
    assert mask_closed(office) == 1
    assert mask_closed(office) == 0
    kept = office.drafts.forms.load("asked")
    assert (kept["account"], kept["card"], kept["bank"]) == ("**** 1234", "**** 8901", "农业银行耿马支行")
    assert not any(key.startswith(AGAIN) for key in kept)
    assert "account" not in values_of_case(office, "asked")


def test_values_without_a_case_are_left_alone_and_dropped_when_empty(office: Office) -> None:
    office.drafts.forms.save("nobody", TYPED)
    assert mask_closed(office) == 0
    office.drafts.forms.save("nobody", {})
    assert office.drafts.forms.all() == []


def test_registers_leave_with_the_numbers(office: Office) -> None:
    assert without_numbers(office, {"rows:G-03": "岩罕", "bank": "农行", "spouse_id": ID_NUMBER}) == {
        "bank": "农行", "spouse_id": "**** 002X",
    }  # fmt: skip


def test_another_matter_of_the_same_visitor_takes_the_person_along() -> None:
    kept = of_the_person(TYPED)
    assert set(kept) == {"account", AGAIN + "account", "bank", "card", AGAIN + "card"}
