"""Draws the pictures of the pages for the manual, in the real window at 1366 × 768, on one invented day of one invented office.

    python packaging/docs/build_page_images.py [NAME …]      (in a checkout, with the development packages installed)

Writes into docs/images every picture that `PICTURES` names, or those that are named. The clock stands, the printer is always
ready, nobody in them lives: the same program draws the same pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2  # noqa: E402
from page_window import IMAGES, SETTLED_MS, Key, Modifier, control, grab, prepare, shown, write  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QPlainTextEdit  # noqa: E402

from counter_assistant import volumes  # noqa: E402
from counter_assistant.domain.papers.counter_sign import SignKind  # noqa: E402
from counter_assistant.domain.people.roles import Role  # noqa: E402
from counter_assistant.domain.registers.register_kind import RegisterKind  # noqa: E402
from counter_assistant.operations.archive.certificates import certificates  # noqa: E402
from counter_assistant.operations.archive.number_keeping import AFTER_A_JUMP  # noqa: E402
from counter_assistant.operations.archive.reprint_and_void import void  # noqa: E402
from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.office import open_office  # noqa: E402
from counter_assistant.operations.publications.destruction_list import destruction_pdf  # noqa: E402
from counter_assistant.operations.registers import keeping  # noqa: E402
from counter_assistant.operations.safekeeping.backing_up import Task, back_up  # noqa: E402
from counter_assistant.operations.safekeeping.backup_state import name_place  # noqa: E402
from counter_assistant.paths import BOOK_NAME  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.items.spec import take_pack  # noqa: E402
from counter_assistant.ui.ratings.visitor_page import VisitorPage  # noqa: E402
from counter_assistant.ui.start import make_application, read_index  # noqa: E402
from tests.decision_rows import ROWS  # noqa: E402
from tests.hand_entries import TYPED  # noqa: E402
from tests.make import NOW, PHONES, a_request, confirmed, told_otherwise  # noqa: E402
from tests.operations.catalogue.packing import approve_renamed, packed  # noqa: E402
from tests.operations.exchange.offices import keep_branches  # noqa: E402
from tests.operations.keys.sealed_office import a_sealed_office  # noqa: E402
from tests.places import NOTICES  # noqa: E402
from tests.ui.desk_hand import press, type_  # noqa: E402
from tests.ui.find import find  # noqa: E402


def first() -> None:
    with shown(filled=False) as at:
        grab(at.window, "first-1366")


def cases() -> None:
    with shown() as at:
        at.page("cases")
        press(Key.Key_8, Modifier.AltModifier)
        press(Key.Key_Down)
        press(Key.Key_Down)
        grab(at.window, "cases-1366")


def archive() -> None:
    with shown() as at:
        number = at.office.archive.search("张明月")[0].number
        void(at.office, number, "姓名写错", copy_returned=True)
        at.page("archive")
        press(Key.Key_Down)
        press(Key.Key_Down)
        press(Key.Key_Return)
        grab(at.window, "archive-1366")


def correcting() -> None:
    with shown() as at:
        page = at.page("archive")
        page.finder.search.setText("张明月")
        page.ask_correct()
        press(Key.Key_Return)
        write("姓名打错")
        press(Key.Key_Return)
        press(Key.Key_1)
        press(Key.Key_E, Modifier.ControlModifier)
        QTest.qWait(SETTLED_MS)
        grab(at.window, "correcting-1366")


def due() -> None:
    with shown() as at:
        office = at.office
        profile = office.profile
        roles = ((Role.CLERK, Role.ARCHIVIST, Role.ADMINISTRATOR), (Role.SUPERVISOR,))
        given = tuple(replace(one, roles=tuple(has)) for one, has in zip(profile.clerks, roles, strict=False))
        office.decide_profile(
            replace(profile, clerks=(*given, *profile.clerks[2:]), record_years={"paper": 1, "inquiry": 1})
        )
        at.now += timedelta(days=500)
        office.confirm_clock()
        at.now += AFTER_A_JUMP
        page = at.page("archive")
        page.destroying.list_due()
        QTest.qWait(SETTLED_MS)
        write("临公积金办〔2028〕3号")
        press(Key.Key_Return)
        write("0002")
        grab(at.window, "due-1366")
        press(Key.Key_Return, Modifier.ControlModifier)
        press(Key.Key_Return, Modifier.ControlModifier)
        page = pypdfium2.PdfDocument(destruction_pdf(office, certificates(office)[-1]))[0]
        drawn = page.render(scale=620 / page.get_width()).to_pil().convert("L").quantize(16)
        drawn.save(IMAGES / "destruction-list.png", optimize=True)


def unprinted() -> None:
    with shown() as at:
        for n, name in enumerate(("周文", "岩罕")):
            issue_slip(at.office, a_request(**{**ROWS["11-promise"][0], "applicant": ROWS["11-promise"][0]["applicant"] | {"name": name}, "request_id": f"u{n}"}))  # fmt: skip
        page = at.page("archive")
        page.list_unprinted()
        press(Key.Key_Return)
        grab(at.window, "unprinted-1366")


def registers() -> None:
    with shown() as at:
        for kind, typed in TYPED.items():
            keeping.record(at.office, kind, typed)
        at.page("registers")
        press(Key.Key_F7)
        press(Key.Key_2)
        write("门口台阶请装扶手")
        grab(at.window, "registers-1366")


def handover() -> None:
    with shown() as at:
        at.page("registers")
        press(Key.Key_F7)
        press(Key.Key_J)
        type_("11-24")
        at.field("seals", "业务专用章 1枚 编号 03；受理章 2枚")
        grab(at.window, "handover-1366")


def lead() -> None:
    with shown(busy=True) as at:
        page = at.page("lead")
        while page.counting.running:
            QTest.qWait(SETTLED_MS)
        grab(at.window, "lead-1366")


def day_closed() -> None:
    with shown() as at:
        at.now = NOW.replace(hour=17, minute=30)
        at.desk.context.closing_asked.emit()
        press(Key.Key_F9)
        grab(at.window, "closing-1366")
        control(Key.Key_D)
        grab(at.window, "copies-1366")


def still_waiting() -> None:
    with shown() as at:
        keeping.record(at.office, RegisterKind.INQUIRY, TYPED[RegisterKind.INQUIRY])
        at.at_the_desk("b08", "122", "玉香", "13900002222")
        press(Key.Key_Escape)
        at.now = NOW.replace(hour=17, minute=50)
        at.desk.context.closing_asked.emit()
        grab(at.window, "closing-waiting")


def settings() -> None:
    with shown() as at:
        at.page("settings")
        grab(at.window, "settings-1366")
        press(Key.Key_8, Modifier.AltModifier)
        grab(at.window, "settings-machine-1366")
        press(Key.Key_6, Modifier.AltModifier)
        notice = sorted(NOTICES.glob("*2026*.txt"))[0].read_text("utf-8")
        find(at.window, QPlainTextEdit, "放假通知全文").setPlainText(notice)
        grab(at.window, "calendar-1366")


def settings_review() -> None:
    with shown(filled=False) as at:
        at.office.decide_profile(at.office.profile)
        at.window.end_instead()
        at.page("settings")
        control(Key.Key_Return)
        grab(at.window, "settings-review")


def check_up() -> None:
    with shown() as at:
        back_up(Task(at.office.folder, at.now, None))
        at.desk.context.checkup_asked.emit()
        page: Any = at.window.page
        while page.checking.running:
            QTest.qWait(SETTLED_MS)
        grab(at.window, "check-up-1366")


def exchange() -> None:
    with shown() as at, TemporaryDirectory() as place:
        keep_branches(at.office, Path(place), Random("exchange"))
        at.desk.context.exchange_asked.emit()
        grab(at.window, "exchange-1366")


def sealing() -> None:
    with shown() as at:
        at.desk.context.sealing_asked.emit()
        grab(at.window, "sealing-1366")


def sealed() -> None:
    with TemporaryDirectory() as folder:
        a_sealed_office(Path(folder)).close()
        desk = Desk(Path(folder), read_index(), training=False)
        desk.window.resize(1366, 768)
        desk.window.show()
        QTest.qWait(2000)
        grab(desk.window, "opening-1366")
        desk.window.close()
        desk.opening.close()


def where_it_lies() -> None:
    with shown() as at:
        at.desk.context.place_asked.emit()
        grab(at.window, "place-1366")


def about() -> None:
    with shown() as at:
        at.desk.context.about_asked.emit()
        grab(at.window, "about-1366")


def guide() -> None:
    """A book of before lies where a newer one was: its backup knows."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "data"
        with closing(open_office(folder, lambda: NOW - timedelta(hours=2))) as office:
            office.decide_profile(confirmed(office.profile))
            issue_slip(office, a_request())
            shutil.copy(folder / BOOK_NAME, folder.with_name("old.db"))
            issue_slip(office, a_request(request_id="later"))
            back_up(Task(folder, office.database.now(), None))
        shutil.copy(folder.with_name("old.db"), folder / BOOK_NAME)
        desk = Desk(folder, read_index(), training=False)
        desk.window.resize(1366, 768)
        desk.window.show()
        QTest.qWait(2000)
        grab(desk.window, "guide-1366")
        desk.window.close()
        desk.opening.close()


