"""改记成密封登记、或者保存期满销毁以后，公开的记录里还留下什么：编号、种类、时间，没有人，没有事（守则 一(九)5 做好保密工作）.

The entry keeps its place in the chain, its kind and its time. A slip keeps its number, by which the paper in somebody's hand is verified.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from counter_assistant.domain.cases.act_entry import ActRecorded, SlipIssued, StepWithdrawn
from counter_assistant.domain.cases.acts import StepTaken
from counter_assistant.domain.papers.paper_entry import SEALED_AWAY, Card, Registered, SlipReprinted, SlipVoided
from counter_assistant.domain.papers.review_entry import Review
from counter_assistant.domain.people.number_entry import NumberConfirmed, NumberRevealed
from counter_assistant.domain.registers.calls import CallNoted
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn, ResultFiled


def is_sealed_away(content: object) -> bool:
    """Whether nothing is left of what an act said: of a slip its number, of any other act nothing at all."""
    return content is None or (isinstance(content, SlipIssued) and not content.slip)


def left_open(content: object, instead: str = SEALED_AWAY) -> dict[str, Any]:
    """What an entry about a matter still says in the open once the matter is sealed or destroyed, as plain JSON values for the book.
    `instead` stands in the place of a slip's item."""
    return _slip(content, instead) if isinstance(content, SlipIssued) else _LEFT[type(content)](content)


def _slip(issued: SlipIssued, instead: str) -> dict[str, Any]:
    of, card = issued.registered, issued.registered.card
    bare = Card(card.number, card.kind, applicant="", item="", item_name=instead, day="", clerk="", qr=card.qr)
    return SlipIssued(Registered(of.series, of.sequence, bare), {}, None).to_payload()


def _nothing(_: object) -> dict[str, Any]:
    return {}


def _without(*names: str) -> Callable[[Any], dict[str, Any]]:
    """Everything but some texts."""

    def left(content: Any) -> dict[str, Any]:
        said: dict[str, Any] = replace(content, **dict.fromkeys(names, "")).to_payload()
        return said

    return left


_LEFT: Mapping[type[Any], Callable[[Any], dict[str, Any]]] = {
    ActRecorded: _nothing,
    StepTaken: _nothing,
    CallNoted: _nothing,
    StepWithdrawn: _without("reason", "quoted"),
    SlipVoided: _without("reason"),
    SlipReprinted: _without("reason"),
    NumberRevealed: _without("reason"),
    NumberConfirmed: _without("number", "whole"),
    Review: _without("content", "reason"),
    Answered: _without("text", "to", "posted"),
    ResultFiled: _without("text", "document"),
    RegisterWithdrawn: _without("reason"),
}
