"""Writes docs/to-confirm.md from the item files: every statement that neither a statute nor the service code carries.

python packaging/catalogue/build_to_confirm.py            write it
python packaging/catalogue/build_to_confirm.py --check    only say whether it is up to date (exit 1 where it is not)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.domain.catalogue import Catalogue, Limit, Material, ServiceItem, Source  # noqa: E402
from counter_assistant.domain.situation import condition_phrase  # noqa: E402
from counter_assistant.domain.wording import chinese_date  # noqa: E402
from counter_assistant.storage.catalogue_files import read_catalogue  # noqa: E402

PAGE = ROOT / "docs" / "to-confirm.md"
HEAD = """# 待本中心核定的内容

本页由 `packaging/catalogue/build_to_confirm.py` 从事项目录生成，不要手工修改。下面各条既不出自法规条文，也不出自服务守则，
而是参照外地办事指南，或者是我们的推定；核定以前，纸上标“待核定”。核定时请写明文号或者经办人，再改事项文件里的来源。
"""


def build_page(catalogue: Catalogue) -> str:
    """The content of the page."""
    texts = [item for _, same in sorted(catalogue.items.items()) for item in same]
    sections = [_section(item, len(catalogue.items[item.id]) > 1) for item in texts]
    count = sum(section.count("\n- ") for section in sections)
    annex, materials = _annex(texts)
    tally = f"共 {len(catalogue.items)} 个事项，{count} 条；另有 {materials} 种材料的要求待核定。\n"
    return "\n".join([HEAD, tally, *(section for section in sections if section), annex])


def _section(item: ServiceItem, several: bool) -> str:
    since = f"（{chinese_date(item.effective_from)}起的文本）" if several else ""
    lines = [*_basis(item), *_conditions(item), *_limits(item), *_never_ask(item), *_materials(item)]
    return f"## {item.id} {item.name}{since}\n\n" + "\n".join(lines) + "\n" if lines else ""


def _basis(item: ServiceItem) -> Iterator[str]:
    if item.basis_note:
        yield f"- 政策依据：{item.basis_note}"


def _conditions(item: ServiceItem) -> Iterator[str]:
    for condition in item.conditions:
        if condition.source.to_confirm:
            yield f"- 资格要求：{condition.text}（{_origin(condition.source)}）"
    for note in item.notes:
        if note.source.to_confirm:
            yield f"- 说明：{note.text}（{_origin(note.source)}）"


def _limits(item: ServiceItem) -> Iterator[str]:
    for what, limit in [*(("法定时限", limit) for limit in item.statutory), ("承诺时限", item.promised)]:
        if limit.source.to_confirm:
            yield f"- {what}：{_duration(limit)}（{_origin(limit.source)}）"


def _duration(limit: Limit) -> str:
    start = "材料补齐之日" if limit.start == "complete" else "受理之日"
    length = f"{limit.n} 个工作日" if limit.unit == "workday" else f"{limit.n} 日"
    return f"自{start}起 {length}" if limit.n else "当场或者当天"


def _never_ask(item: ServiceItem) -> Iterator[str]:
    for entry in item.never_ask:
        if entry.source.to_confirm:
            yield f"- 不得要求：{entry.name}。{entry.why}（{_origin(entry.source)}）"


def _materials(item: ServiceItem) -> Iterator[str]:
    """A material's need is confirmed item by item, its requirement once in the annex."""
    for rule in item.materials:
        if rule.material.source.to_confirm:
            when = condition_phrase(item, rule.when)
            yield f"- 材料：{rule.material.name}{f'，如{when}' if when else ''}（{_origin(rule.material.source)}）"


def _annex(texts: list[ServiceItem]) -> tuple[str, int]:
    used: dict[Material, list[str]] = {}
    for item in texts:
        for rule in item.materials:
            if rule.material.source.to_confirm and item.id not in used.setdefault(rule.material, []):
                used[rule.material].append(item.id)
    ordered = sorted(used.items(), key=lambda entry: (entry[0].id, entry[0].name, entry[0].requirement, entry[1]))
    rows = [
        f"| {m.name} | {m.issuer} | {m.counts} | {m.requirement} | {_origin(m.source)} | {'、'.join(items)} |"
        for m, items in ordered
    ]
    head = ["## 材料的填报要求", "", "| 材料 | 出具单位 | 份数 | 填报要求 | 来源 | 用于 |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n", len({material.id for material in used})


def _origin(source: Source) -> str:
    year = f" {source.year} 年" if source.year else ""
    words = f"参照{source.city}{year}指南" if source.kind == "guide" else "推定"
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
