"""What a run found, counted: killed, survived, and those that no test can kill because they change nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LEAST = 90.0
"""The least score, in percent, of every module that is measured."""

MODULES = (
    "assessment/decision",
    "about/diagnosis",
    "about/harmless",
    "check_digits",
    "registers/handover/away",
    "registers/handover/handover_forms",
    "registers/handover/roster",
    "registers/old_matter",
    "registers/rating",
    "report/pictures",
    "report/report",
    "report/span",
    "training/exercise",
    "catalogue/conditions",
    "calendar/workdays",
    "calendar/time_limit",
    "papers/kit",
    "papers/numbering",
    "papers/formats",
    "papers/print_state",
    "closing/closing_entry",
    "closing/figures",
    "closing/head_statement",
    "closing/open_days",
    "closing/outside_head",
    "safekeeping/checkup",
    "safekeeping/checkup_rules",
    "safekeeping/free_space",
    "safekeeping/full_copy",
    "safekeeping/keeping",
    "safekeeping/mode",
    "safekeeping/rehearsal",
    "safekeeping/restored_entry",
    "safekeeping/schedule",
    "typed_text/names",
    "typed_text/identity_numbers",
    "typed_text/phones",
    "typed_text/days",
    "typed_text/person_line",
    "typed_text/characters",
    "revision/approval_sheet",
    "revision/condition_sentence",
    "revision/content_entry",
    "revision/content_json",
    "revision/differences",
    "revision/edition",
    "revision/edition_check",
    "revision/effects",
    "revision/pack",
    "revision/revision",
    "revision/statements",
    "revision/statute_changes",
    "revision/stoppable",
    "revision/verdicts",
    "revision/visits",
    "revision/editing/conditions",
    "revision/editing/items",
    "revision/editing/limits",
    "revision/editing/materials",
    "revision/editing/parts",
    "revision/editing/places",
    "revision/editing/questions",
    "revision/editing/row_sources",
    "revision/editing/rows",
    "revision/editing/shared_questions",
    "revision/editing/wording",
)
"""What the promise to the applicant rests on: which paper, which materials, which day, what of a pause, which number, on which
sheet and whether it came out; who they are, which must be read right; what is closed, copied and kept, so that a record is there for
ten years; and all that makes the centre's own catalogue out of what people answer and write.
"""

EQUIVALENTS = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that behaves like the original, with the reason why no test can tell them apart."""

    module: str
    function: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that every test let pass. `diff` is unified, without its two file lines."""

    name: str
    module: str
    function: str
    diff: str

    def changed(self, sign: str) -> str:
        """The lines taken away (`-`) or added (`+`), without indentation."""
        return "\n".join(line[1:].strip() for line in self.diff.splitlines() if line.startswith(sign))

    def is_excused_by(self, entry: Equivalent) -> bool:
        """Whether an entry of the list speaks of this very change."""
        here = (self.module, self.function, self.changed("-"), self.changed("+"))
        return here == (entry.module, entry.function, entry.before, entry.after)


@dataclass(frozen=True, slots=True)
class Score:
    """One module. `killed` holds those `timed_out`: a test that never ends has noticed, too."""

    module: str
    killed: int
    timed_out: int
    survivors: tuple[Survivor, ...]
    excused: tuple[Survivor, ...]

    @property
    def mutants(self) -> int:
        """All of them, those that are equivalent included."""
        return self.killed + len(self.survivors) + len(self.excused)

    @property
    def percent(self) -> float:
        """Killed of those that can be killed; 0 where there is no mutant, because nothing was measured then."""
        able = self.killed + len(self.survivors)
        return 100 * self.killed / able if able else 0.0


def count(module: str, verdicts: dict[str, str], survivors: list[Survivor], equivalents: list[Equivalent]) -> Score:
    """The score from mutmut's verdict on every mutant of a module."""
    timed_out = sum(verdict == "timeout" for verdict in verdicts.values())
    killed = timed_out + sum(verdict == "killed" for verdict in verdicts.values())
    excused = [survivor for survivor in survivors if any(survivor.is_excused_by(entry) for entry in equivalents)]
    left = [survivor for survivor in survivors if survivor not in excused]
    return Score(module, killed, timed_out, tuple(left), tuple(excused))


def stale(equivalents: list[Equivalent], scores: list[Score]) -> list[Equivalent]:
    """Entries of the measured modules that excuse nothing: the code changed, or a test kills the mutant after all."""
    measured = {score.module for score in scores}
    excused = [survivor for score in scores for survivor in score.excused]
    ours = [entry for entry in equivalents if entry.module in measured]
    return [entry for entry in ours if not any(survivor.is_excused_by(entry) for survivor in excused)]


def read_equivalents(path: Path = EQUIVALENTS) -> list[Equivalent]:
    """The list; every entry has all five fields."""
    return [Equivalent(**entry) for entry in tomllib.loads(path.read_text("utf-8")).get("mutant", [])]
