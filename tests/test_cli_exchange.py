"""A stick goes from a branch to the centre and back, by commands alone."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.cli.parser import main
from counter_assistant.operations import sealing
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.operations.server_books import let_clerk_in, prepare_server
from counter_assistant.storage import ciphers
from counter_assistant.storage.packs.key_file import make_key_file
from counter_assistant.storage.server.book_place import BookPlace
from tests import hall
from tests.make import ID_NUMBER, PHONE, a_request, confirmed, content
from tests.operations.catalogue.packing import CHEAP, PASSPHRASE
from tests.operations.safekeeping.auditing import WHO

OURS = "Open sesame, 12 times"


class Line:
    """A command line on the data folders of a centre, whose book is sealed, and of branches."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys, self.stick = folder, capsys, folder / "stick"
        self.stick.mkdir()
        centre = folder / "centre"
        with closing(open_office(centre)) as office:
            office.decide_profile(confirmed(office.profile))
            sealing.seal(office, "0001", OURS, sealing.new_sheet())
        make_key_file(centre / "centre.key", PASSPHRASE)
        make_key_file(centre / "centre-opening.key", PASSPHRASE, ciphers.TO_PUBLIC)
        self.handed = folder / "public.json"
        hand_out = ["content", "centre-key", "--hand-out", str(centre / "centre-opening.key"), str(self.handed)]
        assert self.centre(*hand_out, secret=PASSPHRASE)[0] == 0

    def run(self, *words: str, where: str = "branch") -> tuple[int, str, str]:
        code = main([*words, "--data-dir", str(self.folder / where)])
        told = self.capsys.readouterr()
        return code, told.out, told.err

    def json(self, *words: str, where: str = "branch", code: int = 0) -> dict[str, Any]:
        ended, out, err = self.run(*words, "--json", where=where)
        assert ended == code, err
        value: dict[str, Any] = json.loads(out)
        return value

    def centre(self, *words: str, secret: str = "") -> tuple[int, str, str]:
        """A command at the centre; what is asked for is read from a descriptor."""
        reading, writing = os.pipe()
        os.write(writing, f"{OURS}\n{secret}\n".encode())
        os.close(writing)
        try:
            return self.run(*words, "--as", "0001", "--secret-fd", str(reading), where="centre")
        finally:
            os.close(reading)

    def centre_json(self, *words: str, secret: str = "") -> Any:
        code, out, err = self.centre(*words, "--json", secret=secret)
        assert code == 0, err
        return json.loads(out)

    def issue(self, where: str = "branch", **changes: Any) -> str:
        request = self.folder / "request.json"
        request.write_text(json.dumps(content(**changes), ensure_ascii=False), encoding="utf-8")
        return str(self.json("issue", str(request), "--out", str(self.folder / "papers"), where=where)["number"])

    def take_key(self, where: str = "branch") -> None:
        code, _, err = self.run("book", "take-centre-key", str(self.handed), "--as", "0001", where=where)
        assert code == 1
        shown = err.partition("核对：")[2].partition("。")[0]
        code, _, err = self.run(
            "book", "take-centre-key", str(self.handed), "--as", "0001", "--trust", shown, where=where
        )
        assert code == 0, err

    def send(self, *more: str, where: str = "branch") -> dict[str, Any]:
        return self.json("bundle", str(self.stick), "--for", "centre", *more, where=where)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(ciphers, "COST", CHEAP)
    return Line(tmp_path, capsys)