def from_stick() -> None:
    """Somebody came with a stick to a PC on which nothing was done."""
    with TemporaryDirectory() as place:
        stick, times = Path(place) / "LINCANG", iter(NOW - timedelta(days=days) for days in (3, 2, 1))
        stick.mkdir()
        (Path(place) / "mounts").write_text(f"/dev/sdc1 {stick} vfat rw 0 0\n", "utf-8")
        with closing(open_office(Path(place) / "old", lambda: NOW - timedelta(days=4))) as office:
            office.decide_profile(confirmed(office.profile))
            name_place(office, stick)
            for n, time in enumerate(times):
                issue_slip(office, a_request(request_id=f"{n}"))
                back_up(Task(office.folder, time, None))
        volumes.MOUNTS = Path(place) / "mounts"
        with shown(filled=False) as at:
            control(Key.Key_O)
            QTest.qWait(SETTLED_MS)
            grab(at.window, "from-stick-1366")


def pack() -> None:
    """A centre's pack on a stick, before it is taken."""
    with TemporaryDirectory() as place:
        stick = Path(place) / "LINCANG"
        stick.mkdir()
        (Path(place) / "mounts").write_text(f"/dev/sdc1 {stick} vfat rw 0 0\n", "utf-8")
        with closing(open_office(Path(place) / "centre", lambda: NOW)) as centre:
            centre.decide_profile(confirmed(centre.profile))
            approve_renamed(centre, "租房提取")
            packed(centre, stick / "2026-11-30.pack")
        volumes.MOUNTS = Path(place) / "mounts"
        with shown() as at:
            page = at.page("items")
            take_pack(page)
            while not page.reviewing.mode.pack.take.isEnabled():
                QTest.qWait(SETTLED_MS)
            grab(at.window, "pack-1366")


