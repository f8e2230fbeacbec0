"""受理台的窗口，和它背后的东西：台账、各页、文明用语、打印机。"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui import local_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counter_assistant.domain.closing.closing_entry import Closed, Period
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.suggestions import CurrentMatter
    from counter_assistant.storage.content.catalogue_index import CatalogueIndex
    from counter_assistant.ui.backing_up import BackingUp
    from counter_assistant.ui.sealing.card_page import CardPage
    from counter_assistant.ui.sealing.hand_over import HandOver
    from counter_assistant.ui.settings.clerk_switch import ClerkSwitch
    from counter_assistant.ui.shell.bands.band import Band, Bands


class Desk:
    """The window and what stands behind it. `page` is the start page, which is there before the office is open."""

    def __init__(self, folder: Path, index: CatalogueIndex, *, training: bool) -> None:
        from counter_assistant.ui.desk.spec import SPEC
        from counter_assistant.ui.hall.way_in import WayIn
        from counter_assistant.ui.pages import PAGES
        from counter_assistant.ui.phrases.dock import PhraseDock
        from counter_assistant.ui.recovery.recovery import Recovery
        from counter_assistant.ui.shell.main_window import MainWindow
        from counter_assistant.ui.shell.opening import Opening
        from counter_assistant.ui.shell.page_spec import PageContext

        self.folder, self.training = folder, training
        self.opening = Opening(self._open_office)
        self._index = index
        self.context = PageContext(self.opening.office, lambda text: self._index.search(text))  # noqa: PLW0108 - the index may become another
        self.page = SPEC.build(self.context)
        self.window = MainWindow(PAGES, self.page, self.context)
        self.recovery = Recovery(self.window, folder, training=training)
        self.way_in = WayIn(self.window, folder, self.opening, self.recovery)
        self.phrases = PhraseDock(self.window, folder)
        self.window.bar.add_act("文明用语", "Ctrl+J", self.phrases.toggle)
        self.context.office_changed.connect(self._show_office)
        self.context.sealing_asked.connect(self._show_sealing)
        self.context.closing_asked.connect(self._show_closing)
        self.context.copies_asked.connect(self._show_copies)
        self.context.approvals_changed.connect(self._show_content)
        for changed in (self.context.office_changed, self.context.phrases_changed):
            changed.connect(self.phrases.phrases_changed)
        self.window.painted.connect(self.opening.start)
        self.window.retry.connect(self.opening.retry)
        self.window.painted.connect(self._watch_scans)
        self.window.closing.connect(self._keep_place)
        self.opening.opened.connect(self._opened)
        self.opening.refused.connect(self.way_in.refused)
        self.backing_up: BackingUp | None = None
        self._runs = False

    def run(self, app: QApplication, *, phrases: bool = False) -> int:
        """Shows the window until it is closed. A second start calls the first one, or its `phrases`, and ends."""
        from counter_assistant.ui.garbage import GarbageCollector
        from counter_assistant.ui.shell.single_instance import PHRASES, RAISE, SingleInstance, is_made

        place = SingleInstance(self.folder)
        if is_made(self.folder) and not place.claim() and place.call_first(PHRASES if phrases else RAISE):
            return 0
        place.called.connect(self.window.raise_)
        place.phrases_called.connect(self.phrases.bring_up)
        if phrases:
            self.phrases.bring_up()
        self.window.painted.connect(place.listen)
        self.window.painted.connect(lambda: GarbageCollector(self.window))
        sys.excepthook = self._unexpected
        self.window.place.restore(local_settings.load(self.folder).geometry)
        self._runs = True
        self.window.show()
        code = app.exec()
        if self.backing_up:
            self.backing_up.leave()
        place.release()
        self.opening.close()
        return code

    def _open_office(self) -> Office:
        return self.way_in.open()

    def _show_sealing(self) -> None:
        """The page that seals the book; of a sealed one, that of its passphrases."""
        from counter_assistant.ui.sealing.pages import sealing_page

        try:
            page = sealing_page(self.opening.office(), self._show_in_place)
        except Refusal as refusal:
            self.window.status.say(str(refusal))
            return
        self._show_in_place(page)

    def _show_closing(self, period: Period | None = None) -> None:
        """The page that closes a day, unless another period is asked for."""
        from counter_assistant.domain.closing.closing_entry import Period
        from counter_assistant.ui.closing.page import ClosingPage

        page = ClosingPage(self.opening.office(), period or Period.DAY)
        page.recorded.connect(self.context.recorded)
        page.copies_asked.connect(self._show_copies)
        page.asked.connect(self.context.ask)
        self._show_in_place(page)

    def _show_copies(self, closed: Closed) -> None:
        from counter_assistant.ui.closing.copies_page import CopiesPage

        self._show_in_place(CopiesPage(self.opening.office(), closed))

    def _show_in_place(self, page: CardPage) -> None:
        page.finished.connect(self.window.end_instead)
        self.window.show_instead(page)

    def _opened(self, office: Office) -> None:
        from counter_assistant.ui.first_run.page import needed
        from counter_assistant.ui.sealing.hand_over import HandOver
        from counter_assistant.ui.settings.clerk_switch import ClerkSwitch
        from counter_assistant.ui.shell.training_mark import TrainingMark

        window = self.window
        window.end_instead()
        window.show_office(office)
        self._index = office.content.index
        self.context.office_opened.emit(office)
        self.phrases.attach(office, self._at_hand)
        self.page.matter_changed.connect(self.phrases.desk_changed)
        switch = ClerkSwitch(office)
        hand_over = HandOver(office, window, self.folder, hide=self.phrases.step_aside)
        self._offer_actions(office, switch, hand_over)
        switch.asked.connect(hand_over.hand_over)
        switch.lock_wanted.connect(hand_over.lock)
        switch.chosen.connect(hand_over.enter)
        hand_over.switched.connect(self.context.office_changed)
        self.context.office_changed.connect(switch.refresh)
        window.bar.seat(switch)
        if office.training:
            from counter_assistant.ui.training.exercising import Exercising

            window.bar.mark(mark := TrainingMark(window))
            self.exercising = Exercising(office, self.context, window, self.page, self._show_in_place)
            mark.exercises_wanted.connect(self.exercising.begin)
        else:
            self._show_bands(office)
        self.recovery.opened(office)
        if needed(office) and not office.database.barred:
            from counter_assistant.ui.recovery.beginning import Beginning

            Beginning(window, office, self._begun).begin()
        self._follow_printer(office)
        self._keep_safe(office)
        if office.sealed and office.entered.by_master and not self.window.waits_for_another:
            self._show_sealing()  # whoever came in by the recovery sheet has no passphrase that they know

    def _before_leaving(self) -> str:
        """What whoever closes the window is told first; nothing where it is opened anew at once."""
        from counter_assistant.ui.restart import is_restarting

        return self.backing_up.before_leaving() if self.backing_up and not is_restarting() else ""

    def _show_bands(self, office: Office) -> None:
        """What is said over the pages."""
        from counter_assistant.ui.shell.bands.clock_band import ClockBand
        from counter_assistant.ui.shell.bands.leaving_band import LeavingBand

        clock, leaving = ClockBand(office, self.window), LeavingBand(self._before_leaving, self.window)
        clock.told.connect(self.window.status.say)
        self.window.asks_to_stay = leaving.asks_to_stay
        bands = self._bands(office, clock, leaving)
        bands.shown.connect(self.context.show_band)
        self.context.show_band(not clock.isHidden())
        self.window.show_band(bands)

    def _bands(self, office: Office, clock: Band, leaving: Band) -> Bands:
        """What is said over the pages: to whoever leaves, which answers what was done just now; of the clock; in a hall, and offline, of its server."""
        from counter_assistant.ui.shell.bands.band import Bands

        if not (office.database.shared or office.database.offline):
            return Bands(self.window, leaving, clock)
        from counter_assistant.ui.hall.offline_switch import OfflineSwitch

        self.offline = OfflineSwitch(office, self.context, self.window, self.page)
        if not office.database.shared:
            return Bands(self.window, leaving, self.offline.band, clock)
        from counter_assistant.ui.hall.waiting import WaitingBand

        return Bands(self.window, WaitingBand(office, self.window), leaving, self.offline.band, clock)

    def _keep_safe(self, office: Office) -> None:
        """What goes on by itself: the journal, the copies, and what has reached its end."""
        from counter_assistant.ui.backing_up import BackingUp
        from counter_assistant.ui.hall.others_watch import OthersWatch
        from counter_assistant.ui.housekeeping import Housekeeping
        from counter_assistant.ui.journal_watch import JournalWatch
        from counter_assistant.ui.pages import offer_in_place
        from counter_assistant.ui.ratings.offering import RatingOffer
        from counter_assistant.ui.shell.requests import ShowMachine

        window = self.window
        window.status.second_place.pressed.connect(lambda: self.context.ask(ShowMachine()))
        self.journal_watch = JournalWatch(office, window.status.show_second_place, window)
        self.context.recorded.connect(self.journal_watch.look)
        self.housekeeping = Housekeeping(office, lambda: self.page.matter is None, window)
        backing_up = self.backing_up = BackingUp(office, lambda: self.page.matter is None, window)
        backing_up.overdue.connect(window.status.show_backup)
        backing_up.told.connect(self.context.backup_told)
        backing_up.told.connect(lambda words, heed: window.status.say(words, attention=heed) if words else None)
        self.context.backup_asked.connect(backing_up.begin)
        self.context.is_copying = lambda: backing_up.running
        offer_in_place(office, self.context, window, self._show_in_place)
        self.ratings = RatingOffer(office, self.context, window, self._at_hand, self.phrases.step_aside)
        self.page.matter_changed.connect(self.ratings.follow)
        self.others = OthersWatch(office, self.context, window)
        if self._runs:
            backing_up.watch()

    def _offer_actions(self, office: Office, switch: ClerkSwitch, hand_over: HandOver) -> None:
        """What can be done anywhere, by its name in the search of the desk."""
        from counter_assistant.ui.window_actions import window_actions

        anywhere = window_actions(
            switch_clerk=switch.open,
            lock=hand_over.lock,
            choose_pin=hand_over.choose_pin,
            show_phrases=self.phrases.toggle,
            open_signs=self.phrases.open_signs,
            seal=self.context.sealing_asked.emit,
            close=self._show_closing,
            back_up=self.context.backup_asked.emit,
            restart=lambda: self._restart(training=not office.training),
            training=office.training,
        )
        for action in anywhere:
            self.context.offer(action, partial(action.act, self.window))

    def _restart(self, *, training: bool) -> None:
        from counter_assistant.ui.restart import restart

        try:
            restart(training, office=self.opening.office())
        except Refusal as refusal:
            self.window.status.say(str(refusal))

    def _begun(self) -> None:
        self.window.end_instead()
        self.context.office_changed.emit()

    def _show_office(self) -> None:
        self.window.show_office(self.opening.office())

    def _show_content(self) -> None:
        """The centre decided what is told: items may be called otherwise, or be new."""
        self._index = self.opening.office().content.index
        self._show_office()

    def _at_hand(self) -> CurrentMatter:
        """What stands on the desk, for the phrases of the moment."""
        from counter_assistant.operations.wording.suggestions import CurrentMatter

        return CurrentMatter(self.page.matter, self.page.served)

    def _watch_scans(self) -> None:
        from counter_assistant.ui.scanning.opening import ScannedPapers

        self.scans = ScannedPapers(self.window, self.context)

    def _follow_printer(self, office: Office) -> None:
        from counter_assistant.ui.printing.watch import PrinterWatch

        watch = self.printer_watch = PrinterWatch(office, parent=self.window)
        watch.said.connect(self.window.status.show_printer)
        self.window.closing.connect(watch.close_down)
        watch.look()
        if self._runs:
            watch.watch()

    def _keep_place(self) -> None:
        local_settings.change(self.folder, geometry=self.window.place.now())

    def _unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from counter_assistant.ui.shell.error_log import UNEXPECTED, note_error

        note_error(self.folder, kind, trace)
        self.window.status.say(UNEXPECTED)
