"""A broken catalogue file gives a sentence with file, place and fault, never another exception, however it is broken."""

from __future__ import annotations

import copy
import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import tomli_w

from counter_assistant.domain.catalogue.checks.check import check_item
from counter_assistant.domain.catalogue.conditions import All, Always, Answered, AnyOf, Not
from counter_assistant.domain.catalogue.items import Catalogue, Handling
from counter_assistant.domain.catalogue.limits import Limit
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content.catalogue_files import read_catalogue
from counter_assistant.storage.content.check_files import faults
from counter_assistant.storage.content.item_files import Shared, read_item
from counter_assistant.storage.content.strict_table import ContentFault
from tests.places import RESOURCES

CATALOGUE = read_catalogue(RESOURCES)
SHARED = Shared(dict(CATALOGUE.questions), RESOURCES / "catalogue" / "shared")

SOUND = """
id = "T01"
name = "某项提取"
also_called = ["某提取"]
department = "归集提取科"
effective_from = 2026-09-20
checked = 2026-11-23
basis_note = "另见本市规定"
handling = [
    { when = { q = "who", in = ["other"] }, is = "promise" },
    { is = "direct" },
]
approval = { number = "临公积金〔2026〕1号", date = 2026-10-01, approver = "某某" }

[[basis]]
statute = "住房公积金管理条例"
version = 2026
article = 24
paragraph = 1
point = 1

[[condition]]
id = "no-open-fund-loan"
text = "无未结清的公积金贷款"
broken_when = { q = "fund_loan_open", in = ["yes"] }
broken_text = "您有未结清的公积金贷款"
source = { kind = "guide", city = "昆明", year = 2026, note = "示例" }
[[note]]
text = "本人办理的，额度另行公布"
source = { kind = "code", clause = "一(四)2" }
when = { q = "who", in = ["self"] }

[[question]]
id = "who"
options = ["self", "spouse", "other"]
[[question]]
id = "marital"
when = { q = "who", in = ["self", "spouse"] }
[[question]]
id = "fund_loan_open"

[[material]]
id = "id-card"
[[material]]
id = "marriage-certificate"
when = { all = [{ q = "marital", in = ["married"] }, { not = { q = "who", in = ["other"] } }] }
name = "结婚证原件"
issuer = "民政部门"
requirement = "核验后退还"
originals = 1
copies = 1
keep_originals = 0
keep_copies = 1
submit = "hand_in"
source = { kind = "statute", statute = "住房公积金管理条例", version = 2026, article = 24 }
[[material]]
id = "power-of-attorney"
when = { any = [{ q = "who", in = ["spouse"] }, { q = "who", in = ["other"] }] }

[[never_ask]]
id = "single-certificate"
why = "不再出具"
source = { kind = "assumption", note = "示例" }

[[step]]
name = "审核"
department = "归集提取科"
post = "withdrawal-reviewer"

[limits.statutory]
n = 3
unit = "day"
from = "acceptance"
source = { kind = "statute", statute = "住房公积金管理条例", version = 2026, article = 25 }
[limits.promised]
n = 0
unit = "workday"
from = "complete"
source = { kind = "code", clause = "一(七)1" }

[service]
procedure = "窗口申请"
flow = "申请 → 审核"
standard = "一次性告知"

[redress]
supplement = "bring-to-this-window"
announced = "withdrawal-announced"
refusal = "withdrawal-refused"
"""
CONTENT = tomllib.loads(SOUND)
WRONG_KINDS = [7, "写错了", True, 3.5, ["写错了"], {"写错了": 1}, datetime.date(2000, 1, 1), datetime.time(8)]

# What an item may leave out, and what then holds instead.
OPTIONAL = {
    "also_called": "no aliases", "also_called.0": "one alias less", "basis_note": "", "handling.0": "one handling less",
    "basis": "there is a note", "basis.0": "there is a note", "basis.0.point": "the whole paragraph",
    "note": "none", "note.0": "one less", "note.0.when": "always", "condition.0.source.year": "", "condition.0.source.note": "", "question.0.options": "all of them",
    "question.1.when.in.0": "one answer less", "question.1.when.in.1": "one answer less",
    "material.1.when.all.1": "one part less", "material.1.name": "the shared one", "material.1.issuer": "the shared one",
    "material.1.requirement": "the shared one", "material.1.originals": "the shared one",
    "material.1.keep_originals": "the shared one", "material.1.keep_copies": "the shared one",
    "material.1.submit": "the shared one", "material.1.source": "the shared one", "material.2": "one material less",
    "material.2.when": "always", "material.2.when.any.0": "one part less", "material.2.when.any.1": "one part less",
    "never_ask": "none", "never_ask.0": "one less", "never_ask.0.why": "the shared one", "never_ask.0.source": "the shared one",
    "never_ask.0.source.note": "", "step.0.post": "the department answers", "limits.statutory": "no statute sets one",
}  # fmt: skip
Place = tuple[str | int, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Every key and every element of a file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*at, key)
        yield from places(part, (*at, key))


