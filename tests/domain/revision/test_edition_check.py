"""An edition from elsewhere is gone through as a whole; tests of packs seed its mistakes one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from counter_assistant.domain.catalogue.form_sentences import FormSentence
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Article, Statute
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.domain.revision.edition_check import edition_faults
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


def test_a_warning_stops_nothing(make: Any) -> None:
    assert faults(of(make.catalogue(make.item(promised=make.limit(9, "day"))))) == []


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
        assert fault.endswith(wrong)


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
