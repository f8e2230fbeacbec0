"""要两个人才能办的事：旁边的一位是谁，用 PIN 或者口令说明是本人."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import tries


class Second(NamedTuple):
    """Another person who stands by, by staff number, and in a sealed book their PIN or passphrase."""

    who: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        return f"Second(who={self.who!r})"


NOBODY = Second()


def another(office: Office, second: Second, but: Collection[str], needed: Refusal) -> str:
    """The staff number of somebody else than those of `but`; in a sealed book they show who they are.

    Nothing is tried at a doubtful time: each wrong try is an entry.

    Raises:
        Refusal: `needed`, where nobody else stands by; `second-not-shown` (another PIN or passphrase, which is recorded); what
            `OfficeProfile.clerk`, `Book.require_sound_clock`, `tries.begin` and `tries.end` refuse.
    """
    other = office.profile.clerk(second.who).staff_number if second.who else ""
    if not other or other in but:
        raise needed
    if office.sealed:
        office.book.require_sound_clock()
        right = tries.begin(office, other, second.secret)()
        failed = tries.end(office, other, right)
        if not right:
            raise Refusal("second-not-shown", f"工号 {other} 的 PIN 或者口令不对。", tries.in_words(failed))
    return other
