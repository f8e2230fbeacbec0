"""一个内容包怎样写在页面上：谁签的，从哪一版到哪一版，改什么，不动什么，有毛病的写明在哪里。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from counter_assistant.domain.formatting import chinese_date, chinese_time, listed
from counter_assistant.domain.refusal import readable
from counter_assistant.domain.revision.differences import Happened, Said
from counter_assistant.operations.catalogue.packs import PackLook

UNTOUCHED = (
    "不动的：岗位和人、电话、地址、时间、银行，窗口和编号，放假日历，网点自己的用语，数据共享的设置；"
    "文字没有改的事项在这里登记过的核定；已经出具的文书。"
)
"""What no pack holds (docs/decisions/0020-packs.md)."""
LOSES = "正在改的一稿有 {} 处还没有送核，是照现在的目录改的；施行以后不能送核，要留底的先打印核定稿。"
TRUSTED = "本网点信任的密钥"
COMPARE = "这把密钥还没有与中心的纸面核对过"


class Paragraph(NamedTuple):
    """A paragraph of what is shown: its words and their role, or a line as it was and as it will be."""

    words: str
    role: str = ""
    replaced: tuple[Said, Said] | None = None


def head_of(seen: PackLook) -> str:
    """改动 3 个事项，新增 1 个，法规 1 处，用语 2 处。"""
    if seen.faults:
        return f"有 {len(seen.faults)} 处毛病"
    counted = [(each, sum(item.happened is each for item in seen.items)) for each in Happened]
    said = [f"{happened} {many} 个事项" for happened, many in counted if many]
    said += [f"法规 {len(seen.statutes)} 处"] if seen.statutes else []
    said += [f"用语 {len(seen.phrases)} 处"] if seen.phrases else []
    return listed(said, "，") or "内容没有改动"


def in_paragraphs(seen: PackLook, version: str, unsent: int) -> Iterator[Paragraph]:
    """What a pack says, against the catalogue `version` that is told here; `unsent` is how many acts of a revision it would cut off."""
    pack, edition = seen.pack, seen.pack.edition
    approval = edition.approval
    yield Paragraph(readable(pack.centre), "head")
    yield Paragraph(f"目录 {version} → {edition.version}，{chinese_date(approval.since)}起受理的适用")
    yield Paragraph(readable(f"{approval.approver}批准，{approval.number}，{chinese_date(approval.date)}"))
    yield Paragraph(f"{chinese_time(pack.made)} 登记，{TRUSTED if seen.trusted else COMPARE}：{pack.fingerprint}")
    yield Paragraph(UNTOUCHED, "hint")
    if unsent:
        yield Paragraph(LOSES.format(unsent), "error")
    for said in (*map(str, seen.faults), *(run.sentence for run in seen.failing)):
        yield Paragraph(readable(said), "error")
    for law in (*seen.statutes, *seen.phrases):
        yield Paragraph(law)
    for each in seen.items:
        yield Paragraph(f"{each.item} {each.name}（{each.happened}）", "head")
        for line in each.differences:
            yield Paragraph("", "", (line.before, line.after))
