"""A line to a server on which everything arrives late; what is under way when the server dies never arrives."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

from tests.hall import USER

SOCKET = ".s.PGSQL.5432"


def late_line(server: Path, seconds: float) -> Path:
    """Where the line begins, which a process of its own holds until the server, whose socket lies in that folder, is gone."""
    folder = server / "late"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    if os.fork() == 0:
        try:
            asyncio.run(_hold(folder / SOCKET, server / SOCKET, seconds))
        finally:
            os._exit(0)
    while not (folder / SOCKET).exists():
        os.sched_yield()
    return folder


async def _hold(begins: Path, ends: Path, seconds: float) -> None:
    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asks = await asyncio.open_unix_connection(ends)
        back = asyncio.create_task(_pass_on(reader, asks))
        loop, under_way = asyncio.get_running_loop(), list[asyncio.TimerHandle]()
        while said := await answers.read(65536):
            under_way.append(loop.call_later(seconds, writer.write, said))
        for one in under_way:
            one.cancel()
        back.cancel()
        writer.close()

    line = await asyncio.start_unix_server(carry, begins)
    begins.chmod(0o777)
    async with line:
        while ends.exists():
            await asyncio.sleep(0.2)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while said := await reader.read(65536):
        writer.write(said)
        await writer.drain()
