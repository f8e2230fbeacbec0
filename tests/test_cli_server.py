"""`server`: a book on a server made, opened to clerks, checked and rebuilt by whoever runs it; `--book` and `--as` use it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli.parser import main
from tests import hall
from tests.places import ROOT

pytestmark = [pytest.mark.hall, pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")]
BOOK = f"b{'3' * 16}"
PASSWORD = "八个字以上的密码"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with hall.running() as server:
        yield f"{server.address}&schema={BOOK}"


def run(capsys: pytest.CaptureFixture[str], *words: str, secret: str = "", code: int = 0) -> Any:
    reading, writing = os.pipe()
    os.write(writing, f"{secret}\n".encode())
    os.close(writing)
    try:
        ended = main([*words, "--json", "--secret-fd", str(reading)])
    finally:
        os.close(reading)
    told = capsys.readouterr()
    assert ended == code, told.err
    return json.loads(told.out) if ended == 0 else told.err


def test_from_nothing_to_a_slip_by_commands(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "server", "prepare", address) == {"entries": 1}
    short = run(capsys, "server", "clerk", address, "0001", secret="短", code=1)
    assert "至少 8 个字符" in short
    assert run(capsys, "server", "clerk", address, "0001", secret=PASSWORD) == {
        "staff": "0001", "erases": False, "reads": False,
    }  # fmt: skip
    request, here = str(ROOT / "packaging" / "demo-request.json"), ("--data-dir", str(tmp_path), "--book", address)
    issued = run(capsys, "issue", request, "--out", str(tmp_path), *here, "--as", "0001", secret=PASSWORD)
    assert issued["number"].endswith("1号")
    assert run(capsys, "server", "check", address) == {"entries": 2, "problems": []}
    assert run(capsys, "server", "rebuild", address) == {"entries": 2}
    assert "备份和恢复不在这台电脑上办" in run(capsys, "backup", *here, code=1)
    assert "地址" in run(capsys, "server", "check", "http://x", code=1)
    place = ("server", "offline", address)
    assert run(capsys, *place, "533991", "耿离一") == {"code": "533991", "name": "耿离一", "places": 1}
    assert run(capsys, *place, "533992", "耿离二")["places"] == 2
    assert run(capsys, *place, "533992", "耿离二")["places"] == 2
    assert "都不能与大厅或者别的电脑相同" in run(capsys, *place, "533993", "耿离二", code=1)
    assert run(capsys, "server", "check", address) == {"entries": 2, "problems": []}
