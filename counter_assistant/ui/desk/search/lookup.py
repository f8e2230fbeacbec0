"""框里打的不是事项时：这个人没办完的办件和最近的文书，一张文书的编号，要做的事。"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.formatting import WEEKDAYS
from counter_assistant.domain.papers.kinds import KINDS, SlipKind
from counter_assistant.domain.papers.numbering import KIT_MARK
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.views.search_terms import matches_text, may_be_number, words
from counter_assistant.ui.desk.search.results import Row
from counter_assistant.ui.shell.requests import FindCase, ShowKit, ShowPaper

if TYPE_CHECKING:
    from datetime import datetime

    from counter_assistant.operations.office import Office
    from counter_assistant.storage.journal.records import ArchiveRow
    from counter_assistant.ui.shell.requests import PageRequest

MOST_CASES, MOST_SLIPS = 4, 4
_LOOKED_AT = 40
"""So many of what the book finds are looked at: it finds by the item too, which is not who is looked for here."""
UNNAMED = "未留姓名"
_SHORT_NUMBER = re.compile(f"([{''.join(row.series_mark for row in KINDS.values())}])\\s*([0-9]{{1,6}})号?")


class Lookup:
    """Finds people and papers for the search of the desk. `ask` is given the request for what a line shows, `load_font` every name
    before it is drawn, as its characters may be rare ones."""

    def __init__(
        self, office: Office, ask: Callable[[PageRequest | ShowKit], object], load_font: Callable[[str], object]
    ) -> None:
        self._office, self._ask, self._load_font = office, ask, load_font

    def records(self, typed: str) -> list[Row]:
        """The open cases and the last papers that a text of at least two characters finds."""
        if len(typed) < 2 or self._office.database.closed:
            return []
        try:
            cases = [
                case
                for case in self._office.cases.found(typed, limit=_LOOKED_AT)
                if case.open and _is_about(typed, case.applicant)
            ]
            shown = {number for case in cases for number in case.papers}
            slips = [row for row in self._slips(typed) if row.number not in shown]
        except Refusal:
            return []  # what keeps the book from being read is said where it is worked with
        today = self._office.today()
        rows = self._blank_rows(typed)
        rows += [self._case_row(case, typed, today) for case in cases[:MOST_CASES]]
        found = [self.slip_row(slip) for slip in slips[:MOST_SLIPS]]
        rows += [row for row in found if row.words not in [known.words for known in rows]]
        self._load_font("".join(row.text + row.detail + row.more for row in rows))
        return [Row("人和文书"), *rows] if rows else []

    def latest(self, limit: int) -> list[Row]:
        """The papers issued last. Raises Refusal where the book cannot be read."""
        rows = [self.slip_row(slip) for slip in self._office.archive.search(limit=limit)]
        self._load_font("".join(row.text + row.more for row in rows))
        return rows

    def slip_row(self, slip: ArchiveRow) -> Row:
        """A paper, which is opened in the archive."""
        kit = KIT_MARK if f"{KIT_MARK}〔" in slip.number else ""
        title = f"{SlipKind(slip.kind).in_words} {kit}{slip.number.rpartition('〕')[2]}"
        state = "作废" if slip.void else f"补打 {slip.reprints} 次" if slip.reprints else ""
        when = when_in_words(slip.issued_at, self._office.today())
        return Row(
            slip.applicant or (slip.item_name if slip.bare else UNNAMED), f"{when}{'　' if state else ''}{state}", partial(self._ask, ShowPaper(slip.number)),
            detail=title, more="" if slip.bare else slip.item_name, person=True,
        )  # fmt: skip

    def _slips(self, typed: str) -> Sequence[ArchiveRow]:
        archive = self._office.archive
        if short := _SHORT_NUMBER.fullmatch(typed):
            kind = next(kind for kind, row in KINDS.items() if row.series_mark == short[1])
            return archive.search(short[2].lstrip("0"), kind=kind.value, limit=MOST_SLIPS)
        return [
            row for row in archive.search(typed, limit=_LOOKED_AT) if _is_about(typed, row.applicant, *row.other_names)
        ]

    def _blank_rows(self, typed: str) -> list[Row]:
        """A slip for when the power is out (停电备用单) by its number: it is still to be recorded, or is opened in the archive."""
        if KIT_MARK not in typed:
            return []
        from counter_assistant.operations.kit.kits import BlankState, find_blank

        try:
            known = find_blank(self._office, typed)
            if known.state is BlankState.RECORDED:
                return [self.slip_row(self._office.archive.show(known.number).row)]
        except Refusal:  # no kit has it, or it was erased since
            return []
        if known.state is BlankState.VOID:
            return []
        act = partial(self._ask, ShowKit(known.number))
        return [Row(f"备用单 {known.number.rpartition('〕')[2]}", "补录", act, detail=known.blank.of.item_name)]

    def _case_row(self, case: Case, typed: str, today: date) -> Row:
        late = case.look_at is not None and case.look_at < today
        day = f"　{case.look_at:%m-%d}" if case.look_at else ""
        return Row(
            case.applicant or UNNAMED, f"{case.stage.label}{day}{' 超期' if late else ''}",
            partial(self._ask, FindCase(typed, case.id)), detail=case.item_name, person=True, alarming=late,
        )  # fmt: skip


def _is_about(typed: str, *names: str) -> bool:
    """Whether a word of a text is of the person, by any of their names, or of a number, and not of the item alone."""
    return any(may_be_number(word) or any(matches_text(word, name) for name in names) for word in words(typed))


def when_in_words(time: datetime, today: date) -> str:
    """今天 08:56, 周五 16:20 within the last six days, else 11-20 16:20, with the year where it is another one."""
    past, clock = (today - time.date()).days, f"{time:%H:%M}"
    if past == 0:
        return f"今天 {clock}"
    if 0 < past < len(WEEKDAYS):
        return f"周{WEEKDAYS[time.weekday()]} {clock}"
    return f"{time:%m-%d} {clock}" if time.year == today.year else f"{time:%Y-%m-%d}"
