"""中心收下网点的交换包，和查明一处分叉、缺口的结论：写进中心自己的台账."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.entry import Flat


class Outcome(StrEnum):
    """What came of a bundle: its entries were taken; they wait for others that come before them; or what they say contradicts itself."""

    TAKEN = "taken"
    WAITS = "waits"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class BundleTaken(Flat):
    """收交换包 (`bundle_taken`): what a branch brought to the centre.

    `bundle` is the digest of the file in hex; `statement` says of which book, up to which entry (HeadStatement), and `after` after which one
    it begins. `algorithm` and `key` are those of the branch's signature, `opens` the public half to which an answer is sealed, in hex.
    `trusted` says that the fingerprint of the key was compared with this bundle. `said` is why it was not taken.
    """

    bundle: str
    statement: str
    after: int
    algorithm: str
    key: str
    opens: str
    outcome: str
    said: str
    trusted: bool
    clerk: str

    @property
    def of(self) -> HeadStatement:
        """What the branch said of its book."""
        return HeadStatement.from_text(self.statement)


@dataclass(frozen=True, slots=True)
class FindingSettled(Flat):
    """查明网点台账 (`finding_settled`): what came of looking into a finding (findings.py), given by its id, in words; `clerk` by staff number."""

    finding: str
    reason: str
    clerk: str
