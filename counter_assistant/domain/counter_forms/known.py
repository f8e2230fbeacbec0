"""程序已经知道的：表上的“取”可以取哪些，各是什么.

What is not in this table no form can take; what is in it comes from the applicant's own entry, the item, the office and the
clock. Answers to the questions of an item are taken as `answer.` and the question's id.
"""

from __future__ import annotations

ANSWER = "answer."
KNOWN = {
    "applicant.name": "当事人姓名或者名称",
    "applicant.id_type": "当事人证件类型",
    "applicant.id_number": "当事人证件号码",
    "applicant.phone": "当事人电话",
    "agent.name": "代办人姓名",
    "agent.relation": "代办人与当事人的关系",
    "agent.id_type": "代办人证件类型",
    "agent.id_number": "代办人证件号码",
    "agent.phone": "代办人电话",
    "item.id": "事项编码",
    "item.name": "事项名称",
    "case.number": "办件已出具文书的编号",
    "case.day": "受理日",
    "office.unit": "本中心名称",
    "office.window": "窗口",
    "office.inheritance_limit": "已故职工小额提取的限额",
    "clerk.name": "经办人姓名",
    "today": "填制日期",
}
"""Each source by its name, with what it is."""
NUMBERS = ("applicant.id_number", "agent.id_number")
"""The sources that are a number of a document: a screen masks them."""


def is_known(source: str) -> bool:
    """Whether a form may take a value from there."""
    return source in KNOWN or (source.startswith(ANSWER) and len(source) > len(ANSWER))
