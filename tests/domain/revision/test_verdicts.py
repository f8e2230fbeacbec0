"""同意、改、不要: an answer holds for every item that says so, is read strictly, and leaves nothing 待核定 behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Catalogue, Note
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.statements import (
    Part,
    Statement,
    form_statement,
    limit_in_words,
    newest,
    open_places,
    open_statements,
    papers_saying,
    wording_of,
)
from counter_assistant.domain.revision.verdicts import Answer, Verdict, read_wording, with_verdict
from counter_assistant.operations.program import program

CENTRE = Source("centre", document="临住金〔2026〕18号", clause="第五条")


def the(catalogue: Catalogue, part: Part) -> Statement:
    return next(each.statement for each in open_statements(catalogue) if each.statement.part is part)


def after(catalogue: Catalogue, part: Part, answer: Answer, words: str = "", *items: str) -> Catalogue:
    return with_verdict(catalogue, Verdict(the(catalogue, part), answer, CENTRE, words, items))


def parts_open(catalogue: Catalogue, item: str = "T01") -> set[Part]:
    return {place.statement.part for place in open_places(newest(catalogue, item))}


def test_agreeing_makes_a_sentence_the_centres_own(make: Any) -> None:
    catalogue = make.catalogue(make.item(), make.item(id="T02"))
    made = after(catalogue, Part.CONDITION, Answer.AGREE)
    for item in ("T01", "T02"):
        assert newest(made, item).conditions == (replace(make.condition("sound"), source=CENTRE),)
        assert Part.CONDITION not in parts_open(made, item)


def test_an_answer_can_be_narrowed_to_some_items(make: Any) -> None:
    catalogue = make.catalogue(make.item(), make.item(id="T02"))
    made = after(catalogue, Part.CONDITION, Answer.CHANGE, "连续缴存满6个月", "T02", "T99")
    assert newest(made, "T01") is newest(catalogue, "T01")
    assert newest(made, "T02").conditions[0].text == "连续缴存满6个月"


@pytest.mark.parametrize("part", [Part.CONDITION, Part.NOTE, Part.NEVER_ASK, Part.STATUTORY, Part.WORDING, Part.NEED])
def test_what_is_not_wanted_is_gone(make: Any, part: Part) -> None:
    text = make.item(
        materials=(make.rule("id-card"),), notes=(Note("额度", make.guide),),
        statutory=(make.limit(5, "day", "acceptance", make.guide),),
    )  # fmt: skip
    field = {
        Part.CONDITION: "conditions", Part.NOTE: "notes", Part.NEVER_ASK: "never_ask", Part.STATUTORY: "statutory",
        Part.WORDING: "materials", Part.NEED: "materials",
    }[part]  # fmt: skip
    made = after(make.catalogue(text), part, Answer.DROP)
    assert getattr(newest(made, "T01"), field) == ()


def test_a_note_and_what_must_not_be_asked_are_reworded(make: Any) -> None:
    catalogue = make.catalogue(make.item(notes=(Note("额度", make.guide),)))
    assert newest(after(catalogue, Part.NOTE, Answer.CHANGE, " 额度见公告 "), "T01").notes == (
        Note("额度见公告", CENTRE),
    )
    assert newest(after(catalogue, Part.NOTE, Answer.AGREE), "T01").notes == (Note("额度", CENTRE),)
    (entry,) = newest(after(catalogue, Part.NEVER_ASK, Answer.CHANGE, "甲证明。已经取消"), "T01").never_ask
    assert (entry.id, entry.name, entry.why, entry.source) == ("single-certificate", "甲证明", "已经取消", CENTRE)
    (agreed,) = newest(after(catalogue, Part.NEVER_ASK, Answer.AGREE), "T01").never_ask
    assert (agreed.name, agreed.source) == ("某证明", CENTRE)


def test_the_mark_within_a_sentence_goes(make: Any) -> None:
    catalogue = make.catalogue(make.item(basis_note="以公布的为准（待核定）。", remedy="补齐（待核定）"))
    assert newest(after(catalogue, Part.BASIS, Answer.AGREE), "T01").basis_note == "以公布的为准。"
    assert newest(after(catalogue, Part.BASIS, Answer.DROP), "T01").basis_note == ""
    assert newest(after(catalogue, Part.REDRESS, Answer.CHANGE, "七日内补齐（待核定）"), "T01").remedy == "七日内补齐"


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("自材料补齐之日起 3 个工作日", (3, "workday", "complete", "办结")), ("自受理之日起10日内作出决定", (10, "day", "acceptance", "作出决定")),
        ("自收到申请之日起 5 日", (5, "day", "receipt", "办结")), ("当场或者当天", (0, "workday", "complete", "办结")), ("当天", (0, "workday", "complete", "办结")),
    ],
)  # fmt: skip
def test_a_limit_is_read_as_it_is_written(make: Any, words: str, limit: tuple[Any, ...]) -> None:
    catalogue = make.catalogue(make.item(promised=make.limit(1, source=make.guide)))
    promised = newest(after(catalogue, Part.PROMISED, Answer.CHANGE, words), "T01").promised
    assert (promised.n, promised.unit, promised.start, promised.act, promised.source) == (*limit, CENTRE)
    again = replace(promised, source=make.guide)
    assert limit_in_words(
        newest(after(make.catalogue(make.item(promised=again)), Part.PROMISED, Answer.AGREE), "T01").promised
    ) == limit_in_words(again)


@pytest.mark.parametrize("words", ["三天", "自材料补齐之日起 0 个工作日", "自公告之日起 3 日", "自受理之日起 3 个月"])
def test_a_limit_that_cannot_be_read_is_refused(make: Any, words: str) -> None:
    catalogue = make.catalogue(make.item(promised=make.limit(1, source=make.guide)))
    with pytest.raises(Refusal) as refused:
        after(catalogue, Part.PROMISED, Answer.CHANGE, words)
    assert refused.value.code == "statement-unreadable"


def test_something_must_be_promised(make: Any) -> None:
    catalogue = make.catalogue(make.item(promised=make.limit(1, source=make.guide)))
    with pytest.raises(Refusal) as refused:
        after(catalogue, Part.PROMISED, Answer.DROP)
    assert refused.value.code == "limit-needed"


def test_a_material_is_the_centres_once_need_and_wording_are_answered(make: Any) -> None:
    catalogue = make.catalogue(make.item(materials=(make.rule("id-card"),)))
    other = replace(CENTRE, clause="第六条")
    half = after(catalogue, Part.WORDING, Answer.AGREE)
    (rule,) = newest(half, "T01").materials
    assert (rule.material.source, rule.wording, rule.need) == (make.guide, CENTRE, None)
    whole = with_verdict(half, Verdict(the(half, Part.NEED), Answer.AGREE, other))
    (rule,) = newest(whole, "T01").materials
    assert (rule.material.source, rule.wording, rule.need) == (CENTRE, None, None)
    (rule,) = newest(after(after(catalogue, Part.NEED, Answer.AGREE), Part.WORDING, Answer.AGREE), "T01").materials
    assert rule.material.source == CENTRE


def test_what_is_required_of_a_material_is_read_as_it_is_written(make: Any) -> None:
    catalogue = make.catalogue(make.item(materials=(make.rule("id-card", copies=1, keep_copies=1),)))
    made = after(
        catalogue, Part.WORDING, Answer.CHANGE, "身份证，原件1 复印件2，公安机关出具，须出示。在有效期内，两面复印"
    )
    (rule,) = newest(made, "T01").materials
    material = rule.material
    assert (material.name, material.issuer, material.requirement) == ("身份证", "公安机关", "在有效期内，两面复印")
    assert (material.originals, material.copies, material.keep_copies, material.submit) == (1, 2, 2, Submit.SHOW)


def test_no_more_is_kept_than_is_brought(make: Any) -> None:
    verdict = Verdict(Statement(Part.WORDING, ""), Answer.CHANGE, CENTRE)
    held = make.material("letter", originals=2, copies=2, keep_originals=2, keep_copies=1)
    made = read_wording(held, "信，复印件1，须提供。签名", verdict)
    assert (made.originals, made.copies, made.keep_originals, made.keep_copies) == (0, 1, 0, 1)
    untouched = read_wording(held, "信，须提供", verdict)
    assert (untouched.originals, untouched.copies, untouched.requirement) == (2, 2, "")


@pytest.mark.parametrize(
    "words",
    [
        "身份证",
        "，原件1，须提供",
        "身份证，原件一份，须提供",
        "身份证，原件1，公安机关，须提供",
        "身份证，出具，须提供",
        "身份证，，须提供",
    ],
)
def test_a_wording_that_cannot_be_read_is_refused(make: Any, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        after(make.catalogue(make.item()), Part.WORDING, Answer.CHANGE, words)
    assert refused.value.code == "statement-unreadable"
    assert "请写成" in refused.value.remedy


def test_every_wording_and_limit_of_the_catalogue_is_read_back_the_same() -> None:
    catalogue = program().catalogue
    verdict = Verdict(Statement(Part.WORDING, ""), Answer.CHANGE, CENTRE)
    materials = {rule.material for texts in catalogue.items.values() for rule in texts[0].materials}
    for material in materials:
        read: Material = read_wording(material, wording_of(material), verdict)
        assert wording_of(read) == wording_of(material)
        if material.submit is not Submit.EXEMPT:
            assert read == material


@pytest.mark.parametrize(
    ("part", "words", "code"),
    [
        (Part.NEED, "如已婚", "edit-in-item"), (Part.CONDITION, " （待核定） ", "words-missing"), (Part.BASIS, "（待核定）", "words-missing"), (Part.NEVER_ASK, "某证明", "statement-unreadable"),
        (Part.NEVER_ASK, "某证明。", "statement-unreadable"), (Part.NEVER_ASK, "。不再要求", "statement-unreadable"),
    ],
)  # fmt: skip
def test_a_change_that_says_nothing_is_refused(make: Any, part: Part, words: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        after(make.catalogue(make.item(basis_note="见公告（待核定）")), part, Answer.CHANGE, words)
    assert refused.value.code == code


def test_a_sentence_that_no_item_says_any_more_is_refused(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    verdict = Verdict(the(catalogue, Part.CONDITION), Answer.AGREE, CENTRE)
    done = with_verdict(catalogue, verdict)
    with pytest.raises(Refusal) as refused:
        with_verdict(done, verdict)
    assert refused.value.code == "statement-gone"


def test_why_an_answer_cannot_be_taken_is_said_in_a_sentence(make: Any) -> None:
    catalogue = make.catalogue(make.item(promised=make.limit(1, source=make.guide)))
    gone = Verdict(Statement(Part.CONDITION, "别的一句"), Answer.AGREE, CENTRE)
    form = Verdict(Statement(Part.FORM, "一句。"), Answer.DROP, CENTRE)
    wording = "请写成：结婚证，原件1 复印件1，民政部门出具，须提供。姓名与身份证件一致"
    refusals: list[tuple[Callable[[], object], str]] = [
        (lambda: with_verdict(catalogue, gone), "“别的一句”已经核过，或者没有哪里再这样写了。请看这一句现在的写法。"),
        (lambda: with_verdict(catalogue, form), "文书里的这一句不能不要，只能换一种说法。请改写，或者同意。"),
        (lambda: after(catalogue, Part.PROMISED, Answer.DROP), "每个事项都要有承诺时限，不能不要。请改成本中心承诺的期限。"),
        (lambda: after(catalogue, Part.PROMISED, Answer.CHANGE, "三天"), "“三天”不像一句承诺时限。请写成：自材料补齐之日起 3 个工作日"),
        (lambda: after(catalogue, Part.NEVER_ASK, Answer.CHANGE, "证明"), "“证明”不像一句不得要求。请写成：单身证明。民政部门自2015年起不再出具"),
        (lambda: after(catalogue, Part.NEED, Answer.CHANGE, "总是"), "什么情况下要这份材料，在事项里改。按回车打开事项，改这一行的条件。"),
        (lambda: after(catalogue, Part.WORDING, Answer.CHANGE, "证，随便"), f"“证，随便”不像一句填报要求。{wording}"),
        (lambda: after(catalogue, Part.WORDING, Answer.CHANGE, "证"), "“证”不像一句填报要求。请写成：结婚证，原件1，民政部门出具，须出示。姓名与身份证件一致"),
        (lambda: after(catalogue, Part.CONDITION, Answer.CHANGE, "（待核定）"), "没有写改成什么。请写出改后的一整句；不要这一句的，选“不要”。"),
    ]  # fmt: skip
    for act, words in refusals:
        with pytest.raises(Refusal) as refused:
            act()
        assert str(refused.value) == words


def test_a_reason_may_be_several_sentences_and_none_may_issue_a_material(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    (entry,) = after(catalogue, Part.NEVER_ASK, Answer.CHANGE, "证明。一句。又一句").items["T01"][0].never_ask
    assert (entry.name, entry.why) == ("证明", "一句。又一句")
    made = after(catalogue, Part.WORDING, Answer.CHANGE, "证件，原件1，须出示").items["T01"][0].materials[0].material
    assert (made.name, made.issuer, made.requirement) == ("证件", "", "")


def test_the_whole_catalogue_can_be_agreed_to_sentence_by_sentence() -> None:
    catalogue = program().catalogue
    for each in open_statements(catalogue):
        catalogue = with_verdict(catalogue, Verdict(each.statement, Answer.AGREE, CENTRE, items=each.items))
    assert open_statements(catalogue) == []
    assert [answer.label for answer in Answer] == ["同意", "改", "不要"]


CALL, KEEP = FormSentence("有意见请打〔监督电话〕。"), FormSentence("请保存好。")


def papers(make: Any) -> Catalogue:
    base: Catalogue = make.catalogue(make.item())
    return replace(base, form_sentences={"回执": (CALL, KEEP), "指引单": (KEEP,)})


def answered(catalogue: Catalogue, sentence: FormSentence, answer: Answer, words: str = "", *of: str) -> Catalogue:
    return with_verdict(catalogue, Verdict(form_statement(sentence), answer, CENTRE, words, of))


def test_a_sentence_of_papers_is_worded_wherever_it_stands_or_in_some(make: Any) -> None:
    everywhere = answered(papers(make), KEEP, Answer.CHANGE, "请收好。")
    own = replace(KEEP, words="请收好。", source=CENTRE)
    assert everywhere.form_sentences == {"回执": (CALL, own), "指引单": (own,)}
    assert papers_saying(everywhere, form_statement(own)) == ("回执", "指引单")
    some = answered(papers(make), KEEP, Answer.AGREE, "", "指引单", "没有的文书")
    assert some.form_sentences == {"回执": (CALL, KEEP), "指引单": (replace(KEEP, source=CENTRE),)}


def test_what_was_settled_may_be_worded_anew(make: Any) -> None:
    once = answered(papers(make), KEEP, Answer.CHANGE, "请收好。")
    again = answered(once, once.form_sentences["回执"][1], Answer.CHANGE, "请保存好。")
    assert again.form_sentences["回执"][1] == replace(KEEP, source=CENTRE)


@pytest.mark.parametrize(
    ("sentence", "answer", "words", "code"),
    [
        (KEEP, Answer.DROP, "", "form-needs-words"),
        (CALL, Answer.CHANGE, "有意见请打电话。", "mark-lost"),
        (KEEP, Answer.CHANGE, " ", "words-missing"),
        (FormSentence("没有这一句。"), Answer.AGREE, "", "statement-gone"),
    ],
)
def test_an_answer_that_a_paper_cannot_take_is_refused(
    make: Any, sentence: FormSentence, answer: Answer, words: str, code: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        answered(papers(make), sentence, answer, words)
    assert refusal.value.code == code


def test_only_sentences_of_papers_are_looked_for_in_papers(make: Any) -> None:
    assert papers_saying(papers(make), Statement(Part.NOTE, KEEP.standard)) == ()
