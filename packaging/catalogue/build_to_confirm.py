"""Writes docs/to-confirm.md from the item files: every statement that neither a statute nor the service code carries.

python packaging/catalogue/build_to_confirm.py            write it
python packaging/catalogue/build_to_confirm.py --check    only say whether it is up to date (exit 1 where it is not)
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.domain.catalogue.items import Catalogue  # noqa: E402
from counter_assistant.domain.people.number_keeping import EXAMPLE_YEARS  # noqa: E402
from counter_assistant.domain.revision.statements import OpenStatement, Part, open_statements  # noqa: E402
from counter_assistant.storage.content.catalogue_files import read_catalogue  # noqa: E402

PAGE = ROOT / "docs" / "to-confirm.md"
HEAD = """# 待本中心核定的内容

本页由 `packaging/catalogue/build_to_confirm.py` 从事项目录生成，不要手工修改。下面各条既不出自法规条文，也不出自服务守则，
而是参照外地办事指南，或者是我们的推定；核定以前，纸上标“待核定”。本中心在“事项”页（F6）的“核定目录”里逐句同意、
改或者不要，写明文号、条和日期，批准以后从生效日起施行；纸上随即不再标“待核定”。列的是每个事项最新的文本。
"""

YEARS = """## 整个证件号码和电话的保存年限

法律没有定年数（个人信息保护法第十九条：实现处理目的所必要的最短时间）。下面是示例，请按本中心的归档范围和保管期限表核定，
在“设置”的“编号与承诺”里改。期满只留纸上那样遮过的号码，文书和其余内容都还在。
"""

RECORDS = """## 记录的保存年限

国家档案局令第8号的定期是 30 年和 10 年；本中心的告知单存根、回执、承诺件保存几年，没有找到专门的规定。下面是示例，待本中心按归档范围和
保管期限表核定，在“设置”的“编号与承诺”里改。期满由两个人提请销毁，只留编号、种类和日期。
"""


def build_page(catalogue: Catalogue) -> str:
    """The content of the page: each sentence once, with where it comes from and the items that it serves."""
    found = open_statements(catalogue)
    tally = f"共 {len(found)} 句，用在 {len(catalogue.items)} 个事项的 {sum(len(each.items) for each in found)} 处。\n"
    sections = [_section(part, [each for each in found if each.statement.part is part]) for part in Part]
    return "\n".join([HEAD, tally, *filter(None, sections), _years()])


def _section(part: Part, found: list[OpenStatement]) -> str:
    rows = [f"| {each.statement.words} | {'；'.join(each.origins)} | {'、'.join(each.items)} |" for each in found]
    return (
        "\n".join([f"## {part.label}", "", f"| {part.label} | 来源 | 用于 |", "|---|---|---|", *rows]) + "\n"
        if rows
        else ""
    )


def _years() -> str:
    """How long whole numbers are kept: no statement of the catalogue, and for the centre to decide all the same."""
    rows = [f"| {keeping.label} | {years} 年 |" for keeping, years in EXAMPLE_YEARS.items()]
    head = ["| {} | 办结后保存（示例） |", "|---|---|"]
    numbers, records = ([line.format(what) for line in head] for what in ("整个号码出自", "记录"))
    return "\n".join([YEARS, *numbers, *rows, "", RECORDS, *records, *rows]) + "\n"


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
