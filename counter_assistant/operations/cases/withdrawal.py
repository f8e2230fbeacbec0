"""撤销一步：记错的一步、办结或者当场办结，写明理由撤回；台账里两条记录都在。"""

from __future__ import annotations

from uuid import uuid4

from counter_assistant.domain.cases.act_entry import StepWithdrawn
from counter_assistant.domain.cases.case import Case
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.cases.find_case import case_of_id
from counter_assistant.operations.cases.steps import quotation
from counter_assistant.operations.office import Office


def take_back(office: Office, case_id: str, reason: str, *, step: int = 0, quoted: str | None = None) -> Case:
    """Withdraws the newest step of a case and returns the case after it.

    `step` is the number of the step's entry, as the clerk saw it; 0 stands for the newest step. `quoted`: the reason
    why forbidden words are kept in `reason`.

    Raises:
        Refusal: `case-unknown`, `reason-missing`, `nothing-to-take-back`, `step-not-newest`, `clock-doubtful`; what
            `Office.permit`, `quotation` and `check_text` refuse. Nothing is changed then.
    """
    case, why = case_of_id(office, case_id), check_text(reason.strip(), "撤销的理由", 200)
    if not why:
        raise Refusal("reason-missing", "撤销一步要写明理由。", "请填写后再登记。")
    newest = case.newest_step
    later = newest is not None and newest.recorded is not None and newest.recorded.date() < office.today()
    clerk = office.permit(Permission.TAKE_BACK_LATER if later else Permission.TAKE_BACK).staff_number
    withdrawn = StepWithdrawn(
        case_id, step or (newest.seq if newest else 0), why, clerk, quotation("撤销的理由", why, quoted)
    )
    office.book.append(EntryKind.STEP_WITHDRAWN, withdrawn.to_payload(), uuid=str(uuid4()))
    return case_of_id(office, case_id)
