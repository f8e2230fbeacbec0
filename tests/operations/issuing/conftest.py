"""What the tests of the papers' facts share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_assistant.operations.office import Office
from tests.make import an_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, engine: None) -> Iterator[Office]:
    office = an_office(tmp_path_factory.mktemp("office"))
    yield office
    office.close()
