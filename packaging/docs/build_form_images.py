"""Draws the pictures of 免填单 for the manual: the layer over the desk, where a centre's own form is taken in, and every form.

    python packaging/docs/build_form_images.py      (in a checkout, with the development packages installed)

Writes docs/images/forms/*.png. People in them are invented.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QLineEdit  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from counter_assistant.operations.counter_forms.of_matter import filled, form_pdf, forms_of  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.ui.desk.counter_forms.layer import FormsLayer  # noqa: E402
from counter_assistant.ui.first_run.page import FirstRunPage  # noqa: E402
from counter_assistant.ui.settings.own_forms import layer as own_layer  # noqa: E402
from counter_assistant.ui.start import make_application  # noqa: E402
from tests.journeys.keys import TimedDesk  # noqa: E402
from tests.make import ID_NUMBER, NOW  # noqa: E402
from tests.operations.counter_forms.test_of_matter import AGENT, MATTERS, everything, matter_of  # noqa: E402
from tests.ui.desk_hand import commit, press, type_  # noqa: E402
from tests.ui.find import find  # noqa: E402

IMAGES = ROOT / "docs" / "images" / "forms"
FACE = ROOT / "resources" / "fonts" / "NotoSansSC-Regular-screen.ttf"
PEOPLE = {
    "G-03": ["岩罕\tE12345678\t13900002222\t5000\t600\t600\t账户设立", "玉罕\tE12345679\t13900003333\t4000\t480\t480\t市内转移"],
    "G-04": ["新开\t岩罕\tE12345678\t5309001\t5000\t12\t1200", "封存\t玉罕\tE12345679\t5309002\t4000\t12\t960"],
    "G-06": ["5309001\t岩罕\t5000\t202601\t202603\t1800\t1800\t漏缴"],
    "G-07": ["5309001\t岩罕\tE12345678\t5000\t5600", "5309002\t玉罕\tE12345679\t4000\t4300"],
    "G-09": ["5309001\t岩罕\tE12345678\t202612\t保留劳动关系停薪"],
    "G-09-1": ["5309001\t岩罕\tE12345678\t202612\t5000\t恢复工资"],
    "G-09-2": ["5309001\t岩罕\tE12345678\t转移\t耿马县白马茶厂"],
}  # fmt: skip
"""Who stands on each register."""
SAID = {
    "employer": "耿马县第一小学", "bank": "农业银行耿马支行", "unit_bank": "农业银行耿马支行", "house_paper": "GM-2026-001", "loan_paper": "J-2020-018",
    "absence": "在外地工作", "relation": "儿子", "changed_what": "单位名称", "changed_from": "耿马县白马茶叶初制所", "changed_to": "耿马县白马茶厂",
    "changed_why": "更名，见变更登记通知书", "deferral_why": "上年度亏损", "deferral_plan": "明年三月起按月补缴", "proof": "户口簿变更页", "old_employer": "昆明某厂",
    "old_centre": "昆明市住房公积金管理中心", "back_why": "新进职工漏缴", "disputed_why": "少记一个月", "house_area": "98.6", "seller_bank": "信用社耿马分社",
    "mode": "partial", "lease_to": "2027-9-4", "balance": "45678.90", "available": "12345.67", "lease_rent": "1500", "house_price": "560000", "deferral_what": "deferral",
    "deferral_to": "202711", "authority_to": "", "person_field": "phone", "unit_kind": "private", "base": "5000", "monthly": "1200", "income": "9000", "loan_wanted": "300000", "loan_months": "240",
    "ratio_from": "12", "ratio_to": "8", "ratio_person_from": "12", "ratio_person_to": "8", "house_paid": "170000", "meeting_present": "36", "meeting_agreed": "34", "people": "42",
}  # fmt: skip
"""What stands in some fields, in the place of a sample."""
LABELS = ("姓名", "证件号码", "个人账号", "本次提取（元）", "大写")
VALUES = ("申请人/姓名", "申请人/证件号码", "申请人/个人账号", "提取/本次提取", "提取/大写")
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def main() -> None:
    """Draws everything into docs/images/forms."""
    make_application()
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        _draw_forms(office)
        desk = _shown(Path(folder), office)
        _fill_in(desk)
        _grab(desk, "layer")
        press(KEY.Key_Escape)
        _take_own(desk, Path(folder))
        _grab(desk, "own-form")
        desk.window.close()
        desk.opening.close()


def _draw_forms(office: Office) -> None:
    """Every form with something in each field, and one to take along."""
    done: set[str] = set()
    for item, answers, _ in MATTERS:
        agent = {"agent": AGENT} if answers.get("who") in ("spouse", "employer") else {}
        name = (
            {"name": "耿马县白马茶厂"}
            if item.startswith("A") and item not in ("A05", "A08", "A09", "A15", "A17", "A18")
            else {}
        )
        typed = everything(office) | SAID | {f"rows:{number}": "\n".join(lines) for number, lines in PEOPLE.items()}
        for key in ("more_count", "more_amount", "less_count", "less_amount"):
            typed.pop(key)
        forms = forms_of(office, matter_of(office, item, answers=answers, applicant=agent | name), typed)
        assert forms.faults == {}, forms.faults
        for form in forms.forms:
            if form.number not in done:
                done.add(form.number)
                _save(form_pdf(office, filled(office, forms, form), forms.case.known), form.number)
            if form.number == "P-01" and item == "B08":
                _save(form_pdf(office, filled(office, forms, form, blank=True), {}, blank=True), "P-01-blank")


def _save(pdf: bytes, name: str) -> None:
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=1.25).to_pil().convert("L").quantize(16)
    image.save(IMAGES / f"{name}.png", optimize=True)
    document.close()


def _shown(folder: Path, office: Office) -> TimedDesk:
    desk = TimedDesk(folder, office)
    desk.window.resize(1366, 768)
    desk.opening.office()
    for first in desk.window.findChildren(FirstRunPage):
        first.finished.emit()
    desk.window.show()
    desk.window.activateWindow()
    QTest.qWait(300)
    return desk


def _fill_in(desk: TimedDesk) -> None:
    """Somebody who rents, and most of what is asked."""
    find(desk.page, QLineEdit, "item_search").setFocus()
    type_("b08")
    press(KEY.Key_Return)
    type_("12122")
    press(KEY.Key_A, CONTROL)
    for key, text in (("name", "召存信罕"), ("phone", "13800000461"), ("id_number", ID_NUMBER)):
        find(desk.page, QLineEdit, key).setFocus()
        type_(text) if text.isascii() else commit(text)
    press(KEY.Key_T, CONTROL)
    layer = find(desk.page, FormsLayer, "免填单")
    typed: dict[str, Any] = {
        "account": "530900001234", "again:account": "530900001234", "employer": "耿马县第一小学", "spouse_name": "玉罕", "spouse_id": ID_NUMBER,
        "balance": "45678.90", "amount": "12000", "lease_from": "2026-1-1", "lease_to": "2026-12-31",
    }  # fmt: skip
    for key, text in typed.items():
        find(layer, QLineEdit, key).setFocus()
        type_(text) if text.isascii() else commit(text)
    layer.fields["mode"].edits[0].setFocus()
    type_("1")


def _take_own(desk: TimedDesk, folder: Path) -> None:
    """A centre's own application, with five values on it."""
    own = folder / "centre.pdf"
    pdfmetrics.registerFont(TTFont("face", str(FACE)))
    canvas = Canvas(str(own))
    canvas.setFont("face", 18)
    canvas.drawCentredString(297, 780, "提取住房公积金申请书")
    canvas.setFont("face", 11)
    for n, label in enumerate(LABELS):
        canvas.drawString(80, 720 - 40 * n, label)
        canvas.rect(170, 708 - 40 * n, 330, 28)
    canvas.showPage()
    canvas.save()
    vars(own_layer)["ask_for_file"] = lambda *_: own  # what the system's dialog would give
    desk.window.show_page("settings")
    page: Any = desk.window.stack.currentWidget()
    page.open_own_forms()
    layer = find(page, own_layer.OwnFormsLayer, "本中心的表样")
    press(KEY.Key_O, CONTROL)
    QTest.qWait(300)
    for n, name in enumerate(VALUES):
        (item,) = layer.list.findItems(name, Qt.MatchFlag.MatchExactly)
        layer.list.setCurrentItem(item)
        place = layer.paper.place_of_page
        at = QPoint(
            round(place.x() + 0.3 * place.width()), round(place.y() + place.height() * (842 - 722 + 40 * n) / 842)
        )
        QTest.mouseClick(layer.paper, Qt.MouseButton.LeftButton, pos=at)
        QTest.qWait(100)


def _grab(desk: TimedDesk, name: str) -> None:
    QTest.qWait(600)
    path = IMAGES / f"{name}.png"
    desk.window.grab().save(str(path))
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
