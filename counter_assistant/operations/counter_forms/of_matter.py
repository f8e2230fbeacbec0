"""一件事要填的表：清单里要哪几张，已经知道的是什么，问到的对不对，出来是什么样.

Which forms belong to a matter follows from its list of materials, so that another answer asks for another form. What was typed
is kept as it was typed; here it is read, and what cannot be right is said beside its field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counter_assistant.domain.catalogue.conditions import NOT_ASKED
from counter_assistant.domain.counter_forms import cross_checks
from counter_assistant.domain.counter_forms.asked import AskedValue, read_twice
from counter_assistant.domain.counter_forms.cross_checks import SIDES, Checked
from counter_assistant.domain.counter_forms.filling import CaseValues, FilledForm, fill
from counter_assistant.domain.counter_forms.form import CounterForm
from counter_assistant.domain.counter_forms.frame_words import AS_PUBLISHED, BY_PEN, PLEASE_CHECK, FrameWords
from counter_assistant.domain.counter_forms.known import ANSWER
from counter_assistant.domain.counter_forms.registers import Row, Totals, read_rows, totals_of
from counter_assistant.domain.formatting import chinese_date, chinese_time, grouped_phone
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.counter_forms.own_forms import own_pdf

if TYPE_CHECKING:
    from counter_assistant.operations.intake.matter import Matter
    from counter_assistant.operations.office import Office

ROWS = "rows:"
"""Before the number of a form: under this key stands the text of its register, a line for each person."""
CHANGES = "G-04"
"""The register with which the remittance must agree."""
BLANK_DAY = "　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class FormsOfMatter:
    """The forms of a matter with their values. `faults` are what was typed and cannot be right, by the key under which it was typed;
    `case` is what the forms are filled from."""

    forms: tuple[CounterForm, ...]
    asked: tuple[AskedValue, ...]
    case: CaseValues
    faults: Mapping[str, Refusal]

    def form(self, number: str) -> CounterForm:
        """The form of that number, which must be one of them."""
        return next(form for form in self.forms if form.number == number)


def forms_needed(office: Office, matter: Matter) -> tuple[CounterForm, ...]:
    """The forms that the list asks for, or may ask for, in the order of their numbers."""
    ids = {id_ for line in matter.checklist.required for id_ in line.ids}
    ids |= {material.id for line in matter.checklist.maybe for material in (line.material, *line.may_serve)}
    answers = answers_of(office, matter)
    forms = office.program.counter_forms.forms.values()
    return tuple(form for form in forms if form.serves(matter.item.id, ids, answers))


def answers_of(office: Office, matter: Matter) -> dict[str, str | None]:
    """The answers by which a form decides what stands on it. A question that the item does not ask does not arise: nobody is asked about
    a spouse where marriage has no part in it (个人信息保护法 第六条)."""
    questions = frozenset[str]().union(*(form.questions() for form in office.program.counter_forms.forms.values()))
    return dict.fromkeys(questions, NOT_ASKED) | dict(matter.situation.settled)


def forms_of(office: Office, matter: Matter, typed: Mapping[str, str], number: str = "") -> FormsOfMatter:
    """The forms of a matter, filled from it and from what was `typed`, by key. `number` is that of its newest paper."""
    forms, answers, today = forms_needed(office, matter), answers_of(office, matter), office.today()
    definitions = office.program.counter_forms.asked
    keys = dict.fromkeys(key for form in forms for key in form.asked_keys(matter.item.id, answers))
    values: dict[str, str] = {}
    faults: dict[str, Refusal] = {}
    for key in keys:
        try:
            values[key] = read_twice(definitions[key], typed, today)
        except Refusal as refusal:
            faults[key] = refusal
    rows: dict[str, list[Row]] = {}
    for form in forms:
        if form.table:
            rows[form.number], wrong = read_rows(form.table, typed.get(ROWS + form.number, ""), today)
            if wrong:
                first, more = wrong[0], f"另有 {len(wrong) - 1} 行也要改。" if len(wrong) > 1 else ""
                faults[ROWS + form.number] = Refusal(first.code, first.sentence, first.remedy + more)
    values |= {key: value for key, value in _of_changes(office, rows).items() if key in keys and not values.get(key)}
    case = CaseValues(matter.item.id, known_of(office, matter, number), answers, values, rows)
    return FormsOfMatter(forms, tuple(definitions[key] for key in keys), case, faults)


def _of_changes(office: Office, rows: Mapping[str, list[Row]]) -> dict[str, str]:
    """What the remittance says of who came and who went, as the list of changes in the same case has it: it is not asked again."""
    found: dict[str, str] = {}
    for name, count, sums in _changes(office, rows).sides:
        prefix = SIDES[name]
        found |= {f"{prefix}_count": str(count), f"{prefix}_amount": str(sums["due"])}
    return found


def _changes(office: Office, rows: Mapping[str, Sequence[Row]]) -> Totals:
    form, listed = office.program.counter_forms.forms.get(CHANGES), rows.get(CHANGES, ())
    return totals_of(form.table, listed) if form and form.table and listed else Totals(0, {})


def known_of(office: Office, matter: Matter, number: str = "") -> dict[str, str]:
    """What forms may take without asking, by source (domain/counter_forms/known.py); what is not known is empty."""
    who, agent, profile = matter.applicant, matter.applicant.agent, office.profile
    limit = profile.inheritance_limit
    return {
        "applicant.name": who.name,
        "applicant.id_type": who.id_type.label if who.id_number else "",
        "applicant.id_number": who.id_number,
        "applicant.phone": grouped_phone(who.phone),
        "agent.name": agent.name,
        "agent.relation": agent.relation,
        "agent.id_type": agent.id_type.label if agent.id_number else "",
        "agent.id_number": agent.id_number,
        "agent.phone": grouped_phone(agent.phone),
        "item.id": matter.item.id,
        "item.name": matter.item.name,
        "case.number": number,
        "case.day": chinese_date(matter.day),
        "office.unit": profile.unit,
        "office.window": profile.window,
        "office.inheritance_limit": f"{limit:,}" if limit else "",
        "clerk.name": matter.clerk.name,
        "today": chinese_date(office.today()),
        **{ANSWER + question: answer for question, answer in matter.situation.given.items()},
    }


def fault_of(office: Office, form: CounterForm, case: CaseValues) -> Refusal | None:
    """What does not agree on a form, by its own checks; the first of it."""
    limit = office.profile.inheritance_limit * 100
    given = Checked(case.asked, limit, case.rows.get(form.number, ()), _changes(office, case.rows))
    return next(iter(cross_checks.faults_of(form.checks, given)), None)


def filled(office: Office, forms: FormsOfMatter, form: CounterForm, *, blank: bool = False) -> FilledForm:
    """A form with its values, or `blank`."""
    return fill(form, office.program.counter_forms.asked, forms.case.blank() if blank else forms.case)


def preview_pdf(office: Office, forms: FormsOfMatter, form: CounterForm, *, blank: bool = False) -> bytes:
    """The PDF of a form as the screen shows it, with its numbers masked; the one that is printed has them whole.

    Raises:
        Refusal: `missing-glyph`.
    """
    shown = replace(forms, case=forms.case.masked(form, office.program.counter_forms.asked))
    return form_pdf(office, filled(office, shown, form, blank=blank), shown.case.known, blank=blank)


def form_pdf(office: Office, filled_form: FilledForm, known: Mapping[str, str], *, blank: bool = False) -> bytes:
    """The PDF of a form, all copies: the centre's own where there is one. A blank one names nobody and no day.

    Raises:
        Refusal: `missing-glyph`.
    """
    own = office.content.own_forms.get(filled_form.form.number)
    if own:
        return own_pdf(office, own, filled_form, {} if blank else known)
    words = _words(office, filled_form.form, {} if blank else known)
    return office.program.typesetter.form(filled_form, words, office.watermark)


def _words(office: Office, form: CounterForm, known: Mapping[str, str]) -> FrameWords:
    profile = office.profile
    unit = f"{profile.unit}　{profile.branch}"
    number = f"编号：{known.get('case.number') or '　' * 8}"
    line = (number, profile.window if known else "", f"填制日期：{known.get('today') or BLANK_DAY}")
    version = f"{form.number}　{form.version}版"
    if not known:
        return FrameWords(unit, line, (version, AS_PUBLISHED, BY_PEN))
    printed = f"{chinese_time(office.clock())} 打印　工号 {profile.current_clerk}"
    return FrameWords(unit, line, (version, AS_PUBLISHED, PLEASE_CHECK, printed))
