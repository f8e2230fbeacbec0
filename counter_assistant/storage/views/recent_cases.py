"""重建和核对时手边的办件：近来有动静的留着，久不动的放回去，一本再大的台账也只占这么多."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from counter_assistant.domain.cases.case import Case

_MOST = 2000


class RecentCases:
    """The cases that entries were about of late. `again` gives one that had left, and `leave` is given those that do."""

    def __init__(self, again: Callable[[str], Case | None], leave: Callable[[Iterable[Case]], None]) -> None:
        self._again, self._leave = again, leave
        self._cases: dict[str, Case] = {}

    def get(self, case_id: str) -> Case | None:
        """The case of that id; None where there is none yet."""
        case = self._cases.get(case_id)
        if case is None and (case := self._again(case_id)) is not None:
            self._cases[case_id] = case
        return case

    def put(self, case: Case) -> None:
        """Keeps a case as it is now; half of those that nothing was said of for longest leave when there are too many."""
        self._cases.pop(case.id, None)
        self._cases[case.id] = case
        if len(self._cases) > _MOST:
            oldest = list(islice(self._cases, _MOST // 2))
            self._leave([self._cases.pop(case_id) for case_id in oldest])

    def leave_all(self) -> None:
        """Lets every case leave."""
        self._leave(self._cases.values())
        self._cases.clear()
