"""One notification slip, both copies: our typesetter beside typst, the fastest peer we know, on the same words.

Every slip has new content, as at a counter. Both sides are warm, in one process, and take turns, so that a busy
machine slows both. Milliseconds are medians; `ratio` is ours through typst's, by the clock and by the processor (`cpu`).
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from counter_assistant.domain.papers import slip as paper
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.paper.typesetter import Typesetter

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
PEER = Path(__file__).with_name("peer_slip.typ")
SLIPS, WARM_UP = 80, 10
COLD = """
import time; began = time.perf_counter()
from tests.bench import slip
slip.our_side() if {ours} else slip.peers_side()
print((time.perf_counter() - began) * 1e3)
"""

Content = dict[str, Any]


class Took(NamedTuple):
    """How long something took, by the clock and by the processor."""

    clock: float
    cpu: float


WORDS: Content = {
    "unit": "临沧市住房公积金管理中心",
    "branch": "耿马管理部",
    "title": "一次性告知单",
    "mark": "示例，不作为承诺",
    "how": "窗口告知（综合窗口 2）",
    "clerk": "李某　综合受理岗　0883-6120000",
    "basis": "《住房公积金管理条例》（2026年修订，2026年9月20日起施行）第二十四条第一款第二项、第二十五条。",
    "maybe": "如配偶同时提取，另需：配偶身份证件、结婚证（原件，核验后退还）。",
    "not_needed": "不需要提供：单位出具的提取证明；单身证明；户口簿（房屋在本市）。",
    "conditions": "资格条件（待核）：购房行为真实；同一套住房未提取过（待核定）。",
    "responsible": "审核：归集提取科　提取审核岗　张某　0883-2160001；转账：受委托银行。",
    "procedure": "窗口申请 → 审核 → 作出决定并通知 → 受委托银行转账。 法定：自受理之日起3日内作出决定。承诺：",
    "promise": "材料补齐之日起1个工作日内办结（当日不计）。",
    "remedy": "材料备齐后携带本单到本窗口办理。对告知内容有疑问或意见的，可向经办人、窗口负责人或者监督电话"
    "0883-2160009、12329、12345反映。如最终决定不予提取，决定书将告知行政复议、行政诉讼途径。",
    "notes": ["本单一式二份，一份交当事人，一份存档。", "目录 2026.11", "您的信息仅用于办理本事项，依法保存。"],
}
OPINION = "您本次为咨询，尚未申请。备齐下列材料后到本窗口申请。"
SITUATION = ("本人办理", "未领不动产权证", "产权人本人", "配偶是否同时提取：未定", "房屋在本市")
ITEMS = (
    "购买新建商品住房提取",
    "租赁市场住房提取",
    "偿还商业住房贷款本息提取",
    "离休、退休提取",
    "既有住宅加装电梯提取",
    "单位缴存登记",
)
STATES = ("须提供", "须出示", "缺", "核验退还", "免提交", "现场填写")
LOUD = ("缺", "须提供")
HEAD = ("序", "材料", "原件、复印件", "出具单位", "填报要求", "情况")
MATERIALS = (
    ("申请人有效身份证件", "原件1", "公安机关", "在有效期内；核验后当场退还"),
    ("住房公积金提取申请表、提取承诺书", "原件1", "本中心", "到窗口用钢笔或签字笔填写并签名"),
    ("本人名下I类借记卡", "原件1", "受委托银行", "与身份证件姓名一致，用于转账"),
    ("经备案的商品房买卖合同", "原件1 复印件1", "开发企业", "复印首页、标的页、签章页"),
    ("购房发票", "原件1 复印件1", "开发企业", "全款或首付款发票，加盖发票专用章"),
    ("房屋网签备案信息", "—", "住建部门", "本中心核验；核验无结果时请带备案证明原件"),
)


def content(n: int) -> Content:
    """The words of the n-th visitor's slip: other person, number, time, item, answers, materials and states."""
    turn = n % 5
    kept = MATERIALS[: 4 + n % 3]
    rows = kept[n % 4 :] + kept[: n % 4]
    return WORDS | {
        "number": f"临公积金耿一告〔2026〕{n}号",
        "check": f"{(n + 1) * 0x9E3779B97F4A % 16**12:012x}",
        "qr": f"102003172026{n:08d}",
        "fields": [
            [
                ["申请人", "刘陈杨黄赵周吴徐孙马"[n % 10] + "建国秀英桂兰玉梅海燕"[n // 10 % 10] + "明华平芳"[n % 4]],
                ["证件", "未采集"],
                ["电话", f"138****{n * 37 % 10000:04d}"],
            ],
            [
                ["代办人", "—"],
                ["告知时间", f"2026年11月{n % 28 + 1}日 {n % 8 + 9}:{n % 60:02d}"],
                ["方式", WORDS["how"]],
            ],
            [["事项", ITEMS[n % len(ITEMS)]]],
            [["情形", "；".join(SITUATION[turn:] + SITUATION[:turn])]],
            [["受理意见", OPINION]],
        ],
        "materials": [[str(at + 1), *row, STATES[(n + at) % len(STATES)]] for at, row in enumerate(rows)],
    }


def as_slip(words: Content) -> paper.Slip:
    """The words as our slip."""
    rows = tuple(
        tuple(paper.Field(pair[0], pair[1], strong=pair[0] == "事项") for pair in row) for row in words["fields"]
    )
    cells = tuple(tuple(paper.Run(cell, cell in LOUD) for cell in row) for row in words["materials"])
    body: list[paper.Element] = [paper.Fields(rows), paper.Heading("一、", "政策依据"), _plain(words["basis"])]
    body += [paper.Heading("二、", "所需材料"), paper.Table("materials", HEAD, cells)]
    body += [_plain(words[name]) for name in ("maybe", "not_needed", "conditions")]
    body += [
        paper.Heading("三、", "审批环节与责任人"),
        _plain(words["responsible"]),
        paper.Heading("四、", "程序与时限"),
    ]
    body.append(paper.Paragraph((paper.Run(words["procedure"]), paper.Run(words["promise"], strong=True))))
    body += [paper.Heading("五、", "补救途径"), _plain(words["remedy"])]
    line = paper.SignatureLine
    signatures = paper.Signatures(
        (line("经办人（签名）：", ruled=True), line(words["clerk"]), line("（盖章）　　　年　　月　　日")),
        (
            line("当事人（签名）：", ruled=True),
            line("签收日期：　　　年　　月　　日"),
            line("□ 拒签　见证人：", ruled=True),
        ),
    )
    letterhead = (words["unit"], words["branch"], words["title"], words["mark"])
    kind, notes = SlipKind.NOTIFICATION_SLIP, tuple(words["notes"])
    draft = paper.Draft(kind, *letterhead, tuple(body), signatures, notes)
    return paper.Slip(draft, words["number"], datetime(2026, 11, 23, 10, 42, tzinfo=UTC), words["check"], words["qr"])


def _plain(text: str) -> paper.Paragraph:
    return paper.Paragraph((paper.Run(text),))


def our_side() -> Callable[[int], bytes]:
    """Our side, having set one slip."""
    typesetter = Typesetter(FONTS)

    def pdf(n: int) -> bytes:
        return typesetter.pdf(as_slip(content(n)))

    pdf(0)
    return pdf


def peers_side() -> Callable[[int], bytes]:
    """The peer's side, having set one slip."""
    import segno
    import typst

    compiler = typst.Compiler(str(PEER), root=str(PEER.parent), font_paths=[str(FONTS)], ignore_system_fonts=True)

    def pdf(n: int) -> bytes:
        words, drawing = content(n), io.BytesIO()
        segno.make(words["qr"], error="m", mask=2, micro=False).save(drawing, kind="svg", border=0)
        data = json.dumps(words | {"qr_svg": drawing.getvalue().decode()}, ensure_ascii=False)
        made = compiler.compile(format="pdf", sys_inputs={"data": data}, pdf_tags=False)
        assert isinstance(made, bytes)
        return made

    pdf(0)
    return pdf


def run() -> dict[str, float]:
    """The figures of this bench."""
    sides = (our_side(), peers_side())
    times: tuple[list[Took], list[Took]] = ([], [])
    for n in range(1, WARM_UP + SLIPS + 1):
        for side, taken in zip(sides, times, strict=True):
            taken.append(took(side, n))
    (ours, our_cpu), (peers, peers_cpu) = (medians(taken[WARM_UP:]) for taken in times)
    figures = {"ours_ms": ours, "typst_ms": peers, "ratio": ours / peers}
    figures |= {"ours_cpu_ms": our_cpu, "typst_cpu_ms": peers_cpu, "cpu_ratio": our_cpu / peers_cpu}
    figures |= {"cold_ms": _cold(ours=True), "typst_cold_ms": _cold(ours=False)}
    figures |= {"kib": len(sides[0](1)) / 1024, "typst_kib": len(sides[1](1)) / 1024}
    return {name: round(value, 3 if "ratio" in name else 2) for name, value in figures.items()}


def took(side: Callable[[int], bytes], n: int) -> Took:
    """What one slip takes."""
    began, worked = time.perf_counter(), time.process_time()
    side(n)
    return Took(time.perf_counter() - began, time.process_time() - worked)


def medians(taken: Sequence[Took]) -> Took:
    """The medians, in milliseconds."""
    return Took(median(each.clock for each in taken) * 1e3, median(each.cpu for each in taken) * 1e3)


def _cold(*, ours: bool) -> float:
    """From the first import to the first PDF in a new process; the middle of three."""
    command = [sys.executable, "-c", COLD.format(ours=ours)]
    root = Path(__file__).parents[2]
    runs = [subprocess.run(command, cwd=root, capture_output=True, text=True, check=True) for _ in range(3)]
    return median(float(done.stdout) for done in runs)