def test_what_a_branch_issued_is_at_the_centre_and_its_head_comes_back(line: Line) -> None:
    code, _, err = line.run("bundle", str(line.stick), "--for", "centre")
    assert (code, "公钥" in err) == (1, True), "nobody to seal it to"
    line.take_key()
    number = line.issue(applicant={"name": "罗𠅤克", "phone": PHONE, "id_type": "resident", "id_number": ID_NUMBER})
    code, out, _ = line.run("bundle", str(line.stick), "--for", "centre")
    assert (code, out.rstrip().endswith("可以拔出。")) == (0, True)
    sent = line.send()
    assert (sent["after"], sent["lines"]) == (0, int(sent["head"].partition(":")[0]))
    raw = Path(sent["file"]).read_bytes()
    assert not any(word.encode() in raw for word in ("罗𠅤克", PHONE, ID_NUMBER, number))
    merge = ["merge", sent["file"]]
    code, _, err = line.centre(*merge, secret=PASSPHRASE)
    assert (code, sent["fingerprint"] in err) == (1, True)
    taken = line.centre_json(*merge, "--trust", sent["fingerprint"], secret=PASSPHRASE)
    assert (taken["outcome"], taken["new"], taken["again"], taken["findings"]) == ("taken", sent["lines"], False, [])
    again = line.centre_json(*merge, secret=PASSPHRASE)
    assert (again["new"], again["again"], again["entry"]) == (0, True, taken["entry"])
    found = line.centre_json("branches", "search", "罗𠅤克")
    assert [(each["number"], each["id_tail"], each["forked"]) for each in found] == [(number, "002X", False)]
    been = line.centre_json("branches", "visits", secret=ID_NUMBER)
    assert [each["number"] for each in been] == [number]
    assert line.centre_json("branches", "visits", "--phone", secret="13900000000") == []
    assert ID_NUMBER not in json.dumps([found, been])
    assert line.centre_json("branches", "check")["ok"] is True
    listed = line.centre_json("branches", "list")
    assert [each["entries"] for each in listed["branches"]] == [sent["lines"]]

    answer = line.centre_json("bundle", str(line.stick), "--for", sent["installation"], secret=PASSPHRASE)
    assert (answer["parts"], answer["unsigned"]) == (["head"], "")
    looked = line.json("merge", answer["file"], "--look")
    assert (looked["parts"][0]["part"], looked["taken"]) == ("head", [])
    code, _, err = line.run("merge", answer["file"])
    assert (code, looked["fingerprint"] in err) == (1, True), "nobody compared the fingerprint"
    done = line.json("merge", answer["file"], "--trust", looked["fingerprint"])
    assert [(each["part"], each["why"]) for each in done["taken"]] == [("中心的见证", "")]
    checked = line.json("archive", "check")
    assert (checked["ok"], checked["witnessed"], checked["kept"]) == (True, 1, 1)
    assert line.send()["after"] == sent["lines"], "it goes on from what the centre signed"


def test_a_clone_is_shown_and_looked_into(line: Line) -> None:
    line.take_key()
    line.issue()
    line.send()
    shutil.copytree(line.folder / "branch", line.folder / "clone")
    one, other = line.issue(applicant={"name": "玉罕"}), line.issue(where="clone", applicant={"name": "岩温"})
    assert one == other, "the same number on two papers"
    first = line.send()
    line.centre_json("merge", first["file"], "--trust", first["fingerprint"], secret=PASSPHRASE)
    second = line.send(where="clone")
    taken = line.centre_json("merge", second["file"], secret=PASSPHRASE)
    assert (taken["outcome"], taken["new"], len(taken["findings"])) == ("taken", 1, 1)
    found = line.centre_json("branches", "list")
    (finding,) = found["findings"]
    assert (finding["kind"], f"从第 {first['lines']} 条起有 2 份" in finding["sentence"]) == ("fork", True)
    assert len(found["branches"]) == 2
    slips = line.centre_json("branches", "search", one)
    assert sorted((each["applicant"], each["forked"]) for each in slips) == [("岩温", True), ("玉罕", True)]
    unsigned = line.centre_json("bundle", str(line.stick), "--for", first["installation"], secret=PASSPHRASE)
    assert (unsigned["parts"], "2 份" in unsigned["unsigned"]) == ([], True)
    assert line.centre("branches", "settle", "fork:none", "--reason", "x")[0] == 1
    line.centre_json("branches", "settle", finding["id"], "--reason", "拷贝去试新电脑，两份纸都已核对")
    (settled,) = line.centre_json("branches", "list")["findings"]
    assert (settled["id"], settled["settled"]) == (finding["id"], "拷贝去试新电脑，两份纸都已核对")


