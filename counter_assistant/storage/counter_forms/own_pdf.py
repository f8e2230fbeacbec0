"""本中心的 PDF：查过才收，收了只留页面；填进去的字盖在上面.

A PDF can hold programs, files and links. One that does is refused with a sentence, and of one that is taken the pages alone are kept:
no actions, no annotations, no fields. Where fields were is told, so that values can be printed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LARGEST, MOST_PAGES, MOST_OBJECTS = 1 << 20, 6, 20_000
MM = 72 / 25.4
LONGEST_SIDE = 420 * MM
"""A3; what is larger is no form."""
ACTIVE = {
    "/JavaScript": "程序（JavaScript）", "/JS": "程序（JavaScript）", "/Launch": "要打开别的程序的指令", "/EmbeddedFile": "夹带的文件",
    "/EmbeddedFiles": "夹带的文件", "/XFA": "动态表单（XFA）", "/RichMedia": "影音", "/SubmitForm": "要上传的指令", "/ImportData": "要读别的文件的指令",
    "/GoToR": "要打开别的文件的指令", "/GoToE": "要打开夹带文件的指令",
}  # fmt: skip
"""What no form needs, by the names that a PDF has for it (ISO 32000-2 §12.6)."""
USED = ("/Tx", "/Btn", "/Ch")


class FieldBox(NamedTuple):
    """A field of a PDF: its name, on which page, and its box in millimetres from the upper left corner of the sheet."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


class CheckedPdf(NamedTuple):
    """A PDF that was checked: its pages alone, the size of each in points, and where it had fields."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    fields: tuple[FieldBox, ...]


def check_pdf(data: bytes) -> CheckedPdf:
    """What can be used of a PDF from elsewhere.

    Raises:
        Refusal: `own-pdf-large`, `own-pdf-unreadable`, `own-pdf-encrypted`, `own-pdf-active`, `own-pdf-pages`, `own-pdf-fonts`,
            `own-pdf-size`.
    """
    if len(data) > LARGEST:
        raise Refusal("own-pdf-large", f"这份 PDF 超过 {LARGEST >> 20} MB。", "请另存为小一些的，不要嵌入扫描的大图。")
    try:
        return _checked(data)
    except Refusal:
        raise
    except Exception as error:  # whatever a broken file does to its reader, it is no form
        what = f"这份 PDF 读不出来（{type(error).__name__}）。"
        raise Refusal("own-pdf-unreadable", what, "请用文字处理软件重新导出。") from error


def sizes_of(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """The size of each page in points."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(pdf)).pages
    return tuple((float(page.mediabox.width), float(page.mediabox.height)) for page in pages)


def stamped(pdf: bytes, overlay: bytes, copies: int = 1) -> bytes:
    """The pages of a PDF with those of another laid over them, one on one, as many times as there are copies. They are printed one-sided
    and as large as they are."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject

    writer = PdfWriter()
    over = PdfReader(BytesIO(overlay)).pages if overlay else ()
    for _ in range(copies):
        for at, page in enumerate(PdfReader(BytesIO(pdf)).pages):
            added = writer.add_page(page)
            if at < len(over):
                added.merge_page(over[at])
    as_printed = {"/Duplex": "/Simplex", "/PrintScaling": "/None"}
    preferences = DictionaryObject({NameObject(key): NameObject(value) for key, value in as_printed.items()})
    writer.root_object[NameObject("/ViewerPreferences")] = preferences
    return _written(writer)


def _checked(data: bytes) -> CheckedPdf:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refusal("own-pdf-encrypted", "这份 PDF 加了密码。", "请去掉密码再选。")
    if found := next(_active(reader), ""):
        raise Refusal("own-pdf-active", f"这份 PDF 里有{found}，不收。", "请另存为只有文字和线条的 PDF。")
    if not 1 <= len(reader.pages) <= MOST_PAGES:
        raise Refusal("own-pdf-pages", f"这份 PDF 有 {len(reader.pages)} 页。", f"一张表最多 {MOST_PAGES} 页，请拆开。")
    fields = tuple(field for at, page in enumerate(reader.pages) for field in _fields(page, at))
    pdf = _pages_alone(reader)
    if strange := next(_not_embedded(PdfReader(BytesIO(pdf))), ""):
        what = f"这份 PDF 没有嵌入字体“{strange}”，换一台电脑、打印机可能印不出来。"
        raise Refusal("own-pdf-fonts", what, "请在导出时选“嵌入字体”。")
    sizes = sizes_of(pdf)
    if any(not 0 < side <= LONGEST_SIDE for size in sizes for side in size):
        raise Refusal("own-pdf-size", "这份 PDF 的纸比 A3 还大。", "请按 A4 重新导出。")
    return CheckedPdf(pdf, sizes, fields)


def _pages_alone(reader: PdfReader) -> bytes:
    """The pages without anything that is done or that belongs to a form, upright and with their corner where the sheet's is."""
    from pypdf import PdfWriter, Transformation
    from pypdf.generic import RectangleObject

    writer = PdfWriter()
    for page in reader.pages:
        added = writer.add_page(page)
        for key in ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/Thumb", "/B", "/Tabs"):
            added.pop(key, None)
        if added.rotation:
            added.transfer_rotation_to_content()
        box = added.mediabox
        width, height = float(box.width), float(box.height)
        added.add_transformation(Transformation().translate(-float(box.left), -float(box.bottom)))
        for name in ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox"):
            setattr(added, name, RectangleObject((0, 0, width, height)))
    return _written(writer)


