"""Stand-ins for the legal review had a table of their own; they are absences like any other, for the seat of legal."""


def migrate(cr, version):
    cr.execute("SELECT 1 FROM information_schema.tables WHERE table_name = 'paper_contract_standin'")
    if not cr.fetchone():
        return
    cr.execute(
        """INSERT INTO paper_delegation (user_id, stand_in_id, company_id, seat, date_from, date_to, reason,
                                         create_uid, create_date, write_uid, write_date)
                SELECT user_id, standin_id, company_id, 'legal', date_from, date_to, reason,
                       create_uid, create_date, write_uid, write_date
                  FROM paper_contract_standin
              ORDER BY id"""
    )
    cr.execute("DROP TABLE paper_contract_standin")
    # Odoo leaves what is not updated where it is, though the model is gone.
    cr.execute(
        r"""DELETE FROM ir_rule WHERE id IN (
                  SELECT res_id FROM ir_model_data
                   WHERE module = 'paper_contract' AND model = 'ir.rule' AND name LIKE 'rule\_paper\_contract\_standin%')"""
    )
    cr.execute(
        r"""DELETE FROM ir_model_data
            WHERE module = 'paper_contract' AND model = 'ir.rule' AND name LIKE 'rule\_paper\_contract\_standin%'"""
    )
