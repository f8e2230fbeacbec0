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


def normal(said: str) -> str:
    """One spelling for what two keyboards may compose differently."""
    return unicodedata.normalize("NFC", said)