def parent_of(content: Any, place: Place) -> Any:
    for key in place[:-1]:
        content = content[key]
    return content


def replaced(place: Place, value: Any) -> dict[str, Any]:
    content = copy.deepcopy(CONTENT)
    parent_of(content, place)[place[-1]] = value
    return content


def without(place: Place) -> dict[str, Any]:
    content = copy.deepcopy(CONTENT)
    del parent_of(content, place)[place[-1]]
    return content


def sentences(folder: Path, content: dict[str, Any] | str) -> list[str]:
    """What is told about a file with this content."""
    path = folder / "T01.toml"
    path.write_text(content if isinstance(content, str) else tomli_w.dumps(content), "utf-8")
    try:
        item = read_item(path, SHARED)
    except ContentFault as fault:
        return [fault.sentence] if fault.file and fault.place and fault.fault else []
    catalogue = Catalogue("1", {item.id: (item,)}, CATALOGUE.questions, CATALOGUE.statutes, CATALOGUE.materials)
    return [f"T01.toml {fault}" for fault in check_item(item, catalogue)]


EVERYWHERE = list(places(CONTENT))


def in_words(place: Place) -> str:
    return ".".join(map(str, place))


def test_the_sound_file_is_sound_and_says_what_it_says(tmp_path: Path) -> None:
    assert sentences(tmp_path, CONTENT) == []
    item = read_item(tmp_path / "T01.toml", SHARED)
    other = Answered("who", ("other",))
    assert item.handling == ((other, Handling.PROMISE), (Always(), Handling.DIRECT))
    certificate, letter = item.materials[1], item.materials[2]
    assert certificate.when == All((Answered("marital", ("married",)), Not(other)))
    assert letter.when == AnyOf((Answered("who", ("spouse",)), other))
    assert (certificate.material.name, certificate.material.submit) == ("结婚证原件", Submit.HAND_IN)
    assert letter.material == SHARED.materials["power-of-attorney"]
    assert [option.code for option in item.questions[0].question.options] == ["self", "spouse", "other"]
    assert item.approval is not None
    assert item.refusal == SHARED.redress["withdrawal-refused"]


def test_each_key_left_out_is_a_fault_unless_it_is_optional(tmp_path: Path) -> None:
    silent = {in_words(place) for place in EVERYWHERE if not sentences(tmp_path, without(place))}
    print(f"{len(EVERYWHERE)} 处逐一删去，{len(EVERYWHERE) - len(silent)} 处报错，{len(silent)} 处可以省略")
    assert silent == set(OPTIONAL)
    assert len(EVERYWHERE) - len(silent) > 40


@pytest.mark.parametrize(
    "wrong",
    [WRONG_KINDS[0], *(pytest.param(kind, marks=pytest.mark.slow) for kind in WRONG_KINDS[1:])],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_the_wrong_kind_is_a_fault_everywhere(tmp_path: Path, wrong: Any) -> None:
    """A list stands in for a table only where there may be several (limits.statutory), and then its content is wrong."""
    tried = [place for place in EVERYWHERE if type(parent_of(CONTENT, place)[place[-1]]) is not type(wrong)]
    silent = [in_words(place) for place in tried if not sentences(tmp_path, replaced(place, wrong))]
    assert len(tried) > 40
    assert silent == []


@pytest.mark.parametrize("place", ["effective_from", "effective_to", "checked"])
def test_a_time_is_not_a_day(tmp_path: Path, place: str) -> None:
    moment = datetime.datetime(2026, 9, 20, 8, tzinfo=datetime.UTC)
    assert "应当是日期" in "".join(sentences(tmp_path, {**CONTENT, place: moment}))


CODES = {"is", "q", "in", "statute", "id", "options", "submit", "kind", "unit", "from"}
FREE_IDS = {("id",), ("condition", 0, "id")}


def is_code(place: Place) -> bool:
    key = place[-2] if isinstance(place[-1], int) else place[-1]
    return place[0] == "redress" or (key in CODES and place not in FREE_IDS)


@pytest.mark.parametrize("place", [p for p in EVERYWHERE if is_code(p)], ids=in_words)
def test_an_unknown_code_is_a_fault(tmp_path: Path, place: Place) -> None:
    assert sentences(tmp_path, replaced(place, ["写错了"] if place[-1] in ("in", "options") else "写错了")) != []


TABLES = [place for place in EVERYWHERE if isinstance(parent_of(CONTENT, place)[place[-1]], dict)]


@pytest.mark.parametrize(
    "place",
    TABLES,
    ids=in_words,
)
def test_an_unknown_key_in_any_table_is_a_fault(tmp_path: Path, place: Place) -> None:
    assert "不认识" in "".join(sentences(tmp_path, replaced((*place, "多余"), 1)))


def test_an_unknown_key_at_the_top_is_a_fault(tmp_path: Path) -> None:
    assert sentences(tmp_path, {**CONTENT, "多余": 1}) == ["目录文件 T01.toml 的 顶层.多余：不认识这一项。"]


@pytest.mark.parametrize(
    "article", [{"article": 99}, {"paragraph": 9}, {"point": 99}, {"version": 2002}, {"statute": "民法典"}]
)
def test_an_article_that_does_not_exist_is_a_fault(tmp_path: Path, article: dict[str, Any]) -> None:
    content = copy.deepcopy(CONTENT)
    content["basis"][0].update(article)
    assert "basis[1]" in sentences(tmp_path, content)[0]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("id = ", "不是有效的 TOML"),
        ("", "缺少这一项"),
        ("id = 'T01'\nid = 'T02'", "不是有效的 TOML"),
        ("[" * 200, "TOML"),
    ],
)
def test_what_is_no_item_at_all_is_a_fault(tmp_path: Path, content: str, fault: str) -> None:
    assert fault in sentences(tmp_path, content)[0]


