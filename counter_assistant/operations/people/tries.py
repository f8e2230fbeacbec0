"""错了几次、还要等多久：每人只有一本账，登录页和旁边的第二位都记在上面；关了程序再开，当天的还算."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.key_entry import KeyAct, KeySlot, SignInFailed
from counter_assistant.domain.people.pin import Tries
from counter_assistant.operations.office import Office
from counter_assistant.operations.people import sign_in


def begin(office: Office, who: str, secret: str) -> Callable[[], bool]:
    """One more try to be a clerk, given by staff number: `sign_in.check`, whose answer is told to `end`.

    Raises:
        Refusal: `too-soon` (the wait after the last wrong try is not over); what `sign_in.check` refuses.
    """
    tries = tries_of(office, who)
    if left := tries.left(monotonic()):
        raise sign_in.too_soon(left)
    return sign_in.check(office, who, secret, pin_is_spent=tries.pin_is_spent)


def end(office: Office, who: str, right: bool) -> Tries:
    """Counts how a try ended: a right one begins anew, a wrong one is recorded, at a doubtful time once that is settled.

    Raises:
        Refusal: what `OpeningNotes.note` refuses; it is counted nevertheless.
    """
    tries = tries_of(office, who)
    if right:
        office.tries[who] = Tries()
        return tries
    tries.fail(monotonic())
    office.openings.note(EntryKind.SIGNIN_FAILED, SignInFailed(who, 1).to_payload())
    return tries


def in_words(office: Office, tries: Tries) -> str:
    """What follows from the wrong tries, for whoever made them."""
    if office.in_shift:
        return f"{tries.wait} 秒后可以再试；忘了的，请服务器的管理员换一个密码。"
    return "以后请用口令。" if tries.pin_is_spent else f"{tries.wait} 秒后可以再试；忘了 PIN 的，用口令。"


def tries_of(office: Office, who: str) -> Tries:
    """The wrong tries to be a clerk, given by staff number. Whoever acts has shown who they are since the program started."""
    if who not in office.tries:
        office.tries[who] = Tries() if who == office.profile.current_clerk else _tries_of_today(office, who)
    return office.tries[who]


def _tries_of_today(office: Office, who: str) -> Tries:
    """What the book says of today since their last PIN. That a try was right is no entry: hence today only."""
    slots = ((entry.seq, KeySlot.from_payload(entry.payload)) for entry in office.book.entries(EntryKind.KEY_SLOT))
    since = max((seq for seq, slot in slots if (slot.act, slot.who) == (KeyAct.PIN_SET, who)), default=0)
    tries, now = Tries(), office.database.now()
    for entry in office.book.entries(EntryKind.SIGNIN_FAILED, after=since):
        failed = SignInFailed.from_payload(entry.payload)
        if failed.who == who and entry.time.date() == now.date():
            for _ in range(failed.times):
                tries.fail(monotonic(), max(0.0, (now - entry.time).total_seconds()))
    return tries
