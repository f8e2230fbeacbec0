"""A line to a server that takes its time: a process between the windows and the socket of the server, which holds back whatever a window sends.

Whatever it sends arrives so much later, in its order, as over a network: what is sent while something is under way does not wait for that.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
_MOST = 1 << 16


@contextmanager
def delayed_line(server: Path, folder: Path, seconds: float) -> Iterator[Synchronized[int]]:
    """While it lasts, a folder has a socket that leads to that of a server, given by its folder. Gives how often a window has sent something so far."""
    context = multiprocessing.get_context("fork")
    sent, ready = context.Value("q", 0), context.Event()
    process = context.Process(target=_serve, args=(server / SOCKET, folder / SOCKET, seconds, sent, ready), daemon=True)
    process.start()
    try:
        assert ready.wait(60), "the line did not open"
        yield sent
    finally:
        process.terminate()
        process.join()


def _serve(server: Path, socket: Path, seconds: float, sent: Synchronized[int], ready: object) -> None:
    async def serve() -> None:
        opened = await asyncio.start_unix_server(partial(_lead, server, seconds, sent), socket)
        ready.set()  # type: ignore[attr-defined]
        async with opened:
            await opened.serve_forever()

    asyncio.run(serve())


async def _lead(
    server: Path, seconds: float, sent: Synchronized[int], window: asyncio.StreamReader, back: asyncio.StreamWriter
) -> None:
    answers, there = await asyncio.open_unix_connection(server)

    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    now = asyncio.get_running_loop().time

    async def forth() -> None:
        while said := await window.read(_MOST):
            sent.value += 1
            under_way.put_nowait((now() + seconds, said))
        under_way.put_nowait((0.0, b""))

    async def arrive() -> None:
        while (one := await under_way.get())[1]:
            await asyncio.sleep(one[0] - now())
            there.write(one[1])
        there.close()

    async def home() -> None:
        while said := await answers.read(_MOST):
            back.write(said)
        back.close()

    await asyncio.gather(forth(), arrive(), home(), return_exceptions=True)
