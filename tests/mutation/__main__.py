"""`python -m tests.mutation [MODULE …] [--show]`: change the rules a little in every place; do their tests notice?

Why so, and what the figures mean: docs/decisions/0006-mutation.md. Exit code 1 below the least score.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.mutation.score import LEAST, MODULES, Score, read_equivalents, stale
from tests.mutation.work import LOG, Unsound, judge, prepare, run_mutmut


def main() -> int:
    """Measure the modules that are named, or all that must be measured, and print one line for each."""
    parser = argparse.ArgumentParser(prog="./dev mutate", description="变异测试：把规则改错一处，看测试发不发现。")
    parser.add_argument("module", nargs="*", help=f"a module of domain/; without any: {' '.join(MODULES)}")
    parser.add_argument("--show", action="store_true", help="show what survived, as differences")
    arguments = parser.parse_args()
    began, modules = time.monotonic(), arguments.module or list(MODULES)
    try:
        prepare(modules)
        print(f"变异测试 {'、'.join(modules)}，需要几分钟…… · This takes minutes; progress: {LOG}", flush=True)
        run_mutmut()
        equivalents = read_equivalents()
        scores = [judge(module, equivalents) for module in modules]
    except Unsound as unsound:
        print(unsound, file=sys.stderr)
        return 1
    report(scores, show=arguments.show)
    outdated = stale(equivalents, scores)
    for entry in outdated:
        print(f"✗ equivalent.toml: no such survivor in {entry.module}.{entry.function} any more: {entry.after}")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if outdated or any(score.percent < LEAST for score in scores) else 0


def report(scores: list[Score], *, show: bool) -> None:
    """The table; survivors by name, or in full when asked for; equivalents always with their number."""
    print(f"  {'module':<22}{'mutants':>8}{'killed':>8}{'of time':>9}{'survived':>10}{'equivalent':>12}{'score':>9}")
    for score in scores:
        mark = "✓" if score.percent >= LEAST else "✗"
        print(
            f"{mark} {score.module:<22}{score.mutants:>8}{score.killed:>8}{score.timed_out:>9}{len(score.survivors):>10}"
            f"{len(score.excused):>12}{score.percent:>8.1f}%"
        )
    for survivor in [survivor for score in scores for survivor in score.survivors] if show else []:
        print(f"\n{survivor.name}\n{survivor.diff}")


if __name__ == "__main__":
    sys.exit(main())
