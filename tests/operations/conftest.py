from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_assistant.operations import office
from counter_assistant.storage.server.book_place import BookPlace, read_book_place
from tests import hall


@pytest.fixture(autouse=True, scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has each folder's book lie on a server, unless the folder names another, and takes them away at the end."""
    if getattr(request, "param", "sqlite") != "postgres":
        yield
        return
    server: hall.Server = request.getfixturevalue("server")

    def on_server(folder: Path) -> BookPlace:
        named = read_book_place(folder)
        schema = f"b{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
        return named if named.on_server else BookPlace(f"{server.address}&schema={schema}")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(office, "read_book_place", on_server)
        try:
            yield
        finally:
            server.clear()
