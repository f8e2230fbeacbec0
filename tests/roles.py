"""An office on which roles are tried, and a request for each kind of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.catalogue.approving import approve
from counter_assistant.operations.office import open_office
from tests.decision_rows import FURTHER, ROWS
from tests.make import NOW, confirmed

APPROVAL = Approval("临公积金〔2026〕9号", date(2026, 11, 20), "中心主任办公会", date(2026, 11, 23))
REQUESTS: dict[SlipKind, dict[str, Any]] = {
    SlipKind(slip): request for request, slip, *_ in ROWS.values() if slip != "none"
} | {SlipKind.CUSTODY_RECORD: FURTHER["2-custody"], SlipKind.DELAY_NOTICE: FURTHER["delay"]}
CENTRE = Source("centre", document="临公积金发〔2026〕12号", clause="第三条", day=date(2026, 11, 20))
APPROVED = ("A14", "A17", "B01", "B08")


class Counter:
    """An office whose clock can be moved; each role but those on trial is somebody else's, so that nothing falls to anybody."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.office = open_office(folder, self.clock)
        self.office.decide_profile(confirmed(self.office.profile))
        approve(self.office, APPROVED, self.office.today(), APPROVAL)

    def clock(self) -> datetime:
        """The time that it is made to be."""
        return self.now

    def give(self, role: Role) -> None:
        """The current clerk has this role and no other; a colleague has all."""
        first, second, *rest = self.office.profile.clerks
        clerks = (replace(first, roles=(role.value,)), replace(second, roles=tuple(Role)), *rest)
        self._record(replace(self.office.profile, clerks=clerks))

    def _record(self, profile: OfficeProfile) -> None:
        self.office.book.append(EntryKind.OFFICE_PROFILE, profile.to_payload())
        self.office.reread()