# --- the whole folder


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    """The shared files with one sound item."""
    copytree(RESOURCES / "statutes", tmp_path / "statutes")
    copytree(RESOURCES / "catalogue", tmp_path / "catalogue", ignore=lambda folder, names: ["items"])
    (tmp_path / "catalogue" / "items").mkdir()
    write_item(tmp_path, "T01.toml", {})
    return tmp_path


def write_item(resources: Path, name: str, changes: dict[str, Any]) -> None:
    path = resources / "catalogue" / "items" / name
    path.write_text(tomli_w.dumps({**CONTENT, **changes}), "utf-8")


def test_a_sound_folder_has_no_faults(resources: Path) -> None:
    assert faults(resources) == []


@pytest.mark.parametrize(
    ("name", "changes", "told"),
    [
        ("T02.toml", {}, "目录文件 T02.toml 的 id：写的是“T01”，与文件名不符。"),
        (
            "T02-until-2026-12-31.toml",
            {"id": "T02"},
            "目录文件 T02-until-2026-12-31.toml 的 effective_to：与文件名不符",
        ),
        ("T02.toml", {"id": "T02", "effective_to": datetime.date(2026, 12, 31)}, "effective_to：与文件名不符"),
        ("T02.toml", {"id": "T02", "material": []}, "目录文件 T02.toml 的 material：缺少必备手续。"),
        ("T02.toml", {"id": ""}, "目录文件 T02.toml 的 顶层.id：不能为空。"),
        (
            "T01-until-2026-09-25.toml",
            {"effective_to": datetime.date(2026, 9, 25), "effective_from": datetime.date(2026, 1, 1)},
            "目录文件 T01-until-2026-09-25.toml、T01.toml 的 effective_to：",
        ),
    ],
)
def test_a_fault_names_its_file(resources: Path, name: str, changes: dict[str, Any], told: str) -> None:
    write_item(resources, name, changes)
    assert any(told in sentence for sentence in faults(resources)), faults(resources)


def test_a_broken_file_does_not_hide_the_faults_of_the_others(resources: Path) -> None:
    (resources / "catalogue" / "items" / "T00.toml").write_bytes(b"\xff\xfe")
    write_item(resources, "T02.toml", {"id": "T02", "name": "x", "material": []})
    told = faults(resources)
    assert [sentence for sentence in told if "T00.toml" in sentence] == [
        "目录文件 T00.toml 的 整个文件：无法读取（UnicodeDecodeError）。"
    ]
    assert any("T02.toml" in sentence for sentence in told)


def test_what_is_only_odd_is_told_on_request(resources: Path) -> None:
    promised = {**CONTENT["limits"]["promised"], "n": 9}
    write_item(resources, "T01.toml", {"limits": {**CONTENT["limits"], "promised": promised}})
    assert faults(resources) == []
    assert faults(resources, warnings=True) == [
        "目录文件 T01.toml 的 limits.promised：（提醒）2026年9月20日起承诺时限长于法定时限。"
    ]


SHARED_FILES = [
    "catalogue.toml",
    "shared/questions.toml",
    "shared/materials.toml",
    "shared/never-ask.toml",
    "shared/redress.toml",
]


