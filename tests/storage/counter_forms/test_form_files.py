"""The files of forms: those that ship are whole, and every fault of one names the file, the place and what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.counter_forms.form import Origin
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.counter_forms.form_files import read_forms

FORMS = paths.forms() / "tables"
ASKED = """asked = [
  { key = "amount", label = "金额", kind = "amount" },
  { key = "card", label = "卡号", kind = "card" },
  { key = "mode", label = "方式", kind = "choice", options = [["a", "甲"], ["b", "乙"]] },
]
"""
FORM = """number = "T-01"
title = "试表"
version = "1"
materials = ["paper"]
copies = ["存卷"]
seal = "不盖章"
checks = ["within_balance"]

[register]
rows = 5
side_key = "change"
sides = [{ name = "增加", words = ["新开"] }]
columns = [
  { key = "change", label = "变更", kind = "text", width = 2 },
  { key = "unit", label = "单位", kind = "amount", width = 2 },
  { key = "due", label = "合计", kind = "amount", width = 2, compute = "sum:unit", total = true },
]

[[group]]
name = "组"
fields = [
  { label = "姓名", take = "applicant.name" },
  { label = "金额", ask = "amount" },
  { label = "大写", compute = "capitals:amount" },
  { label = "总额", compute = "total:due" },
  { label = "签名", hand = true },
]

[[declaration]]
name = "声明"
paragraphs = ["属实。"]
signed_by = ["本人"]
"""


def written(folder: Path, form: str = FORM, asked: str = ASKED, name: str = "T-01.toml") -> Path:
    (folder / "asked.toml").write_text(asked, encoding="utf-8")
    (folder / name).write_text(form, encoding="utf-8")
    return folder


def test_a_form_is_read_as_it_is_written(tmp_path: Path) -> None:
    read = read_forms(written(tmp_path))
    form = read.forms["T-01"]
    assert [field.origin for field in form.groups[0].fields] == [
        Origin.KNOWN, Origin.ASKED, Origin.COMPUTED, Origin.COMPUTED, Origin.BY_HAND
    ]  # fmt: skip
    assert form.table is not None
    assert (form.table.rows, form.table.side_of("新开"), form.table.side_of("封存")) == (5, "增加", "")
    assert read.asked["mode"].options[1].label == "乙"


FAULTS = [
    ('seal = "不盖章"', "", "缺少这一项"),
    ('number = "T-01"', 'number = "T-09"', "与文件名不符"),
    ('checks = ["within_balance"]', 'checks = ["luck"]', "没有“luck”这一项勾稽"),
    ('take = "applicant.name"', 'take = "applicant.income"', "没有“applicant.income”这个来处"),
    ('ask = "amount"', 'ask = "weight"', "没有“weight”这个来处"),
    ('compute = "capitals:amount"', 'compute = "capitals:card"', "没有“capitals:card”这个来处"),
    ('compute = "capitals:amount"', 'compute = "guess:amount"', "没有“guess:amount”这个来处"),
    ('compute = "capitals:amount"', 'compute = "sum:amount,-card"', "没有“sum:amount,-card”这个来处"),
    ('compute = "total:due"', 'compute = "total:unit"', "没有“total:unit”这个来处"),
    ("hand = true", "hand = false", "缺少这一项"),
    ('ask = "amount"', 'ask = "amount", take = "today"', "中的一项"),
    ('ask = "amount"', 'ask = "amount", width = 3', "占一栏或者两栏"),
    ('ask = "amount"', 'ask = "amount", colour = "red"', "不认识这一项"),
    ('ask = "amount"', 'ask = "amount", options = ["甲"]', "选项要写成"),
    ('side_key = "change"', 'side_key = "nobody"', "增减两边要有一栏来分"),
    ('compute = "sum:unit"', 'compute = "sum:unit,person"', "相加的栏不在表里"),
    ('compute = "sum:unit"', 'compute = "product:unit"', "栏只能是相加得来的"),
    ('kind = "text"', 'kind = "colour"', "“colour”不认识"),
]


@pytest.mark.parametrize(("before", "after", "fault"), FAULTS)
def test_a_fault_is_named(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in FORM
    with pytest.raises(Refusal) as refused:
        read_forms(written(tmp_path, FORM.replace(before, after, 1)))
    assert "T-01.toml" in str(refused.value)
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('key = "card"', 'key = "amount"', "写了两次"),
        ('kind = "card"', 'kind = "card", options = [["a", "甲"]]', "选一项的要有选项"),
        (', options = [["a", "甲"], ["b", "乙"]]', "", "选一项的要有选项"),
    ],
)
def test_a_fault_of_what_is_asked_is_named(tmp_path: Path, before: str, after: str, fault: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_forms(written(tmp_path, asked=ASKED.replace(before, after, 1)))
    assert "asked.toml" in str(refused.value)
    assert fault in str(refused.value)


def test_the_forms_that_ship_are_whole_and_ask_for_nothing_that_none_of_them_prints() -> None:
    read = read_forms(FORMS)
    asked = {
        key.removeprefix("-")
        for form in read.forms.values()
        for group in form.groups
        for field in group.fields
        for key in (field.source.partition(":")[2].split(",") if field.origin is Origin.COMPUTED else [field.source])
    }
    assert set(read.asked) - asked == set()


def test_no_form_fills_in_a_signature_a_seal_or_a_decision() -> None:
    for form in read_forms(FORMS).forms.values():
        for group in form.groups:
            for field in group.fields:
                if any(word in field.label for word in ("签名", "盖章", "意见", "捺印")):
                    assert field.origin is Origin.BY_HAND, (form.number, field.label)


def test_every_form_says_its_copies_and_its_seal() -> None:
    for form in read_forms(FORMS).forms.values():
        assert form.copies, form.number
        assert form.seal, form.number
        assert form.declarations, form.number


def test_a_folder_with_a_broken_file_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copytree(FORMS, tmp_path / "tables")
    (tmp_path / "tables" / "P-01.toml").write_text("number = ", encoding="utf-8")
    with pytest.raises(Refusal, match=r"P-01\.toml"):
        read_forms(tmp_path / "tables")
