"""Links of completions are links of the mill; to-dos say what they are for, so that they end with it."""

# What the system had people told by to-dos that said it nowhere: (model, condition on its table, kind).
KINDS = (
    ("paper.intake.message", "state IN ('received', 'question', 'rejected')", "handle"),
    ("paper.credit.review", "state = 'draft'", "draft"),
    ("paper.performance.suspension", "state = 'noticed'", "noticed"),
)


def migrate(cr, version):
    carry_links(cr)
    name_kinds(cr)


def carry_links(cr):
    """Let the links that were sent go on working: the table kept their hashes already, made in the same way."""
    cr.execute("SELECT 1 FROM pg_tables WHERE tablename = 'paper_completion_token'")
    if not cr.fetchone():
        return
    cr.execute(
        """INSERT INTO paper_link (res_model, res_id, purpose, token_hash, partner_id, expires_on, uses_left, revoked_on,
                                   create_uid, create_date, write_uid, write_date)
           SELECT 'paper.completion.request', token.request_id, 'complete', token.token_hash, request.partner_id,
                  token.expires_on, -1, token.revoked_on,
                  token.create_uid, token.create_date, token.write_uid, token.write_date
             FROM paper_completion_token token
             JOIN paper_completion_request request ON request.id = token.request_id
               ON CONFLICT DO NOTHING"""
    )


def name_kinds(cr):
    for model, condition, kind in KINDS:
        table = model.replace(".", "_")
        cr.execute("SELECT 1 FROM pg_tables WHERE tablename = %s", [table])
        if not cr.fetchone():  # a mill without the credit review
            continue
        cr.execute(
            f"""UPDATE mail_activity SET paper_kind = %s
                 WHERE res_model = %s AND automated AND paper_kind IS NULL
                   AND res_id IN (SELECT id FROM {table} WHERE {condition})""",
            [kind, model],
        )
