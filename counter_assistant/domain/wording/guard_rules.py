"""忌语的写法：守则 三的每一句，连同常见的变化，各是一条规则；记号的意思见 domain/wording/guard_match.py.

A short sentence (不办。不知道。) holds only as a whole clause, with nothing before it but what its `head` names: 逾期不办理的
and 您不知道的话 are no hits. `civil` rules give way in a sentence that begs pardon or says 请, those that `yields` where
help is offered in the same breath: 不知道，没关系，我帮您查.
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_assistant.domain.wording.guard_match import Rule
from counter_assistant.domain.wording.guard_words import (
    ANNOYED,
    ASK,
    BUSY,
    CALL,
    CAN_YOU,
    CLOSED,
    CLOSING,
    DONT_KNOW,
    EARLY,
    FAST,
    FAST_HEAD,
    GO,
    HOW,
    HURRY,
    IDLE,
    LATE,
    LIKE_THIS,
    LOOKED,
    MANNER,
    NO,
    NO_RUSH,
    NOT_OPEN,
    PARTICLE,
    PERSON,
    PREPARE,
    SHOUT,
    SO_WHAT,
    TO_BOSS,
    TOLD,
    TOO_WORDY,
    UNDERSTAND,
    URGE,
    VEX,
    WAIT_HOW,
    WAITING,
    WHAT,
    WORDY,
    YOU,
    P,
    any_of,
)


def rules_for(bare: str) -> Iterator[tuple[int, Rule]]:
    """The rules that can hold in a text, with their ranks; a taboo none of whose key characters occur is left out.

    Compiling all rules takes a tenth of a second, which a text without such characters should not wait for.
    """
    present = set(bare)
    possible = {taboo for taboo, keys in KEYS.items() if not present.isdisjoint(keys)}
    return ((rank, rule) for rank, rule in enumerate(RULES) if rule.taboo in possible)


def _rule(taboo: int, core: str, head: str | None = None, *, civil: bool = False, yields: bool = False) -> Rule:
    return Rule(taboo, core, head, civil, yields)


KEYS = {
    1: "等", 2: "忙盲茫芒", 3: "喊吼嚷吵闹汉叫呼", 4: "烦凡繁番翻f", 5: "道到倒导晓造岛楚", 6: "告通提说讲交解强",
    7: "白百懂解楚", 8: "怎咋何就", 9: "管关官菅", 10: "办半伴扮爱", 11: "态太找诉告报谁", 12: "急及即鸡忙盲茫芒慌",
    13: "催崔摧", 14: "急及闲嫌咸贤娴", 15: "等", 16: "烦凡繁番翻乱堵", 17: "嗦唆索梭快块蹭叽话迹", 18: "问",
    19: "早提题事预先家准", 20: "谁个班般迟晚", 21: "班般快块",
}  # fmt: skip
"""Characters of which every rule of a taboo needs at least one."""

RULES = (
    # 一 没到上班时间,你等着吧。
    _rule(1, NOT_OPEN),
    _rule(1, rf"你们?{WAIT_HOW}{WAITING}", CALL),
    # 二 没见我正忙着吗,急什么?  十二 急什么,没看见我正忙着吗?
    _rule(2, rf"{BUSY}{YOU}(?:你)?(?:瞎|还|就|着)*{HURRY}"),
    _rule(12, rf"[急及即鸡]{WHAT}(?:急|劲儿?|呢)?{P}{YOU}(?:都|就|难道|你)*{BUSY}"),
    _rule(12, LOOKED),
    _rule(2, BUSY),
    _rule(12, HURRY, f"{PERSON}{any_of('瞎 都 那么 这么 就 还 干 乱 自己', '*')}"),
    _rule(12, rf"(?<!没)(?:什么|啥)[好可]着?急的?{P}`", f"{PERSON}有?", civil=True),
    _rule(12, rf"慌{WHAT}{P}`", PERSON),
    # 三 喊什么,等一会儿。
    _rule(3, rf"{SHOUT}{YOU}(?:先|就|再|给我)*等(?:着|会儿?|一会儿?|一下|一等|下){P}`"),
    _rule(3, SHOUT),
    _rule(3, rf"(?:叫什么叫|喊什么喊|吵什么吵|吼什么吼|嚷什么嚷){P}"),
    _rule(3, rf"(?:别|不要|莫|甭|少)[再在]?(?:大声|瞎|乱)?(?:喊|吼|嚷嚷?|吵吵?|叫唤|大喊大叫){P}`", PERSON),
    # 四 烦死了。  十三 别催了,烦死了。
    _rule(13, rf"{URGE}(?:真|真是|都|我都?)*{ANNOYED}{P}", f"{PERSON}{any_of('都 就 可 快 说了 叫你 让你', '*')}"),
    _rule(13, rf"(?:{URGE})+`", f"{PERSON}{any_of('都 就 能不能 给我 可 快 老 说了 跟你说了 叫你 让你', '*')}"),
    _rule(13, rf"[催崔]{WHAT}(?:催|崔|劲儿?)?{P}{ANNOYED}{P}"),
    _rule(13, rf"[催崔]{WHAT}(?:催|崔|劲儿?)?{P}`", f"{PERSON}{any_of('瞎 老 总 一直 还 干 乱', '*')}"),
    _rule(13, rf"(?:催什么催|催啥催|催命|再催(?:也没用|也是|就不|我就)){P}"),
    _rule(4, rf"{ANNOYED}{P}"),
    _rule(
        4,
        rf"(?:真|好|太|很|可|超|特){{1,2}}(?:是|的|他妈的?|特么|tm)*[烦凡繁](?:人|我)*透?{P}的?`",
        f"{PERSON}(?:这个?人|我们?|都)*",
    ),
    _rule(4, rf"(?:烦不烦|烦透了|烦[得的](?:要死|要命|很|慌)){P}`"),
    # 五 不知道。
    _rule(
        5,
        rf"(?:{DONT_KNOW}(?:就是|就|还是)?{P.replace('吗', '')})+(?:`|(?=你?(?:自己)?去?(?:问|找)(?:别人|他们|谁|领导)))",
        CALL
        + any_of("这个? 那个? 这事儿? 那事儿? 这件事 这些 这种事? 你问的 你说的 具体的?", "*")
        + any_of("我们? 我这儿 我这里 这边", "?")
        + any_of("也 又 真的? 可真 可 还 确实 就是 反正 都 啥也 啥都 什么都 什么也 完全 说了 都说了 跟你说了 就", "*"),
        yields=True,
    ),
    _rule(
        5,
        rf"我{any_of('怎么 咋 哪儿 哪里 哪 上哪儿 上哪')}(?:会|能)?(?:[知之]道|晓得){P}`",
        CALL + "(?:你问我|这事儿?|个)*",
    ),
    _rule(5, rf"(?:(?:鬼才?|天)[知之]道|谁[知之]道(?:呢|啊|呀|去)){P}`", CALL),
    _rule(5, rf"我们?(?:也|真|可|都|就|确实|还)*不[清情]楚{P}`", CALL + "(?:个|事儿?)*", yields=True),
    # 六 不是告诉你了吗?
    _rule(
        6,
        rf"(?<!是)不(?:是|十|事){any_of('都 已经 早就 早 才 刚刚 刚才 刚 上次 昨天 前面 之前 先前 就 又 我 都', '*')}"
        rf"(?:{TOLD}过?(?:你们?)?~{{0,12}}?{ASK}|{TOLD}过?(?:你们?)?(?:过|了|啦|拉)+|(?:说|讲)(?:过|了)+(?:的|你)?{ASK}){P}`",
    ),
    _rule(6, rf"(?<!是)不是{TOLD}过?你们?(?:过|了)+{ASK}"),
    _rule(6, rf"(?:{TOLD}|说|讲|解释|强调)(?:你们?)?(?:过|了)*(?:多少|好几|八百|几百|无数|一百|n)(?:遍|次|回)"),
    _rule(6, r"(?:要|让|叫|还要)我(?:再)?(?:说|讲|告诉你)(?:多少|几|好几)(?:遍|次|回)"),
    _rule(6, rf"(?:都|早就|早都)(?:已经)?{TOLD}过?(?:你们?)?(?:过|了)+{P}`", CALL + "(?:我|刚才?|上次)*", civil=True),
    # 七 怎么还不明白?
    _rule(
        7,
        rf"{HOW}{any_of('你 就 还 老是 老 总是 总 到现在 现在 一直 又 都 这么 那么 是', '*')}"
        rf"(?:[不没]|听不|没听|看不|没看|搞不|弄不|没弄|没搞)(?:能|太)?{UNDERSTAND}",
    ),
    _rule(7, rf"{HOW}(?:你|就)*(?:还是?|老|总|到现在)(?:就)?(?:不|没|搞不|弄不|听不|没听|没搞|没弄)清楚"),
    _rule(
        7, rf"还是?(?:[不没]|听不|没听|看不|没看|搞不|弄不|没搞|没弄)(?:明白|懂){P}`", f"{PERSON}(?:怎么)?", yields=True
    ),
    _rule(7, rf"听不(?:懂|明白)(?:人话|我说的?话?|话|普通话)?{ASK}{P}`", PERSON),
    _rule(
        7,
        r"(?:说|讲|解释)[了过](?:半天|这么久|这么多遍?|那么多遍?|几遍|多少遍|好几遍)(?:了|你|怎么|都|就)*还是?(?:不|没|听不)(?:懂|明白|清楚)",
    ),
    _rule(7, rf"(?:到底|究竟)听?(?:明不明白|懂不懂|懂没懂){P}`", PERSON),
    # 八 我就这样,你能怎么着?
    _rule(8, rf"{LIKE_THIS}{P}(?:{CAN_YOU}|怎么(?:着|了|样){P}`)"),
    _rule(8, rf"{LIKE_THIS}{P}`", CALL),
    _rule(8, rf"你们?(?:又|还)?(?:能|敢)(?:把|拿|奈)?(?:我们?)?{SO_WHAT}{P}`", CALL),
    _rule(8, rf"你们?(?:想|要)(?:把我)?(?:怎么着|怎样|咋着|咋样|咋的|咋地){P}`", CALL),
    _rule(8, r"[能敢](?:把|拿|奈)我们?(?:怎么|咋|如何|怎样)"),
    _rule(8, r"爱(?:咋|怎么)(?:咋|怎么|着|样|地|的|滴|办)+"),
    # 九 你管不着。
    _rule(9, rf"你们?(?:也|又|可|根本|就|都)*[管关官菅]不[着找者招了到]{P}"),
    _rule(9, rf"管不[着找者招]{P}`", CALL + "(?:事儿?|个)*"),
    _rule(9, rf"你们?(?:也)?管[得的][着找了到]{ASK}"),
    _rule(9, rf"(?<!不)(?:要|用得着|用|轮得到|轮到)你们?管{P}`"),
    _rule(9, rf"(?:用不着|轮不到|轮不着)你们?管{P}`", CALL + "(?:事儿?|个)*"),
    _rule(9, r"[关管]你们?(?:什么|啥|哪样|屁|毛|鸟)事"),
    _rule(9, rf"(?:你们?少管(?:闲事|我)?{P}`|少管闲事|多管闲事|你管我{P}`|你们?管[得的]?(?:那么|这么|太|真|挺)[多宽])"),
    # 十 不办。
    _rule(
        10,
        rf"(?:{NO}(?:了|就是|就)*{P})+`",
        CALL
        + any_of("我们? 你的事?儿? 你这个? 你这事儿? 个 事儿?", "*")
        + any_of("就是 就 偏偏 偏 反正 坚决 死活 说了 都说了 说 不办 也 可 真 是", "*"),
        yields=True,
    ),
    _rule(
        10,
        rf"{NO}(?:了|就是|就)*{P}`",
        CALL + any_of("我们? 今天 今儿 现在 这会儿 就 都 也", "*"),
        civil=True,
        yields=True,
    ),
    _rule(10, rf"(?:不|不想|懒得|没空|没工夫|偏不|就不)给(?:你们?)?[办半]{P}`", CALL + "(?:我们?|就是|就|今天)*"),
    _rule(10, r"爱[办来填等信]不[办来填等信]"),
    # 十一 我就这态度,有意见,找领导去。
    _rule(
        11,
        rf"{MANNER}(?:怎么[着样了地]{P})?(?:你们?)?(?:有(?:意见|不满|本事)|不服气?|不满意)?{P}(?:你们?)?(?:就|尽管|自己|那)*{TO_BOSS}(?:{GO})?{P}",
    ),
    _rule(11, rf"{MANNER}`", CALL),
    _rule(11, rf"我们?的?态度就是?(?:这样|这么着|这个样子?){P}"),
    _rule(
        11,
        rf"有(?:什么|啥)?(?:意见|不满|本事|种|能耐|想法)(?:的话)?{P}(?:你们?)?{any_of('就 尽管 自己 只管 那 随便 直接', '*')}{TO_BOSS}"
        rf"(?:{GO}|说|讲|反映|投诉|告)?{P}`",
        PERSON,
        civil=True,
    ),
    _rule(
        11,
        rf"{TO_BOSS}{GO}{P}`",
        f"{PERSON}{any_of('就 尽管 自己 只管 爱 直接 有本事 有种 有能耐 不满意 不服气? 不满 有意见', '*')}",
    ),
    _rule(
        11,
        rf"你们?{any_of('就 尽管 随便 爱 想 只管', '*')}去?(?:投诉|告|举报)(?:我们?)?(?:去|好了|吧|啊|呀|呗)+{P}`",
        CALL + "(?:有本事|不服气?|不满意)*",
    ),
    _rule(11, r"(?:爱|想)(?:找|投诉|告|问)谁就?(?:找|投诉|告|问)谁|随便(?:你们?)?(?:去)?(?:投诉|告)"),
    # 十四 着什么急,谁也没闲着。
    _rule(14, rf"{NO_RUSH}(?:{IDLE})?"),
    _rule(14, rf"[着找][急及]{WHAT}(?:急|呢)?{P}(?:{IDLE}|`)", f"{PERSON}(?:瞎|都|那么|这么|就|还)*"),
    _rule(14, IDLE),
    _rule(14, rf"没人[闲嫌]着{P}`", CALL),
    _rule(14, r"谁(?:又|也|是|在)?闲着(?:了|呢|啊|呀)+`", CALL),
    # 十五 正忙呢,等着吧。
    _rule(
        15,
        rf"(?:正在?|在)?[忙盲茫芒]着?(?:[呢哪呀啊哩嘞]+{YOU}{WAIT_HOW}等(?:会儿?|一会儿?|一哈|一下|下)|[了呢哪呀啊哩嘞]*{YOU}{WAIT_HOW}等[着者]){P}`",
        None,
        civil=True,
    ),
    _rule(15, WAITING, f"{CALL}{WAIT_HOW}"),
    # 十六 真麻烦。
    _rule(
        16,
        rf"(?<![认较当逼清传写纯失仿天本率])真(?:是|的|够|太|特么|他妈的?|tm)*{VEX}(?:死|人|得很|透|事儿?|精)*{P}的?`",
        None,
    ),
    _rule(16, rf"(?:好|忒|贼|怪|老|特|超|可|太)+{VEX}(?:得很|人)?{P}`", f"{PERSON}(?:这个?人|怎么|可真|事儿?)*"),
    _rule(16, rf"(?:这么|那么){VEX}{P}`", f"{PERSON}(?:这个?人|事儿?|个|怎么|咋|为什么|就)*"),
    _rule(16, rf"{VEX}(?:[死透](?![亡者])(?:了|啦|人|我|个人)+|精){P}"),
    _rule(16, rf"(?:净|尽|就会|就知道|只会|老是?给我们?|总是?给我们?)(?:给我们?)?添(?:乱|堵|{VEX}){P}"),
    _rule(16, rf"真(?:是)?{VEX}你们?(?:这个?人|这种人|这些人){P}`"),
    _rule(16, rf"{VEX}不{VEX}{P}`", PERSON + "(?:这个?人)?"),
    # 十七 快点,真啰嗦。
    _rule(17, rf"[快块]一?[点典些]儿?(?:说|讲|{PARTICLE})*(?:你们?)?(?:可|怎么|这人)*{TOO_WORDY}"),
    _rule(17, TOO_WORDY, f"{PERSON}{any_of('这个?人 说话 讲话 快一?点儿? 怎么 咋 就 可 话 给我 能不能', '*')}"),
    _rule(
        17,
        rf"(?:啰(?:里|哩)?[啰罗八吧巴]?(?:里|哩)?[嗦唆]|{WORDY}{any_of('死 什么 啥 得很 个没完 个什么劲', '+')}){P}`",
        f"{PERSON}(?:这个?人|就|还|老)*",
    ),
    _rule(
        17, rf"(?:磨蹭|磨叽|墨迹)(?:什么|啥)|(?:别|少|不要)(?:再|在)?(?:磨蹭|磨叽|废话|墨迹){P}`|(?:那么|这么)多废话"
    ),
    _rule(17, FAST, FAST_HEAD.replace(YOU, ""), civil=True, yields=True),
    # 十八 你问我,我去问谁。
    _rule(
        18,
        rf"{YOU}(?:来)?问我们?{P}(?:那)?我们?{any_of('去 又 还 要 能 该 上哪儿 上哪里 上哪 到哪儿 到哪里 到哪 也 再', '*')}"
        rf"(?:问|找)(?:谁|哪个|那个|哪一个|随|鬼)(?:去|来)*{P}",
    ),
    _rule(
        18,
        rf"我们?{any_of('去 又 上哪儿 上哪里 上哪 到哪儿 到哪里 到哪', '+')}问(?:谁|哪个|哪一个)去?{P}`",
        CALL + "(?:事|个)?",
    ),
    _rule(18, rf"我们?问(?:谁|哪个)去{P}`", CALL + "(?:事|个)?"),
    _rule(18, rf"{YOU}问我们?{P}我们?(?:还想问|也不知道|也不晓得|也想知道){P}"),
    _rule(18, rf"我们?问(?:谁|哪个){P}`", CALL),
    _rule(18, rf"(?:别|不要|少|甭|莫){any_of('再 老 来 总 在', '*')}问我们?{P}`", PERSON),
    _rule(18, rf"问我们?(?:干什么|干嘛|干吗|干啥|做什么|做啥|有什么用|有啥用|也没用|也白问|没用){P}"),
    _rule(18, rf"问(?:别人|他们|人家)去{P}`", f"{PERSON}(?:自己|就)*"),
    # 十九 怎么不提前准备好,早干什么的?
    _rule(19, rf"{PREPARE}(?:你们?)?(?:都|那)?{EARLY}"),
    _rule(19, PREPARE),
    _rule(
        19,
        rf"{HOW}(?:就|都|也|又|还)*(?:不|没有?)(?:把)?(?:材料|资料|东西)?准备(?:好|齐|全)*{P}(?:你们?)?(?:{EARLY}|`)",
        PERSON,
    ),
    _rule(19, EARLY),
    _rule(19, rf"早都?(?:[去上到]哪[儿里]?去?|哪[儿里]?去)了?{P}`", PERSON),
    _rule(
        19, rf"(?:你们?|也|都|就|又)+(?:怎么|咋)?(?:不|没)(?:知道)?(?:提前|早点儿?|事先|预先)准备(?:好|齐)?{P}`", CALL
    ),
    # 二十 下班不办了,谁叫你来这么迟!
    _rule(20, rf"{CLOSED}{LATE}"),
    _rule(20, LATE),
    _rule(20, CLOSED, None, civil=True),
    _rule(
        20,
        rf"(?:怎么|咋)?(?:来|到)[得的]?(?:这么|那么)[迟晚](?:才来)?{P}`",
        f"{PERSON}(?:怎么|咋|还|又|现在|才|都)*",
        civil=True,
    ),
    _rule(20, rf"(?:这么|那么)[迟晚]了?才来{P}`", f"{PERSON}(?:怎么|咋|还|又|都)*", civil=True),
    _rule(20, rf"下班(?:了|时间)*(?:你们?)?(?:才|还|又)来{P}`"),
    _rule(20, rf"下班[了啦]+{YOU}明天[再在](?:来|说|办){P}`", CALL + "(?:我们?|都|已经)*", civil=True),
    # 二十一 马上下班了,你快一点儿。
    _rule(21, CLOSING, None, civil=True),
    _rule(21, rf"{FAST}(?:都|就)*(?:马上|快要?|就要|要)+下[班般]{P}", FAST_HEAD, civil=True, yields=True),
    _rule(
        21,
        rf"你们?{any_of('给我 倒是 还不 能不能 就不能 赶紧 赶快 马上 麻利 动作 手脚 搞 再', '*')}{FAST}",
        CALL,
        civil=True,
        yields=True,
    ),
)
"""Where two rules find the same place, the longer find wins, then the earlier rule."""
