"""Three hundred strings that some program takes for more than text, in every field of a form and in every place of a centre's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from counter_assistant.domain.counter_forms.asked import ValueKind
from counter_assistant.domain.counter_forms.filling import CaseValues, fill
from counter_assistant.domain.counter_forms.form import CounterForm, Origin
from counter_assistant.operations.program import program
from counter_assistant.paper.counter_forms.stamps import Stamp
from tests.hostile import HOSTILE
from tests.make import text_of
from tests.paper.counter_forms.test_form_pages import READ, WORDS, squeezed

PLAIN = (ValueKind.TEXT, ValueKind.NAME)
READABLE = [text for text in HOSTILE if text.strip() and "\\ufffe" not in text]


def sources(form: CounterForm, item: str) -> list[str]:
    """What is printed as it comes: what is known, and texts that are asked for; each once."""
    fields = [field for group in form.shown_groups(item, {}) for field in group.fields if not field.options]
    known = [field.source for field in fields if field.origin is Origin.KNOWN]
    asked = [f.source for f in fields if f.origin is Origin.ASKED and READ.asked[f.source].kind in PLAIN]
    return list(dict.fromkeys((*known, *asked)))


def chunks(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(texts), size):
        yield texts[at : at + size]


def extracted(pdf: bytes) -> str:
    """The words of a PDF; pdfium tells a hyphen at the end of a line by a character of its own."""
    return text_of(pdf).replace("\ufffe", "-").replace("\u00ad", "-")


@pytest.mark.slow
@pytest.mark.parametrize("number", ["P-01", "P-05", "G-01", "G-10", "D-01"])
def test_a_hostile_text_is_printed_as_it_is(number: str) -> None:
    form = READ.forms[number]
    item = form.items[0] if form.items else "B08" if number.startswith("P") else "A01"
    names = sources(form, item)
    assert len(names) >= 5
    for texts in chunks(READABLE, len(names)):
        given = dict(zip(names, texts, strict=False))
        case = CaseValues(item, given, {}, given)
        words = extracted(program().typesetter.form(fill(form, READ.asked, case), WORDS))
        assert [text for text in given.values() if squeezed(text) not in words] == []


@pytest.mark.slow
def test_a_hostile_text_stands_in_its_place_on_a_centres_own_form() -> None:
    for texts in chunks(READABLE, 40):
        stamps = [Stamp(text, 40, 30 + 20 * at, 500, 9) for at, text in enumerate(texts)]
        words = extracted(program().typesetter.stamps([((595, 842), stamps)]))
        assert [text for text in texts if squeezed(text) not in words] == []
