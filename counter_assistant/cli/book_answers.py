"""命令行 book 怎样答复：做了什么，现在谁打得开台账；新的恢复单."""

from __future__ import annotations

from argparse import Namespace

from counter_assistant.cli.answer import answer
from counter_assistant.domain.entry import Entry
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.office import Office

KEEP = "请把恢复单抄好，锁进保险柜：所有口令都忘了的时候，只有它能打开台账。"
NEW_KEY = "台账已换新钥匙，以前的钥匙文件只打得开以前的拷贝。"


def acting(options: Namespace, office: Office) -> str:
    """Who acts, by staff number.

    Raises:
        Refusal: `nobody-acts`.
    """
    if not options.acting:
        raise Refusal("nobody-acts", "没有写明是谁在办。", "请用 --as 写明工号。")
    return office.profile.current_clerk


def answer_people(options: Namespace, office: Office, entry: Entry, done: str, words: str = "") -> None:
    """What was done, and who opens the book now; with the words of a new sheet."""
    people = list(sealing.people(office))
    value = {"sealed": True, "people": people, "entry": entry.seq} | ({"sheet": words} if words else {})
    text = [done, f"能打开台账的工号：{'、'.join(people)}"]
    text += [f"恢复单：{in_fours(words)}", KEEP] if words else []
    answer(options, value, text, done=f"{done}{f'恢复单：{words}' if words else ''}")


def in_fours(words: str) -> str:
    """The words of a sheet, four by four."""
    return "　".join(words[n : n + 4] for n in range(0, len(words), 4))
