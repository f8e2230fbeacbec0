"""受理台的窗口，和它背后的东西：台账、各页、文明用语、打印机。"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import local_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.suggestions import AtHand
    from counter_assistant.printing import Printer
    from counter_assistant.storage.content.catalogue_index import CatalogueIndex
    from counter_assistant.ui.shell.main_window import PageSpec


class Desk:
    """The window and what stands behind it."""

    def __init__(self, folder: Path, index: CatalogueIndex, *, training: bool) -> None:
        from counter_assistant.ui.desk.page import DeskPage
        from counter_assistant.ui.phrases.dock import PhrasesSeat
        from counter_assistant.ui.shell.main_window import MainWindow, PageSpec
        from counter_assistant.ui.shell.opening import Opening

        self.folder, self.training, self.index = folder, training, index
        self.opening = Opening(self._open_office)
        self.page = DeskPage(index.search, self.opening.office)
        start = PageSpec("desk", "受理", "F2", lambda _office: self.page)
        self.window = MainWindow(start, self.page, self._pages(), self.opening.office)
        self.phrases = PhrasesSeat(self.window, folder)
        self.page.case_wanted.connect(self._show_case)
        self.page.approval_wanted.connect(self._begin_approval)
        self.window.painted.connect(self.opening.start)
        self.window.retry.connect(self.opening.retry)
        self.window.closing.connect(self._keep_place)
        self.opening.opened.connect(self._opened)
        self.opening.refused.connect(self.window.show_trouble)

    def run(self, app: QApplication, *, phrases: bool = False) -> int:
        """Shows the window until it is closed. A second start calls the first one, or its `phrases`, and ends."""
        from counter_assistant.ui.shell.single_instance import PHRASES, RAISE, SingleInstance

        place = SingleInstance(self.folder)
        if _made(self.folder) and not place.claim() and place.call_first(PHRASES if phrases else RAISE):
            return 0
        place.called.connect(self.window.raise_)
        place.phrases_called.connect(self.phrases.call)
        if phrases:
            self.phrases.call()
        self.window.painted.connect(place.listen)
        sys.excepthook = self._unexpected
        self.window.restore(local_settings.load(self.folder).geometry)
        self.window.show()
        code = app.exec()
        place.release()
        self.opening.close()
        return code

    def _pages(self) -> list[PageSpec]:
        """The pages besides the desk. A page that is not finished is not in this list."""
        from counter_assistant.ui.shell.main_window import PageSpec

        return [
            PageSpec("cases", "办件", "F3", self._cases),
            PageSpec("archive", "档案", "F4", _archive),
            PageSpec("items", "事项", "F6", self._items),
            PageSpec("settings", "设置", "", self._settings),
        ]

    def _items(self, office: Office) -> QWidget:
        from counter_assistant.ui.items.page import ItemsPage

        page = ItemsPage(office, self.index.search)
        page.item_wanted.connect(self._begin_at_the_desk)
        page.approvals_changed.connect(self._approvals_changed)
        return page

    def _begin_approval(self, item_id: str) -> None:
        """F9 at the desk was refused because the centre has not approved the item: it is recorded on the 事项 page."""
        from counter_assistant.ui.items.page import ItemsPage

        self.window.show_page("items")
        page = self.window.stack.currentWidget()
        if isinstance(page, ItemsPage):
            page.begin_approval(item_id)

    def _approvals_changed(self) -> None:
        self.window.show_office(self.opening.office())
        self.page.refresh()

    def _begin_at_the_desk(self, item_id: str, name: str) -> None:
        self.window.show_page("desk")
        self.page.take_item(item_id, name)

    def _cases(self, office: Office) -> QWidget:
        from counter_assistant.ui.cases.page import CasesPage

        page = CasesPage(office)
        page.wanted_on_desk.connect(self._go_on_at_the_desk)
        page.paper_wanted.connect(self._show_paper)
        return page

    def _go_on_at_the_desk(self, request: Request) -> None:
        self.window.show_page("desk")
        try:
            self.page.take_request(request)
        except Refusal as refusal:
            self.window.status.say(str(refusal))

    def _show_case(self, number: str) -> None:
        """A number typed or scanned at the desk leads to its case; what is on the desk stays there."""
        from counter_assistant.ui.cases.page import CasesPage

        self.window.show_page("cases")
        page = self.window.stack.currentWidget()
        if not isinstance(page, CasesPage):
            return
        try:
            if not page.open_number(number):
                page.say("本机台账里没有这个编号。请核对编号，或者在档案页按姓名查找。", "attention")
        except Refusal as refusal:
            page.say(str(refusal), "attention")

    def _show_paper(self, number: str) -> None:
        from counter_assistant.ui.archive.page import ArchivePage

        self.window.show_page("archive")
        page = self.window.stack.currentWidget()
        if isinstance(page, ArchivePage):
            page.open(number)

    def _settings(self, office: Office) -> QWidget:
        from counter_assistant.ui.settings.page import SettingsPage

        page = SettingsPage(office)
        page.profile_changed.connect(self._profile_changed)
        page.calendar_changed.connect(self.page.refresh)
        page.phrases_changed.connect(self.phrases.phrases_changed)
        return page

    def _open_office(self) -> Office:
        from counter_assistant.operations.office import open_office

        folder = self.folder.parent if self.training else self.folder
        return open_office(folder, training=self.training)

    def _opened(self, office: Office) -> None:
        from counter_assistant.ui.first_run.page import FirstRunPage, needed
        from counter_assistant.ui.settings.clerk_switch import ClerkSwitch
        from counter_assistant.ui.shell.clock_band import ClockBand
        from counter_assistant.ui.shell.training_band import TrainingBand

        window = self.window
        window.end_instead()
        window.show_office(office)
        self.page.attach(office)
        self.phrases.attach(office, self._at_hand)
        self.page.matter_changed.connect(self.phrases.desk_changed)
        self._switch = ClerkSwitch(office)
        self._switch.switched.connect(self._profile_changed)
        self._switch.status_message.connect(window.status.say)
        window.bar.seat(self._switch)
        if office.training:
            window.show_band(TrainingBand(window))
        else:
            band = ClockBand(office, window)
            band.told.connect(window.status.say)
            window.show_band(band)
        if needed(office):
            first = FirstRunPage(office)
            first.finished.connect(self._begun)
            window.show_instead(first)
        self._look_for_printer()

    def _begun(self) -> None:
        self.window.end_instead()
        self._profile_changed()

    def _profile_changed(self) -> None:
        """What the papers and the bar say of this office is another now."""
        self._switch.refresh()
        self.window.show_office(self.opening.office())
        self.page.renew_office()
        self.phrases.phrases_changed()

    def _at_hand(self) -> AtHand:
        """What stands on the desk, for the phrases of the moment."""
        from counter_assistant.operations.wording.suggestions import AtHand

        return AtHand(self.page.matter, self.page.served)

    def _look_for_printer(self) -> None:
        from counter_assistant.ui.print_service import PrintService

        def seen(printers: list[Printer]) -> None:
            chosen = local_settings.load(self.folder).printer
            used = [printer for printer in printers if printer.name == chosen or (not chosen and printer.is_default)]
            self.window.status.show_printer(used[0].label if used else "", used[0].trouble if used else "")

        service = PrintService(self.folder, parent=self.window)
        service.seen.connect(seen)
        service.look()

    def _keep_place(self) -> None:
        local_settings.change(self.folder, geometry=self.window.place_now())

    def _unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from counter_assistant.ui.shell.error_log import UNEXPECTED, note_error

        note_error(self.folder, kind, trace)
        self.window.status.say(UNEXPECTED)


def _archive(office: Office) -> QWidget:
    from counter_assistant.ui.archive.page import ArchivePage

    return ArchivePage(office)


def _made(folder: Path) -> bool:
    """Whether the folder is there; where it cannot be made the book refuses with a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True
