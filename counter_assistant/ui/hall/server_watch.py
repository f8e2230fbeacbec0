"""大厅的服务器在不在：在大厅，没有应答了一会儿就说可以离线出具；离线时，应答了就说可以回大厅。一句话，一个键。"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_assistant.operations.book_opening import system_clock
from counter_assistant.operations.offline.working import is_ready
from counter_assistant.operations.server_books import is_reached
from counter_assistant.storage.server.book_place import read_book_place
from counter_assistant.ui.sealing.deriving import Deriving
from counter_assistant.ui.shell.bands.band import Band

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

OFFER_AFTER_S = 15.0
"""For so many seconds a server is waited for before working offline is offered: shorter ones come and go."""
LOOK_MS, ASK_MS = 1000, 5000
"""How often it is looked how long a server has been silent, and how often one that was away is asked."""
KEY = "Alt+X"
AWAY = "台账服务器从 {} 起没有应答。可以先离线出具：接着办，编号是这台电脑自己的，连上以后送回大厅。"
NOT_READY = "台账服务器从 {} 起没有应答。请检查网线；打好的都在，连上以后接着办。"
BACK = "台账服务器应答了。办完这一位，回大厅接着办；离线时出具的自己送过去。"
OFFLINE, TO_HALL = "离线出具", "回大厅"


class AwayBand(Band):
    """In a hall: says that its server is away, and offers to go on offline."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__("away", OFFLINE, KEY, window)
        self._office = office
        self.hide()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Shows for how long the server has been silent, or hides."""
        database = self._office.database
        if database.closed:
            return
        silent = database.silent
        if silent >= OFFER_AFTER_S and self.isHidden():
            ready, since = is_ready(self._office.folder), system_clock() - timedelta(seconds=silent)
            self.confirm.setVisible(ready)
            self.confirm.setEnabled(ready)
            self.label.say((AWAY if ready else NOT_READY).format(f"{since:%H:%M}"))
        self.shown.emit(silent >= OFFER_AFTER_S)


class BackBand(Band):
    """Offline: says that the server of the hall answers again, and leads back."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__("back", TO_HALL, KEY, window)
        self._place = read_book_place(office.folder.parent)
        self._asking = Deriving(self)
        self.label.say(BACK)
        self.hide()
        self._asking.done.connect(lambda reached: self.shown.emit(bool(reached)))
        self._timer = QTimer(self, interval=ASK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Asks the server, in a thread."""
        self._asking.start(lambda: is_reached(self._place))

    def close_down(self) -> None:
        """Waits for what is asked."""
        self._timer.stop()
        self._asking.close_down()
