"""本中心的一份表样，正在放值：哪份 PDF、哪个值在哪里。Plain Python, no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.counter_forms.own_form import Place
from counter_assistant.operations.counter_forms import own_forms
from counter_assistant.storage.counter_forms.own_pdf import CheckedPdf, sizes_of

if TYPE_CHECKING:
    from counter_assistant.domain.counter_forms.form import CounterForm
    from counter_assistant.operations.office import Office

NOWHERE = "—"
NOTHING = CheckedPdf(b"", (), ())
EDGE = 50
"""How far from the right edge of the sheet a value ends, in tenths of a millimetre."""


class Mapping:
    """Where the values of a form stand on a PDF."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.checked = NOTHING
        self.names: list[str] = []
        self._places: dict[str, Place] = {}
        self._sample: dict[str, str] = {}

    @property
    def pdf(self) -> bytes:
        """The pages; empty while no PDF was chosen."""
        return self.checked.pdf

    @property
    def places(self) -> list[Place]:
        """Where values stand, in the form's order."""
        return [self._places[name] for name in self.names if name in self._places]

    def load(self, form: CounterForm) -> None:
        """Begins with what is used in the place of a form now."""
        self.form = form
        self.names = own_forms.names_of(self._office, form)
        self._sample = own_forms.sample_values(self._office, form)
        own = self._office.content.own_forms.get(form.number)
        self.checked = CheckedPdf(own.pdf_bytes, sizes_of(own.pdf_bytes), ()) if own else NOTHING
        self._places = {place.name: place for place in own.places} if own else {}

    def choose(self, checked: CheckedPdf) -> int:
        """Takes another PDF; how many values found their fields by themselves."""
        self.checked = checked
        places = own_forms.places_of_fields(self._office, self.form, checked.fields)
        self._places = {place.name: place for place in places}
        return len(self._places)

    def place(self, name: str) -> Place | None:
        """Where a value stands; None where it stands nowhere."""
        return self._places.get(name)

    def put(self, name: str, page: int, across: float, down: float) -> bool:
        """Puts a value where parts of the width and height of a page say; False where there is no page, or nothing is chosen."""
        if not name or page >= len(self.checked.sizes):
            return False
        width, height = (round(side / own_forms.TENTH) for side in self.checked.sizes[page])
        x, y = round(across * width), round(down * height)
        before = self._places.get(name)
        new = replace(before, page=page, x=x, y=y) if before else Place(name, page, x, y)
        self._places[name] = replace(new, width=max(min(new.width, width - x - EDGE), EDGE))
        return True

    def move(self, name: str, right: int, down: int) -> None:
        """Moves a value by so many tenths of a millimetre, as far as the sheet goes."""
        place = self._places.get(name)
        if place:
            width, height = (round(side / own_forms.TENTH) for side in self.checked.sizes[place.page])
            moved = place.moved(right, down)
            self._places[name] = replace(moved, x=min(max(moved.x, 0), width), y=min(max(moved.y, 0), height))

    def size(self, name: str, by: int) -> None:
        """Makes a value so many tenths of a point larger."""
        if place := self._places.get(name):
            self._places[name] = place.sized(by)

    def remove(self, name: str) -> None:
        """The value is printed nowhere."""
        self._places.pop(name, None)

    def in_words(self, name: str) -> str:
        """第1页 30.0, 43.0　10.5磅."""
        place = self._places.get(name)
        return f"第{place.page + 1}页 {place.x / 10}, {place.y / 10}　{place.size / 10:g}磅" if place else NOWHERE

    def drawn(self) -> bytes:
        """The PDF with something in each place; empty while there is none.

        Raises:
            Refusal: `missing-glyph`.
        """
        return own_forms.stamped_pdf(self._office, self.pdf, self.places, self._sample) if self.pdf else b""
