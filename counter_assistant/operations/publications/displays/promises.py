"""服务承诺公示：一个事项一张，守则 一(四)2 的十一要件一行一件，和办事指南同出一处；没有核定的标明不作为承诺."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_assistant.domain.displays.board import Board, BoardColumn
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.papers.slip import Fields, Heading, Paragraph, Run, Table
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.publications.guides import guide

if TYPE_CHECKING:
    from counter_assistant.domain.papers.sheet import Sheet
    from counter_assistant.operations.office import Office

NO_PROMISE = "示例，不作为承诺"
"""守则 一(四)3: what is promised must have been approved by the centre."""
ELEMENTS = ("事项名称", "政策规定", "资格要求", "必备手续", "办理程序", "办事流程", "服务标准", "时限承诺", "责任人")
"""Nine of the eleven elements, by the headings that the guide has for them; the clerk and the phone follow."""
CLERK, PHONE = "具体经办人", "联系电话"
COLUMNS = (BoardColumn("", 16, strong=True), BoardColumn("", 84, centred=False))


class PromiseScope(StrEnum):
    """Which items a board is about."""

    APPROVED = "approved"
    ALL = "all"
    ONE = "one"

    @property
    def label(self) -> str:
        """What the clerk reads."""
        return {"approved": "已核定的", "all": "全部", "one": "选中的一项"}[self.value]


def items_of(office: Office, scope: PromiseScope, item: str, day: date) -> list[str]:
    """The items of a scope that have a text on a day, in the order of their codes.

    Raises:
        Refusal: `nothing-approved` (no item is approved, so nothing may be promised), `no-item-chosen`.
    """
    if scope is PromiseScope.ONE:
        if not item:
            raise Refusal("no-item-chosen", "还没有选事项。", "请返回，在左边选一个，再来。")
        return [item]
    known = [code for code in sorted(office.catalogue.items) if office.catalogue.text(code, day)]
    found = [code for code in known if scope is PromiseScope.ALL or is_promised(office, code, day)]
    if not found:
        remedy = "请先登记核定；要先看样子，请选“全部”，没有核定的都标明不作为承诺。"
        raise Refusal("nothing-approved", "还没有核定过的事项，没有可以公示的承诺。", remedy)
    return found


def is_promised(office: Office, item: str, day: date) -> bool:
    """Whether what is said of an item is a promise: the centre has approved it, and the office has confirmed its profile."""
    text = office.catalogue.item(item, day)
    return text is not None and text.approval is not None and office.profile.confirmed


def any_promised(office: Office, day: date) -> bool:
    """Whether there is anything to promise to the public."""
    return any(is_promised(office, code, day) for code in office.catalogue.items)


def promise_board(office: Office, item: str, day: date) -> Board:
    """The board of one item.

    Raises:
        Refusal: what `guide` refuses.
    """
    sheet = guide(office, item, day)
    profile, clerk = office.profile, office.profile.clerk("")
    said = _elements(sheet)
    rows = [(name, said[name]) for name in ELEMENTS]
    rows.append((CLERK, listed((profile.window, clerk.name, clerk.duty), "　")))
    phones = (clerk.phone, f"监督电话 {profile.supervision_phone}", profile.hotlines)
    rows.append((PHONE, listed(phones, "；")))
    mark = "" if is_promised(office, item, day) else NO_PROMISE
    unit = listed((profile.unit, profile.branch), "　")
    notes = (*(note for note in sheet.notes if note.startswith(("本事项经", "目录"))), _starred(sheet))
    return Board(unit, "服务承诺公示", mark, "", COLUMNS, tuple(rows), (listed(notes, "　"),))


def _elements(sheet: Sheet) -> dict[str, str]:
    """What the guide says under each of its headings, and in its head table."""
    found: dict[str, list[str]] = {}
    under = ""
    for element in sheet.body:
        match element:
            case Fields(rows=rows):
                found |= {field.label: [field.text] for row in rows for field in row}
            case Heading(text=text):
                under = text
            case Paragraph(runs=runs) if under:
                found.setdefault(under, []).append("".join(run.text for run in runs))
            case Table(rows=rows) if under:
                found.setdefault(under, []).extend(map(_material, rows))
    return {name: "\n".join(texts) for name, texts in found.items()}


def _material(row: Sequence[Run]) -> str:
    """A row of the guide's table in one sentence: 1．身份证（原件1，核验退还；公安机关；在有效期内）都需要."""
    number, name, how, issuer, requirement, when = (run.text for run in row)
    return f"{number}．{name}（{listed((how, issuer, requirement), '；')}）{when}"


def _starred(sheet: Sheet) -> str:
    """The footnote that explains the mark of 待核定, where the guide has one."""
    return next((text for text in _paragraphs(sheet) if text.startswith("带＊")), "")


def _paragraphs(sheet: Sheet) -> Iterator[str]:
    for element in sheet.body:
        if isinstance(element, Paragraph):
            yield "".join(run.text for run in element.runs)
