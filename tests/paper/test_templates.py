"""The forms say what the centre has settled; a template is not changed by it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant import paths
from counter_assistant.domain.catalogue.form_sentences import marks, wrong_in
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.paper.templates import MARKS, PAPERS, Forms, form_sentences

FORM = """{# 说明不是一句话，不会被改写 #}
{% block call_label %}监督和投诉的电话号码{% endblock %}
{% block call %}
有意见的，请拨打监督电话{{ office.supervision_phone }}。
{% if late %}已经过了答复您的期限，我们深表歉意。{% endif %}请您保存好本单以备查询。
序|材料|原件复印件|谁出具|怎样才合格
{% endblock %}
"""
CALL, SORRY = "有意见的，请拨打监督电话〔监督电话〕。", "已经过了答复您的期限，我们深表歉意。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for form in PAPERS:
        (tmp_path / f"{form}.txt").write_text(FORM if form == "receipt" else "", encoding="utf-8")
    return tmp_path


def blocks(folder: Path, words: dict[str, str]) -> str:
    facts = {"office": {"supervision_phone": "0883-1"}, "late": True}
    return Forms(folder, {"收件回执": words}).blocks("receipt", facts)["call"]


def test_the_whole_sentences_of_a_form_are_found_without_its_labels_and_heads(folder: Path) -> None:
    found = form_sentences(folder)
    assert {paper: [each.standard for each in held] for paper, held in found.items()} == {"收件回执": [CALL, SORRY]}


def test_the_centres_words_are_printed_in_their_place(folder: Path) -> None:
    said = blocks(folder, {CALL: "不满意，打〔监督电话〕，见〔2026〕18号。", "没有的一句": "不印"})
    assert said.splitlines()[0] == "不满意，打0883-1，见〔2026〕18号。"
    assert SORRY in said
    assert "没有的一句" not in said


def test_a_form_of_another_paper_stays(folder: Path) -> None:
    facts = {"office": {"supervision_phone": "0883-1"}, "late": False}
    assert Forms(folder, {"指引单": {CALL: "别的"}}).blocks("receipt", facts)["call"].startswith("有意见的")


@given(
    words=st.text(
        st.characters(codec="utf-8", exclude_characters="{}\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"),
        min_size=1,
        max_size=30,
    )
)
def test_whatever_is_written_is_printed_as_it_reads(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.mktemp("forms")
    for form in PAPERS:
        (folder / f"{form}.txt").write_text(FORM if form == "receipt" else "", encoding="utf-8")
    assert f"。{words}。" in "。" + blocks(folder, {SORRY: f"甲。{words}。"}).removeprefix("甲")


def test_words_with_a_brace_are_not_put_into_a_template(folder: Path) -> None:
    assert SORRY in blocks(folder, {SORRY: "{{ 7 * 7 }}"})


def test_the_sentences_of_the_forms_that_ship_can_be_worded() -> None:
    found = form_sentences(paths.forms())
    assert {kind.in_words for kind in SlipKind} <= found.keys()
    assert sum(map(len, found.values())) == 80
    for held in found.values():
        for each in held:
            assert wrong_in(each) is None
            assert "{" not in each.standard
            assert {mark[1:-1] for mark in marks(each.standard)} <= set(MARKS.values())
    redress = [each for each in found["延期告知单"] if "临沧市人民政府" in each.standard]
    assert len(redress) == 1


def test_no_sentence_has_two_facts_under_one_mark() -> None:
    for held in form_sentences(paths.forms()).values():
        for each in held:
            assert len(set(marks(each.standard))) == len(marks(each.standard))


def test_what_goes_on_behind_a_tag_is_no_sentence(folder: Path) -> None:
    going_on = "{% block call %}{% if late %}没有人接待的请回到窗口去{% else %}联系不上的请拨打那个电话{% endif %}，或者来窗口。{% endblock %}"
    whole = "{% block call %}{% if late %}没有人接待的请回到窗口去。{% endif %}联系不上的请拨打那个电话{% endblock %}"
    (folder / "receipt.txt").write_text(going_on, encoding="utf-8")
    assert form_sentences(folder) == {}
    (folder / "receipt.txt").write_text(whole, encoding="utf-8")
    assert [each.standard for each in form_sentences(folder)["收件回执"]] == ["没有人接待的请回到窗口去。"]


def test_every_mark_is_used_and_means_one_thing_in_a_sentence() -> None:
    used = {
        mark[1:-1] for held in form_sentences(paths.forms()).values() for each in held for mark in marks(each.standard)
    }
    assert used == set(MARKS.values())
    assert len(set(MARKS.values())) == len(MARKS)
