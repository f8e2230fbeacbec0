"""A PDF of the centre's own: what is taken, what is refused, what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.program import program
from counter_assistant.storage.counter_forms.own_pdf import LARGEST, MOST_PAGES, check_pdf, sizes_of, stamped
from tests.make import text_of
from tests.paper.counter_forms.test_form_pages import ALL, WORDS
from tests.storage.counter_forms import own_pdfs

REFUSED: list[tuple[Callable[[], bytes], str, str]] = [
    (lambda: b"", "own-pdf-unreadable", "读不出来"),
    (lambda: b"not a PDF", "own-pdf-unreadable", "读不出来"),
    (lambda: own_pdfs.plain()[:400], "own-pdf-unreadable", "读不出来"),
    (lambda: b"%PDF-1.4\n" + b"0" * LARGEST, "own-pdf-large", "超过 1 MB"),
    (own_pdfs.encrypted, "own-pdf-encrypted", "加了密码"),
    (own_pdfs.with_script, "own-pdf-active", "程序（JavaScript）"),
    (own_pdfs.with_attachment, "own-pdf-active", "夹带的文件"),
    (lambda: own_pdfs.with_action("/Launch"), "own-pdf-active", "要打开别的程序的指令"),
    (lambda: own_pdfs.with_action("/SubmitForm"), "own-pdf-active", "要上传的指令"),
    (lambda: own_pdfs.with_action("/GoToR"), "own-pdf-active", "要打开别的文件的指令"),
    (own_pdfs.with_xfa, "own-pdf-active", "动态表单（XFA）"),
    (lambda: own_pdfs.plain(MOST_PAGES + 1), "own-pdf-pages", "有 7 页"),
    (own_pdfs.without_its_font, "own-pdf-fonts", "没有嵌入字体“STSong-Light”"),
    (lambda: own_pdfs.plain(size=(2000, 2000)), "own-pdf-size", "比 A3 还大"),
]


@pytest.mark.parametrize(("made", "code", "words"), REFUSED)
def test_what_is_no_form_is_refused_with_a_sentence(made: Callable[[], bytes], code: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_pdf(made())
    assert refused.value.code == code
    assert words in refused.value.sentence


def test_the_pages_alone_are_kept_and_their_fields_are_told() -> None:
    checked = check_pdf(own_pdfs.plain(2, fields=("姓名", "card")))
    assert [(box.name, box.page, box.x, box.width) for box in checked.fields] == [
        ("姓名", 0, 30.0, 70.6),
        ("card", 0, 30.0, 70.6),
    ]
    assert [round(box.y) for box in checked.fields] == [43, 54]
    kept = PdfReader(BytesIO(checked.pdf))
    assert "/AcroForm" not in kept.root_object
    assert all("/Annots" not in page for page in kept.pages)
    assert "FORM1" in text_of(checked.pdf)
    assert check_pdf(checked.pdf).sizes == checked.sizes == sizes_of(checked.pdf)


def test_a_turned_sheet_is_set_upright_and_its_fields_are_passed_over() -> None:
    checked = check_pdf(own_pdfs.turned())
    assert checked.fields == ()
    ((width, height),) = checked.sizes
    assert width > height
    assert "FORM1" in text_of(checked.pdf)


def test_an_ordinary_opening_action_is_no_reason() -> None:
    """GIVEN a file that opens at its first page, as word processors write it THEN it is taken, and the action is gone."""

    def change(writer: PdfWriter) -> None:
        first = writer.pages[0].indirect_reference
        assert first is not None
        writer.root_object[NameObject("/OpenAction")] = ArrayObject([first, NameObject("/Fit")])

    checked = check_pdf(own_pdfs.changed(own_pdfs.plain(), change))
    assert "/OpenAction" not in PdfReader(BytesIO(checked.pdf)).root_object


def test_a_paper_of_our_own_has_its_fonts_with_it() -> None:
    """GIVEN a paper that the program made, with a rare name THEN it is taken, as is what a word processor exports with its fonts."""
    pdf = program().typesetter.form(ALL["P-02 in practice"], WORDS)
    assert "住房公积金提取承诺书" in text_of(check_pdf(pdf).pdf)


def test_what_is_laid_over_stands_on_the_page_in_every_copy() -> None:
    base, over = check_pdf(own_pdfs.plain(2)).pdf, own_pdfs.plain(1, size=(400, 400))
    made = stamped(base, over, copies=2)
    assert len(PdfReader(BytesIO(made)).pages) == 4
    assert text_of(made).count("FORM1") == 4
    preferences = PdfReader(BytesIO(made)).root_object["/ViewerPreferences"]
    assert str(preferences) == "{'/Duplex': '/Simplex', '/PrintScaling': '/None'}"
    assert len(PdfReader(BytesIO(stamped(base, b""))).pages) == 2


@given(st.integers(0, 3000), st.integers(0, 255))
def test_a_damaged_file_is_refused_or_taken_and_never_an_error(at: int, byte: int) -> None:
    data = bytearray(own_pdfs.plain(fields=("姓名",)))
    data[at % len(data)] = byte
    try:
        checked = check_pdf(bytes(data))
    except Refusal:
        return
    assert checked.sizes
