"""台上的一件事与一次请求，两头都能换：台上的成为请求；办件页接着办的请求放上台。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.decision import Clarity, Duty, Eligibility, Hold, Purpose
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.catalogue.conditions import NOT_ASKED, any_of, truth
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.domain.people.applicant import COMPARABLE
from counter_assistant.operations.intake.request import Channel, Request
from counter_assistant.ui.desk.presentation.circumstances import eligibility_of, one_of
from counter_assistant.ui.desk.presentation.state import DeskState

if TYPE_CHECKING:
    from datetime import date

    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.domain.people.applicant import Applicant
    from counter_assistant.operations.office import Office


def request_of(state: DeskState, item: ServiceItem, applicant: Applicant, on: date | None = None) -> Request:
    """The request that the desk stands for, but for what only its paper carries.

    `request_id` is the draft's, so that a double F9 issues one slip.
    """
    settled = state.settled(item)
    known = {
        rule.material.id for rule in item.materials
        if any_of([truth(r.when, settled) for r in item.materials if r.material.id == rule.material.id]) is not False
    }  # fmt: skip
    return Request(
        item=state.item, applicant=applicant, purpose=Purpose.APPLY if state.applying else Purpose.INQUIRE,
        answers={id_: code for id_, code in settled.items() if code is not None and code != NOT_ASKED},
        received=frozenset(state.received & known),
        defects={id_: why for id_, why in state.defects.items() if id_ in known},
        eligible=eligibility_of(state, item), duty=one_of(Duty, state.duty, Duty.OURS),
        clarity=one_of(Clarity, state.clarity, Clarity.CLEAR), hold=Hold(state.hold) if state.hold in set(Hold) else None,
        on_the_spot=state.on_the_spot, channel=one_of(Channel, state.channel, Channel.WINDOW),
        on=on, request_id=state.uuid, case=state.case,
        compared=frozenset(field for field in COMPARABLE if state.compared and state.is_compared(field)),
    )  # fmt: skip


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
    state.compared = {field: getattr(state, field) for field in request.compared}
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
