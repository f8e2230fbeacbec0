"""给不在窗口的人的话：同一份文书写成短信、写成信（守则 一(五)1：来电、来函）.

Both say what the paper says and nothing else, so that they are masked as it is. Who reads them does not hold the paper: it
is neither to be brought, nor called this one. Neither is a record: the slip is, or the entry of what was told by word of mouth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from counter_assistant.domain.formatting import STAR, chinese_date
from counter_assistant.domain.papers.slip import BlankBelow, Draft, Element, Fields, Heading, Summary, Table, lines_of

LONGEST_MESSAGE = 300
"""Characters."""
BRING = "要带："
"""How the line of the box begins that may be the longest."""
LIST_ON_PAPER, LIST_BY_PHONE = "要带的材料见纸上的表。", "要带的材料较多，请来电询问。"
ASK_MORE, ASK = "；还有的看您是哪种情况，请来电问", "看您是哪种情况，请来电问"
APPLICANT, ITEM, OPINION, NOT_TOLD = "申请人", "事项", "受理意见", "—"
IN_WORDS = {"needed": ("", "", "", "{}出具", "", ""), "handed_in": ("", "", "应交{}", "实交{}", "")}
"""What a cell needs beside itself where no head stands over it, by the layout of its table."""
_NOT_IN_HAND = (
    ("和本单、您的", "和您的"), ("本单、您的", "您的"), ("，和本单", ""), ("带本单到", "到"), ("带本单和", "带"), ("凭本单和", "凭"),
    ("随本单领取", "到窗口领取"),
)  # fmt: skip
_THIS_PAPER = re.compile("本(?:单(?!位)|通知书)")
_MORE = re.compile("(；另)?看“还要带的”(?:（共[0-9]+种情况）)?(?:，其中.*必居其一)?")


def message_of(draft: Draft, number: str = "") -> str:
    """The box of a paper as a text message; of a long one as much as fits. With its number it says where all stands.

    Where and when goes first, then all but what to bring and whom to call, at last the list of what to bring.

    Empty where the paper has no box. What was only told by word of mouth has no number.
    """
    told = [_apart(line, draft) for element in draft.body if isinstance(element, Summary) for line in lines_of(element)]
    if not told:
        return ""
    head = f"【{draft.unit}】{_greeting(draft)}您的“{_field(draft, ITEM)}”，"
    foot = f"全部内容见{draft.title}（{number}）。" if number else ""
    cases = [line for element in draft.body if _depends(element) for line in _written(element)[1:]]
    whole = [_MORE.sub(lambda found: "" if found[1] else ASK.partition("，")[0], told[0]), *cases, *told[1:]]
    told[0] = _MORE.sub(lambda found: ASK_MORE if found[1] else ASK, told[0])
    brief = [LIST_ON_PAPER if number else LIST_BY_PHONE, *told[1:]] if told[0].startswith(BRING) else told[:1]
    shorter = [whole, told, told[:-1], [told[0], *told[1:][-2:-1]], brief, brief[:-1], []]
    texts = (head + "".join(lines) + foot for lines in shorter)
    return next(text for text in texts if len(text) <= LONGEST_MESSAGE)


def letter_of(draft: Draft, day: date, number: str = "") -> str:
    """A paper as a letter: whom it is to, what it says part by part, from whom and when."""
    footnotes = [f"（{note}）" for note in draft.notes if STAR in note]
    parts = [
        [f"{_name(draft)}：" if _name(draft) else "您好："],
        [f"　　关于您的“{_field(draft, ITEM)}”，现答复如下。{_apart(_field(draft, OPINION), draft)}"],
        *([_apart(line, draft) for element in part for line in _written(element)] for part in _parts(draft.body)),
        footnotes,
        ["　　此致", "敬礼！"],
        [f"{draft.unit}　{draft.branch}", chinese_date(day), *([f"（{draft.title}　{number}）"] if number else [])],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _parts(body: Iterable[Element]) -> list[list[Element]]:
    """The box, and each heading with what stands under it."""
    parts: list[list[Element]] = [[]]
    for element in body:
        if isinstance(element, Heading):
            parts.append([])
        if not isinstance(element, Fields | BlankBelow):
            parts[-1].append(element)
        if isinstance(element, Summary):
            parts.append([])
    return parts


def _apart(text: str, draft: Draft) -> str:
    """A text for somebody who does not hold the paper."""
    for said, instead in _NOT_IN_HAND:
        text = text.replace(said, instead)
    return _THIS_PAPER.sub(f"《{draft.title}》", text)


def _depends(element: Element) -> bool:
    return isinstance(element, Table) and element.layout == "maybe"


def _written(element: Element) -> list[str]:
    """An element as lines of a letter; of a table a row to a line, in words what its head says."""
    if not isinstance(element, Table):
        return lines_of(element)
    if _depends(element):
        return [
            f"{element.head[0]}，看您是哪种情况：",
            *(f"{case.text}的，带：{names.text}。" for names, case in element.rows),
        ]
    star = STAR if any(label.endswith(STAR) for label in element.head) else ""
    words = IN_WORDS.get(element.layout, ("",) * len(element.head))
    return [_row(tuple(cell.text for cell in row), words, star) for row in element.rows]


def _row(cells: Sequence[str], words: Sequence[str], star: str) -> str:
    """1　房租发票：原件1；税务机关出具；须提供."""
    told = [(word or "{}").format(cell) for cell, word in zip(cells, words, strict=True) if cell != NOT_TOLD]
    return f"{told[0]}　{told[1]}{star}" + (f"：{'；'.join(told[2:])}" if told[2:] else "")


def _greeting(draft: Draft) -> str:
    return f"{_name(draft)}，您好！" if _name(draft) else "您好！"


def _name(draft: Draft) -> str:
    return _field(draft, APPLICANT).replace(NOT_TOLD, "")


def _field(draft: Draft, label: str) -> str:
    """What the head table says under a label."""
    rows = (row for element in draft.body if isinstance(element, Fields) for row in element.rows)
    return next((field.text for row in rows for field in row if field.label == label), "")
