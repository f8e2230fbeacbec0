"""Reads the catalogue: one TOML file per text of an item, shared definitions beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem
from counter_assistant.domain.catalogue.materials import Material
from counter_assistant.domain.catalogue.questions import Option, Question
from counter_assistant.domain.catalogue.statutes import Article, Statute, StatuteVersion
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content.item_files import Shared, read_item
from counter_assistant.storage.content.strict_table import Table


def read_catalogue(resources: Path) -> Catalogue:
    """The catalogue under `resources`. Item files are opened when they are asked for, not before."""
    folder = resources / "catalogue"
    head = Table.of_file(folder / "catalogue.toml")
    questions = read_questions(folder / "shared" / "questions.toml")
    statutes = {statute.name: statute for statute in map(read_statute, sorted((resources / "statutes").glob("*.toml")))}
    shared = Shared(questions, folder / "shared")
    return Catalogue(
        head.text("version"), ItemFiles(folder / "items", shared), questions, statutes, SharedMaterials(shared)
    )


class ItemFiles(Mapping[str, tuple[ServiceItem, ...]]):
    """The texts of each item, newest first; a file is read once, when its item is first asked for.

    Raises:
        Refusal: `no-catalogue`: the folder is not there.
    """

    def __init__(self, folder: Path, shared: Shared) -> None:
        if not folder.is_dir():
            raise Refusal("no-catalogue", "找不到事项目录。", "请重新安装本程序。")
        self._shared = shared
        self._paths: dict[str, list[Path]] = {}
        for path in sorted(folder.glob("*.toml")):
            self._paths.setdefault(path.stem.split("-")[0], []).append(path)
        self._read: dict[str, tuple[ServiceItem, ...]] = {}

    def __getitem__(self, item_id: str) -> tuple[ServiceItem, ...]:
        if item_id not in self._read:
            texts = [read_item(path, self._shared) for path in self._paths[item_id]]
            self._read[item_id] = tuple(sorted(texts, key=lambda item: item.effective_from, reverse=True))
        return self._read[item_id]

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class SharedMaterials(Mapping[str, Material]):
    """The shared definitions of materials, read when one is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def __getitem__(self, material_id: str) -> Material:
        return self._shared.materials[material_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shared.materials)

    def __len__(self) -> int:
        return len(self._shared.materials)


def read_questions(path: Path) -> dict[str, Question]:
    """The questions that all items share."""
    questions = {}
    for row in Table.of_file(path).tables("question"):
        options = tuple(map(_option, row.tables("option")))
        question = Question(row.text("id"), row.text("text"), row.text("topic"), options)
        row.done()
        if question.id in questions:
            raise row.fault("重复的编码", "id")
        questions[question.id] = question
    return questions


def read_statute(path: Path) -> Statute:
    """A statute with its versions and their known articles."""
    table = Table.of_file(path)
    versions = sorted((_version(row) for row in table.tables("version")), key=lambda v: v.effective_from)
    statute = Statute(table.text("name"), tuple(versions))
    table.done()
    return statute


def _version(row: Table) -> StatuteVersion:
    listed = row.table("articles")
    articles = dict(_article(listed, key) for key in list(listed.keys()))
    version = StatuteVersion(
        row.take("version", int), row.text("label"), row.take("effective_from", date), articles, row.text("source")
    )
    row.done()
    return version


def _article(listed: Table, key: str) -> tuple[int, Article]:
    points = listed.take(key, list)
    if not key.isdecimal() or not all(type(n) is int and n >= 0 for n in points):
        raise listed.fault("条号要写成数字，各款的项数要写成不小于 0 的整数", key)
    return int(key), Article(len(points), {i: n for i, n in enumerate(points, 1) if n})


def _option(row: Table) -> Option:
    option = Option(row.text("id"), row.text("label"), row.text("phrase"))
    row.done()
    return option
