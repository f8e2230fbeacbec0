"""One request for each row of the decision table, and the further papers that a row holds ready."""

from __future__ import annotations

from typing import Any

from tests.make import ID_NUMBER, PHONE

PERSON = {"name": "罗𠅤克", "phone": PHONE, "id_number": ID_NUMBER}
SPOUSE = {"name": "钱七", "relation": "配偶", "id_number": "530902199001011243", "phone": "13900000001"}
COMPANY = {"name": "临沧某某有限公司", "phone": PHONE, "id_type": "unit", "id_number": "91350100M000100Y43"}
BOUGHT = {"who": "self", "deed": "issued", "owner_rel": "owner", "spouse_also": "no", "loc": "local"}
RENTED = {"who": "self", "marital": "married", "lease": "registered", "fund_loan_open": "no", "spouse_also": "no"}
LOAN = {
    "marital": "unmarried", "pay": "fund_loan", "owner_rel": "owner", "deed": "issued", "fund_loan_open": "no",
    "valuation": "not_needed",
}  # fmt: skip
PROMISE: dict[str, Any] = {"item": "B01", "applicant": PERSON, "answers": BOUGHT}
DIRECT: dict[str, Any] = {"item": "B08", "applicant": PERSON, "answers": RENTED}
REFERRAL: dict[str, Any] = {"item": "A14", "applicant": COMPANY, "answers": {"who": "employer"}}
ACCEPTED: dict[str, Any] = {"received": "all", "eligible": "yes"}
CENTRE = {"refer_to": "某市不动产登记中心", "refer_address": "示例路1号", "refer_phone": "0883-0000100"}
HELD = {"verify": "购房合同与备案信息不一致，向住建部门核实", "owner": "0003", "due": "2026-12-01"}
FOUND = {"explanation": "经向受委托银行查询，没有收到您的复核申请"}
LATER = {"due": "2026-11-24", "due_reason": "业务系统停机维护"}

ROWS: dict[str, tuple[dict[str, Any], str, str, str | None]] = {
    "1-elsewhere": ({**DIRECT, "duty": "elsewhere", "details": CENTRE}, "guidance", "一(六)4⑸", None),
    "2-colleague": ({**PROMISE, "duty": "colleague"}, "introduction", "一(六)4⑷", None),
    "3-held": ({**PROMISE, "hold": "verify", "details": HELD}, "none", "一(五)3⑵", "2026-12-01"),
    "4-unclear": ({**DIRECT, "clarity": "unclear"}, "none", "一(七)4", "2026-11-26"),
    "5-inquiry": (DIRECT, "notification_slip", "一(五)1", None),
    "6-not-eligible": (
        {
            "item": "A17",
            "applicant": PERSON,
            "received": ["id-card"],
            "details": FOUND,
            "answers": {"who": "self", "account_matter": "review", "bank_reviewed": "no"},
        },
        "return_notice",
        "一(七)5",
        "2026-11-23",
    ),
    "7-direct-incomplete": ({**DIRECT, "received": ["id-card"]}, "notification_slip", "一(七)1", None),
    "8-promise-incomplete": (
        {**PROMISE, "received": ["id-card", "title-deed"], "defects": [{"id": "deed-tax-receipt", "why": "缺一页"}]},
        "supplement_notice",
        "一(七)2",
        None,
    ),
    "8-referral-incomplete": ({**REFERRAL, "purpose": "apply"}, "supplement_notice", "一(七)3", None),
    "9-undecided": ({**PROMISE, "received": "all", "eligible": "undecided"}, "promise_notice", "一(七)5", "2026-11-24"),
    "10-referral": ({**REFERRAL, **ACCEPTED}, "referral_notice", "一(七)3", "2026-11-30"),
    "11-promise": ({**PROMISE, **ACCEPTED}, "promise_notice", "一(七)2", "2026-11-24"),
    "12-on-the-spot": ({**DIRECT, **ACCEPTED}, "none", "一(七)1", "2026-11-23"),
    "13-not-on-the-spot": ({**DIRECT, **ACCEPTED, "on_the_spot": False}, "receipt", "一(六)4⑶", "2026-11-23"),
}
"""Row: the request's changes, and the kind, clause and date that follow on Monday 2026-11-23."""

FURTHER: dict[str, dict[str, Any]] = {
    "1-elsewhere-asked": {
        "item": "", "applicant": {}, "duty": "elsewhere",
        "details": {"asked": "补办身份证", "refer_to": "某县公安局某派出所"},
    },
    "1-elsewhere-unnamed": {**DIRECT, "duty": "elsewhere"},
    "2-custody": {
        **PROMISE, "duty": "colleague", "slip": "custody_record", "received": ["id-card", "title-deed"],
        "details": {"contact": "10时30分拨打办公电话，无人接听"},
    },
    "6-condition-chosen-by-hand": {
        "item": "B05", "applicant": PERSON, "purpose": "apply", "eligible": "no",
        "details": {"explanation": "您提供的借款合同是消费贷款，不是购房贷款"},
    },
    "11-years-end": {
        **PROMISE, **ACCEPTED, "item": "C07", "answers": {"who": "self", "mortgage_certificate": "lender"},
        "details": {"due": "2027-01-05", "due_reason": "年终结算"},
    },
    "11-by-the-spouse": {
        **PROMISE, **ACCEPTED, "applicant": {**PERSON, "agent": SPOUSE},
        "answers": BOUGHT | {"who": "spouse", "spouse_also": "yes"},
    },
    "12-receipt-on-request": {**DIRECT, **ACCEPTED, "slip": "receipt"},
    "13-later-than-today": {**DIRECT, **ACCEPTED, "on_the_spot": False, "details": LATER},
    "delay": {
        **PROMISE, **ACCEPTED, "slip": "delay_notice",
        "details": {
            "of": "临公积金示一诺〔2026〕1号", "old_due": "2026-11-24", "due": "2026-11-26",
            "due_reason": "不动产登记信息需要补充核实",
        },
    },
}  # fmt: skip
"""Papers beside the recommended one."""
