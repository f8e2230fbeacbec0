from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations import office
from counter_assistant.storage.server.book_place import BookPlace, read_book_place
from tests import hall

PLACES: dict[Path, tuple[hall.Server, str]] = {}
"""The server and the schema of each folder that has its book there."""


@pytest.fixture(autouse=True, scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has each folder's book lie on a server, unless the folder names another, and takes them away at the end."""
    if getattr(request, "param", "sqlite") != "postgres":
        yield
        return
    server: hall.Server = request.getfixturevalue("server")
    numbers = itertools.count()

    def on_server(folder: Path) -> BookPlace:
        named = read_book_place(folder)
        if folder not in PLACES:
            PLACES[folder] = server, f"b{next(numbers):016x}"
        return named if named.on_server else BookPlace(f"{server.address}&schema={PLACES[folder][1]}")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(office, "read_book_place", on_server)
        try:
            yield
        finally:
            PLACES.clear()
            server.clear()


@pytest.fixture(autouse=True)
def _a_book_goes_with_its_folder(engine: None) -> Iterator[None]:
    """The folder of the next test may be called as one was that pytest has taken away; and whoever looks into all books of a server sees them all."""
    yield
    for folder in [folder for folder in PLACES if not folder.exists()]:
        server, book = PLACES.pop(folder)
        server.drop(book)
