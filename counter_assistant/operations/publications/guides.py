"""办事指南与期限计算表：不编号的单页，谁都可以看，打印了也不留记录。

A guide publishes an item after 守则 一(三)2⑵, with the eleven elements of 守则 一(四)2, for all situations at once:
each material carries its condition. The wording is in the forms.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from counter_assistant.domain.assessment.checklist import keeps
from counter_assistant.domain.assessment.five_parts import (
    in_one_line,
    promised_words,
    responsible_steps,
    statutory_words,
)
from counter_assistant.domain.assessment.material_lines import MaterialState
from counter_assistant.domain.assessment.situation import condition_phrase
from counter_assistant.domain.calendar.workdays import Deadline
from counter_assistant.domain.catalogue.conditions import Always
from counter_assistant.domain.catalogue.items import Catalogue, Handling, ServiceItem
from counter_assistant.domain.catalogue.limits import Limit, own_limit
from counter_assistant.domain.catalogue.materials import Material, MaterialRule, Submit
from counter_assistant.domain.catalogue.sources import TO_CONFIRM, Source, starred
from counter_assistant.domain.catalogue.statutes import cite
from counter_assistant.domain.formatting import STAR, WEEKDAYS, chinese_date, listed
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import Run
from counter_assistant.operations.intake.matter import find_item
from counter_assistant.paper.sheets import DAY_COUNT, GUIDE, arrange_sheet

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

SERVICE_GUIDE_FORM, DAY_COUNT_FORM = "service_guide", "day_count"
ALWAYS = "都需要"

HANDLINGS = {
    Handling.DIRECT: "直接办理，当场或当天办结",
    Handling.PROMISE: "承诺办理，在承诺时限内办结",
    Handling.REFERRAL: "负责办理，由本中心报上级审批",
}
"""守则 一(七)1–3."""


def guide(office: Office, item_id: str, day: date) -> Sheet:
    """The guide to an item as in force on a day.

    Raises:
        Refusal: `unknown-item`, `no-text-for-day`, `broken-form`; what `OfficeProfile.clerk` refuses.
    """
    item = find_item(office.catalogue, item_id, day)
    profile, catalogue = office.profile, office.catalogue
    basis = cite(catalogue.basis_on(item, day), catalogue.statutes)
    facts = {
        "office": profile,
        "office_is_example": office.is_example,
        "item": item,
        "approved": item.approval is not None and profile.confirmed,
        "approval": item.approval,
        "approved_since": chinese_date(item.approval.since) if item.approval else "",
        "clerk": profile.clerk(""),
        "catalogue_version": catalogue.version,
        "valid_from": chinese_date(item.effective_from),
        "valid_to": chinese_date(item.effective_to) if item.effective_to else "",
        "checked": chinese_date(item.checked),
        "basis": starred(f"{basis}。{item.basis_note}" if basis else item.basis_note),
        "redress": starred(item.redress),
        "statutory": starred(statutory_words(catalogue.statutory_on(item, day))),
        "responsible": in_one_line(responsible_steps(item, profile)),
        **_conditional_facts(item, own_limit(catalogue.statutory_on(item, day))),
        **_requirement_facts(item, catalogue),
    }
    rows = {"guide_materials": _materials(item, frozenset(profile.shared_materials))}
    facts["starred"] = _starred(facts, rows["guide_materials"])
    return arrange_sheet(GUIDE, office.content.forms_on(office.today()).blocks(SERVICE_GUIDE_FORM, facts), rows)


def _starred(facts: dict[str, Any], materials: tuple[tuple[Run, ...], ...]) -> bool:
    """Whether anything in the guide bears the mark that the footnote explains."""
    said = [facts[name] for name in ("basis", "redress", "statutory", "promised_star")]
    said += [*facts["conditions"], *facts["explanations"], *(run.text for row in materials for run in row)]
    return any(STAR in text for text in said)


def count_sheet(office: Office, title: str, deadline: Deadline) -> Sheet:
    """A limit counted day by day; `title` says which limit. It holds no personal data unless the title does.

    Raises:
        Refusal: `broken-form`.
    """
    measure = "个工作日" if deadline.unit == "workday" else "日"
    facts = {
        "office": office.profile,
        "subject": title,
        "due": f"{chinese_date(deadline.due)} 星期{WEEKDAYS[deadline.due.weekday()]}",
        "counted": f"{sum(day.counts for day in deadline.days)}{measure}",
        "provisional": deadline.provisional,
        "unit": deadline.unit,
        "any_days": bool(deadline.days),
    }
    blocks = office.content.forms_on(office.today()).blocks(DAY_COUNT_FORM, facts)
    return arrange_sheet(DAY_COUNT, blocks, {"day_count": _days(deadline)})


def _requirement_facts(item: ServiceItem, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "conditions": [c.text + _origin(c.source, catalogue) for c in item.conditions],
        "explanations": [note.text + _origin(note.source, catalogue) for note in item.notes],
        "never_ask": [f"{never.name}（{never.why.rstrip('。')}）" for never in item.never_ask],
    }


def _conditional_facts(item: ServiceItem, statutory: Limit | None) -> dict[str, Any]:
    """The handling and the promise, each with its condition where they depend on the situation."""
    handling: list[str] = []
    promised: list[str] = []
    for when, kind in item.handling:
        phrase = condition_phrase(item, when)
        lead = f"{phrase}的，" if phrase else "其他情形，" if handling else ""
        handling.append(lead + HANDLINGS[kind])
        promised.append(lead + promised_words(item.promised_for(kind), statutory))
    star = STAR if any(TO_CONFIRM in words for words in promised) else ""
    return {
        "handling": handling,
        "promised": [words.replace(TO_CONFIRM, "") for words in promised],
        "promised_star": star,
    }


def _origin(source: Source, catalogue: Catalogue) -> str:
    """Where a statement comes from: the article with its version, or the clause; else the mark of 待核定."""
    if source.to_confirm:
        return STAR
    if source.article:
        version = catalogue.statutes[source.article.statute].version(source.article.version)
        label = f"（{version.label.split('，')[0]}）" if version else ""
        return f"（《{source.article.statute}》{label}{source.article.in_words()}）"
    if source.document:
        return "（本中心核定）"
    return f"（服务守则{source.clause}）" if source.clause else ""


def _materials(item: ServiceItem, shared: frozenset[str]) -> tuple[tuple[Run, ...], ...]:
    """Every material that any situation asks for; those that all of them ask for come first."""
    rules = sorted(item.materials, key=lambda rule: not isinstance(rule.when, Always))
    return tuple(_row(item, i, rule, shared) for i, rule in enumerate(rules, 1))


def _row(item: ServiceItem, i: int, rule: MaterialRule, shared: frozenset[str]) -> tuple[Run, ...]:
    material = rule.material
    phrase = condition_phrase(item, rule.when)
    name = material.name + (STAR if material.source.to_confirm else "")
    texts = (str(i), name, _how(rule, shared), material.issuer, _requirement(item, material))
    return (*map(Run, texts), Run(f"如{phrase}" if phrase else ALWAYS))


def _requirement(item: ServiceItem, material: Material) -> str:
    """What is required of it, and that a document asked for twice is brought once."""
    twice = listed(dict.fromkeys(r.material.name for r in item.materials if r.material.id in material.covers))
    return f"{material.requirement}；与{twice}是同一份的只带一份" if twice else material.requirement


def _how(rule: MaterialRule, shared: frozenset[str]) -> str:
    """How many and how: 原件1 复印件1, 原件1，核验退还, 现场填写, or 免提交 where the office looks it up itself."""
    material = rule.material
    if material.submit is Submit.EXEMPT or material.id in shared:
        return MaterialState.EXEMPT
    if material.submit is Submit.AT_COUNTER:
        return MaterialState.AT_COUNTER
    return material.counts + ("" if keeps(material) else "，核验退还")


def _days(deadline: Deadline) -> tuple[tuple[Run, ...], ...]:
    """Each day with its weekday, whether and why it counts, and its running number; the due day is strong."""
    rows, counted = [], 0
    for day in deadline.days:
        counted += day.counts
        weekday = WEEKDAYS[day.date.weekday()]
        due = day.date == deadline.due
        why = day.why.removeprefix(f"周{weekday}，") + ("（预计）" if day.provisional else "")
        number = f"第{counted}日" if day.counts else "—"
        texts = (chinese_date(day.date), weekday, "计入" if day.counts else "不计", why, number, "到期" if due else "")
        rows.append(tuple(Run(text, strong=due) for text in texts))
    return tuple(rows)
