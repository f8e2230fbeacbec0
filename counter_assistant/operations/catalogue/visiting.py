"""典型来访：写一个、照现在的清单记下一个、删去一个；改动以后逐个再走一遍."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_assistant.domain.assessment.decision import Purpose
from counter_assistant.domain.revision.revision import Revision, VisitRemoved, VisitWritten, visits_after
from counter_assistant.domain.revision.stoppable import Reached, Stoppable
from counter_assistant.domain.revision.visits import TypicalVisit, VisitRun, run_visits, visit_of
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.intake.matter import find_item
from counter_assistant.operations.wording.check import refuse_forbidden

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import Catalogue
    from counter_assistant.domain.revision.edition import Edition
    from counter_assistant.operations.catalogue.revising import Revising
    from counter_assistant.operations.office import Office

LONGEST_NAME = 50


def visits_of(office: Office, revising: Revising) -> tuple[TypicalVisit, ...]:
    """The typical visits as the revision has them. The examples that came with the program are only of items that are told."""
    return visits_with(office, revising.revision, revising.base, revising.working)


def visits_with(office: Office, revision: Revision, base: Catalogue, working: Catalogue) -> tuple[TypicalVisit, ...]:
    """The typical visits as a revision has them that makes `working` of `base`."""
    known = {*base.items, *working.items}
    return tuple(visit for visit in visits_after(office.content.visits, revision) if visit.item in known)


def visits_run(office: Office, revising: Revising, item: str = "", told: Catalogue | None = None) -> list[VisitRun]:
    """The typical visits of an item, or of all: those of the newest text under the catalogue as it would be told.

    One of a day is told what the day's text says: under `told`, or as long as no first day is known, as now.
    """
    visits = [visit for visit in visits_of(office, revising) if item in ("", visit.item)]
    return [_run(visit, revising, told or revising.base) for visit in visits]


def visits_run_in_slices(office: Office, revising: Revising) -> Stoppable[tuple[VisitRun, ...]]:
    """Every typical visit as the revision would have it told, one after the other."""
    visits = visits_of(office, revising)
    runs = []
    for done, visit in enumerate(visits):
        yield Reached(done, len(visits))
        runs.append(_run(visit, revising, revising.base))
    return tuple(runs)


def _run(visit: TypicalVisit, revising: Revising, dated: Catalogue) -> VisitRun:
    (run,) = run_visits([visit], dated if visit.day else revising.working)
    return run


def failing_visits(edition: Edition) -> tuple[VisitRun, ...]:
    """The typical visits of an edition without a fault that are told otherwise than they must be."""
    return tuple(run for run in run_visits(edition.visits, edition.catalogue) if not run.passed)


def write_visit(revising: Revising, visit: TypicalVisit) -> None:
    """Keeps a typical visit, in place of the one of its name if there was one.

    Raises:
        Refusal: `forbidden-wording`; what `check_text`, `check_visit` and `Revising.do` refuse.
    """
    name = check_text(visit.name.strip(), "典型来访的名称", LONGEST_NAME)
    refuse_forbidden({"典型来访的名称": name})
    revising.do(VisitWritten(replace(visit, name=name)))


def write_visit_of_today(
    office: Office,
    revising: Revising,
    item: str,
    name: str,
    answers: Mapping[str, str],
    purpose: Purpose = Purpose.APPLY,
) -> TypicalVisit:
    """Keeps a typical visit that must be told what is told today (照现在的清单记下).

    Raises:
        Refusal: what `find_item`, `Situation.of` and `write_visit` refuse.
    """
    visit = visit_of(find_item(revising.base, item, office.today()), name, answers, purpose)
    write_visit(revising, visit)
    return visit


def remove_visit(revising: Revising, item: str, name: str) -> None:
    """Takes a typical visit away.

    Raises:
        Refusal: what `Revising.do` refuses.
    """
    revising.do(VisitRemoved(item, name))
