"""The driver as it is on a PC that was installed from the stick: plain Python over the system's libpq, without ssl."""

from __future__ import annotations

import subprocess
import sys
from ctypes.util import find_library

import pytest

from tests import hall
from tests.places import ROOT

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]

AS_INSTALLED = """
import sys
for absent in ("ssl", "psycopg_binary", "psycopg_c"):
    sys.modules[absent] = None
from counter_assistant.storage.engines.postgres import driver
import asyncio.base_events, psycopg
assert asyncio.base_events.ssl is None
assert "ssl" not in sys.modules
print(psycopg.pq.__impl__)
"""


@pytest.mark.skipif(find_library("pq") is None, reason="needs libpq5")
def test_it_loads_where_python_has_no_ssl_and_leaves_nothing_in_its_place() -> None:
    done = subprocess.run([sys.executable, "-c", AS_INSTALLED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("python", "")