def _written(writer: Any) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _active(reader: PdfReader) -> Iterator[str]:
    """What it holds that does something, in words; each object is looked at, and all that lies in it."""
    for held in _dictionaries(reader):
        yield from (ACTIVE[key] for key in held if key in ACTIVE)
        if (kind := held.get("/S")) in ACTIVE and isinstance(kind, str):
            yield ACTIVE[kind]


def _not_embedded(reader: PdfReader) -> Iterator[str]:
    """The fonts that a page needs and the file does not bring; the fourteen that every printer has hold no Chinese and are not meant."""
    for held in _dictionaries(reader):
        if held.get("/Subtype") in ("/TrueType", "/CIDFontType0", "/CIDFontType2"):
            described = held.get("/FontDescriptor")
            descriptor = described.get_object() if described is not None else {}
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield str(held.get("/BaseFont", "")).removeprefix("/")


def _dictionaries(reader: PdfReader) -> Iterator[Any]:
    """Every dictionary of a file, whatever holds it.

    Raises:
        ValueError: it has too many objects.
    """
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise ValueError("too many objects")
    left: list[Any] = [reader.trailer, *(IndirectObject(*number, reader) for number in sorted(numbers))]
    while left:
        one = left.pop()
        held = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(held, dict):
            yield held
            left += [part for part in held.values() if isinstance(part, dict | list)]
        elif isinstance(held, list):
            left += [part for part in held if isinstance(part, dict | list)]


def _fields(page: PageObject, at: int) -> Iterator[FieldBox]:
    """The fields of a page, by their whole names; of one that is turned none, because their boxes are not."""
    annotations = page.get("/Annots") if not page.rotation else None
    box = page.mediabox
    for reference in annotations.get_object() if annotations is not None else ():
        widget = reference.get_object()
        if widget.get("/Subtype") != "/Widget" or _inherited(widget, "/FT") not in USED:
            continue
        x0, y0, x1, y1 = (float(value) for value in widget["/Rect"])
        left, top = min(x0, x1) - float(box.left), float(box.top) - max(y0, y1)
        yield FieldBox(_name(widget), at, *(round(value / MM, 1) for value in (left, top, abs(x1 - x0), abs(y1 - y0))))


def _inherited(widget: Any, key: str) -> Any:
    """What a field has of its own or of those above it; a field above itself ends the search."""
    for _ in range(10):
        if key in widget:
            return widget[key]
        if "/Parent" not in widget:
            return None
        widget = widget["/Parent"].get_object()
    return None


def _name(widget: Any) -> str:
    parts: list[str] = []
    for _ in range(10):
        parts += [str(widget["/T"])] if "/T" in widget else []
        if "/Parent" not in widget:
            break
        widget = widget["/Parent"].get_object()
    return ".".join(reversed(parts))
