"""上岗练习：十种来访，由浅到深，在真的受理台上办，办完对照；只在练习模式里，只给练习的人看，哪里也不记.

A run lives as long as the window. It writes nothing of its own: what the learner issues lies in the training book, as whatever is tried
there, and what was wrong lies nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from counter_assistant.domain.assessment.decision import Purpose, Rule
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.training.exercise import Exercise, Handled, compare, run_of
from counter_assistant.operations.office import Office

_NAMES = ("岩温罕", "玉应", "罗文秀", "李学明", "杨晓红", "白建国", "鲁春梅", "赵志强", "魏丽芬", "字永光")
_AREA = "899900"
"""An area that there is not, so that a number for practising is nobody's."""


class Visitor(NamedTuple):
    """Whom the learner has before them: invented."""

    name: str
    phone: str
    id_number: str


@dataclass(frozen=True, slots=True)
class Done:
    """A situation that was handled; `remarks` say what was missing, superfluous or wrong, and are empty where all was right."""

    exercise: Exercise
    visitor: Visitor
    remarks: tuple[str, ...]


class Run:
    """One learner's run through the situations.

    Raises:
        Refusal: `exercise-in-training` (it is only for training), `no-exercises` (the catalogue has no typical visit that fits).
    """

    def __init__(self, office: Office, chance: Random) -> None:
        if not office.training:
            raise Refusal("exercise-in-training", "上岗练习只在练习模式里做。", "请先进入练习模式。")
        self._office = office
        self._shared = frozenset(office.profile.shared_materials)
        self.exercises = run_of(office.content.visits, office.catalogue, self._shared, chance)
        if not self.exercises:
            raise Refusal("no-exercises", "目录里没有可以练的典型来访。", "请在核定目录里写几个典型来访。")
        self.visitors = [_visitor(n, chance) for n in range(len(self.exercises))]
        self.done: list[Done] = []

    @property
    def current(self) -> Exercise | None:
        """The situation that is to be handled now; None once all were."""
        return self.exercises[len(self.done)] if len(self.done) < len(self.exercises) else None

    @property
    def visitor(self) -> Visitor:
        """Who has the situation that is to be handled now; the last one's once all were."""
        return self.visitors[min(len(self.done), len(self.visitors) - 1)]

    def handled(self, act: ActRecorded) -> Done:
        """Compares what was done with what was right, and goes on to the next situation.

        Raises:
            Refusal: `exercises-done`.
        """
        exercise, visitor = self.current, self.visitor
        if exercise is None:
            raise Refusal("exercises-done", "这一轮已经练完了。", "要再练的，重新开始一轮。")
        facts, result = act.facts, act.result
        handled = Handled(
            facts.item, facts.item_name, facts.purpose, facts.answers, frozenset(facts.received),
            result.kind if result else None, facts.clause,
        )  # fmt: skip
        done = Done(exercise, visitor, compare(exercise, handled, self._office.catalogue, self._shared))
        self.done.append(done)
        return done


def in_words(exercise: Exercise, visitor: Visitor) -> tuple[str, ...]:
    """What the learner is told: who comes for what, what they say, what they brought, what was looked up."""
    visit, text = exercise.visit, exercise.text
    comes = "来问要带什么" if visit.purpose is Purpose.INQUIRE else "来申请"
    who = f"{visitor.name}{comes}：{text.name}。电话 {visitor.phone}，身份证号 {visitor.id_number}。"
    lines = [who, f"{exercise.situation or '没有别的要分的情形'}。"]
    if visit.purpose is Purpose.APPLY:
        returned = exercise.expected.rule is Rule.NOT_ELIGIBLE
        found = "业务系统里核过，照上面的情形不符合条件。" if returned else "业务系统里核过，条件都符合。"
        lines.append(f"台面上有：{'、'.join(exercise.things) or '什么也没带'}。{found}")
    return tuple(lines)


def _visitor(place: int, chance: Random) -> Visitor:
    from stdnum.cn import ric

    born = f"{chance.randint(1960, 2003)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    number = f"{_AREA}{born}{chance.randint(0, 999):03d}"
    check = ric.calc_check_digit(f"{number}0")
    return Visitor(_NAMES[place % len(_NAMES)], f"1380000{chance.randint(0, 9999):04d}", number + check)
