# A blank is filled in, or settled as “none”, before a contract goes on; what the text said of blanks is no longer needed.
# A text that the company has written itself is left alone: only the shipped sentences go.
SENTENCES = (
    "期限空白未填的，按《中华人民共和国民法典》第六百二十条至第六百二十三条执行。",
    "空白未填的，不收取预付款。",
    "空白未填的，不收取定金。",
    "空白未填的，按守约方的实际损失赔偿。",
    "空白未填的，任何一方可以向有管辖权的人民法院提起诉讼。",
    " Where a period is left open, articles 38, 39 and 44 of the United Nations Convention on Contracts for the "
    "International Sale of Goods apply.",
    " Where a period is left open, articles 620 to 623 of the Civil Code apply.",
    " Where left open, none is paid.",
    " Where left open, the actual loss of the other party is compensated.",
    " Where left open, either party may sue before the people's court that has jurisdiction.",
    " Where left open, either party may sue before the court that has jurisdiction.",
)
# What the text of a contract leaves open, as lib/blanks.py sees it.
PLACE = "_{3,}|＿{2,}|待填"


def migrate(cr, version):
    # A customer who was sent a text with blanks signs that very text; nobody takes it away from them.
    cr.execute(
        """UPDATE paper_contract contract SET sent_with_blanks = TRUE
            WHERE state = 'sent' AND EXISTS (
                  SELECT 1 FROM paper_contract_clause clause
                   WHERE clause.contract_id = contract.id AND clause.frozen_text ~ %s)""",
        [PLACE],
    )
    for sentence in SENTENCES:
        cr.execute(
            "UPDATE paper_contract_clause_template SET body = replace(body, %s, '') WHERE strpos(body, %s) > 0",
            (sentence, sentence),
        )
        # Drafts follow; what was reviewed, sent or signed keeps the text that it was reviewed with.
        cr.execute(
            """UPDATE paper_contract_clause clause SET body = replace(clause.body, %s, '')
                 FROM paper_contract contract
                WHERE contract.id = clause.contract_id AND contract.state = 'draft' AND strpos(clause.body, %s) > 0""",
            (sentence, sentence),
        )
