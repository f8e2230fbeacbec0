"""清单上的一行：须交的、情形未定时可能要的、不需要的。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.catalogue.conditions import Condition
from counter_assistant.domain.catalogue.materials import Material, Submit
from counter_assistant.domain.formatting import listed


class MaterialState(StrEnum):
    """The state of a material as it prints."""

    TO_HAND_IN = "须提供"
    TO_SHOW = "须出示"
    AT_COUNTER = "现场填写"
    EXEMPT = "免提交"
    MISSING = "缺"
    TO_MEND = "须改"
    RETURNED = "核验退还"
    KEPT = "收存"


SUBMITTED = {
    Submit.HAND_IN: MaterialState.TO_HAND_IN, Submit.SHOW: MaterialState.TO_SHOW,
    Submit.AT_COUNTER: MaterialState.AT_COUNTER, Submit.EXEMPT: MaterialState.EXEMPT,
}  # fmt: skip
"""How a material is submitted, in the words of the papers."""


@dataclass(frozen=True, slots=True)
class Line:
    """A required material and the reason why it is required.

    One document is one line: it also counts as the materials in `serves`, which are needed here too, and as those in
    `may_serve`, which depend on an open answer. What is handed in may be named by any of their ids.
    """

    material: Material
    submit: Submit
    why: str
    received: bool = False
    defect: str = ""
    serves: tuple[Material, ...] = ()
    may_serve: tuple[Material, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the materials that this document is, its own first."""
        return (self.material.id, *(material.id for material in (*self.serves, *self.may_serve)))

    @property
    def also(self) -> str:
        """兼作代办人与申请人的关系证件; empty where it serves as nothing else."""
        names = listed(material.name for material in self.serves)
        return f"兼作{names}" if names else ""

    @property
    def requirement(self) -> str:
        """What is required of the document, and what else it serves as: 姓名与身份证件一致；兼作…."""
        return listed((self.material.requirement, self.also), "；")

    @property
    def satisfied(self) -> bool:
        """Whether nothing more has to be brought for this line; what is filled in here or looked up never has to."""
        if self.submit in (Submit.AT_COUNTER, Submit.EXEMPT):
            return not self.defect
        return self.received and not self.defect


@dataclass(frozen=True, slots=True)
class MaybeLine:
    """A variant of a material that depends on an open answer: 如 `if_phrase`，另需. Several lines may share an id.

    `still` is what must turn out to hold. `detail` is the requirement, where nothing else distinguishes this variant from
    another of the same name.
    `may_serve` are further materials that the document also counts as, once they are needed.
    """

    material: Material
    submit: Submit
    why: str
    if_phrase: str
    still: Condition
    detail: str = ""
    may_serve: tuple[Material, ...] = ()
    received: bool = False
    defect: str = ""

    @property
    def in_short(self) -> str:
        """Its name, with what sets it apart from another variant and that nobody brings it: 租赁备案凭证（免提交）."""
        more = listed((self.detail, MaterialState.EXEMPT if self.submit is Submit.EXEMPT else ""), "；")
        return f"{self.material.name}（{more}）" if more else self.material.name


@dataclass(frozen=True, slots=True)
class AbsentLine:
    """A material not needed here because of the answers to `questions`. `short` is the reason as printed in brackets."""

    id: str
    name: str
    why: str
    short: str
    forbidden: bool
    submit: Submit | None = None
    questions: tuple[str, ...] = ()