def rating() -> None:
    with shown() as at:
        page = VisitorPage(at.office, "B08", "租赁市场住房提取")
        page.resize(1366, 768)
        page.show()
        page.activateWindow()
        page.setFocus()
        press(Key.Key_2)
        grab(page, "rating-1366")
        page.reject()


def standing() -> None:
    with shown() as at:
        at.at_the_desk("b08", "122")
        press(Key.Key_F10)
        grab(at.window, "desk-standing")


def told_once() -> None:
    with shown() as at:
        told_otherwise(at.office)
        at.at_the_desk("b08", "111", "玉罕", PHONES["玉罕"])
        QTest.qWait(1000)
        control(Key.Key_L)
        press(Key.Key_Right)
        grab(at.window, "told-once")


def phrases() -> None:
    with shown() as at:
        at.at_the_desk("b01", "121211", "召存信罕", "13800000461")
        press(Key.Key_F8)
        control(Key.Key_J)
        grab(at.window, "phrases-docked")
        press(Key.Key_J, Modifier.ControlModifier | Modifier.ShiftModifier)
        QTest.qWait(SETTLED_MS)
        grab(at.desk.phrases.panel.window(), "phrases-floating")


def signs() -> None:
    with shown() as at:
        at.desk.phrases.open_signs(SignKind.AWAY)
        dialog = at.desk.phrases.signs
        assert dialog is not None
        grab(dialog, "sign-dialog")
        dialog.close()


def exercise() -> None:
    with shown(training=True, filled=False) as at:
        at.desk.exercising.chance = Random(5)
        at.desk.exercising.begin()
        grab(at.window, "exercise-1366")


PICTURES: dict[str, Callable[[], None]] = {
    "first-1366": first, "cases-1366": cases, "archive-1366": archive, "correcting-1366": correcting, "due-1366": due, "destruction-list": due, "unprinted-1366": unprinted,
    "registers-1366": registers, "handover-1366": handover, "lead-1366": lead, "closing-1366": day_closed, "copies-1366": day_closed, "closing-waiting": still_waiting,
    "sealing-1366": sealing, "opening-1366": sealed,
    "settings-1366": settings, "settings-machine-1366": settings, "calendar-1366": settings, "settings-review": settings_review,
    "check-up-1366": check_up, "exchange-1366": exchange, "about-1366": about, "place-1366": where_it_lies, "guide-1366": guide, "from-stick-1366": from_stick, "pack-1366": pack, "rating-1366": rating, "desk-standing": standing,
    "told-once": told_once, "phrases-docked": phrases, "phrases-floating": phrases, "sign-dialog": signs, "exercise-1366": exercise,
}  # fmt: skip
"""What draws each picture; one may draw several."""


def main(names: list[str]) -> int:
    """Draws them into docs/images."""
    make_application()
    for draw in dict.fromkeys(PICTURES[name] for name in names or PICTURES):
        prepare()
        draw()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
