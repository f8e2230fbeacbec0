"""What the centre has to confirm: each sentence once, with every item that it serves, and none left out."""

from __future__ import annotations

import importlib.util
from collections import Counter
from types import ModuleType

import pytest

from counter_assistant.domain.catalogue.items import ServiceItem
from counter_assistant.domain.people.number_keeping import EXAMPLE_YEARS
from counter_assistant.domain.revision.statements import Part, newest
from counter_assistant.operations.program import program
from tests.places import ROOT

CATALOGUE = program().catalogue
KEPT = "整个证件号码和电话的保存年限"
RECORDS = "记录的保存年限"
NEWEST = [newest(CATALOGUE, item_id) for item_id in CATALOGUE.items]


def load() -> ModuleType:
    """A generator of packaging/, which is not a package."""
    path = ROOT / "packaging" / "catalogue" / "build_to_confirm.py"
    spec = importlib.util.spec_from_file_location("build_to_confirm", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILDER = load()
PAGE = BUILDER.build_page(CATALOGUE)


def rows(part: str) -> list[list[str]]:
    """The rows of a part's table."""
    if f"## {part}\n" not in PAGE:
        return []
    section = PAGE.split(f"## {part}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table]


def test_the_committed_page_is_what_the_item_files_say() -> None:
    """Otherwise: python packaging/catalogue/build_to_confirm.py."""
    assert (ROOT / "docs" / "to-confirm.md").read_text("utf-8") == PAGE
    assert BUILDER.main(["--check"]) == 0


@pytest.mark.parametrize("part", [part.label for part in Part])
def test_each_sentence_is_one_row(part: str) -> None:
    found = rows(part)
    assert all(len(row) == 3 for row in found), "a cell holds no table mark"
    assert [words for words, n in Counter(row[0] for row in found).items() if n > 1] == []
    assert all(all(row) for row in found)


def test_every_part_has_its_table() -> None:
    assert [line.removeprefix("## ") for line in PAGE.splitlines() if line.startswith("## ")] == [
        *(p.label for p in Part if rows(p.label)), KEPT, RECORDS
    ]  # fmt: skip


def test_how_long_whole_numbers_are_kept_is_for_the_centre_to_say() -> None:
    assert rows(RECORDS) == rows(KEPT)
    assert rows(KEPT) == [[keeping.label, f"{years} 年"] for keeping, years in EXAMPLE_YEARS.items()]


@pytest.mark.parametrize("item", NEWEST, ids=lambda item: item.id)
def test_every_sentence_of_an_item_names_the_item(item: ServiceItem) -> None:
    said = [("资格要求", c.text, c.source) for c in item.conditions] + [("说明", n.text, n.source) for n in item.notes]
    said += [("不得要求", f"{entry.name}。{entry.why}", entry.source) for entry in item.never_ask]
    for part, words, source in said:
        if source.to_confirm:
            (row,) = [row for row in rows(part) if row[0] == words]
            assert item.id in row[2]
            assert (source.city or "推定") in row[1]
    for material in {rule.material for rule in item.materials if rule.material.source.to_confirm}:
        assert any(item.id in row[2] and row[0].startswith(material.name) for row in rows("材料"))
        said_of_it = [
            row[0] for row in rows("填报要求") if item.id in row[2] and row[0].startswith(f"{material.name}，")
        ]
        assert any(material.requirement in words and material.issuer in words for words in said_of_it)


def test_what_law_or_code_carries_is_not_for_the_centre_to_confirm() -> None:
    carried = {c.text for item in NEWEST for c in item.conditions if not c.source.to_confirm}
    open_ = {c.text for item in NEWEST for c in item.conditions if c.source.to_confirm}
    assert {row[0] for row in rows("资格要求")} == open_
    assert carried - open_


def test_the_tally_counts_the_rows() -> None:
    assert f"共 {sum(len(rows(part.label)) for part in Part)} 句，用在 {len(CATALOGUE.items)} 个事项的 " in PAGE
