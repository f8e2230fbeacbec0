"""把一件事放上受理台：从办件页接着办，或者从事项页开始办。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.decision import Eligibility, Purpose
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.ui.desk.presentation.state import DeskState

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.operations.intake.request import Request
    from counter_assistant.operations.office import Office


def state_of(request: Request, item: ServiceItem, office: Office) -> DeskState:
    """The desk that a request stands for, as a new draft: an act that goes on is another act."""
    applicant = request.applicant
    typed = request.details.given() | ({"reason": request.reason} if request.reason else {})
    if request.on:
        typed["day"] = request.on.isoformat()
    settled = request.eligible in (Eligibility.NO, Eligibility.UNDECIDED)
    state = DeskState(
        item=item.id, item_name=item.name if item.ours else "", answers=dict(request.answers), received=_received(request, item, office),
        defects=dict(request.defects), applying=request.purpose is Purpose.APPLY, name=applicant.name,
        phone=applicant.phone, id_type=applicant.id_type.value, id_number=applicant.id_number,
        agent_name=applicant.agent.name, agent_relation=applicant.agent.relation,
        agent_phone=applicant.agent.phone, agent_id_number=applicant.agent.id_number, duty=request.duty.value,
        clarity=request.clarity.value, hold=request.hold.value if request.hold else "",
        eligibility=request.eligible.value if settled else "", on_the_spot=request.on_the_spot,
        channel=request.channel.value, late=bool(request.on and request.on < office.today()),
        slip=request.slip.value if request.slip else "", details=typed, case=request.case,
    )  # fmt: skip
    if request.eligible is Eligibility.YES:
        state.checked = {condition.id for condition in item.conditions}
        state.eligibility = "" if item.conditions else "yes"
    return state


def _received(request: Request, item: ServiceItem, office: Office) -> set[str]:
    """What was handed in; of "all" every required line that can be."""
    if request.received is not None:
        return set(request.received)
    situation, shared = Situation.of(item, request.answers), frozenset(office.profile.shared_materials)
    checklist = build_checklist(situation, None, request.defects, shared, office.catalogue.materials)
    there = [line for line in checklist.required if line.submit is not Submit.EXEMPT and not line.defect]
    return {id_ for line in there for id_ in line.ids}
