"""忘了口令：两个人一起给新的，或者用恢复单、中心的钥匙打开了再给。管理员一个人不能变成别人."""

from __future__ import annotations

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.keys.ring_changes import had_secret
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second, another


def stands_by(office: Office, by: str, who: str, second: Second) -> str:
    """The staff number of the other person without whom `by` gives nobody a new secret; empty where none is needed: to somebody
    who never had one, or by whoever opened the book with the sheet or the centre's key.

    Raises:
        Refusal: `second-person-needed`; what `another` refuses.
    """
    if office.entered.by_master or not had_secret(office, who):
        return ""
    needed = Refusal(
        "second-person-needed",
        f"工号 {who} 有过口令，忘了的要由两个人一起给新的。",
        "请再一位同事在旁边填工号和自己的 PIN 或者口令；没有别人的，用恢复单打开台账再给。",
    )
    other = another(office, second, {by, who}, needed)
    office.at_window.forget_coming()  # whoever stands by does not come to the window
    return other
