from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations import office
from counter_assistant.storage.server.book_place import BookPlace, read_book_place
from tests import hall

SCHEMAS: dict[Path, str] = {}
"""The schema of each folder that has its book on a server."""


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
        if folder not in SCHEMAS:
            SCHEMAS[folder] = f"b{next(numbers):016x}"
        return named if named.on_server else BookPlace(f"{server.address}&schema={SCHEMAS[folder]}")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(office, "read_book_place", on_server)
        try:
            yield
        finally:
            SCHEMAS.clear()
            server.clear()


@pytest.fixture(autouse=True)
def _a_folder_that_went_is_no_longer_known(engine: None) -> Iterator[None]:
    """The folder of the next test may be called as one was that pytest has taken away."""
    yield
    for folder in [folder for folder in SCHEMAS if not folder.exists()]:
        del SCHEMAS[folder]
