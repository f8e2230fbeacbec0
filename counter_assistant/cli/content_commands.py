"""命令行的 content 各条命令：核对目录，比较两份目录，把办过的事重演一遍.

Each command raises what its operation refuses. What takes long says on a terminal how far it is; Ctrl+C stops it.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any, TypeVar

from counter_assistant.cli.answer import answer
from counter_assistant.cli.office import open_named
from counter_assistant.domain.catalogue.approval import Approvals, with_approvals
from counter_assistant.domain.content_fault import Fault
from counter_assistant.domain.formatting import listed
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.domain.revision.differences import Difference, ItemDifference, differences
from counter_assistant.domain.revision.effects import Changed, ItemEffect
from counter_assistant.domain.revision.stoppable import Reached, Stoppable, run_through
from counter_assistant.domain.revision.visits import VisitRun, run_visits
from counter_assistant.operations.catalogue import replay as replaying
from counter_assistant.operations.catalogue.content_check import check_content
from counter_assistant.operations.catalogue.effects import effects_of
from counter_assistant.operations.catalogue.named_catalogue import NOW, named_catalogue

T = TypeVar("T")
_REDRAWN = 50
"""A line of progress is drawn anew once in so many steps."""


def check(options: Namespace) -> None:
    """Checks a whole catalogue or a file, by the one check, and goes through the typical visits.

    Raises:
        Refusal: `content-faults`, after the report, so that the exit code is 1.
    """
    with open_named(options) as office:
        found = check_content(office, options.catalogue)
    wrong, failing = found.wrong, found.failing
    value = {
        "ok": not (wrong or failing), "version": found.version, "items": found.items, "rows": found.rows,
        "faults": [_fault(fault) for fault in found.faults], "visits": [visit_value(run) for run in found.visits],
    }  # fmt: skip
    text = [*map(str, found.faults), *(f"典型来访 {run.visit.item} {run.in_words()}" for run in failing)]
    answer(options, value, [found.head, *map(readable, text or ["没有毛病。"])])
    if wrong or failing:
        counted = (f"{len(wrong)} 处毛病" if wrong else "", f"{len(failing)} 个典型来访不对" if failing else "")
        raise Refusal("content-faults", f"有 {listed(counted, '，')}。", "请照上面的位置改正，再核对一遍。")


def diff(options: Namespace) -> None:
    """Says in words what differs between two catalogues, and what that does to situations and open cases."""
    with open_named(options) as office:
        before, after = named_catalogue(office, options.before), named_catalogue(office, options.after)
        found = _shown(effects_of(office, before.catalogue, after.catalogue), "比较")
        every = differences(before.catalogue, after.catalogue, office.profile.post_names)
    said = {each.item: each for each in every}
    papers = [each for each in every if each.of_paper]
    failing = [run for run in run_visits(after.visits, after.catalogue) if not run.passed]
    value = {
        "from": before.words, "to": after.words,
        "items": [_item(effect, said.get(effect.item)) for effect in found.items],
        "papers": [{"paper": each.item, "differences": [difference_value(line) for line in each.differences]} for each in papers],
        "cases": {"accepted": len(found.cases.accepted), "waiting": len(found.cases.waiting)},
        "visits": [visit_value(run) for run in failing],
    }  # fmt: skip
    text = [f"{before.words} → {after.words}：{len(found.items)} 个事项有改动。"]
    for effect in found.items:
        text += ["", f"{effect.item} {effect.name}（{effect.happened}）　{effect.summary}"]
        text += [f"　{each.in_words()}" for each in (said[effect.item].differences if effect.item in said else ())]
        text += [f"　→ {line}" for line in effect.in_lines()]
        text += [f"　！{fault}" for fault in effect.faults]
    for each in papers:
        text += ["", f"{each.item}　{each.name}", *(f"　{line.in_words()}" for line in each.differences)]
    text += ["", found.cases.summary, *(f"典型来访 {run.visit.item} {run.in_words()}" for run in failing)]
    answer(options, value, text)


def replay(options: Namespace) -> None:
    """Tells every past matter again, and says which would have been told otherwise, by rule and article."""
    with open_named(options) as office:
        named = named_catalogue(office, options.after)
        approved = with_approvals(named.catalogue, Approvals(in_texts=True))
        told = office.catalogue if options.after == NOW else approved
        on = options.on or named.since
        found = _shown(replaying.replay(office, told, on), "重演")
    value = {
        "to": named.words, "on": on.isoformat() if on else None, "matters": found.matters, "otherwise": found.otherwise,
        "left_out": found.left_out, "items": [_replayed(item) for item in found.items],
    }  # fmt: skip
    day = f"，都按 {on.isoformat()} 的规定" if on else ""
    text = [
        f"{named.words}{day}：{found.matters} 件里 {found.otherwise} 件会告知得不一样（另有 {found.left_out} 件没有明细）。"
    ]
    for item in found.items:
        if item.otherwise:
            text += ["", f"{item.item} {item.name}　{item.matters} 件里 {item.otherwise} 件"]
            text += [f"　{group.in_words()}" for group in item.groups]
    answer(options, value, text)


def _shown(work: Stoppable[T], what: str) -> T:
    """The result of a computation, which says on a terminal how far it is."""
    steps = 0

    def tell(reached: Reached) -> bool:
        nonlocal steps
        if sys.stderr is not None and sys.stderr.isatty() and not steps % _REDRAWN:
            print(f"\r{what} {100 * reached.done // max(reached.all, 1)}%", end="\r", file=sys.stderr, flush=True)
        steps += 1
        return True

    found = run_through(work, tell)
    assert found is not None  # nothing stops it but Ctrl+C
    return found


def _fault(fault: Fault) -> dict[str, Any]:
    return {"place": fault.place, "fault": fault.fault, "warning": fault.warning}


def visit_value(run: VisitRun) -> dict[str, Any]:
    """A typical visit that was gone through, in JSON."""
    return {
        "item": run.visit.item, "name": run.visit.name, "passed": run.passed, "failings": list(run.failings),
    }  # fmt: skip


def difference_value(difference: Difference) -> dict[str, Any]:
    """A line that differs, in JSON."""
    return {
        "section": difference.section,
        "before": difference.before.in_words(),
        "after": difference.after.in_words(),
    }


def _changed(change: Changed) -> dict[str, Any]:
    return {**difference_value(change.difference), "situations": change.situations, "example": change.example}


def _item(effect: ItemEffect, said: ItemDifference | None) -> dict[str, Any]:
    return {
        "item": effect.item, "name": effect.name, "happened": effect.happened.name.lower(),
        "differences": [difference_value(each) for each in (said.differences if said else ())],
        "situations": effect.all, "changed": effect.changed, "complete": effect.complete,
        "open": effect.open, "open_changed": effect.open_changed,
        "changes": [_changed(each) for each in effect.changes], "faults": [_fault(each) for each in effect.faults],
    }  # fmt: skip


def _replayed(item: replaying.ItemReplay) -> dict[str, Any]:
    groups = [
        {
            **difference_value(group.otherwise.difference), "when": group.otherwise.when, "article": group.otherwise.article,
            "matters": group.matters, "papers": list(group.papers),
        }
        for group in item.groups
    ]  # fmt: skip
    return {
        "item": item.item,
        "name": item.name,
        "matters": item.matters,
        "otherwise": item.otherwise,
        "groups": groups,
    }