@pytest.mark.parametrize("name", SHARED_FILES)
@pytest.mark.parametrize("content", [b"", b"\xff", b"x = ", b"question = 1\nmaterial = 1\nnever_ask = 1", None])
def test_a_broken_shared_file_is_named_once(resources: Path, name: str, content: bytes | None) -> None:
    write_item(resources, "T02.toml", {"id": "T02"})
    path = resources / "catalogue" / name
    path.unlink() if content is None else path.write_bytes(content)
    told = faults(resources)
    assert told
    assert len(told) == len(set(told))
    readable = content is not None and content not in (b"\xff", b"x = ")
    assert readable or [path.name in sentence for sentence in told] == [True]


@pytest.mark.parametrize(("name", "row"), [("never-ask.toml", "why = "), ("questions.toml", "  { id = ")])
def test_a_misspelt_key_of_a_shared_definition_is_a_fault(resources: Path, name: str, row: str) -> None:
    path = resources / "catalogue" / "shared" / name
    more = '"多余" = "1"\n' if row.startswith("why") else '  { "多余" = 1, id = '
    text = path.read_text("utf-8")
    path.write_text(text.replace(row, more + row if row.startswith("why") else more, 1), "utf-8")
    assert any(name in sentence and "多余" in sentence for sentence in faults(resources))


@pytest.mark.parametrize("article", ['24 = ["9", 0, 0]', '"廿四" = [9, 0, 0]', "24 = [[9], 0, 0]"])
def test_a_broken_table_of_articles_is_a_fault(resources: Path, article: str) -> None:
    path = resources / "statutes" / "住房公积金管理条例.toml"
    path.write_text(path.read_text("utf-8").replace("24 = [9, 0, 0]", article), "utf-8")
    assert any(path.name in sentence for sentence in faults(resources))


def test_a_missing_folder_is_told(resources: Path) -> None:
    (resources / "catalogue" / "items" / "T01.toml").unlink()
    (resources / "catalogue" / "items").rmdir()
    assert faults(resources) == ["找不到事项目录。"]


def test_items_are_opened_when_they_are_asked_for(resources: Path) -> None:
    (resources / "catalogue" / "items" / "T09.toml").write_text("id = ", "utf-8")
    catalogue = read_catalogue(resources)
    assert list(catalogue.items) == ["T01", "T09"]
    assert len(catalogue.items) == 2
    assert "T09" in catalogue.items
    assert catalogue.items["T01"][0].name == "某项提取"
    with pytest.raises(Refusal, match=r"T09\.toml"):
        catalogue.items["T09"]


def test_the_texts_of_an_item_come_newest_first(resources: Path) -> None:
    old = {"effective_from": datetime.date(2026, 1, 1), "effective_to": datetime.date(2026, 9, 19)}
    write_item(resources, "T01-until-2026-09-19.toml", old)
    texts = read_catalogue(resources).items["T01"]
    assert [text.effective_from for text in texts] == [datetime.date(2026, 9, 20), datetime.date(2026, 1, 1)]


def promised_with(resources: Path, **changes: Any) -> Limit:
    promised = {**CONTENT["limits"]["promised"], **changes}
    write_item(resources, "T01.toml", {"limits": {**CONTENT["limits"], "promised": promised}})
    item = read_catalogue(resources).item("T01", datetime.date(2026, 11, 23))
    assert item is not None
    return item.promised


def test_a_limit_says_what_may_pause_it_and_whether_its_first_day_counts(resources: Path) -> None:
    usual = promised_with(resources)
    assert [reason.label for reason in usual.pauses] == ["等待补正材料", "查证核实", "报上级审批"]
    assert usual.first_day_counts is False
    own = promised_with(resources, pauses=["appraisal", "supplement"], first_day_counts=True)
    assert [reason.label for reason in own.pauses] == ["听证、检验、鉴定", "等待补正材料"]
    assert own.first_day_counts is True
    assert promised_with(resources, pauses=[]).pauses == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pauses": ["午休"]}, "“午休”不认识，可以是 supplement、verification、above、appraisal"),
        ({"pauses": ["above", "above"]}, "同一个中止原因写了两次"),
        ({"pauses": "above"}, "limits.promised.pauses"),
        ({"first_day_counts": 1}, "limits.promised.first_day_counts"),
    ],
)
def test_a_pause_that_nobody_knows_is_told(resources: Path, changes: dict[str, Any], told: str) -> None:
    promised = {**CONTENT["limits"]["promised"], **changes}
    write_item(resources, "T01.toml", {"limits": {**CONTENT["limits"], "promised": promised}})
    assert any(told in sentence for sentence in faults(resources)), faults(resources)
