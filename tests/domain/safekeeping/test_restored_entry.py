"""What a book says of its restoring, and that it was right."""

from __future__ import annotations

from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct


def test_it_is_read_as_it_was_written() -> None:
    for said in (
        Restored(RestoredAct.RESTORED, "0001", "3:ab", 9, "12:cd", 3, {"a/2026/530926": (4, 6)}),
        Restored(RestoredAct.CONFIRMED, "0002"),
    ):
        assert Restored.from_payload(said.to_payload()) == said
