"""PDFs as a centre may bring them, made for the tests: with fields, turned, hostile."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas


def plain(pages: int = 1, size: tuple[float, float] = A4, fields: tuple[str, ...] = ()) -> bytes:
    """Pages with a line of text, and on the first of them fields one below the other, 30 mm from the left."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size)
    for page in range(pages):
        canvas.drawString(100, size[1] - 60, f"FORM {page + 1}")
        if page == 0:
            for n, name in enumerate(fields):
                canvas.acroForm.textfield(name=name, x=85.04, y=size[1] - 141.73 - 30 * n, width=200, height=20)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def changed(data: bytes, change: Any) -> bytes:
    """A PDF after something was done to its writer."""
    writer = PdfWriter()
    writer.append(PdfReader(BytesIO(data)))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def without_its_font() -> bytes:
    """Chinese in a font that every system is thought to have."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(100, 700, "提取申请书")
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def encrypted() -> bytes:
    return changed(plain(), lambda writer: writer.encrypt("secret"))


def with_script() -> bytes:
    def change(writer: PdfWriter) -> None:
        script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x');")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)

    return changed(plain(), change)


def with_attachment() -> bytes:
    return changed(plain(), lambda writer: writer.add_attachment("x.exe", b"MZ"))


def with_action(kind: str) -> bytes:
    """The page does something when it is opened."""

    def change(writer: PdfWriter) -> None:
        action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("calc.exe")})
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action})

    return changed(plain(), change)


def with_xfa() -> bytes:
    def change(writer: PdfWriter) -> None:
        form = DictionaryObject({NameObject("/XFA"): ArrayObject(), NameObject("/Fields"): ArrayObject()})
        writer.root_object[NameObject("/AcroForm")] = form

    return changed(plain(), change)


def turned() -> bytes:
    """A sheet that is turned by a quarter, and whose corner lies elsewhere."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page[NameObject("/Rotate")] = NumberObject(90)

    return changed(plain(fields=("姓名",)), change)
