"""The command line under attack: whatever comes in, the answer is a result or one sentence, and never a traceback."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.cli import commands, parser
from counter_assistant.domain.refusal import LONGEST
from tests.decision_rows import ROWS
from tests.make import PHONE, content, request_file
from tests.portion import Portion

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/full, no closed descriptors and no locale C")
SECOND = "临公积金示一告〔2026〕"


def _start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(paths.root())} | options.pop("environment", {})
    command = [sys.executable, "-m", "counter_assistant", *arguments]
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, timeout=600, check=False, **options)


def _found(folder: Path) -> list[Any]:
    out = _start("archive", "search", "罗", "--json", "--data-dir", str(folder), stdout=subprocess.PIPE).stdout
    found: list[Any] = json.loads(out)
    return found


def one_sentence(err: str) -> bool:
    """Whether stderr is one line that a terminal shows as it stands."""
    line = err.removesuffix("\n")
    return (
        len(line.splitlines()) == 1
        and len(line) <= 2 * LONGEST
        and not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in line)
        and "Traceback" not in line
        and "意外错误" not in line
    )


# --- an answer that cannot be written


@POSIX
@pytest.mark.parametrize(
    "where", ["full", *(pytest.param(where, marks=pytest.mark.slow) for where in ("closed", "nobody reads"))]
)
@pytest.mark.slow
def test_a_slip_whose_number_cannot_be_told_is_on_record_and_that_is_said(tmp_path: Path, where: str) -> None:
    data = tmp_path / "data"
    arguments = ("issue", str(request_file(tmp_path)), "--out", str(tmp_path / "out"), "--data-dir", str(data))
    if where == "full":
        with Path("/dev/full").open("wb") as full:
            done = _start(*arguments, stdout=full)
    elif where == "closed":
        done = _start(*arguments, preexec_fn=lambda: os.close(1))
    else:
        reading, writing = os.pipe()
        os.close(reading)
        done = _start(*arguments, stdout=writing)
        os.close(writing)
    err = done.stderr.decode()
    assert (done.returncode, one_sentence(err)) == (1, True), err
    (row,) = _found(data)
    assert "已经完成，不要重做" in err
    assert f"编号：{row['number']}" in err


@POSIX
@pytest.mark.slow
def test_whoever_has_read_enough_is_no_failure(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = _start("items", "--data-dir", str(tmp_path), stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    with Path("/dev/full").open("wb") as full:
        done = _start("items", "--data-dir", str(tmp_path), stdout=full)
    assert (done.returncode, one_sentence(done.stderr.decode())) == (1, True)
    assert "磁盘已满" in done.stderr.decode()


@POSIX
@pytest.mark.slow
def test_without_any_place_to_speak_the_exit_code_still_tells(tmp_path: Path) -> None:
    def silent() -> None:
        os.close(1)
        os.close(2)

    for arguments, code in ((["archive", "show", "1号"], 1), (["frob"], 2), (["--help"], 0)):
        command = [sys.executable, "-m", "counter_assistant", *arguments]
        command += ["--data-dir", str(tmp_path)] if code == 1 else []
        environment = os.environ | {"PYTHONPATH": str(paths.root())}
        assert subprocess.run(command, env=environment, preexec_fn=silent, check=False).returncode == code, arguments


def test_an_error_that_nobody_foresaw_is_one_sentence_that_names_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for error in (OSError("罗某"), ValueError("罗某"), RecursionError("罗某"), KeyError("罗某")):

        def wrong(_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(commands, "items", wrong)
        assert parser.main(["items"]) == 1
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert f"{type(error).__name__}，test_cli_hostile.py 第 " in err
        assert "罗" not in err


def test_an_interrupted_command_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "items", interrupted)
    assert parser.main(["items"]) == parser.INTERRUPTED
    assert capsys.readouterr().err == ""


# --- folders


@pytest.mark.parametrize("name", ["", "  ", "a\0b"])
@pytest.mark.parametrize("option", ["--data-dir", "--out"])
def test_a_folder_without_a_name_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    request = request_file(tmp_path)
    arguments = ["issue", str(request), option, name]
    arguments += ["--data-dir", str(tmp_path / "data")] if option == "--out" else []
    assert parser.main(arguments) == 1
    err = capsys.readouterr().err
    assert one_sentence(err)
    assert option in err
    assert {path.name for path in tmp_path.iterdir()} <= {"request.json", "data"}
    if option == "--out":
        assert parser.main(["archive", "search", "罗", "--json", "--data-dir", str(tmp_path / "data")]) == 0
        assert capsys.readouterr().out == "[]\n"


def test_a_folder_that_cannot_take_the_paper_is_refused_before_anything_is_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request, data = request_file(tmp_path), str(tmp_path / "data")
    assert parser.main(["issue", str(request), "--out", str(request), "--data-dir", data]) == 1
    assert "这一步还没有做" in capsys.readouterr().err
    assert parser.main(["archive", "search", "罗", "--json", "--data-dir", data]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_the_users_own_folder_may_be_written_as_a_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    request = str(request_file(tmp_path))
    assert parser.main(["issue", request, "--data-dir", "~/one", "--out", "~/papers"]) == 0
    monkeypatch.setenv(paths.DATA_VARIABLE, "~/two")
    assert parser.main(["issue", request]) == 0
    assert (tmp_path / "one" / "book.db").exists()
    assert (tmp_path / "two" / "book.db").exists()
    assert len(list((tmp_path / "papers").iterdir())) == 1


def test_a_relative_folder_in_the_environment_would_be_another_book_in_every_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    request = str(request_file(tmp_path))
    monkeypatch.setenv(paths.DATA_VARIABLE, "data")
    assert parser.main(["issue", request]) == 1
    err = capsys.readouterr().err
    assert one_sentence(err)
    assert "不是完整的路径" in err
    assert [path.name for path in tmp_path.iterdir()] == ["request.json"]


@POSIX
def test_a_home_that_there_is_not_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert parser.main(["archive", "check", "--data-dir", "~nobody-of-this-name/data"]) == 1
    assert one_sentence(capsys.readouterr().err)


# --- a locale that cannot write Chinese


BARE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@POSIX
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS names files in UTF-8 whatever the locale")
def test_a_locale_without_chinese_gets_a_paper_named_by_its_digits(tmp_path: Path) -> None:
    """GIVEN a system whose file names are ASCII WHEN a slip is issued and reprinted THEN both lie there, and their paths are told."""
    data, out = tmp_path / "data", tmp_path / "出具的文书"
    request = str(request_file(tmp_path))
    probe = "import sys; print(sys.getfilesystemencoding())"
    done = subprocess.run(
        [sys.executable, "-c", probe], env=os.environ | BARE, capture_output=True, check=True, text=True
    )
    assert done.stdout == "ascii\n"

    def run(*arguments: str) -> Any:
        done = _start(*arguments, "--json", "--data-dir", str(data), stdout=subprocess.PIPE, environment=BARE)
        assert (done.returncode, done.stderr.decode()) == (0, "")
        return json.loads(done.stdout)

    issued = run("issue", request, "--out", str(out))
    again = run("archive", "reprint", issued["number"], "--out", str(out))
    (row,) = _found(data)
    assert row["number"] == issued["number"]
    names = [Path(value["pdf"]).name for value in (issued, again)]
    assert names[0].removesuffix(".pdf").isdecimal()
    assert names[1] == names[0].replace(".pdf", "-1.pdf")
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    assert [Path(value["pdf"]).parent for value in (issued, again)] == [out, out]


@POSIX
@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes no such names")
def test_a_folder_whose_name_is_in_another_encoding(tmp_path: Path) -> None:
    out = os.fsencode(tmp_path) + "/文书".encode("gb18030")
    command: list[str | bytes] = [sys.executable, "-m", "counter_assistant", "issue", str(request_file(tmp_path))]
    command += ["--json", "--out", out, "--data-dir", str(tmp_path / "data")]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(paths.root())}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["number"].startswith(SECOND)
    assert len(list(Path(os.fsdecode(out)).iterdir())) == 1


# --- anything at all


TEXTS = [
    "", " ", "\0", "\x1b[2J\x1b]0;x\x07", "\u202e罗\u2066", "\ud840", "罗\udcff", "\u200b", "\n\r\t", "\u2028", "\ufeff", "\uffff",
    "\U0010ffff", "\ue863", "é" * 3, "e\u0301" * 40, "罗" * 51, "罗" * 501, "a" * 9_000, "罗\ud840" * 400, "9" * 5_000, "-1", "1e999", "NaN",
    "0", "entry-1", "erase:2", "book:1", "all", "auto", "none", "../../x", "a/b", "%s%n", "{0}", "${x}", "' OR 1=1 --", "<b>罗</b>", "=1+1",
    "{{ x }}", "B08", "b08", "B99", "apply", "yes", "phone", "oral", "receipt", "resident", "unit", "2026-11-23", "2026-02-30",
    "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "20261123", "11010519491231002X", PHONE, "李某", "id-card", "marital",
    "single", "烦死了", "“" * 90, "”罗“" * 60, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U000e0041", "ﷺ" * 30,
]  # fmt: skip
OTHERS: list[Any] = [None, True, False, 0, 1, -1, 10**20, 1.5, [], {}, [None], [[]], {"": ""}, {"id": None}, {"x": 1}]
FIELDS = (
    "item", "purpose", "answers", "received", "defects", "eligible", "duty", "clarity", "hold", "on_the_spot", "channel", "delivery",
    "slip", "reason", "clerk", "on", "request_id", "case", "applicant", "details", "colour",
)  # fmt: skip
SPOKEN = ("reason", "clerk", "request_id", "case", "applicant", "details", "on")
NESTED = {
    "applicant": ("name", "phone", "id_type", "id_number", "agent"), "answers": ("who", "marital", "lease", "weather"),
    "details": ("refer_to", "refer_phone", "colleague", "contact", "explanation", "reviewer", "due", "due_reason", "old_due", "of", "quoted"),
}  # fmt: skip
FOLDERS = [
    "",
    ".",
    "..",
    "a/b",
    "x" * 300,
    "\0",
    "\udcff",
    "/dev/null",
    "/dev/null/x",
    "/proc/none",
    "~nobody-of-this-name",
    "罗",
    "\x1b[2J",
    "-",
]


ON_ONE_BOOK = 500


class Attack:
    """Draws hostile command lines, the same ones for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance = folder, random.Random(seed)

    def value(self, depth: int = 2) -> Any:
        """Any JSON value, more often a text."""
        roll = self.chance.random()
        if roll < 0.7:
            return self.chance.choice(TEXTS)
        if roll < 0.85 or depth == 0:
            return self.chance.choice(OTHERS)
        if roll < 0.93:
            return [self.value(depth - 1) for _ in range(self.chance.randrange(4))]
        return {self.chance.choice(TEXTS): self.value(depth - 1) for _ in range(self.chance.randrange(4))}

    def request(self) -> bytes:
        """A request that is right but for a few places, or bytes that are hardly one."""
        asked: dict[str, Any] = content(**self.chance.choice(list(ROWS.values()))[0])
        blunt = self.chance.random() < 0.4
        for _ in range(self.chance.randrange(1, 4)):
            field = self.chance.choice(FIELDS if blunt else SPOKEN)
            inner = asked.get(field)
            if field in NESTED and self.chance.random() < 0.8:
                value = self.value() if blunt else self.chance.choice(TEXTS)
                inner = dict(inner) if isinstance(inner, dict) else {}
                asked[field] = inner | {self.chance.choice(NESTED[field]): value}
            else:
                asked[field] = self.value() if blunt else self.chance.choice(TEXTS)
        text = json.dumps(asked, ensure_ascii=self.chance.random() < 0.5)
        if self.chance.random() < 0.05:
            text = self.chance.choice(
                ["[" * 50_000, text[: len(text) // 2], text + text, text.replace(":", ":9" * 9), '{"a":1,"a":2}']
            )
        return text.encode("utf-8", "surrogatepass") if self.chance.random() < 0.95 else self.chance.randbytes(40)

    def arguments(self) -> list[str]:
        """A command line on data of its own."""
        text: Callable[[], str] = lambda: self.chance.choice(TEXTS)  # noqa: E731
        kinds: list[Callable[[], list[str]]] = [
            lambda: ["items", text()],
            lambda: ["phrases", text()],
            lambda: ["guard", text()],
            lambda: ["checklist", self.chance.choice(["B08", text()]), "-a", f"{text()}={text()}", "--on", text()],
            lambda: ["checklist", self.chance.choice(["B08", text()]), "-a", text()],
            lambda: [
                "deadline",
                "--from",
                text(),
                "--days",
                text(),
                "--unit",
                self.chance.choice(["workday", "day", text()]),
            ],
            lambda: [
                "deadline",
                "--from",
                self.chance.choice(["2026-11-23", "9999-12-30"]),
                "--days",
                str(self.number()),
            ],
            lambda: ["archive", "search", text()],
            lambda: ["archive", "show", text()],
            lambda: [
                "archive",
                "reprint",
                self.chance.choice([f"{SECOND}1号", text()]),
                "--out",
                self.chance.choice(FOLDERS),
                "--clerk",
                text(),
            ],
            lambda: ["archive", "void", text(), "--reason", text(), "--clerk", text()],
            lambda: [text() for _ in range(self.chance.randrange(4))],
        ]
        found = self.chance.choice(kinds)() if self.chance.random() < 0.5 else self._issue()
        data = self.chance.choice(FOLDERS) if self.chance.random() < 0.05 else str(self.folder / "data")
        return [*found, *(["--json"] if self.chance.random() < 0.5 else []), "--data-dir", data]

    def number(self) -> int:
        return self.chance.choice([0, -1, 1, 366, 10**4, 10**6, 10**9, 10**20, 10**400])

    def _issue(self) -> list[str]:
        path = self.folder / "hostile.json"
        path.write_bytes(self.request())
        out = self.chance.choice(FOLDERS) if self.chance.random() < 0.1 else str(self.folder / "out")
        return ["issue", str(path), "--out", out]


def _attack(folder: Path, capsys: pytest.CaptureFixture[str], seed: int, times: int) -> None:
    inside = folder / "a" / "b" / "c"
    inside.mkdir(parents=True)
    os.chdir(inside)
    attack = Attack(folder, seed)
    for n in range(times):
        arguments = attack.arguments()
        code = parser.main(arguments)
        out, err = capsys.readouterr()
        told = f"{n}: {arguments!r:.400}\n{out:.300}\n{err:.600}"
        assert code in (0, 1, 2), told
        assert "Traceback" not in err, told
        assert code != 1 or one_sentence(err), told
        assert code != 1 or not out, told
        assert code != 0 or not err, told
        out.encode()
        if code == 0 and "--json" in arguments:
            json.loads(out)
    code = parser.main(["archive", "check", "--data-dir", str(folder / "data")])
    assert code == 0, capsys.readouterr()
    capsys.readouterr()  # what the check said is no answer to what is asked next


@pytest.mark.slow
@pytest.mark.nightly("hostile")
def test_whatever_is_asked_the_answer_is_a_result_or_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], portion: Portion
) -> None:
    monkeypatch.chdir(tmp_path)
    left = portion.times(2000, sample=60)
    for seed in range(-(-left // ON_ONE_BOOK)):
        _attack(tmp_path / f"{seed}", capsys, seed, times=min(left, ON_ONE_BOOK))
        left -= ON_ONE_BOOK
