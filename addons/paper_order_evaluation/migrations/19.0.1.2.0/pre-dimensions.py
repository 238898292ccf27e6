"""The dimensions of the panel were a fixed choice; they are records now. Every opinion keeps its dimension."""

ADDON = "paper_order_evaluation"
# As they stood in the choice: code, name, department, whose order they keep.
DIMENSIONS = (
    ("sales", "Sales", "group_sales"),
    ("capacity", "Capacity", "group_planning"),
    ("materials", "Materials", "group_purchasing"),
    ("technical", "Technology", "group_technical"),
    ("cost", "Cost and Profit", "group_finance"),
)


def migrate(cr, version):
    cr.execute("SELECT to_regclass('paper_evaluation_dimension')")
    if cr.fetchone()[0]:
        return
    cr.execute(
        """CREATE TABLE paper_evaluation_dimension (
               id serial PRIMARY KEY, code varchar, name jsonb, group_id integer, sequence integer, active boolean,
               create_uid integer, write_uid integer, create_date timestamp, write_date timestamp)"""
    )
    for place, (code, name, department) in enumerate(DIMENSIONS, 1):
        cr.execute(
            """WITH made AS (
                   INSERT INTO paper_evaluation_dimension (code, name, group_id, sequence, active, create_uid, write_uid,
                                                           create_date, write_date)
                   SELECT %s, jsonb_build_object('en_US', %s), res_id, %s, true, 1, 1, now(), now()
                     FROM ir_model_data WHERE module = 'paper_base' AND name = %s
                RETURNING id)
               INSERT INTO ir_model_data (module, name, model, res_id, noupdate, create_date, write_date)
               SELECT %s, %s, 'paper.evaluation.dimension', id, true, now(), now() FROM made""",
            (code, name, place * 10, department, ADDON, f"dimension_{code}"),
        )
    cr.execute("ALTER TABLE paper_evaluation_opinion ADD COLUMN dimension_id integer")
    cr.execute(
        """UPDATE paper_evaluation_opinion opinion SET dimension_id = dimension.id, sequence = dimension.sequence
             FROM paper_evaluation_dimension dimension WHERE dimension.code = opinion.dimension"""
    )
    # One opinion of each dimension in a panel: the index is made anew, on the record.
    cr.execute("DROP INDEX IF EXISTS paper_evaluation_opinion_dimension_uniq")
    # The field stays, as the code of the record; what it could be is no choice any more.
    cr.execute(
        """DELETE FROM ir_model_fields_selection USING ir_model_fields field
            WHERE field_id = field.id AND field.model = 'paper.evaluation.opinion' AND field.name = 'dimension'"""
    )
    cr.execute(
        "DELETE FROM ir_model_data WHERE model = 'ir.model.fields.selection' AND starts_with(name, %s)",
        ("selection__paper_evaluation_opinion__dimension__",),
    )
