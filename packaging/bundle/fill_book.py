"""Fills the book of this user by the program that is installed, and says how it stands: what try_package.py runs by the Python of a bundle.

    python fill_book.py fill JOURNAL COUNT     an office of its own, COUNT slips, a journal, two people who open what is sealed; prints the sheet
    python fill_book.py tell WHO               prints what the book says, opened by that person's passphrase

Everything but the office's own data is done by the command line, which later versions keep. People and numbers are invented.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_assistant.cli.parser import main as command
from counter_assistant.domain.people.roles import Role
from counter_assistant.operations.office import open_office
from counter_assistant.paths import data_dir

SECRETS = {"0001": "san yue de yu luo zai gengma", "0002": "di yi ban duchuan 0630"}
"""Who opens the sealed book, and with what."""
ITEMS = ("A05", "B08", "C01", "B01")


def main(arguments: list[str]) -> int:
    """Does what is asked for and prints one JSON value."""
    match arguments:
        case ["fill", journal, count]:
            told = fill(Path(journal), int(count))
        case ["tell", who]:
            told = tell(who)
        case _:
            raise SystemExit(__doc__)
    print(json.dumps(told, ensure_ascii=False))
    return 0


def fill(journal: Path, count: int) -> dict[str, Any]:
    """An office that confirmed its data, its slips, its journal; and at the end the book is sealed for two people."""
    with closing(open_office(data_dir(training=False))) as office:
        roles = (Role.CLERK.value, Role.ADMINISTRATOR.value)
        clerks = tuple(
            replace(clerk, name=f"{clerk.name[0]}其{n}", phone=f"0883-2120{n:03}", roles=roles)
            for n, clerk in enumerate(office.profile.clerks)
        )
        office.decide_profile(
            replace(
                office.profile, branch="耿马管理部", installation_name="耿一", installation_code="530926", clerks=clerks,
                supervision_phone="0883-2129999", address="耿马镇白马路18号一楼", hours="周一至周五 8:30–11:30",
                banks="农业银行", online="一部手机办事通", result="转入您的借记卡", confirmed=True,
            )
        )  # fmt: skip
    journal.mkdir(exist_ok=True)
    said("journal", str(journal))
    with TemporaryDirectory() as folder:
        request = Path(folder) / "request.json"
        for n in range(count):
            person = {"name": f"试{chr(0x4E00 + n)}", "phone": f"139{n:08}"}
            request.write_text(
                json.dumps({"item": ITEMS[n % len(ITEMS)], "applicant": person, "clerk": "0001"}),
                "utf-8",
            )
            said("issue", str(request), "--out", folder)
            for paper in Path(folder).glob("*.pdf"):
                paper.unlink()
    sealed = said("book", "seal", "--as", "0001", secrets=(SECRETS["0001"],))
    said("book", "add", "0002", "--as", "0001", secrets=(SECRETS["0001"], SECRETS["0002"]))
    said("backup", "--as", "0001", secrets=(SECRETS["0001"],))
    return {"sheet": sealed["sheet"], **tell("0001")}


def tell(who: str) -> dict[str, Any]:
    """Whether the book is as it should be, its last number, and how far the journal is."""

    def opened(*words: str) -> Any:
        return said(*words, "--as", who, secrets=(SECRETS[who],))

    checked = opened("archive", "check")
    slips = opened("archive", "search", "试")
    state = opened("journal")
    return {
        "ok": checked["ok"], "entries": checked["entries"], "found": len(slips), "last": slips[0]["number"],
        "journal": state["last"],
    }  # fmt: skip


def said(*words: str, secrets: tuple[str, ...] = ()) -> Any:
    """What a command answers; its secrets are read from a pipe, one a line."""
    given: tuple[str, ...] = ()
    if secrets:
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{secret}\n" for secret in secrets).encode())
        os.close(writing)
        given = ("--secret-fd", str(reading))
    out = StringIO()
    with redirect_stdout(out):
        code = command([*words, *given, "--json"])
    if code:
        raise SystemExit(f"{' '.join(words)}: {code}")
    return json.loads(out.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
