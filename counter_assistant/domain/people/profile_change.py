"""单位资料怎样改不得：换人要本人登录，打得开台账的工号不改给别人，总有一位管理员打得开台账."""

from __future__ import annotations

from collections.abc import Collection

from counter_assistant.domain.people import roles
from counter_assistant.domain.people.office_profile import OfficeProfile
from counter_assistant.domain.refusal import Refusal


def sign_in_needed() -> Refusal:
    """The refusal for another clerk at the window who has not shown who they are."""
    return Refusal("sign-in-needed", "换人要本人登录。", "请按 Ctrl+K，由本人输 PIN 或者口令。")


def another_clerk(acting: str, clerk: str) -> Refusal:
    """The refusal for an act in the name of a clerk who is not the one that opened the book."""
    return Refusal(
        "another-clerk", f"打开台账的是工号 {acting}，经办人却写着“{clerk}”。", "请由经办人本人打开台账来办。"
    )


def no_clerk_any_more(acting: str) -> Refusal:
    """The refusal for whoever was taken out of the clerks while they were signed in."""
    return Refusal(
        "no-clerk-any-more",
        f"工号 {acting} 已经不在经办人里了，这里办不了。",
        "没办完的请交给同事；弄错了的，请管理员在设置里加回来。",
    )


def refuse_change(before: OfficeProfile, after: OfficeProfile, acting: str, opens: Collection[str]) -> None:
    """Asks whether a profile may follow another. `acting` is who signed in, by staff number, empty where nobody does; `opens` are
    those who open a sealed book with something of their own.

    Raises:
        Refusal: `sign-in-needed` (another would be at the window), `stays-confirmed`, `opens-the-book` (somebody who opens it
            would be gone, or their number somebody else's), `no-administrator`; what `require_administrator` refuses.
    """
    if acting and after.current_clerk != acting and not _has_another_number(before, after, acting):
        raise sign_in_needed()
    if before.confirmed and not after.confirmed:
        raise Refusal(
            "stays-confirmed", "单位资料已经确认，不能再改成没有确认的。", "请直接改好要改的内容，照旧确认着保存。"
        )
    was, now = before.clerk_names, after.clerk_names
    for who in opens:
        if was.get(who) != now.get(who) and not (who == acting and who in now):
            raise Refusal(
                "opens-the-book",
                f"工号 {who} 还打得开台账，不能去掉，也不能改号、改成别人的名字。",
                "请先在“密封台账和口令”里填这个工号，按 Ctrl+D 去掉其口令和钥匙文件，再来改。",
            )
    if roles.are_given(before) and not roles.are_given(after):
        raise Refusal("no-administrator", "这样改以后就没有管理员了。", "请先指定另一位管理员。")
    require_administrator(before, opens, after, opens)


def require_administrator(
    before: OfficeProfile, opened: Collection[str], after: OfficeProfile, opens: Collection[str]
) -> None:
    """Asks that an administrator opens the book as long as one did: before with those of `opened`, afterwards with those of `opens`.

    Raises:
        Refusal: `last-administrator`.
    """
    if roles.administrators(before) & set(opened) and not roles.administrators(after) & set(opens):
        raise Refusal(
            "last-administrator",
            "这样改以后，打得开台账的人里就没有管理员了。",
            "请先让另一位管理员有自己的口令，或者先指定一位打得开台账的管理员。",
        )


def _has_another_number(before: OfficeProfile, after: OfficeProfile, acting: str) -> bool:
    """Whether the one at the window is the same person under another number of their own."""
    number = after.current_clerk
    mine = acting not in after.clerk_names and number not in before.clerk_names
    return mine and after.clerk_names.get(number) == before.clerk_names.get(acting)
