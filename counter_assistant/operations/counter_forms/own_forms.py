"""本中心自己的表样：选一份 PDF，查过，把每个值放到它该在的地方；采用以后就印它."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant.domain.counter_forms.filling import CaseValues, FilledForm, fill
from counter_assistant.domain.counter_forms.form import CounterForm
from counter_assistant.domain.counter_forms.own_form import (
    SMALLEST,
    TICK,
    USUAL,
    OwnForm,
    Place,
    value_names,
    values_of,
)
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import read_plain
from counter_assistant.paper.counter_forms.stamps import Stamp
from counter_assistant.storage.counter_forms.own_pdf import (
    LARGEST,
    MM,
    CheckedPdf,
    FieldBox,
    check_pdf,
    sizes_of,
    stamped,
)

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TENTH = MM / 10
SAMPLE = {
    "text": "示例文字示例文字", "name": "罗某某", "amount": "1234567", "percent": "12", "count": "12", "day": "2026-01-05", "month": "202601",
    "account": "530900001234", "card": "6228480000000000000", "id_number": "530926190001010000", "phone": "13800000000",
}  # fmt: skip
"""What stands for a value while its place is looked for, by kind."""


def look_at(path: Path) -> CheckedPdf:
    """A PDF that somebody chose, checked.

    Raises:
        Refusal: `own-pdf-unreadable`; what `check_pdf` refuses.
    """
    try:
        data = read_plain(path, LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Refusal("own-pdf-unreadable", f"“{path.name}”读不出来。", "请检查这个文件和它所在的盘。") from error
    return check_pdf(data)


def places_of_fields(office: Office, form: CounterForm, fields: Iterable[FieldBox]) -> list[Place]:
    """Where values stand by themselves: a field that is called as a value, or as its label, takes it."""
    named = {name: name for name in names_of(office, form)}
    labels = [name.partition("/")[2] for name in named]
    named |= {label: name for label, name in zip(labels, list(named), strict=True) if labels.count(label) == 1}
    return [place_in_field(named[box.name], box) for box in fields if box.name in named]


def names_of(office: Office, form: CounterForm) -> list[str]:
    """What may be printed in the place of a form."""
    return value_names(form, office.program.counter_forms.asked)


def place_in_field(name: str, box: FieldBox) -> Place:
    """A value in a field, as large as the field lets it be."""
    size = min(max(round(box.height * MM * 7), SMALLEST), USUAL)
    return Place(
        name,
        box.page,
        round(10 * box.x) + 7,
        round(10 * box.y + 5 * box.height),
        max(round(10 * box.width) - 14, 20),
        size,
    )


def take(office: Office, form: CounterForm, checked: CheckedPdf, places: Sequence[Place], clerk: str = "") -> Entry:
    """Records a PDF in the place of a form.

    Raises:
        Refusal: `own-form-register` (a register is set by the program: its people need as many pages as they are), `own-form-empty` (no
            value has a place), `own-form-place` (a place is not on the paper, or of nothing that the form holds); what `Office.permit`
            refuses.
    """
    who = office.permit(Permission.REVISE, clerk)
    if form.table:
        raise Refusal("own-form-register", "清册的人数不定，要用程序的表样打。", "请选别的表。")
    if not places:
        raise Refusal("own-form-empty", "还没有一个值有地方印。", "请先选一个值，在纸面上点一下它该在的地方。")
    names = set(names_of(office, form))
    for place in places:
        width, height = checked.sizes[place.page] if place.page < len(checked.sizes) else (0.0, 0.0)
        if place.name not in names or not (0 <= place.x * TENTH <= width and 0 <= place.y * TENTH <= height):
            raise Refusal("own-form-place", f"“{place.name}”不在纸面上。", "请重新点一下它该在的地方。")
    entry = office.book.append(
        EntryKind.OWN_FORM, OwnForm.of(form.number, checked.pdf, places, who.staff_number).to_payload()
    )
    office.reread()
    return entry


def drop(office: Office, form: CounterForm, clerk: str = "") -> Entry | None:
    """Goes back to the program's own form; None where that is used already.

    Raises:
        Refusal: what `Office.permit` refuses.
    """
    who = office.permit(Permission.REVISE, clerk)
    if form.number not in office.content.own_forms:
        return None
    entry = office.book.append(EntryKind.OWN_FORM, OwnForm(form.number, "", (), who.staff_number).to_payload())
    office.reread()
    return entry


def stamped_pdf(
    office: Office, pdf: bytes, places: Sequence[Place], values: Mapping[str, str], copies: int = 1
) -> bytes:
    """A PDF with values in their places, marked 样本 in training.

    Raises:
        Refusal: `missing-glyph`.
    """
    pages = [
        (size, [_stamp(place, values[place.name]) for place in places if place.page == at and place.name in values])
        for at, size in enumerate(sizes_of(pdf))
    ]
    nothing = not office.watermark and not any(stamps for _, stamps in pages)
    overlay = b"" if nothing else office.program.typesetter.stamps(pages, office.watermark)
    return stamped(pdf, overlay, copies)


def own_pdf(office: Office, own: OwnForm, paper: FilledForm, known: Mapping[str, str]) -> bytes:
    """The centre's PDF, filled with the values of a form, once for each of its copies.

    Raises:
        Refusal: `missing-glyph`.
    """
    return stamped_pdf(office, own.pdf_bytes, own.places, values_of(paper, known), len(paper.form.copies))


def sample_values(office: Office, form: CounterForm) -> dict[str, str]:
    """Something in every value of a form, to see where it stands; every box is ticked."""
    asked = office.program.counter_forms.asked
    values = {key: one.options[0].codes[0] if one.options else SAMPLE[one.kind] for key, one in asked.items()}
    said = values_of(fill(form, asked, CaseValues(form.items[0] if form.items else "", asked=values)), {})
    return {
        name: said.get(name) or (TICK if "=" in name else name.rpartition("/")[2]) for name in names_of(office, form)
    }


def _stamp(place: Place, text: str) -> Stamp:
    return Stamp(text, place.x * TENTH, place.y * TENTH, place.width * TENTH, place.size / 10)
