"""The index finds an item by code, by pinyin initials and by words, and is what the item files say."""

from __future__ import annotations

import importlib.util
from datetime import date
from types import ModuleType

import pytest

from counter_assistant.domain.catalogue.items import Handling
from counter_assistant.storage.content.catalogue_files import read_catalogue
from counter_assistant.storage.content.catalogue_index import CatalogueIndex, IndexEntry
from tests.places import ROOT

INDEX = ROOT / "resources" / "catalogue" / "index.json"


def load(name: str) -> ModuleType:
    """A generator of packaging/, which is not a package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / "catalogue" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILDER = load("build_index")


def entry(id_: str, name: str, *also_called: str) -> IndexEntry:
    also = [read for called in also_called for read in BUILDER.initials(called)]
    periods = (("2019-03-24", "2026-09-19"), ("2026-09-25", None))
    return IndexEntry(id_, name, also_called, tuple(BUILDER.initials(name)), tuple(also), Handling.DIRECT, periods)


SMALL = CatalogueIndex((
    entry("A14", "降低缴存比例/缓缴", "缓缴"),
    entry("B01", "购买新建商品住房提取", "买新房提取", "首付款提取"),
    entry("B02", "购买二手房提取", "买二手房提取", "存量房提取"),
    entry("B08", "租赁市场住房提取", "租房提取", "提公积金交房租"),
    entry("B12", "离休、退休提取", "退休销户"),
    entry("B18", "低保、重大疾病提取", "大病提取"),
))  # fmt: skip


def found(text: str) -> list[str]:
    return [item.id for item in SMALL.search(text)]


@pytest.mark.parametrize("text", ["b01", "B01", " b01 ", "Ｂ０１"])
def test_a_code_finds_its_item(text: str) -> None:
    assert found(text) == ["B01"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("gmxj", ["B01"]),
        ("gmxjspzftq", ["B01"]),
        ("GMXJ", ["B01"]),
        ("gm", ["B01", "B02"]),
        ("gm xj", ["B01"]),
        ("zftq", ["B08"]),
        ("hj", ["A14"]),
        ("txxh", ["B12"]),
        ("lxtx", ["B12"]),
        ("dbzd", ["B18"]),
        ("dbcd", ["B18"]),
        ("xmgj", []),
    ],
)
def test_initials_find_by_their_beginning(text: str, ids: list[str]) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("购买", ["B01", "B02"]),
        ("租房", ["B08"]),
        ("住房 购买", ["B01"]),
        ("房租", ["B08"]),
        ("二手", ["B02"]),
        ("购买 存量", ["B02"]),
        ("退休　提取", ["B12"]),
        ("比例/缓缴", ["A14"]),
        ("异地", []),
    ],
)
def test_words_find_what_holds_all_of_them(text: str, ids: list[str]) -> None:
    assert found(text) == ids


def test_the_beginning_of_a_code_lists_its_group_after_better_fits() -> None:
    assert found("b0") == ["B01", "B02", "B08"]
    assert found("b") == ["B01", "B02", "B08", "B12", "B18"]
    letters = CatalogueIndex((entry("B01", "购房提取"), entry("C01", "补缴")))
    assert [item.id for item in letters.search("b")] == ["C01", "B01"]


def test_a_name_goes_before_an_alias() -> None:
    both = CatalogueIndex((entry("A01", "某提取", "退休提取"), entry("A02", "退休提取"), entry("A03", "离退休提取")))
    assert [item.id for item in both.search("退休")] == ["A02", "A03", "A01"]
    assert [item.id for item in both.search("txtq")] == ["A02", "A01"]
    exact = CatalogueIndex((entry("A01", "补缴余额"), entry("A02", "补缴")))
    assert [item.id for item in exact.search("bj")] == ["A02", "A01"]


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_nothing_typed_lists_everything_in_order(text: str) -> None:
    assert found(text) == ["A14", "B01", "B02", "B08", "B12", "B18"]


@pytest.mark.parametrize(
    ("day", "valid"),
    [(date(2019, 3, 23), False), (date(2026, 9, 19), True), (date(2026, 9, 22), False), (date(2040, 1, 1), True)],
)
def test_an_entry_knows_when_it_holds(day: date, valid: bool) -> None:
    assert SMALL.entries[0].valid_on(day) is valid


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("购买新建商品住房提取", "gmxjspzftq"),
        ("重大疾病提取", "zdjbtq"),
        ("降低缴存比例/缓缴", "jdjcblhj"),
        ("余额异议复核", "yeyyfh"),
        ("缴存基数年度调整", "jcjsndtz"),
        ("离休、退休提取", "lxtxtq"),
        ("账户查询（12329）", "zhcx12329"),
        ("偿还公积金贷款", "chgjjdk"),
    ],
)
def test_the_first_reading_is_that_of_the_phrase(name: str, initials: str) -> None:
    assert BUILDER.initials(name)[0] == initials


def test_a_character_with_two_readings_is_found_by_both() -> None:
    assert set(BUILDER.initials("调整")) == {"tz", "dz"}
    assert len(BUILDER.initials("调" * 10)) == BUILDER.MOST_READINGS


# --- the committed index


def test_the_committed_index_is_what_the_item_files_say() -> None:
    """Otherwise: python packaging/catalogue/build_index.py."""
    assert INDEX.read_text("utf-8") == BUILDER.build_index(read_catalogue(ROOT / "resources"))
    assert BUILDER.main(["--check"]) == 0


def test_every_item_is_found_first_by_its_code_its_name_and_its_initials() -> None:
    index = CatalogueIndex.load(INDEX)
    assert index.entries
    for item in index.entries:
        assert index.search(item.id.lower())[0] == item
        assert index.search(item.name)[0] == item
        assert item in index.search(item.initials[0])
        for called in item.also_called:
            assert item in index.search(called)


def test_the_handling_is_the_strictest_word() -> None:
    catalogue = read_catalogue(ROOT / "resources")
    order: list[str] = list(Handling)
    for item in CatalogueIndex.load(INDEX).entries:
        newest = catalogue.items[item.id][0]
        assert order.index(item.handling) == max(order.index(handling) for _, handling in newest.handling)
