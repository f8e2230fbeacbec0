"""还差什么：F9 之前逐项列出，回车到第一项。Pure: asks the same checks that issuing asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.outcome import Clock, Eligibility
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.checks import check_accepting, check_departure, check_details, check_promise
from counter_assistant.operations.matter import NAMELESS, Matter
from counter_assistant.operations.typed_words import forbidden_in
from counter_assistant.ui.desk import details, persons

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording_check import Found

FIELD_OF_CHECK = {
    "reason-needed": "reason", "eligibility-unchecked": "conditions", "materials-incomplete": "materials",
    "item-unapproved": "approval", "due-past": "due", "due-reason-needed": "due_reason", "delay-incomplete": "due",
    "delay-not-later": "due", "due-beyond-statute": "due",
}  # fmt: skip
"""Where on the desk a refused check is put right."""

_WORDS = {"conditions": "资格条件待核", "materials": "材料不齐", "approval": "事项未经本中心批准",
          "defects": "须改原因里的忌语"}  # fmt: skip


class Lack(NamedTuple):
    """A place of the desk that keeps a paper from being issued, what it is called, and what is wrong there."""

    key: str
    words: str
    fault: Refusal


def lacking(office: Office, matter: Matter, faults: dict[str, Refusal], *, oral: bool = False) -> list[Lack]:
    """What keeps F9 from issuing, in the page's order. An oral notice carries nothing of a paper but what
    is to be mended, and needs no name."""
    forbidden = {key: found for key, found in forbidden_in(matter).items() if key == "defects" or not oral}
    on_paper = details.LABELS.keys() - ({"quoted"} if "defects" in forbidden else set())
    found = {key: fault for key, fault in faults.items() if not (oral and key in on_paper)}
    if not oral:
        for key, refusal in _refused(office, matter):
            found.setdefault(key, refusal)
    if not matter.request.details.quoted and "quoted" not in found:
        for key, words in forbidden.items():
            found.setdefault(key, _unkept(words))
    order = ("conditions", "materials", "defects", *persons.FIELDS, *details.LABELS, "approval")
    return [Lack(key, _words(key, matter), found[key]) for key in order if key in found]


def _refused(office: Office, matter: Matter) -> list[tuple[str, Refusal]]:
    """Every check that would refuse, by where it is put right."""
    checks: tuple[Callable[[], None], ...] = (
        lambda: check_departure(matter),
        lambda: check_accepting(matter, training=office.training, confirmed=office.profile.confirmed),
        lambda: _check_complete(office, matter),
        lambda: check_details(matter),
        lambda: check_promise(matter, office.calendar),
        lambda: _check_stated(matter),
        lambda: _check_name(matter),
        lambda: _check_number(matter),
    )
    found = []
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            found.append((FIELD_OF_CHECK.get(refusal.code) or persons.FIELD_OF_REFUSAL.get(refusal.code, ""), refusal))
    return found


def _unkept(found: Found) -> Refusal:
    return Refusal("forbidden-wording", f"{found.in_words}。", "请改写；转述他人原话的，按 Ctrl+U 保留。")


def _check_complete(office: Office, matter: Matter) -> None:
    """What stands behind an unchecked eligibility is said in the same breath."""
    settled = replace(matter, standing=replace(matter.standing, eligible=Eligibility.YES))
    check_accepting(settled, training=office.training, confirmed=office.profile.confirmed)


def _check_stated(matter: Matter) -> None:
    """What is held is registered with the day until which the applicant hears of it (守则 一(五)3⑵)."""
    if matter.kind is None and matter.outcome.clock is Clock.STATED_LIMIT and not matter.request.details.due:
        raise Refusal("due-past", "没有写明告知当事人的期限。", "请填写日期。")


def _check_name(matter: Matter) -> None:
    if matter.kind and not matter.applicant.name:
        raise Refusal("name-needed", "书面文书要写当事人姓名。", "请填写姓名。")


def _check_number(matter: Matter) -> None:
    if matter.kind and matter.kind not in NAMELESS and not matter.applicant.id_number:
        raise Refusal("id-number-needed", f"“{matter.kind.in_words}”要填完整的证件号码。", "请填写证件号码。")


def _words(key: str, matter: Matter) -> str:
    if key in details.LABELS:
        return details.label_of(key, matter)
    return persons.LABELS.get(key) or _WORDS[key]
