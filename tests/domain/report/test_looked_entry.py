"""That a supervisor looked at one clerk's matters is read as it was written."""

from __future__ import annotations

from counter_assistant.domain.report.looked_entry import SupervisorLooked


def test_it_is_read_as_it_was_written() -> None:
    looked = SupervisorLooked("0002", "2026-11", "核对一位当事人的意见", "0001")
    assert looked.to_payload() == {"clerk": "0002", "month": "2026-11", "reason": "核对一位当事人的意见", "by": "0001"}
    assert SupervisorLooked.from_payload(looked.to_payload()) == looked