def test_what_is_missing_is_said_and_joins_by_itself(line: Line) -> None:
    line.take_key()
    line.issue()
    first = line.send()
    line.issue()
    second = line.send("--since", str(first["lines"]))
    waits = line.centre_json("merge", second["file"], "--trust", second["fingerprint"], secret=PASSPHRASE)
    assert (waits["outcome"], [each.partition(":")[0] for each in waits["findings"]]) == ("waits", ["gap"])
    joined = line.centre_json("merge", first["file"], secret=PASSPHRASE)
    assert (joined["outcome"], joined["joined"], joined["findings"]) == ("taken", 1, [])
    assert line.centre_json("branches", "list")["branches"][0]["entries"] == second["lines"] + first["lines"]


def test_a_branch_that_was_turned_back_is_told_so_by_its_own_check(line: Line) -> None:
    line.take_key()
    book = line.folder / "branch" / "book.db"
    shutil.copyfile(book, line.folder / "older.db")
    line.issue()
    sent = line.send()
    line.centre_json("merge", sent["file"], "--trust", sent["fingerprint"], secret=PASSPHRASE)
    answer = line.centre_json("bundle", str(line.stick), "--for", sent["installation"], secret=PASSPHRASE)
    shown = line.json("merge", answer["file"], "--look")["fingerprint"]
    line.json("merge", answer["file"], "--trust", shown)
    shutil.copyfile(line.folder / "older.db", book)
    code, out, err = line.run("archive", "check")
    assert (code, "凭据上已有第" in out) == (1, True), err
    code, _, err = line.run("merge", answer["file"])
    assert (code, "中心的见证" in err) == (1, True), "nothing is recorded until it is resolved"


@pytest.mark.hall
@pytest.mark.skipif(bool(hall.missing()), reason=hall.missing() or "-")
def test_a_branch_on_a_server_is_asked_for_with_the_same_commands(line: Line) -> None:
    """GIVEN a branch whose book lies on a server, and somebody of the centre who may read it WHEN the server is noted THEN list, search and visits have
    it, asked for with the reader's password, which is noted nowhere."""
    ours = "中心看台账的密码"
    with hall.running() as server:
        book = f"{server.address}&schema=linxiang"
        prepare_server(book)
        let_clerk_in(book, "0001", ours, reads=True)
        rules = server.data / "pg_hba.conf"
        rules.write_text("local all clerk_0001,root scram-sha-256\n" + rules.read_text())
        server.tell("SELECT pg_reload_conf()")
        with closing(open_office(line.folder / "branch", place=BookPlace(book))) as branch:
            branch.decide_profile(branch.profile)
            slip = issue_slip(branch, a_request(applicant=WHO)).slip
        assert slip
        address = f"postgresql:///{hall.DATABASE}?host={server.folder}"
        code, _, err = line.centre("branches", "server", address, secret="不是这个密码")
        assert (code, err.startswith("台账服务器不认这个用户或密码")) == (1, True)
        code, out, err = line.centre("branches", "server", address, secret=ours)
        assert (code, out) == (0, "记下了，服务器上看得到 1 本网点的台账。\n"), err
        assert ours not in (line.folder / "centre" / "branches-server.toml").read_text("utf-8")
        (state,) = line.centre_json("branches", "list", secret=ours)["branches"]
        assert (state["installation"], state["strand"], state["online"]) == ("000001", "linxiang", True)
        for found in (
            line.centre_json("branches", "search", "罗", secret=ours), line.centre_json("branches", "visits", secret=f"{ours}\n{ID_NUMBER}"),
        ):  # fmt: skip
            assert [(each["number"], each["id_tail"]) for each in found] == [(slip.number, "002X")]
    assert line.centre("branches", "list", secret=ours)[0] == 1, "the server is away"
    assert line.centre("branches", "server", "--off")[0] == 0
    assert line.centre_json("branches", "list")["branches"] == []
    assert line.centre("branches", "server")[2].startswith("没有看懂记哪一台服务器。")
