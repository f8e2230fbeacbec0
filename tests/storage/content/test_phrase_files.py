"""The files of the approved and the forbidden phrases: they read, and a broken one gives a sentence that names the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.wording.forbidden_phrase import FORBIDDEN
from counter_assistant.domain.wording.phrases import APPROVED, MARK, BlankKind, Moment
from counter_assistant.storage.content.phrase_files import (
    APPROVED_FILE,
    FORBIDDEN_FILE,
    read_forbidden_phrases,
    read_phrases,
)
from counter_assistant.storage.content.strict_table import ContentFault

SOUND = (paths.resources() / "phrases" / APPROVED_FILE).read_text("utf-8")
SOUND_FORBIDDEN = (paths.resources() / "phrases" / FORBIDDEN_FILE).read_text("utf-8")


def read(folder: Path, content: str) -> ContentFault:
    (folder / APPROVED_FILE).write_text(content, "utf-8")
    with pytest.raises(ContentFault) as fault:
        read_phrases(folder)
    assert fault.value.file == APPROVED_FILE
    assert fault.value.remedy
    return fault.value


def test_the_committed_file_has_a_typed_blank_for_each_mark_and_a_phrase_for_each_moment() -> None:
    phrases = read_phrases(paths.resources() / "phrases")
    assert len(phrases) == APPROVED
    kinds = {phrase.number: phrase.blanks[0].kind for phrase in phrases if phrase.blanks}
    assert kinds == {
        1: BlankKind.OWN_DEPARTMENT, 13: BlankKind.DEPARTMENT, 14: BlankKind.POLICY, 17: BlankKind.CONDITION,
        18: BlankKind.MATERIALS, 19: BlankKind.LIMIT, 21: BlankKind.MATTER,
    }  # fmt: skip
    assert {phrase.number for phrase in phrases if MARK in phrase.text} == set(kinds)
    assert {phrase.moment for phrase in phrases} == set(Moment)


@pytest.mark.parametrize(
    ("old", "new", "place", "fault"),
    [
        ('number = 2\n', 'number = "2"\n', "phrase[2].number", "整数"),
        ("number = 25\n", "number = 26\n", "phrase", "依次编号"),
        ('text = "请问您贵姓。"', 'text = ""', "phrase[2].text", "不能为空"),
        ('text = "请问您贵姓。"', "", "phrase[2].text", "缺少"),
        ('channel = "phone"\nmoment = "welcome"', 'channel = "letter"\nmoment = "welcome"', "phrase[1].channel", "letter"),
        ('moment = "welcome"', 'moment = "morning"', "phrase[1].moment", "morning"),
        ('clause = "守则 二(二)"', 'clauses = "守则 二(二)"', "phrase[2].clause", "缺少"),
        ('clause = "守则 二(二)"', 'clause = "守则 二(二)"\nnote = ""', "phrase[2].note", "不认识"),
        ('kind = "limit"', 'kind = "date"', ".kind", "date"),
        ('covers = "XX期限"', 'covers = "期限"', ".covers", "恰好出现一次"),
        ('covers = "XX期限"', 'covers = "XX日内"', ".covers", "恰好出现一次"),
        ('covers = "XX期限", hint', 'covers = "XX期限", more = 1, hint', ".more", "不认识"),
        ("XX期限内给您答复", "XX期限内给您XX答复", "phrase[19].blank", "有 2 处 XX，却有 1 个空处"),
        ("请问您贵姓。", "请问您贵姓XX。", "phrase[2].blank", "有 1 处 XX，却有 0 个空处"),
        ("[[phrase]]\nnumber = 1\n", 'more = 1\n[[phrase]]\nnumber = 1\n', "顶层.more", "不认识"),
        ("[[phrase]]\nnumber = 1\n", "[[phrase]\nnumber = 1\n", "整个文件", "TOML"),
    ],
)  # fmt: skip
def test_a_fault_names_file_place_and_what_is_wrong(tmp_path: Path, old: str, new: str, place: str, fault: str) -> None:
    assert SOUND.count(old) >= 1
    found = read(tmp_path, SOUND.replace(old, new, 1))
    assert place in found.place
    assert fault in found.fault


def test_two_blanks_stand_in_the_order_of_the_text_and_are_of_two_kinds(tmp_path: Path) -> None:
    line = 'blank = { kind = "limit", covers = "XX期限", hint = "答复期限" }'
    two = SOUND.replace("我们已经受理,XX期限", "我们已经受理,XX事由,XX期限")

    def with_both(kind: str) -> str:
        other = f'{{ kind = "{kind}", covers = "XX事由", hint = "事由" }}'
        return two.replace(line, line.replace("= {", "= [{", 1) + f", {other}]")

    (tmp_path / APPROVED_FILE).write_text(with_both("matter"), "utf-8")
    assert [blank.hint for blank in read_phrases(tmp_path)[18].blanks] == ["事由", "答复期限"]
    assert "种类相同" in read(tmp_path, with_both("limit")).fault


def test_a_missing_phrase_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    assert "1 到 25" in read(tmp_path, SOUND[: SOUND.rindex("[[phrase]]")]).fault
    assert "依次编号" in read(tmp_path, "").fault
    (tmp_path / APPROVED_FILE).unlink()
    with pytest.raises(ContentFault, match="无法读取"):
        read_phrases(tmp_path)


def read_forbidden(folder: Path, content: str) -> ContentFault:
    (folder / FORBIDDEN_FILE).write_text(content, "utf-8")
    with pytest.raises(ContentFault) as fault:
        read_forbidden_phrases(folder)
    assert fault.value.file == FORBIDDEN_FILE
    return fault.value


def test_the_committed_file_holds_every_forbidden_phrase_with_its_variants() -> None:
    forbidden = read_forbidden_phrases(paths.resources() / "phrases")
    assert [phrase.number for phrase in forbidden.phrases] == list(range(1, FORBIDDEN + 1))
    assert forbidden.version
    outside, at_once = forbidden.phrases[0].variants
    assert at_once.example == "你先在外面等着吧"
    assert at_once.head is not None
    assert outside.head is None
    gives_way = [rule for rule in forbidden.phrases[9].variants if rule.unless_civil]
    assert gives_way
    assert all(rule.unless_help_follows for rule in gives_way)


def test_fragments_are_put_in_line_ends_left_out_and_counts_kept(tmp_path: Path) -> None:
    (tmp_path / FORBIDDEN_FILE).write_text(
        SOUND_FORBIDDEN.replace("pattern = '{seen}'", "pattern = '''\n  真{vex}\n  {1,2}a{2}{,3}'''"), "utf-8"
    )
    rule = read_forbidden_phrases(tmp_path).phrases[1].variants[1]
    assert rule.pattern == "真[麻码马妈嘛吗][烦凡繁番翻]{1,2}a{2}{,3}"


@pytest.mark.parametrize(
    ("old", "new", "place", "fault"),
    [
        ("version = ", "edition = ", "顶层.version", "缺少"),
        ("[fragments]", "more = 1\n[fragments]", "顶层.more", "不认识"),
        ("[fragments]", "[fragment]", "顶层.fragments", "缺少"),
        ("\nvex = '", "\nunheard = '烦'\nvex = '", "fragments.unheard", "没有哪种写法"),
        ("\nvex = '", "\nvex = 1 #'", "fragments.vex", "文字"),
        ("\nparticles = '{particle}", "\nparticles = '{vex}", "fragments.particles", "前面没有名为“vex”"),
        ("pattern = '{not_open}'", "pattern = '{Not_open}'", "phrase[1].variant[1].pattern", "“Not_open”"),
        ("head = '{call}'\npattern = '你们", "head = '{calls}'\npattern = '你们", "phrase[1].variant[2].head", "“calls”"),
        ("pattern = '{not_open}'", "", "phrase[1].variant[1].pattern", "缺少"),
        ("pattern = '{not_open}'", "pattern = '{not_open}'\nunless_civil = 1", "phrase[1].variant[1].unless_civil", "true"),
        ("pattern = '{not_open}'", "pattern = '{not_open}'\ncivil = true", "phrase[1].variant[1].civil", "不认识"),
        ('example = "没上班呢,等着"', 'example = ""', "phrase[1].variant[1].example", "不能为空"),
        ("number = 2\n", "number = true\n", "phrase[2].number", "整数"),
        ("number = 21\n", "number = 22\n", "phrase", "第 1 到 21 句，依次编号"),
        ('keys = "等"', 'keys = ""', "phrase[1].keys", "不能为空"),
        ('clause = "守则 三(一)"', "", "phrase[1].clause", "缺少"),
        ('keys = "等"', 'keys = "等"\nnote = ""', "phrase[1].note", "不认识"),
        ("[[phrase]]\nnumber = 1\n", "[[phrase]\nnumber = 1\n", "整个文件", "TOML"),
    ],
)  # fmt: skip
def test_a_fault_of_the_forbidden_phrases_names_file_place_and_what_is_wrong(
    tmp_path: Path, old: str, new: str, place: str, fault: str
) -> None:
    assert old in SOUND_FORBIDDEN
    found = read_forbidden(tmp_path, SOUND_FORBIDDEN.replace(old, new, 1))
    assert found.place == place
    assert fault in found.fault


def test_a_forbidden_phrase_without_a_variant_is_a_fault(tmp_path: Path) -> None:
    bare = SOUND_FORBIDDEN[: SOUND_FORBIDDEN.rindex("[[phrase]]")] + (
        '[[phrase]]\nnumber = 21\ntext = "快。"\nclause = "守则 三"\ninstead = "请"\nkeys = "快"\n'
    )
    assert read_forbidden(tmp_path, bare).place == "phrase[21].variant"
