"""What a centre looks into: forks, gaps, books put back, what contradicts itself, and a second book; in the words that somebody reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.exchange.bundle_entry import BundleTaken, FindingSettled, Outcome
from counter_assistant.domain.exchange.findings import Finding, FindingKind, findings
from counter_assistant.domain.exchange.strand import Strand

BOOK, OTHER = "ab" * 16, "cd" * 16


def digest(course: str) -> str:
    """What stands for the hash of the last entry of a course, a letter each."""
    return course.encode().hex().ljust(64, "0")


def strand(course: str, book: str = BOOK) -> Strand:
    return Strand(course, book, len(course), lambda seq: digest(course[:seq]))


def brought(
    course: str, after: int = 0, outcome: Outcome = Outcome.TAKEN, *, time: str = "2026-11-23T17:30:00+08:00", book: str = BOOK,
    installation: str = "530926", bundle: str = "",
) -> BundleTaken:  # fmt: skip
    said = HeadStatement(book, len(course), digest(course), installation, time)
    return BundleTaken(
        bundle or digest(course + time + str(after)), said.text, after, "Ed25519", "00", "11", outcome, "第 3 条记录的内容被改动。", False, "0001"
    )  # fmt: skip


def only(taken: Sequence[BundleTaken], strands: Sequence[Strand]) -> Finding:
    (found,) = findings(taken, strands)
    return found


def test_an_honest_branch_gives_nothing_to_look_into() -> None:
    taken = [brought("ab", time="2026-11-23T09:00:00+08:00"), brought("abcd", 2), brought("abcd", 2)]
    assert findings(taken, [strand("abcd")]) == ()
    assert findings([], []) == ()


def test_a_fork_names_the_first_entry_that_differs_and_both_ends() -> None:
    taken = [brought("abc"), brought("abxy")]
    found = only(taken, [strand("abc"), strand("abxy")])
    assert found == only(taken[::-1], [strand("abxy"), strand("abc")]), "in whatever order they came"
    assert (found.kind, found.kind.label, found.installation, found.book) == (FindingKind.FORK, "分叉", "530926", BOOK)
    assert found.id == f"fork:{BOOK}:2:{digest('ab')[:12]}"
    assert found.sentence == (
        f"安装点 530926 的台账从第 3 条起有 2 份：一份到第 3 条（{digest('abc')[:12]}），一份到第 4 条（{digest('abxy')[:12]}）。"
    )
    assert found.remedy == (
        "两份都留着，一条不丢。请问网点是不是拷贝过台账，或者恢复了旧备份；两份里同一个编号的纸都收回核对，查明以后写明缘由。"
    )


def test_a_gap_says_from_which_entry_to_send_again() -> None:
    found = only([brought("abcdef", 4, Outcome.WAITS)], [strand("ab")])
    assert (found.kind, found.kind.label, found.id) == (
        FindingKind.GAP,
        "缺一段",
        f"gap:{BOOK}:4:{digest('abcdef')[:12]}",
    )
    assert found.sentence == "安装点 530926 送来第 5 条到第 6 条，中心只有到第 2 条，中间缺一段。"
    assert found.remedy == "请网点再做一份送来（用命令做的，写 --since 2）；收到以后这一包自己接上，不用再送。"
    nothing = only([brought("abcdef", 4, Outcome.WAITS)], [])
    assert nothing.sentence == "安装点 530926 送来第 5 条到第 6 条，中心只有到第 0 条，中间缺一段。"
    assert "--since 0）" in nothing.remedy


def test_what_fits_to_nothing_is_asked_for_from_the_beginning() -> None:
    found = only([brought("axcd", 2, Outcome.WAITS)], [strand("abcd")])
    assert found.sentence == "安装点 530926 送来第 3 条到第 4 条，接不上中心有的任何一份。"
    assert "--since 0）" in found.remedy
    assert "--since 0）" in only([brought("axcd", 4, Outcome.WAITS)], [strand("abcd")]).remedy, (
        "as far as the centre is"
    )


def test_a_gap_ends_when_what_was_missing_came() -> None:
    waits = brought("abcdef", 4, Outcome.WAITS)
    assert findings([waits, brought("abcd", 2)], [strand("abcdef")]) == ()
    rejected = replace(waits, outcome=Outcome.REJECTED)
    assert only([waits, rejected], [strand("abcd")]).kind is FindingKind.REJECTED, "it came, and contradicts itself"


def test_a_book_that_has_fewer_entries_later_was_put_back() -> None:
    morning, evening = "2026-11-23T09:00:00+08:00", "2026-11-24T09:05:00+08:00"
    taken = [brought("abcd", time=morning), brought("ab", time=evening)]
    found = only(taken, [strand("abcd")])
    assert (found.kind, found.kind.label) == (FindingKind.GOES_BACK, "退回去了")
    assert found.id == f"goes-back:{BOOK}:{digest('ab')[:12]}:{evening}"
    assert found.sentence == "安装点 530926 在 2026年11月24日 9:05 只有到第 2 条，2026年11月23日 9:00 已经送过第 4 条。"
    assert found.remedy == (
        "网点放回了旧的一份：请它停止出具，用最近的备份和流水恢复；中心有到后一条的全部记录。查明以后写明缘由。"
    )
    assert findings([brought("ab", time=morning), brought("abcd", time=evening)], [strand("abcd")]) == ()
    assert only(taken[::-1], [strand("abcd")]) == found, "in whatever order they came"


def test_the_times_of_two_zones_are_compared_as_moments() -> None:
    taken = [brought("abcd", time="2026-11-23T09:00:00+08:00"), brought("ab", time="2026-11-23T02:00:00+00:00")]
    assert only(taken, [strand("abcd")]).kind is FindingKind.GOES_BACK
    earlier = [brought("abcd", time="2026-11-23T09:00:00+08:00"), brought("ab", time="2026-11-23T00:59:00+00:00")]
    assert findings(earlier, [strand("abcd")]) == ()


def test_the_farthest_of_those_before_is_told() -> None:
    taken = [
        brought("abc", time="2026-11-23T09:00:00+08:00"), brought("abcde", time="2026-11-23T10:00:00+08:00"),
        brought("abcd", time="2026-11-23T10:30:00+08:00", outcome=Outcome.WAITS), brought("ab", time="2026-11-23T11:00:00+08:00"),
    ]  # fmt: skip
    told = {each.id: each.sentence for each in findings(taken, [strand("abcde")])}
    assert len(told) == 2
    assert "已经送过第 5 条" in told[f"goes-back:{BOOK}:{digest('ab')[:12]}:2026-11-23T11:00:00+08:00"]
    assert f"goes-back:{BOOK}:{digest('abcd')[:12]}:2026-11-23T10:30:00+08:00" in told


def test_of_a_fork_neither_goes_back_from_the_other() -> None:
    taken = [brought("abcd", time="2026-11-23T09:00:00+08:00"), brought("abx", time="2026-11-23T10:00:00+08:00")]
    assert only(taken, [strand("abcd"), strand("abx")]).kind is FindingKind.FORK
    rejected = brought("ab", outcome=Outcome.REJECTED, time="2026-11-23T10:00:00+08:00")
    assert [each.kind for each in findings([taken[0], rejected], [strand("abcd")])] == [FindingKind.REJECTED]


def test_what_contradicts_itself_says_why() -> None:
    found = only([brought("abc", 1, Outcome.REJECTED, bundle="0f" * 32)], [])
    assert (found.kind, found.kind.label, found.id) == (
        FindingKind.REJECTED,
        "没有收下",
        f"rejected:{BOOK}:0f0f0f0f0f0f",
    )
    assert found.sentence == "安装点 530926 的第 2 条到第 3 条没有收下：第 3 条记录的内容被改动。"
    assert found.remedy == "请网点核对台账（体检），按结果恢复以后重新做一份；查明以后写明缘由。"


def test_a_second_book_of_an_installation_is_told_once() -> None:
    taken = [brought("ab"), brought("xy", book=OTHER), brought("pq", book="ef" * 16, installation="530927")]
    found = only(taken, [strand("ab"), strand("xy", OTHER), strand("pq", "ef" * 16)])
    assert (found.kind, found.kind.label, found.installation) == (FindingKind.ANOTHER_BOOK, "另有一本", "530926")
    assert (found.id, found.book) == ("another-book:530926:abababab,cdcdcdcd", BOOK)
    assert found.sentence == "安装点 530926 送来过 2 本台账：abababab…、cdcdcdcd…。"
    assert found.remedy == "请问网点是不是重新启用了台账；两个网点用了同一个代码的，改一个。查明以后写明缘由。"
    assert only(taken[::-1], [strand("ab")]) == found


def test_the_code_of_an_installation_is_that_which_it_said_last() -> None:
    taken = [
        brought("abc", time="2026-11-24T09:00:00+08:00", installation="530927"),
        brought("abxy", time="2026-11-23T09:00:00+08:00"),
    ]
    for order in (taken, taken[::-1]):
        assert only(order, [strand("abc"), strand("abxy")]).installation == "530927"


def test_what_was_settled_stands_last_with_what_came_of_it() -> None:
    taken = [brought("abc"), brought("abxy"), brought("xy", 1, Outcome.REJECTED, book=OTHER, installation="530927")]
    strands = [strand("abc"), strand("abxy")]
    fork, rejected = findings(taken, strands)
    assert (fork.kind, rejected.kind, fork.settled, rejected.settled) == (
        FindingKind.FORK,
        FindingKind.REJECTED,
        "",
        "",
    )
    settled = [
        FindingSettled(fork.id, "问过", "0001"),
        FindingSettled(fork.id, "是拷贝试机", "0001"),
        FindingSettled("x", "", ""),
    ]
    assert findings(taken, strands, settled) == (rejected, replace(fork, settled="是拷贝试机"))
    of_second = [
        FindingSettled(each.id, "改了代码", "0001") for each in findings([brought("a"), brought("b", book=OTHER)], [])
    ]
    assert [each.settled for each in findings([brought("a"), brought("b", book=OTHER)], [], of_second)] == ["改了代码"]
