"""Writes docs/to-confirm.md from the item files: every statement that neither a statute nor the service code carries.

python packaging/catalogue/build_to_confirm.py            write it
python packaging/catalogue/build_to_confirm.py --check    only say whether it is up to date (exit 1 where it is not)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.domain.assessment.situation import condition_phrase  # noqa: E402
from counter_assistant.domain.catalogue.items import Catalogue, ServiceItem  # noqa: E402
from counter_assistant.domain.catalogue.limits import Limit  # noqa: E402
from counter_assistant.domain.catalogue.sources import Source  # noqa: E402
from counter_assistant.domain.formatting import chinese_date  # noqa: E402
from counter_assistant.storage.content.catalogue_files import read_catalogue  # noqa: E402

PAGE = ROOT / "docs" / "to-confirm.md"
HEAD = """# 待本中心核定的内容

本页由 `packaging/catalogue/build_to_confirm.py` 从事项目录生成，不要手工修改。下面各条既不出自法规条文，也不出自服务守则，
而是参照外地办事指南，或者是我们的推定；核定以前，纸上标“待核定”。本中心批准以后，在“事项”页（F6）按 F9
登记核定，写明文号和核定人；纸上随即不再标“待核定”，条件注明“本中心核定的办理条件”和文号。
"""


PARTS = ("政策依据", "资格要求", "说明", "法定时限", "承诺时限", "不得要求", "材料")


class Statement(NamedTuple):
    """A sentence to confirm: the part of an item that it belongs to, and its words."""

    part: str
    words: str


Found = dict[Statement, list[tuple[ServiceItem, str]]]
"""Each sentence with the texts of items that it serves, and where it comes from there."""


def build_page(catalogue: Catalogue) -> str:
    """The content of the page: each sentence once, with where it comes from and the items that it serves."""
    texts = [item for _, same in sorted(catalogue.items.items()) for item in same]
    found: Found = {}
    for item in texts:
        for statement, origin in dict.fromkeys(_statements(item)):
            found.setdefault(statement, []).append((item, origin))
    annex, materials = _annex(texts)
    places = sum(len(used) for used in found.values())
    tally = (
        f"共 {len(found)} 句，用在 {len(catalogue.items)} 个事项的 {places} 处；另有 {materials} 种材料的要求待核定。\n"
    )
    sections = [_section(part, found, catalogue) for part in PARTS if any(s.part == part for s in found)]
    return "\n".join([HEAD, tally, *sections, annex])


def _section(part: str, found: Found, catalogue: Catalogue) -> str:
    rows = [
        f"| {statement.words} | {'；'.join(dict.fromkeys(origin for _, origin in used))} "
        f"| {_used_in([item for item, _ in used], catalogue)} |"
        for statement, used in found.items()
        if statement.part == part
    ]
    return "\n".join([f"## {part}", "", f"| {part} | 来源 | 用于 |", "|---|---|---|", *rows]) + "\n"


def _used_in(items: list[ServiceItem], catalogue: Catalogue) -> str:
    """The items, each once; a text of several is named by its first day where not all of them say so."""
    words = []
    for item_id in dict.fromkeys(item.id for item in items):
        days = sorted({item.effective_from for item in items if item.id == item_id})
        every = len(days) == len(catalogue.items[item_id])
        words += [item_id] if every else [f"{item_id}（{chinese_date(day)}起）" for day in days]
    return "、".join(words)


def _statements(item: ServiceItem) -> Iterator[tuple[Statement, str]]:
    """What neither a statute nor the service code carries, in the order of an item's parts.

    A material's need is confirmed here, its requirement once in the annex.
    """
    if item.basis_note:
        yield Statement("政策依据", item.basis_note), "—"
    for condition in item.conditions:
        if condition.source.to_confirm:
            yield Statement("资格要求", condition.text), _origin(condition.source)
    for note in item.notes:
        if note.source.to_confirm:
            yield Statement("说明", note.text), _origin(note.source)
    for part, limit in [*(("法定时限", limit) for limit in item.statutory), ("承诺时限", item.promised)]:
        if limit.source.to_confirm:
            yield Statement(part, _duration(limit)), _origin(limit.source)
    for entry in item.never_ask:
        if entry.source.to_confirm:
            yield Statement("不得要求", f"{entry.name}。{entry.why}"), _origin(entry.source)
    for rule in item.materials:
        if rule.material.source.to_confirm:
            when = condition_phrase(item, rule.when)
            words = f"{rule.material.name}{f'，如{when}' if when else ''}"
            yield Statement("材料", words), _origin(rule.material.source)


def _duration(limit: Limit) -> str:
    start = "材料补齐之日" if limit.start == "complete" else "受理之日"
    length = f"{limit.n} 个工作日" if limit.unit == "workday" else f"{limit.n} 日"
    act = "" if limit.act == "办结" else f"内{limit.act}"
    return f"自{start}起 {length}{act}" if limit.n else "当场或者当天"


def _annex(texts: list[ServiceItem]) -> tuple[str, int]:
    """What is required of each material, each wording once."""
    used: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for item in texts:
        for material in dict.fromkeys(rule.material for rule in item.materials if rule.material.source.to_confirm):
            words = (material.id, material.name, material.requirement, material.issuer, material.counts)
            used.setdefault(words, []).append((_origin(material.source), item.id))
    rows = []
    for (_, name, requirement, issuer, counts), places in sorted(used.items()):
        origins, items = (dict.fromkeys(parts) for parts in zip(*places, strict=True))
        rows.append(f"| {name} | {issuer} | {counts} | {requirement} | {'；'.join(origins)} | {'、'.join(items)} |")
    head = ["## 材料的填报要求", "", "| 材料 | 出具单位 | 份数 | 填报要求 | 来源 | 用于 |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n", len({id_ for id_, *_ in used})


def _origin(source: Source) -> str:
    """参照上海 2023 年指南; where no city is at hand none is named."""
    year = f" {source.year} 年" if source.year else ""
    words = f"参照{source.city}{year}指南" if source.kind == "guide" and source.city else "推定"
    return f"{words}：{source.note}" if source.note else words


def main(arguments: list[str]) -> int:
    """Write the page, or with --check compare it."""
    content = build_page(read_catalogue(ROOT / "resources"))
    if "--check" in arguments:
        return 0 if PAGE.is_file() and PAGE.read_text("utf-8") == content else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(content, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
