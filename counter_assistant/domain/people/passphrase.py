"""口令：多长才够，怎样写算同一个。"""

from __future__ import annotations

import unicodedata

from counter_assistant.domain.refusal import Refusal

SHORTEST = 12


def new_passphrase(said: str) -> str:
    """A passphrase that somebody chooses, in its one spelling.

    Raises:
        Refusal: `weak-passphrase`: fewer than 12 characters, or one character over and over.
    """
    passphrase = normal(said)
    if len(passphrase) < SHORTEST:
        what = f"口令只有 {len(passphrase)} 个字符，太短。"
    elif len(set(passphrase)) == 1:
        what = "口令全是同一个字符。"
    else:
        return passphrase
    raise Refusal("weak-passphrase", what, f"请用 {SHORTEST} 个以上字符，如几个不相干的词。")


def typed_passphrase(said: str) -> str:
    """A passphrase that is typed into a field which shows nothing: there no input method works, and none should learn it.

    Raises:
        Refusal: `passphrase-not-typed` (a character that is on no keyboard); what `new_passphrase` refuses.
    """
    passphrase = new_passphrase(said)
    if not (passphrase.isascii() and passphrase.isprintable()):
        raise Refusal(
            "passphrase-not-typed",
            "口令里有键盘上没有的字符。",
            "请只用字母、数字、空格和符号：输口令时不开输入法，也不让它记住。",
        )
    return passphrase


def normal(said: str) -> str:
    """One spelling for what two keyboards may compose differently."""
    return unicodedata.normalize("NFC", said)
