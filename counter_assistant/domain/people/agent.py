"""代办人：谁代办，与申请人什么关系，证件和电话。

An agent is asked for as far as a paper needs it, like the applicant: a name where the paper accepts or binds, a number
where it accepts. What a relation may be called follows from the answer to `who`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_assistant.domain.formatting import listed
from counter_assistant.domain.people.identity import Numbers
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.id_type import IdType
from counter_assistant.domain.typed_text.identity_numbers import read_id_number
from counter_assistant.domain.typed_text.names import read_name
from counter_assistant.domain.typed_text.phones import read_phone

LONGEST_RELATION = 20

AGENTS = ("spouse", "parent_or_child", "other", "guardian")
"""The answers to `who` with which somebody acts for the applicant and signs as 代办人."""

IN_PERSON = {"self": "本人", "heir": "继承人本人"}
"""The answers to `who` with which people come for themselves: nobody acts for them, and no agent's papers are asked
for.
"""

OFFERED = {"spouse": ("配偶",), "parent_or_child": ("父亲", "母亲", "儿子", "女儿")}
"""The relations to choose from, by `who`; with any other answer the relation is typed."""

_ALLOWED = {
    "spouse": (
        "配偶", "丈夫", "妻子", "夫", "妻", "夫妻", "夫妇", "爱人", "老公", "老婆",
    ),
    "parent_or_child": (
        "父母子女", "父母", "子女", "父亲", "母亲", "父", "母", "爸爸", "妈妈", "儿子", "女儿", "儿", "女", "子",
        "父子", "父女", "母子", "母女", "长子", "次子", "三子", "长女", "次女", "三女", "独子", "独女", "幼子", "幼女",
        "养父", "养母", "养子", "养女", "养父母", "养子女", "继父", "继母", "继子", "继女", "继父母", "继子女",
    ),
}  # fmt: skip
"""What a relation may be called, by `who`. 父母、子女包括养父母、养子女和有扶养关系的继父母、继子女 (民法典
第一千一百二十七条).
"""


@dataclass(frozen=True, slots=True)
class Agent(Numbers):
    """代办人及其与申请人的关系. Number and phone are left out of its repr, so that no log can hold them."""

    name: str = ""
    relation: str = ""
    id_type: IdType = field(default=IdType.RESIDENT, repr=False)
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    id_mask: str = field(default="", repr=False)
    phone_mask: str = field(default="", repr=False)

    def to_payload(self) -> dict[str, Any]:
        """The agent as plain JSON values."""
        return {
            "name": self.name, "relation": self.relation, "id_type": self.id_type.value, "id_number": self.id_number,
            "phone": self.phone, **self.masks(),
        }  # fmt: skip

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Agent:
        """The agent that `to_payload` wrote; early versions wrote only name and relation."""
        kind = IdType(payload.get("id_type", IdType.RESIDENT))
        return cls(
            payload["name"], payload["relation"], kind,
            *(payload.get(name, "") for name in ("id_number", "phone", "id_mask", "phone_mask")),
        )  # fmt: skip

    def in_words(self) -> str:
        """李四（配偶）, or —."""
        return f"{self.name}（{self.relation}）" if self.name and self.relation else self.name or "—"

    @property
    def masked_id(self) -> str:
        """The number as screen and paper show it; empty where none was taken."""
        return self.shown_id

    @property
    def masked_phone(self) -> str:
        """The phone as paper shows it; empty where none was left."""
        return self.shown_phone

    def checked(self, today: date, compared: Collection[str] = ()) -> Agent:
        """The same agent with every field in its printed form. `compared`: see `Applicant.checked`.

        Raises:
            Refusal: what `read_name`, `check_text`, `read_id_number` and `read_phone` find wrong, as said of the agent.
        """
        name, number = read_name(self.name), read_id_number(self.id_number, self.id_type, today)
        phone = read_phone(self.phone)
        return Agent(
            of_agent(lambda: name.accepted(compared=True)),
            check_text(self.relation, "代办人关系", LONGEST_RELATION),
            self.id_type,
            of_agent(lambda: number.accepted(compared="agent_id_number" in compared)),
            of_agent(lambda: phone.accepted(compared=True)),
        )


NO_AGENT = Agent()


def of_agent(check: Callable[[], str]) -> str:
    """The result of a check.

    Raises:
        Refusal: what `check` refuses, its sentence saying that it is about the agent.
    """
    try:
        return check()
    except Refusal as refusal:
        raise Refusal(refusal.code, f"代办人的{refusal.sentence}", refusal.remedy) from None


def check_relation(relation: str, who: str | None) -> None:
    """Checks that a relation fits who is said to come: a daughter does not come as 配偶代办.

    Raises:
        Refusal: `agent-relation`.
    """
    allowed = _ALLOWED.get(who or "")
    said = relation.strip(" \u3000").removesuffix("关系")
    if said and allowed and said not in allowed:
        coming = "配偶" if who == "spouse" else "父母子女"
        raise Refusal(
            "agent-relation",
            f"情形是{coming}代办，与申请人的关系却填了“{relation}”。",
            f"请改为{listed(OFFERED[who or ''])}等相符的关系，或者改“谁来办理”的回答。",
        )


def check_agent(agent: Agent, who: str | None) -> None:
    """Checks that a paper would not say both that the applicant came in person and that another came for them.

    Raises:
        Refusal: `agent-name-needed` (other fields of an agent without a name), `agent-contradicts`, `agent-relation`.
    """
    details = listed(
        what
        for what, there in (("与申请人的关系", agent.relation), ("证件号码", agent.id_number), ("电话", agent.phone))
        if there
    )
    if details and not agent.name:
        raise Refusal(
            "agent-name-needed", f"填了代办人的{details}，没有填代办人姓名。", f"请填代办人姓名，或者删去{details}。"
        )
    if agent.name and who in IN_PERSON:
        instead = "请改“谁来办理”的回答，或者删去代办人。"
        raise Refusal("agent-contradicts", f"情形是{IN_PERSON[who]}办理，却填了代办人。", instead)
    check_relation(agent.relation, who)
