"""The centre's own PDF in the place of a form: looked at, taken, filled with the same values, given up again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.domain.counter_forms.own_form import Place, value_names
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.counter_forms.of_matter import filled, form_pdf, forms_of
from counter_assistant.operations.counter_forms.own_forms import (
    drop,
    look_at,
    names_of,
    places_of_fields,
    sample_values,
    stamped_pdf,
    take,
)
from counter_assistant.operations.office import Office, open_office
from tests.make import ID_NUMBER, NOW, an_office, text_of
from tests.operations.counter_forms.test_of_matter import RENTING, TYPED, matter_of
from tests.paper.reading import MM, glyphs_of
from tests.storage.counter_forms import own_pdfs


@pytest.fixture
def office(data_dir: Path) -> Iterator[Office]:
    office = an_office(data_dir)
    yield office
    office.close()


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "own.pdf"
    path.write_bytes(data)
    return path


FIELDS = ("申请人/姓名", "证件号码", "大写", "unknown")


def test_a_pdf_with_fields_maps_itself_and_is_filled_and_given_up(office: Office, tmp_path: Path) -> None:
    form = office.program.counter_forms.forms["P-01"]
    checked = look_at(saved(tmp_path, own_pdfs.plain(fields=FIELDS)))
    places = places_of_fields(office, form, checked.fields)
    assert [place.name for place in places] == ["申请人/姓名", "提取/大写"], "证件号码 is the label of three values"
    entry = take(office, form, checked, places)
    assert entry.kind is EntryKind.OWN_FORM
    assert list(office.content.own_forms) == ["P-01"]

    forms = forms_of(office, matter_of(office, answers=RENTING), TYPED)
    text = text_of(form_pdf(office, filled(office, forms, form), forms.case.known))
    assert "FORM1" in text
    assert "罗𠅤克" in text
    assert "人民币壹万贰仟元整" in text
    assert "住房公积金提取申请表" not in text, "it is the centre's, not the program's"
    blank = text_of(form_pdf(office, filled(office, forms, form, blank=True), forms.case.known, blank=True))
    assert blank == "FORM1"

    assert drop(office, form) is not None
    assert drop(office, form) is None
    assert "住房公积金提取申请表" in text_of(form_pdf(office, filled(office, forms, form), forms.case.known))
    assert office.book.check().problems == []


def test_what_was_taken_is_there_when_the_office_opens_again(office: Office, data_dir: Path, tmp_path: Path) -> None:
    form = office.program.counter_forms.forms["P-02"]
    checked = look_at(saved(tmp_path, own_pdfs.plain()))
    take(office, form, checked, [Place("承诺人/姓名", 0, 500, 1000)])
    office.close()
    again = open_office(data_dir, lambda: NOW)
    own = again.content.own_forms["P-02"]
    assert own.pdf_bytes == checked.pdf
    assert own.places == (Place("承诺人/姓名", 0, 500, 1000),)
    again.close()


def test_a_value_stands_where_it_was_put(office: Office, tmp_path: Path) -> None:
    checked = look_at(saved(tmp_path, own_pdfs.plain(2, size=(420, 595))))
    place = Place("承诺人/姓名", 1, 500, 1000, 400, 120)
    glyphs = glyphs_of(stamped_pdf(office, checked.pdf, [place], {"承诺人/姓名": "罗𠅤克"}))[1]
    first = next(glyph for glyph in glyphs if glyph.char == "罗")
    assert abs(first.left / MM - 50) < 0.6
    assert abs((595 - (first.top + first.bottom) / 2) / MM - 100) < 0.6


@pytest.mark.parametrize("width", [40, 12, 5])
def test_a_value_too_wide_for_its_place_is_made_smaller_and_then_broken_and_never_cut(
    office: Office, width: int, tmp_path: Path
) -> None:
    checked = look_at(saved(tmp_path, own_pdfs.plain()))
    text = "耿马傣族佤族自治县白马路18号"
    made = stamped_pdf(office, checked.pdf, [Place("a", 0, 300, 1000, 10 * width)], {"a": text})
    assert text in text_of(made)
    glyphs = [glyph for glyph in glyphs_of(made)[0] if glyph.char in text and glyph.bottom / MM < 230]
    assert max(glyph.right for glyph in glyphs) / MM <= 30 + width + 0.5


def test_in_training_the_mark_lies_across_it(data_dir: Path, tmp_path: Path) -> None:
    office = an_office(data_dir, training=True)
    checked = look_at(saved(tmp_path, own_pdfs.plain()))
    assert "样本" in text_of(stamped_pdf(office, checked.pdf, [], {}))
    office.close()


def test_a_sample_shows_every_value_in_its_place(office: Office) -> None:
    for form in office.program.counter_forms.forms.values():
        sample = sample_values(office, form)
        assert set(sample) == set(names_of(office, form))
        assert all(sample.values()), form.number
        assert ID_NUMBER not in sample.values()


@pytest.mark.parametrize(
    ("number", "places", "code"),
    [
        ("P-01", [], "own-form-empty"),
        ("P-01", [Place("申请人/姓名", 3, 100, 100)], "own-form-place"),
        ("P-01", [Place("申请人/姓名", 0, 100, 3000)], "own-form-place"),
        ("P-01", [Place("申请人/收入", 0, 100, 100)], "own-form-place"),
        ("G-03", [Place("单位/单位名称", 0, 100, 100)], "own-form-register"),
    ],
)
def test_what_cannot_be_filled_is_refused(
    office: Office, tmp_path: Path, number: str, places: list[Place], code: str
) -> None:
    checked = look_at(saved(tmp_path, own_pdfs.plain()))
    with pytest.raises(Refusal) as refused:
        take(office, office.program.counter_forms.forms[number], checked, places)
    assert refused.value.code == code
    assert list(office.book.entries(EntryKind.OWN_FORM)) == []


def test_a_file_that_is_not_there_or_hostile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="读不出来"):
        look_at(tmp_path / "nowhere.pdf")
    with pytest.raises(Refusal, match="JavaScript"):
        look_at(saved(tmp_path, own_pdfs.with_script()))


def test_no_value_by_hand_can_be_put_anywhere(office: Office) -> None:
    forms = office.program.counter_forms
    for form in forms.forms.values():
        assert not any("签名" in name or "放弃" in name for name in value_names(form, forms.asked))
