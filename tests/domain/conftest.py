"""Builders of small catalogues for the tests of the domain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_assistant.domain.catalogue.conditions import Always, Answered, Condition
from counter_assistant.domain.catalogue.items import Catalogue, EligibilityCondition, Handling, ServiceItem, Step
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, NeverAsk, Submit
from counter_assistant.domain.catalogue.questions import AskedQuestion, Option, Question
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.catalogue.statutes import Article, ArticleRef, Statute, StatuteVersion

RULES = "住房公积金管理条例"
NEW_LAW = date(2026, 9, 20)


class Make:
    """Small, sound objects; every test changes only what it is about."""

    code = Source("code", clause="一(七)1")
    guide = Source("guide", city="上海", year=2023)
    law_2019 = Source("statute", article=ArticleRef(RULES, 2019, 25, 2))
    law_2026 = Source("statute", article=ArticleRef(RULES, 2026, 25))

    def question(self, id_: str, *codes: str, when: Condition | None = None) -> AskedQuestion:
        options = tuple(Option(code, f"{code}键", f"{id_}是{code}") for code in codes)
        return AskedQuestion(Question(id_, f"{id_}？", id_, options), when or Always())

    def material(self, id_: str, **changes: Any) -> Material:
        sound = Material(id_, f"材料{id_}", "某单位", "签名", 1, 0, Submit.HAND_IN, 0, 0, self.guide)
        return replace(sound, **changes)

    def rule(self, id_: str, when: Condition | None = None, **changes: Any) -> MaterialRule:
        return MaterialRule(self.material(id_, **changes), when or Always())

    def never(self, id_: str, name: str = "某证明") -> NeverAsk:
        return NeverAsk(id_, name, "国家不再要求", self.guide)

    def condition(self, id_: str, broken_when: Condition | None = None, source: Source = guide) -> EligibilityCondition:
        said = f"您与{id_}不符" if broken_when else ""
        return EligibilityCondition(id_, f"符合{id_}", source, broken_when, said)

    def limit(self, n: int, unit: str = "workday", start: str = "complete", source: Source = code) -> Limit:
        return Limit(n, unit, start, source)

    def item(self, **changes: Any) -> ServiceItem:
        """An item with nothing wrong: one question, which one material hangs on."""
        sound = ServiceItem(
            id="T01", name="某项提取", also_called=("某提取",), department="归集提取科",
            handling=((Always(), Handling.DIRECT),), effective_from=NEW_LAW, effective_to=None,
            checked=date(2026, 11, 23), approval=None, basis=(ArticleRef(RULES, 2026, 24, 1, 1),), basis_note="",
            conditions=(self.condition("sound"),), notes=(), questions=(self.question("who", "self", "other"),),
            materials=(self.rule("id-card"), self.rule("letter", Answered("who", ("other",)))),
            never_ask=(self.never("single-certificate"),), steps=(Step("审核", "归集提取科"),),
            statutory=(self.limit(3, "day", "acceptance", self.law_2026),), promised=self.limit(0),
            procedure="窗口申请", flow="申请 → 审核", standard="一次性告知",
            remedy="补齐后再来", redress="决定书将告知救济途径", refusal="可以申请行政复议",
        )  # fmt: skip
        return replace(sound, **changes)

    def statute(self) -> Statute:
        old = StatuteVersion(
            2019, "2019年修订", date(2019, 3, 24), {24: Article(3, {1: 6}), 25: Article(2, {})}, "国务院令第710号"
        )
        new = StatuteVersion(
            2026, "2026年修订", NEW_LAW, {24: Article(3, {1: 9}), 25: Article(1, {})}, "国务院令第844号"
        )
        return Statute(RULES, (old, new))

    def catalogue(self, *texts: ServiceItem) -> Catalogue:
        items: dict[str, tuple[ServiceItem, ...]] = {}
        for text in sorted(texts, key=lambda item: item.effective_from, reverse=True):
            items[text.id] = (*items.get(text.id, ()), text)
        return Catalogue("2026.11", items, {}, {RULES: self.statute()}, {})


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()
