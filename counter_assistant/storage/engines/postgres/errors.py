"""服务器的错误，说成经办人看得懂的话；没有回答的，不说“没有生效”。

By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html), the exact one first, else its class.
"""

from __future__ import annotations

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.engines.engine import DISK, LOCKED, NOTHING_HAPPENED, NUMBERS, UNSURE, number_taken
from counter_assistant.storage.engines.postgres.driver import (
    is_not_text,
    is_of_connection,
    is_of_password,
    is_twice,
    state_of,
)
from counter_assistant.storage.journal.chain import not_encodable

AWAY = "hall-away"
"""The code of the refusal that says that the server does not answer."""
SIGN_IN = "hall-sign-in"
"""The code of the refusal that says that the server lets nobody in with that; nothing has begun then."""
DAMAGED = "book-damaged"

_ASK_ADMINISTRATOR = "请联系服务器的管理员。"
_AWAY = (AWAY, "连不上台账服务器。", "请检查网线后再试；仍连不上的，请联系服务器的管理员。")
_BUSY = (LOCKED, "台账正被另一个窗口占用。", "请稍候再试。")
_SENTENCES = {
    "08": _AWAY,
    "57": _AWAY,
    "57014": _BUSY,
    "55P03": _BUSY,
    "40": _BUSY,
    "25P03": ("hall-late", "这一步停得太久，服务器已经让给别的窗口。", "请再试一次。"),
    "25006": ("book-read-only", "台账服务器现在只能读，不能写。", _ASK_ADMINISTRATOR),
    "28": (SIGN_IN, "台账服务器不认这个用户或密码。", "请核对后重试；忘记的请联系服务器的管理员。"),
    "3D": ("hall-unknown", "服务器上没有这个数据库。", f"请核对地址。{_ASK_ADMINISTRATOR}"),
    "42501": ("hall-no-right", "这个用户无权在这本台账里做这一步。", _ASK_ADMINISTRATOR),
    "53": ("hall-full", "台账服务器忙不过来。", f"请稍候再试；仍不行的，{_ASK_ADMINISTRATOR}"),
    "53100": ("disk-full", "台账服务器的磁盘已满，无法保存。", _ASK_ADMINISTRATOR),
    "53200": ("memory-full", "台账服务器内存不足。", _ASK_ADMINISTRATOR),
    "58": (DISK, "台账服务器读写磁盘出错。", _ASK_ADMINISTRATOR),
    "XX001": (DAMAGED, "台账服务器上的数据已损坏。", f"请不要再操作。{_ASK_ADMINISTRATOR}"),
    "XX002": (DAMAGED, "台账服务器上的索引已损坏。", f"请不要再操作。{_ASK_ADMINISTRATOR}"),
}


def refusal_of(error: BaseException) -> Refusal | None:
    """What to tell the clerk, or None where the error is the program's own fault and must not be hidden."""
    if isinstance(error, UnicodeEncodeError) or is_not_text(error):
        return not_encodable()
    if is_twice(error, *NUMBERS):
        return number_taken()
    state = state_of(error)
    if is_of_password(error):
        state = "28"
    away = is_of_connection(error) and not state
    found = _AWAY if away else _SENTENCES.get(state) or _SENTENCES.get(state[:2])
    if found is None:
        return None
    code, sentence, remedy = found
    return Refusal(code, sentence, remedy if code == SIGN_IN else NOTHING_HAPPENED + remedy)


def away() -> Refusal:
    """The refusal for a server that does not answer, and was not asked."""
    code, sentence, remedy = _AWAY
    return Refusal(code, sentence, NOTHING_HAPPENED + remedy)


def busy() -> Refusal:
    """The refusal for what is asked while another answer is waited for."""
    code, sentence, remedy = _BUSY
    return Refusal(code, sentence, NOTHING_HAPPENED + remedy)


def damaged(schema: str, detail: str) -> Refusal:
    """The refusal for a book that cannot be trusted."""
    return Refusal(DAMAGED, f"服务器上的台账已损坏（{detail}）：{schema}。", f"请不要再操作。{_ASK_ADMINISTRATOR}")


def unsure() -> Refusal:
    """The refusal for an act of which it is not known whether it is in the book."""
    return Refusal(
        UNSURE, "服务器没有回答，不知道这一步是否生效。",
        "请不要手写或另出文书。连上以后再按一次，接着办的是同一份，不会重复。",
    )  # fmt: skip
