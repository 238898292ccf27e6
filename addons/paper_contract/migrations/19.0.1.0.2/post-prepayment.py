# The prepayment is a condition of its own, apart from the deposit. A text that the company has written itself is left
# alone: only the shipped sentences get the new one.
SENTENCES = {
    "结算方式：{settlement_method}。\n定金：{deposit}。": (
        "结算方式：{settlement_method}。\n预付款：{prepayment}。空白未填的，不收取预付款。\n定金：{deposit}。"
    ),
    "Settlement: {settlement_method}.\nDeposit: {deposit}.": (
        "Settlement: {settlement_method}.\nPrepayment: {prepayment}. Where left open, none is paid.\nDeposit: {deposit}."
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
