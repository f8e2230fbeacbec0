"""An edition from elsewhere is gone through as a whole; tests of packs seed its mistakes one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Article, ArticleRef, Statute
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.domain.revision.edition_check import edition_faults, unknown_in
from counter_assistant.domain.revision.visits import PAPERS, TypicalVisit
from counter_assistant.domain.wording.centre_phrases import CentrePhrase
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrases
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel
from counter_assistant.operations.program import program

APPROVED = Approval("临住金〔2026〕18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
RULES = "住房公积金管理条例"


def forbidden() -> ForbiddenPhrases:
    return program().forbidden_phrases


def of(base: Any, **changes: Any) -> Edition:
    return replace(edition(base, base, APPROVED, "2026-12-15", ()), **changes)


def faults(made: Edition) -> list[str]:
    return [str(fault) for fault in edition_faults(made, forbidden())]


def test_a_sound_edition_has_none(make: Any) -> None:
    assert faults(of(make.catalogue(make.item()))) == []
    assert (
        faults(of(make.catalogue(make.item()), catalogue=replace(make.catalogue(make.item()), version="2026-12-15-2")))
        == []
    )


def test_names_and_codes_are_what_they_are_listed_under(make: Any) -> None:
    question, material = make.question("who", "self", "other").question, make.material("card")
    base = make.catalogue(make.item())
    assert faults(of(replace(base, questions={"who": question}, materials={"card": material}))) == []
    wrong = replace(
        base,
        items={"T02": (make.item(),), "../T": (make.item(id="../T"),), "T03": ()},
        questions={"whom": question},
        materials={"a b": replace(material, id="a b"), "x" * 65: replace(material, id="x" * 65)},
    )
    assert [str(fault) for fault in unknown_in(wrong)] == [
        "questions.id：写的是“who”，应当是“whom”",
        "materials.id：“a b”不能作编码",
        f"materials.id：“{'x' * 65}”不能作编码",
        "items.T02[1].id：写的是“T01”，应当是“T02”",
        "items.../T[1].id：“../T”不能作编码",
        "items.T03：没有文本",
    ]
    assert unknown_in(replace(base, materials={"x" * 64: replace(material, id="x" * 64)})) == []


def test_limits_questions_and_sources_are_of_those_that_there_are(make: Any) -> None:
    odd = make.limit(3, "week", source=make.law_2026)
    twice = replace(make.limit(1, start="noon"), pauses=(PauseReason.ABOVE, PauseReason.ABOVE))
    asked = make.question("who", "self", "self")
    sourced = (
        make.condition("a", source=Source("hearsay")), make.condition("b", source=Source("statute")),
        make.condition("c", source=replace(make.guide, article=ArticleRef(RULES, 2026, 25))), make.condition("d", source=Source("assumption")),
    )  # fmt: skip
    item = make.item(
        statutory=(make.limit(3, source=make.law_2026), odd),
        promised=twice,
        questions=(asked, make.question("何", "是")),
        conditions=sourced,
    )
    *found, one, other = (str(fault) for fault in unknown_in(make.catalogue(item)))
    assert found == [
        "items.T01[1] condition[a].source.kind：来源“hearsay”不认识，可以是 statute、code、guide、assumption、centre",
        "items.T01[1] condition[b].source.article：没有写",
        "items.T01[1] condition[c].source.article：不是法规，却写了条文",
        "items.T01[1] limits.statutory[2].unit：“week”不认识，可以是 day、workday",
        "items.T01[1] limits.promised.start：“noon”不认识，可以是 acceptance、complete、receipt、filing",
        "items.T01[1] limits.promised.pauses：同一个中止原因写了两次",
        "items.T01[1] question[who].options：同一个回答写了两次",
    ]
    assert {one, other} == {f"items.T01[1] question[何]：“{code}”不能作编码" for code in ("何", "是")}


def test_the_approval_is_complete_and_the_version_its_first_day(make: Any) -> None:
    base = make.catalogue(make.item())
    empty = replace(APPROVED, number=" ", approver=" ", effective_from=date(2026, 12, 2))
    assert faults(of(base, approval=empty)) == [
        "approval.number：没有写明文号",
        "approval.approver：没有写明由谁核定",
        "approval.effective_from：生效日早于核定日期2026年12月3日",
        "version：“2026-12-15”应当以生效日 2026-12-02 开头",
    ]
    at_once = replace(APPROVED, effective_from=APPROVED.date)
    assert faults(of(replace(base), approval=at_once, catalogue=replace(base, version="2026-12-03-9999"))) == []
    [wrong] = faults(of(base, catalogue=replace(base, version="2026-12-15-12345")))
    assert wrong.startswith("version：“2026-12-15-12345”")


def test_what_is_said_around_the_texts_can_be_printed_and_said(make: Any) -> None:
    made = of(
        make.catalogue(make.item()), approval=replace(APPROVED, approver="办公\u202e会"), changes=("改了", "不知道")
    )
    assert faults(made) == [
        "approval.approver：有改变书写方向的隐藏字符（U+202E），无法如实打印",
        "changes[2]：有服务忌语“不知道”",
    ]
    named = replace(make.statute(), name="某\u202e法")
    told = faults(of(replace(make.catalogue(make.item()), statutes={RULES: make.statute(), "某\u202e法": named})))
    assert "statutes.某\u202e法：有改变书写方向的隐藏字符（U+202E），无法如实打印" in told


def test_a_warning_is_told_as_one(make: Any) -> None:
    [fault] = edition_faults(of(make.catalogue(make.item(promised=make.limit(9, "day")))), forbidden())
    assert fault.warning


def test_a_typical_visit_can_be_named_and_says_a_paper_that_there_is(make: Any) -> None:
    visit = TypicalVisit("T01", "本人", {"who": "self"}, ())
    base = make.catalogue(make.item())
    assert faults(of(base, visits=(visit, replace(visit, name="代办", paper="none"), replace(visit, item="T02")))) == []
    named = (visit, replace(visit, paper="receipt-to-come"), replace(visit, name=" "), replace(visit, name="甲\u202e"))
    assert faults(of(base, visits=named)) == [
        "visits[1].name：T01 的“本人”写了两次",
        f"visits[2].paper：“receipt-to-come”不认识，可以是 {'、'.join(PAPERS)}",
        "visits[2].name：T01 的“本人”写了两次",
        "visits[3].name：没有写名称",
        "visits[4].name：有改变书写方向的隐藏字符（U+202E），无法如实打印",
    ]
    assert len(PAPERS) == len(SlipKind) + 1


def test_whether_a_catalogue_can_be_gone_through_is_asked_apart(make: Any) -> None:
    odd = make.item(promised=make.limit(9, "fortnight"), procedure="")
    [fault] = unknown_in(make.catalogue(odd))
    assert fault.place == "items.T01[1] limits.promised.unit"
    assert unknown_in(make.catalogue(make.item(procedure=""))) == []


def test_what_cannot_be_gone_through_is_told_alone_with_what_is_said(make: Any) -> None:
    limit = replace(make.limit(1), start="someday", source=Source("hearsay"))
    assert faults(of(make.catalogue(make.item(promised=limit, procedure="", flow="甲\u202e乙")))) == [
        "items.T01[1] limits.promised.source.kind：来源“hearsay”不认识，可以是 statute、code、guide、assumption、centre",
        "items.T01[1] limits.promised.start：“someday”不认识，可以是 acceptance、complete、receipt、filing",
        "items.T01[1].flow：有改变书写方向的隐藏字符（U+202E），无法如实打印",
    ]


def test_one_sentence_is_looked_at_once_and_found_everywhere(make: Any) -> None:
    said = faults(of(make.catalogue(make.item(remedy="不知道"), make.item(id="T02", remedy="不知道"))))
    assert [fault.partition("：")[0] for fault in said] == ["items.T01[1].remedy", "items.T02[1].remedy"]


def test_a_statutes_versions_are_in_order_and_their_articles_whole(make: Any) -> None:
    old, new = make.statute().versions
    for versions, wrong in (
        ((new, old), "各版本的施行日没有先后，或者有两版同日施行"),
        ((replace(old, effective_from=new.effective_from), new), "各版本的施行日没有先后，或者有两版同日施行"),
        ((replace(old, version=2026), new), "同一年的版本写了两次"),
        ((old, replace(new, articles={**new.articles, 0: Article(1, {})})), "条、款、项的数目不对"),
        ((old, replace(new, articles={**new.articles, 30: Article(1, {1: 0})})), "条、款、项的数目不对"),
        ((), "没有收录任何版本"),
    ):
        catalogue = replace(make.catalogue(make.item()), statutes={RULES: Statute(RULES, versions)})
        [fault] = faults(of(catalogue))
        assert fault.startswith(f"statutes.{RULES}")
        assert fault.endswith(wrong)


def test_the_places_of_a_statute_are_named(make: Any) -> None:
    old, new = make.statute().versions
    catalogue = make.catalogue(make.item())
    many = {1: Article(1, {}), 24: Article(2, {2: 1}), 25: Article(1, {})}
    assert unknown_in(replace(catalogue, statutes={RULES: Statute(RULES, (old, replace(new, articles=many)))})) == []
    for article in (Article(0, {}), Article(1, {0: 1}), Article(1, {2: 1}), Article(1, {1: 0})):
        wrong = replace(new, articles={**new.articles, 7: article})
        [fault] = unknown_in(replace(catalogue, statutes={RULES: Statute(RULES, (old, wrong))}))
        assert str(fault) == f"statutes.{RULES}[2026] 第7条：条、款、项的数目不对"
    statutes = {"某法": Statute("另一部", ()), RULES: Statute(RULES, (new, replace(old, version=2026)))}
    assert [str(fault) for fault in unknown_in(replace(catalogue, statutes=statutes))] == [
        "statutes.某法.name：写的是“另一部”，应当是“某法”",
        "statutes.某法：没有收录任何版本",
        f"statutes.{RULES}.versions：各版本的施行日没有先后，或者有两版同日施行",
        f"statutes.{RULES}.versions：同一年的版本写了两次",
    ]


def test_what_is_approved_has_nothing_left_to_confirm(make: Any) -> None:
    catalogue = make.catalogue(make.item())
    own = make.catalogue(make.item(approval=APPROVED))
    [fault] = faults(of(catalogue, catalogue=replace(own, version="2026-12-15")))
    assert fault.startswith("T01 资格要求：已经批准，却还有待核定的")
    ended = replace(APPROVED, number="1号")
    assert faults(of(make.catalogue(make.item(approval=ended)))) == [], "an earlier approval is that document's matter"


def test_a_sentence_of_a_paper_must_be_settled_and_printable(make: Any) -> None:
    centre, base = Source("centre", document="临住金〔2026〕18号"), make.catalogue(make.item())
    sound = FormSentence("有意见请打〔监督电话〕。", "请打〔监督电话〕。", centre)
    made = of(base)
    assert faults(replace(made, catalogue=replace(made.catalogue, form_sentences={"回执": (sound,)}))) == []
    wrong = (
        sound,
        FormSentence("甲。", "{{ 1 }}", centre),
        FormSentence("乙〔期限〕。", "乙。", centre),
        FormSentence("丙。"),
        sound,
    )
    assert faults(replace(made, catalogue=replace(made.catalogue, form_sentences={"回执": wrong}))) == [
        "form_sentences.回执[1].standard：同一句写了两次",
        "form_sentences.回执[2].words：文书用语里不能有花括号，也不能换行",
        "form_sentences.回执[3].words：“〔期限〕”在这一句里要有 1 处：出具时填在那里",
        "form_sentences.回执[4]：还没有核定",
        "form_sentences.回执[5].standard：同一句写了两次",
    ]


def test_the_centres_phrases_are_numbered_and_written(make: Any) -> None:
    def phrase(number: int, text: str) -> CentrePhrase:
        return CentrePhrase(number, text, PhraseChannel.COUNTER, Moment.WELCOME)

    base = make.catalogue(make.item())
    assert faults(of(base, phrases=(phrase(26, "您好。"),))) == []
    wrong = (phrase(25, "您好。"), phrase(27, " "), phrase(27, "不知道"), phrase(1_000_000, "您好。"))
    assert faults(of(base, phrases=wrong)) == [
        "phrases[1].number：“25”应当在 26 到 999999 之间",
        "phrases[2].number：第 27 句写了两次",
        "phrases[2].text：没有写",
        "phrases[3].number：第 27 句写了两次",
        "phrases[4].number：“1000000”应当在 26 到 999999 之间",
        "phrases[3].text：有服务忌语“不知道”",
    ]
