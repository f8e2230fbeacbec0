"""要两个人才能办的事：旁边的一位是谁，用 PIN 或者口令说明是本人；台账在服务器上的，用自己在那里的密码."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import tries


class Second(NamedTuple):
    """Another person who stands by, by staff number, and what they show (`shown_secret`)."""

    who: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        return f"Second(who={self.who!r})"


NOBODY = Second()


def shown_secret(office: Office) -> str:
    """What whoever stands by shows, in words: in a sealed book, and on a server that asks for passwords; empty where nobody is asked."""
    if office.in_shift:
        return "服务器上的密码"
    return "PIN 或者口令" if office.sealed else ""


def another(office: Office, second: Second, but: Collection[str], needed: Refusal) -> str:
    """The staff number of somebody else than those of `but`; where `shown_secret` says so they show who they are.

    Nothing is tried at a doubtful time: each wrong try is an entry.

    Raises:
        Refusal: `needed`, where nobody else stands by; `second-not-shown` (it is not theirs, which is recorded); what
            `OfficeProfile.clerk`, `Book.require_sound_clock`, `tries.begin` and `tries.end` refuse.
    """
    other = office.profile.clerk(second.who).staff_number if second.who else ""
    if not other or other in but:
        raise needed
    if shown := shown_secret(office):
        office.book.require_sound_clock()
        right = tries.begin(office, other, second.secret)()
        failed = tries.end(office, other, right)
        if not right:
            raise Refusal(
                "second-not-shown", f"{shown}不对，不知道是不是工号 {other} 本人。", tries.in_words(office, failed)
            )
    return other
