"""What the centre's book says of a bundle that was brought."""

from __future__ import annotations

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, FindingSettled, Outcome

SAID = HeadStatement("ab" * 16, 7, "cd" * 32, "530926", "2026-11-23T17:30:00+08:00")
TAKEN = BundleTaken("0f" * 32, SAID.text, 3, "Ed25519", "1a", "2b", Outcome.WAITS.value, "缺", True, "0001")


def test_it_comes_back_from_its_payload() -> None:
    payload = TAKEN.to_payload()
    assert payload == {
        "bundle": "0f" * 32, "statement": SAID.text, "after": 3, "algorithm": "Ed25519", "key": "1a", "opens": "2b", "outcome": "waits",
        "said": "缺", "trusted": True, "clerk": "0001",
    }  # fmt: skip
    assert BundleTaken.from_payload(payload) == TAKEN
    assert TAKEN.of == SAID
    settled = FindingSettled("fork:x", "拷贝试机", "0001")
    assert FindingSettled.from_payload(settled.to_payload()) == settled
    assert settled.to_payload() == {"finding": "fork:x", "reason": "拷贝试机", "clerk": "0001"}
