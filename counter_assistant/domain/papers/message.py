"""给不在窗口的人的话：同一份文书写成短信、写成信（守则 一(五)1：来电、来函）.

Both say what the paper says and nothing else, so that they are masked as it is. Neither is a record: the slip is, or the
entry of what was told by word of mouth.
"""

from __future__ import annotations

from datetime import date

from counter_assistant.domain.formatting import STAR, chinese_date
from counter_assistant.domain.papers.slip import BlankBelow, Draft, Element, Fields, Summary, Table, lines_of

LONGEST_MESSAGE = 300
"""Characters."""
BRING = "要带："
"""How the line of the box begins that may be the longest."""
LIST_ON_PAPER, LIST_BY_PHONE = "要带的材料见纸上的表。", "要带的材料较多，请来电询问。"
APPLICANT, ITEM, OPINION, NOT_TOLD = "申请人", "事项", "受理意见", "—"


def message_of(draft: Draft, number: str = "") -> str:
    """The box of a paper as a text message; of a long one as much as fits. With its number it says where all stands.

    Where and when goes first, then all but what to bring and whom to call, at last the list of what to bring.

    Empty where the paper has no box. What was only told by word of mouth has no number.
    """
    told = [line for element in draft.body if isinstance(element, Summary) for line in lines_of(element)]
    if not told:
        return ""
    head = f"【{draft.unit}】{_greeting(draft)}您的“{_field(draft, ITEM)}”，"
    foot = f"全部内容见{draft.title}（{number}）。" if number else ""
    brief = [LIST_ON_PAPER if number else LIST_BY_PHONE, *told[1:]] if told[0].startswith(BRING) else told[:1]
    shorter = [told, told[:-1], [told[0], *told[1:][-2:-1]], brief, brief[:-1], []]
    texts = (head + "".join(lines) + foot for lines in shorter)
    return next(text for text in texts if len(text) <= LONGEST_MESSAGE)


def letter_of(draft: Draft, day: date, number: str = "") -> str:
    """A paper as a letter: whom it is to, what it says part by part, from whom and when."""
    told = [element for element in draft.body if not isinstance(element, Fields | BlankBelow)]
    footnotes = [f"（{note}）" for note in draft.notes if STAR in note]
    return "\n".join(
        [
            f"{_name(draft)}：" if _name(draft) else "您好：",
            f"　　关于您的“{_field(draft, ITEM)}”，现答复如下。{_field(draft, OPINION)}",
            *(line for element in told for line in _written(element)),
            *footnotes,
            "此致",
            "敬礼！",
            f"{draft.unit}　{draft.branch}",
            chinese_date(day),
            *([f"（{draft.title}　{number}）"] if number else []),
        ]
    )


def _written(element: Element) -> list[str]:
    """An element as lines of a letter; of a table a row to a line, without its head, and in words what may be needed."""
    if isinstance(element, Table) and element.layout == "maybe":
        return [f"{case.text}的，还要带：{names.text}。" for names, case in element.rows]
    if isinstance(element, Table):
        rows = [[cell.text for cell in row if cell.text != NOT_TOLD] for row in element.rows]
        return ["　".join(row) for row in rows]
    return lines_of(element)


def _greeting(draft: Draft) -> str:
    return f"{_name(draft)}，您好！" if _name(draft) else "您好！"


def _name(draft: Draft) -> str:
    return _field(draft, APPLICANT).replace(NOT_TOLD, "")


def _field(draft: Draft, label: str) -> str:
    """What the head table says under a label."""
    rows = (row for element in draft.body if isinstance(element, Fields) for row in element.rows)
    return next((field.text for row in rows for field in row if field.label == label), "")
