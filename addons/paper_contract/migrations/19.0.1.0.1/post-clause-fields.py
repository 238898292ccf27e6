# The places that used to be typed over in each contract are fields of the contract now. A text that the company
# has written itself is left alone: only the shipped sentences are replaced.
SENTENCES = {
    "计量方法：____。": "计量方法：{measuring_method}。",
    "付款条件：{payment_terms}。\n": (
        "付款条件：{payment_terms}。结算方式：{settlement_method}。\n定金：{deposit}。空白未填的，不收取定金。\n"
    ),
    "Terms of payment: {payment_terms}.\n": (
        "Terms of payment: {payment_terms}. Settlement: {settlement_method}.\nDeposit: {deposit}. Where left open, none is "
        "paid.\n"
    ),
    "运费承担：____。": "运费承担：{freight}。",
    "应当自收货之日起 ____ 日内书面提出；对其他质量的异议，应当自收货之日起 ____ 日内": (
        "应当自收货之日起 {claim_days_visible} 日内书面提出；对其他质量的异议，应当自收货之日起 {claim_days_hidden} 日内"
    ),
    "逾期交货的违约金：____。逾期付款的违约金：____。": (
        "逾期交货的违约金：{late_delivery_damages}。逾期付款的违约金：{late_payment_damages}。不能交货的违约金：{breach_damages}。"
    ),
    "提交 ____ 解决。": "提交 {dispute_body} 解决。",
    "一式 ____ 份，双方各执 ____ 份，": "一式 {copies_total} 份，双方各执 {copies_each} 份，",
    "Method of measuring: ____.": "Method of measuring: {measuring_method}.",
    "Freight is borne by: ____.": "Freight is borne by: {freight}.",
    "within ____ days of receipt, claims on other quality within ____ days": (
        "within {claim_days_visible} days of receipt, claims on other quality within {claim_days_hidden} days"
    ),
    "Agreed damages for late delivery: ____. Agreed damages for late payment: ____. ": (
        "Agreed damages for late delivery: {late_delivery_damages}. Agreed damages for late payment: "
        "{late_payment_damages}. Agreed damages for non-delivery: {breach_damages}. "
    ),
    "submitted to ____.": "submitted to {dispute_body}.",
    "made in ____ originals, of which each party keeps ____,": (
        "made in {copies_total} originals, of which each party keeps {copies_each},"
    ),
}


def migrate(cr, version):
    for old, new in SENTENCES.items():
        cr.execute(
            "UPDATE paper_contract_clause_template SET body = replace(body, %s, %s) WHERE strpos(body, %s) > 0", (old, new, old)
        )
        # Drafts follow; what was reviewed, sent or signed keeps the text that it was reviewed with.
        cr.execute(
            """UPDATE paper_contract_clause clause SET body = replace(clause.body, %s, %s)
                 FROM paper_contract contract
                WHERE contract.id = clause.contract_id AND contract.state = 'draft' AND strpos(clause.body, %s) > 0""",
            (old, new, old),
        )
