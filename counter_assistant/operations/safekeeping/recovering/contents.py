"""一份没有密封的拷贝说出自己是谁的：哪个窗口，几份文书，几个人；不打开，不写，读不出就不说."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.sqlite import driver
from counter_assistant.storage.journal import chain
from counter_assistant.storage.journal.body_codec import unpacked
from counter_assistant.storage.journal.upcasters import upcast

_SLIPS = 'SELECT count(*) FROM "archive"'
_PROFILE = 'SELECT p."body" FROM "entry" e JOIN "payload" p ON p."seq" = e."seq" WHERE e."kind" = ? ORDER BY e."seq" DESC LIMIT 1'
_UNREAD = (*driver.ERRORS, Refusal, OSError, KeyError, TypeError, ValueError, IndexError)


class Contents(NamedTuple):
    """Whose book it is, by branch and window; how many slips were issued; how many people the office has."""

    whose: str
    slips: int
    people: int

    @property
    def in_words(self) -> str:
        """耿马管理部・综合窗口 2，文书 128 份，经办人 8 人."""
        return f"{self.whose}，文书 {self.slips} 份，经办人 {self.people} 人"


def contents_of(book: Path) -> Contents | None:
    """What a copy says that anybody can read, as it lies; None where it is sealed, nobody's yet, damaged, or no book."""
    with suppress(*_UNREAD), closing(driver.as_it_lies(book)) as opened:
        ((slips,),) = opened.execute(_SLIPS).fetchall()
        ((body,),) = opened.execute(_PROFILE, (EntryKind.OFFICE_PROFILE.value,)).fetchall()
        kind = EntryKind.OFFICE_PROFILE
        profile = OfficeProfile.from_payload(upcast(kind, chain.parse(unpacked(body))))
        return Contents(f"{profile.branch}・{profile.window}", int(slips), len(profile.clerks))
    return None
