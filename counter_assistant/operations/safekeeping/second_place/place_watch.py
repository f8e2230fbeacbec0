"""看第二个地方在不在：在另一个线程里看，谁也不等；在了，有没有到的，就是该补的时候."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from counter_assistant.domain.safekeeping.schedule import HALF_HOUR
from counter_assistant.domain.safekeeping.second_place import Reach, before_leaving
from counter_assistant.operations.office import Office
from counter_assistant.operations.safekeeping.backup_state import backup_state, full_copy_is_due, rests
from counter_assistant.operations.safekeeping.second_place.carrying import look
from counter_assistant.storage.safekeeping.background_job import BackgroundJob
from counter_assistant.storage.safekeeping.backup_folder import Backup, newest_of
from counter_assistant.volumes import is_plugged_in

PATIENCE, ON_LEAVING = 0.05, 0.5
"""Seconds that are waited at most for a place to say whether it is there: while somebody works, and of whoever leaves."""


class PlaceWatch:
    """Watches the second place of an office, which may be plugged in, pulled out, or a share that does not answer."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._job: BackgroundJob[Reach] | None = None
        self._tried: datetime | None = None

    def carrying_is_due(self, now: datetime, *, leaving: bool = False) -> bool:
        """Whether the place is there and lacks something. What was tried is tried again half an hour later, on `leaving`, or once the place
        was away in between.

        Raises:
            Refusal: what reading the book refuses.
        """
        state = backup_state(self._office.folder, now)
        newest = newest_of(state.own)
        if rests(self._office) or not state.settings.place or newest is None:
            return False
        reach = self._look(Path(state.settings.place), newest, ON_LEAVING if leaving else PATIENCE)
        if reach is Reach.AWAY:
            self._tried = None
            return False
        waits = not leaving and self._tried is not None and now - HALF_HOUR < self._tried <= now
        return not waits and (state.lacks or reach is Reach.BEHIND)

    def tried(self, now: datetime) -> None:
        """Something is being carried there now."""
        self._tried = now

    def before_leaving(self, now: datetime) -> str:
        """What whoever closes the window is to know: that the place is away, and something has not reached it; else empty.

        Raises:
            Refusal: what reading the book refuses.
        """
        state = backup_state(self._office.folder, now)
        named = state.settings.place
        if rests(self._office) or not named:
            return ""
        if not (state.lacks or full_copy_is_due(self._office, now, leaving=True)):
            return ""
        place = Path(named)
        if self._look(place, newest_of(state.own), ON_LEAVING) is not Reach.AWAY:
            return ""
        return before_leaving(named, plugged_in=is_plugged_in(place))

    def _look(self, place: Path, newest: Backup | None, patience: float) -> Reach:
        """What is seen of the place; that it is away while it does not answer, and nobody looks once more meanwhile."""
        job = self._job = self._job or BackgroundJob(partial(look, place, newest))
        if not job.wait(patience):
            return Reach.AWAY
        self._job = None
        try:
            return job.result()
        except OSError:
            return Reach.AWAY
