"""A reader at the other end of a real serial line: a pair of pseudo terminals."""

from __future__ import annotations

import os
from select import select
from threading import Event, Thread


class Peer:
    """A reader at the other end, in a thread: it answers what it is sent, in pieces."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self._end, self._other = os.openpty()
        self.name, self.answers = os.ttyname(self._other), answers
        self._pulled = Event()
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        received = b""
        while not self._pulled.is_set():
            if not select([self._end], [], [], 0.02)[0]:
                continue
            received += os.read(self._end, 64)
            for command, answer in self.answers.items():
                if received.endswith(command):
                    received = b""
                    for at in range(0, len(answer), 100):
                        os.write(self._end, answer[at : at + 100])
        os.close(self._other)
        os.close(self._end)

    def pull(self) -> None:
        """The plug is pulled."""
        self._pulled.set()
        self._thread.join()
