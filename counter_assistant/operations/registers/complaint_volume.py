"""投诉立卷：案卷封面、卷内文件目录、卷内备考表，一件一卷，或者一年归档的合成一卷；印出来给保管人装订，什么也不存.

Fields and columns: docs/decisions/0047-complaints-of-before.md; the catalogue has those of GB/T 9705-2008, the papers of one complaint in the order 登记表、记录、调查、
反馈、回访. Who complained is named on none of the three. Pages are counted by whoever binds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.papers.sheet import UNSIGNED, Sheet
from counter_assistant.domain.papers.slip import Field, Fields, Paragraph, Run, SignatureLine, Signatures, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.complaint import NameKept
from counter_assistant.domain.registers.complaint_state import ComplaintState
from counter_assistant.domain.registers.complaint_steps import ComplaintStep, Supplement
from counter_assistant.operations.office import Office
from counter_assistant.operations.registers.complaint_paper import SEALED, TITLE, mark_of
from counter_assistant.operations.registers.complaints import find, read_register
from counter_assistant.paper.sheets import VOLUME_ROWS
from counter_assistant.storage.sealing.sealed_payload import RegisterKey

COVER, CATALOGUE, REMARKS = "案卷封面", "卷内文件目录", "卷内备考表"
CLASS = "投诉举报"
"""类目名称."""
HEAD = ("顺序号", "文号", "责任者", "题名", "日期", "页号", "备注")
BY_PEN = "　"
TERM = "按本中心的保管期限表填写"


class Document(NamedTuple):
    """A paper of a file: who made it, given by staff number, what it is called and when it was made."""

    of: str
    author: str
    title: str
    day: date
    remark: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Volume:
    """What lies in a file: `title` 案卷题名, `number` 立卷号; the complaints in the order of the book."""

    title: str
    number: str
    states: Sequence[ComplaintState]

    @property
    def documents(self) -> list[Document]:
        """The papers in their order."""
        return [document for state in self.states for document in _documents(state)]


def volume_of(office: Office, key: RegisterKey, number: str, *, clerk: str = "") -> bytes:
    """The PDF of cover, catalogue and remarks for the file of one complaint, for its keeper.

    Raises:
        Refusal: `complaint-not-accepted` (there is nothing to bind yet), `missing-glyph`; what `find` refuses.
    """
    state = find(office, key, number, clerk=clerk)
    if not state.taken:
        raise Refusal("complaint-not-accepted", "这件投诉还没有受理，没有可以立卷的。", "请先受理。")
    complaint = state.complaint
    title = f"{complaint.day.year}年{CLASS}卷（{complaint.category.label}，编号 {complaint.number}）"
    return _pdf(office, Volume(title, _volume_number(state), (state,)))


def volume_of_year(office: Office, key: RegisterKey, year: int, *, clerk: str = "") -> bytes:
    """The same for all complaints that were filed in a year, as one file.

    Raises:
        Refusal: `nothing-filed`, `missing-glyph`; what `read_register` refuses.
    """
    states = read_register(office, key, clerk=clerk).register.complaints.values()
    filed = [state for state in states if state.next is None and state.taken[-1].at.year == year]
    if not filed:
        raise Refusal("nothing-filed", f"{year} 年没有立卷归档的投诉。", "请核对年份；投诉办到归档那一步才算。")
    numbers = list(dict.fromkeys(map(_volume_number, filed)))
    shown = numbers[0] if len(numbers) == 1 else f"{numbers[0]} 等 {len(numbers)} 个"
    return _pdf(office, Volume(f"{year}年{CLASS}卷（{len(filed)} 件）", shown, filed))


def _volume_number(state: ComplaintState) -> str:
    return next((step.told.volume for step in state.taken if step.step is ComplaintStep.FILE), "")


def _documents(state: ComplaintState) -> Iterator[Document]:
    """登记表、记录、调查、反馈、回访. What was not done has no row."""
    complaint, number = state.complaint, state.complaint.number
    yield Document(number, complaint.author, TITLE, complaint.day, "姓名保密" if _is_withheld(state) else "")
    if complaint.attachments:
        yield Document("", "", f"投诉人提供的附件：{complaint.attachments}", complaint.day)
    for said in state.besides:
        if isinstance(said, Supplement):
            yield Document("", said.author, "补充记录", said.at.date())
    for step in state.taken:
        if title := _PAPERS.get(step.step):
            yield Document("", step.author, title, step.at.date())
        if step.told.satisfaction:
            yield Document("", step.author, f"回访记录（{step.told.satisfaction.label}）", step.at.date())


_PAPERS = {
    ComplaintStep.ACCEPT: "受理记录", ComplaintStep.TRANSFER: "转办记录", ComplaintStep.VERIFY: "核实（调查）材料",
    ComplaintStep.DECIDE: "处理意见", ComplaintStep.FEED_BACK: "反馈记录",
}  # fmt: skip


def _is_withheld(state: ComplaintState) -> bool:
    return state.complaint.name_kept is NameKept.WITHHELD


def _pdf(office: Office, volume: Volume) -> bytes:
    sheets = (_cover(office, volume), _catalogue(office, volume), _remarks(office, volume))
    return office.program.typesetter.sheets(sheets, office.watermark)


def _cover(office: Office, volume: Volume) -> Sheet:
    days = sorted(document.day for document in volume.documents)
    rows = (
        (("全宗名称", office.profile.unit),),
        (("类目名称", CLASS),),
        (("案卷题名", volume.title),),
        (("时间", "至".join(dict.fromkeys(map(chinese_date, (days[0], days[-1]))))),),
        (("立卷号", volume.number or BY_PEN), ("保管期限", BY_PEN)),
        (("件数", f"{len(volume.documents)} 件"), ("页数", BY_PEN)),
        (("归档号", BY_PEN), ("档号", BY_PEN)),
    )
    fields = Fields(tuple(tuple(Field(label, text, strong=label == "案卷题名") for label, text in row) for row in rows))
    return _sheet(office, COVER, (fields,), (SEALED, f"保管期限{TERM}"))


def _catalogue(office: Office, volume: Volume) -> Sheet:
    names = office.profile.clerk_names
    rows = tuple(
        tuple(
            map(Run, (str(place), one.of, names.get(one.author, one.author), one.title, f"{one.day:%Y%m%d}", "", one.remark))
        )
        for place, one in enumerate(volume.documents, 1)
    )  # fmt: skip
    return _sheet(
        office, CATALOGUE, (Table(VOLUME_ROWS, HEAD, rows),), ("页号在装订时填写", "投诉人的姓名不写在题名里")
    )


def _remarks(office: Office, volume: Volume) -> Sheet:
    withheld = sum(map(_is_withheld, volume.states))
    said = (
        f"本卷收投诉 {len(volume.states)} 件、文件 {len(volume.documents)} 件，共　　　页，排列次序与卷内文件目录一致。",
        f"要求对姓名保密的 {withheld} 件，姓名、电话、地址不印在本卷的表和目录上。" if withheld else "",
        "缺损、修改、补充、移出、销毁等情况：",
    )
    body = (
        Paragraph((Run("本卷情况说明：", strong=True),)),
        *(Paragraph((Run(text),)) for text in said if text),
    )
    left = (SignatureLine("立卷人：", ruled=True), SignatureLine("立卷时间：", ruled=True))
    right = (SignatureLine("检查人：", ruled=True), SignatureLine("检查时间：", ruled=True))
    return _sheet(office, REMARKS, body, (SEALED,), Signatures(left, right))


def _sheet(
    office: Office, title: str, body: tuple[Fields | Table | Paragraph, ...], notes: tuple[str, ...],
    signatures: Signatures = UNSIGNED,
) -> Sheet:  # fmt: skip
    printed = f"{chinese_date(office.today())} 打印"
    return Sheet(
        office.profile.unit, office.profile.branch, title, mark_of(office), body, (*notes, printed), signatures
    )
