"""大厅与离线之间怎样换：没办完的带过去，程序换一本台账重新打开；在大厅时，离线出具的自己送回服务器。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.mode import Mode
from counter_assistant.operations.book_opening import require_offline, system_clock
from counter_assistant.ui import local_settings
from counter_assistant.ui.hall.server_watch import OFFLINE, TO_HALL, AwayBand, BackBand
from counter_assistant.ui.restart import restart
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.shell.bands.band import Band
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext
from counter_assistant.ui.shell.requests import ContinueDraft

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.offline.returning import Brought
    from counter_assistant.ui.desk.page import DeskPage
    from counter_assistant.ui.shell.main_window import MainWindow

FOLLOW_MS = 3_600_000
"""How often a PC in a hall is told what the hall has decided since."""
SENT = "离线时出具的 {} 份已送到服务器，在档案里搜“离线”看。"
OPEN_CASES = "这台电脑上离线受理的还有 {} 件没办结，搜“离线出具”进去办。"
SERVER_AWAY = "服务器没有应答"
STANDING = "离线，{} 起，编号是本机的"


class OfflineSwitch(QObject):
    """Leads a window of a hall to work offline, and back; `band` says when. Of an office in a hall, or offline."""

    def __init__(self, office: Office, context: PageContext, window: MainWindow, desk: DeskPage) -> None:
        super().__init__(window)
        self._office, self._context, self._window, self._desk = office, context, window, desk
        self._offline = office.database.offline
        self.folder = office.folder.parent if self._offline else office.folder
        self.band: Band = BackBand(office, window) if self._offline else AwayBand(office, window)
        self._following, self._said_away = Deriving(self), False
        window.closing.connect(self._following.close_down)
        self._offer()
        QTimer.singleShot(0, self, self._go_on)

    def _offer(self) -> None:
        window, band = self._window, self.band
        names, initials = (
            (("回到大厅", TO_HALL), ("hddt", "hdt")) if self._offline else ((OFFLINE, "离线"), ("lxcj", "lx"))
        )
        switch = partial(self.switch, offline=not self._offline)
        band.acted.connect(switch)
        self._context.offer(NamedAction(names, initials, lambda _window: switch()), switch)
        if isinstance(band, BackBand):
            window.closing.connect(band.close_down)
            self._context.office_changed.connect(self._say_mode)
            self._context.approvals_changed.connect(self._say_mode)
            self._say_mode()
            return
        band.shown.connect(self._say_away)
        local_settings.change(self.folder, offline_since="")
        self._following.done.connect(self._brought)
        self._following.refused.connect(lambda refusal: window.status.say(str(refusal)))
        follow = QTimer(self, interval=FOLLOW_MS)
        follow.timeout.connect(self._follow)
        follow.start()

    def switch(self, *, offline: bool, start: Callable[[list[str]], bool] | None = None) -> None:
        """Opens the program anew, offline or in the hall; what stands on the desk goes along."""
        now = local_settings.load(self.folder)
        draft = self._draft()
        try:
            if offline:
                require_offline(self.folder / paths.OFFLINE)
            self._window.leave_to_another()
            since = (now.offline_since or system_clock().isoformat()) if offline else now.offline_since
            local_settings.change(
                self.folder, opener=self._office.profile.current_clerk, draft=draft, offline_since=since
            )
            restart(training=False, start=start, offline=offline)
        except Refusal as refusal:
            self._window.status.say(str(refusal))

    def _draft(self) -> str:
        """The id of what stands on the desk and is not done; empty where nothing does."""
        desk = self._desk
        return desk.model.state.uuid if desk.attached and not (desk.model.state.pristine or desk.served) else ""

    def _go_on(self) -> None:
        """Goes on with what stood on the desk where the clerk comes from."""
        draft = local_settings.load(self.folder).draft
        if draft:
            local_settings.change(self.folder, draft="")
            self._context.ask(ContinueDraft(draft))
        if not self._offline:
            self._follow()

    def _follow(self) -> None:
        """Sends in what was issued offline, in a thread: nobody waits for it."""
        from counter_assistant.operations.offline.returning import bringing

        if not self._office.database.closed:
            self._following.start(bringing(self._office))

    def _brought(self, came: Brought) -> None:
        if self._office.database.closed:  # the window was closed meanwhile, and waited for it
            return
        said = (
            came.aside,
            SENT.format(came.slips) if came.slips else "",
            OPEN_CASES.format(came.cases) if came.slips and came.cases else "",
        )
        if words := "".join(said):
            self._window.status.say(words)
            self._context.recorded.emit()

    def _say_away(self, away: bool) -> None:
        if away is not self._said_away:
            self._said_away = away
            self._window.status.show_mode(Mode.NORMAL, SERVER_AWAY if away else "")

    def _say_mode(self) -> None:
        since = local_settings.load(self.folder).offline_since
        at = datetime.fromisoformat(since) if since else system_clock()
        day = "" if at.date() == self._office.today() else f"{at.month}月{at.day}日 "
        self._window.status.show_mode(Mode.OFFLINE, STANDING.format(f"{day}{at:%H:%M}"))
