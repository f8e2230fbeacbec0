"""Whatever a situation needs is a line: no document to bring stands only in the prose of an item.

What stands in the prose cannot be ticked, is on no 缺 list and has no requirement (漏告、缺告).
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.operations.program import program

CATALOGUE = program().catalogue
TEXTS = [text for same in CATALOGUE.items.values() for text in same]

DOCUMENT = re.compile(
    "户口簿|居住证|身份证|结婚证|离婚证|退休证|低保证|产权证|权证|许可证|执照|证书|证件|证明|证照|判决|裁定|裁判文书|文书|公证书"
    "|同意书|承诺书|授权书|委托书|申请书|声明|登记表|申请表|清册|名册|合同|协议|决议|批文|批准文件|鉴定|发票|凭证|票据|单据|收据"
    "|借记卡|还款卡|收款卡|银行卡|储蓄卡|流水|报表|报告|病历|译本|照片|印章"
)
"""Words for documents, whole enough that a name which holds one is the document that is meant."""

NOT_BROUGHT = {
    r"出具承诺(件)?通知书|出具《?[^，；。→]*(?:回执|凭证|证明)(?:和注销抵押材料)?": "the centre hands it out",
    r"核验证件和文书": "the lines of the item, by their general words",
    r"证件、银行卡和要复印件的材料": "the lines of the item, by their general words, in what is said of all of them",
    r"不超过[^，；。带]*(?:发票|凭证)(?:载明的)?(?:金额|的)?": "an amount that a line of the item proves",
    r"→ 报告 →": "telling the leader (守则 一(九)2)",
    r"同一批准文件未提取过": "the building approval, a line of B04 under the names of its variants",
}
"""Phrases with a word for a document that name nothing to bring, each with the reason."""


def prose(item: ServiceItem) -> list[str]:
    """Everything of an item that reads as sentences."""
    texts = [item.procedure, item.flow, item.basis_note, item.remedy, item.redress]
    return texts + [note.text for note in item.notes] + [condition.text for condition in item.conditions]


def only_in_prose(item: ServiceItem) -> list[str]:
    """The documents that the prose names and no material of the item is."""
    names = " ".join(rule.material.name for rule in item.materials)
    catalogue = sorted({material.name for material in CATALOGUE.materials.values()}, key=len, reverse=True)
    found = []
    innocent = re.compile("|".join(NOT_BROUGHT))
    for text in (innocent.sub("", said) for said in prose(item)):
        found += [name for name in catalogue if name in text and name not in names]
        found += [word for word in DOCUMENT.findall(text) if word not in names]
    return found


@pytest.mark.parametrize("item", TEXTS, ids=lambda item: f"{item.id}-{item.effective_from}")
def test_a_document_to_bring_is_a_line(item: ServiceItem) -> None:
    assert only_in_prose(item) == []


@pytest.mark.parametrize("phrase", NOT_BROUGHT)
def test_every_exception_excuses_something(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert NOT_BROUGHT[phrase]
    monkeypatch.delitem(NOT_BROUGHT, phrase)
    assert any(only_in_prose(item) for item in TEXTS)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("因离婚变更借款人的，带离婚证、协议或者判决书", ["离婚证", "协议", "判决"]),
        ("有担保人的，带担保人同意书", ["担保人同意书", "同意书"]),
        ("变更还款账户的，带新的Ⅰ类借记卡", ["借记卡"]),
        ("另带单身声明", ["单身声明", "声明"]),
        ("材料齐全的出具承诺通知书；申请人带身份证", ["身份证"]),
        ("提取不超过发票金额；不超过还款额的，带发票", ["发票"]),
    ],
)
def test_what_is_to_be_brought_is_found_in_prose(said: str, found: list[str]) -> None:
    """Among them the sentences that C08 had, before its papers became lines."""
    plain = replace(TEXTS[0], id="T01", materials=(), basis_note="", notes=(), conditions=(), flow="")
    assert only_in_prose(plain) == []
    assert only_in_prose(replace(plain, procedure=said)) == found


def test_what_is_a_line_may_be_named_in_prose() -> None:
    (item,) = CATALOGUE.items["C08"]
    said = "离婚的，带离婚证、协议或判决书；有担保人的，带担保人同意书"
    assert only_in_prose(replace(item, procedure=said)) == []
