"""Absences and stand-ins were the evaluation panel's own; they belong to every addon now, and to none of them."""

OLD, NEW = "paper_order_evaluation", "paper_base"
NAMES = (
    "model_paper_delegation",
    "model_inherit__paper_delegation__mail_thread",
    "constraint_paper_delegation_dates_forward",
    "access_paper_delegation_user",
    "rule_paper_delegation_company",
    "paper_delegation_view_form",
    "paper_delegation_view_list",
    "paper_delegation_view_search",
    "action_paper_delegation",
    "menu_paper_delegation",
)
# Fields and the choices of a selection have a name of their own each.
LIKE = (r"field\_paper\_delegation\_\_%", r"selection\_\_paper\_delegation\_\_%")


def migrate(cr, version):
    cr.execute("SELECT 1 FROM information_schema.columns WHERE table_name = 'paper_delegation' AND column_name = 'dimension'")
    if not cr.fetchone():
        return  # there is no evaluation on this database, so no absence either
    cr.execute("ALTER TABLE paper_delegation RENAME COLUMN dimension TO seat")
    cr.execute("UPDATE ir_model_fields SET name = 'seat' WHERE model = 'paper.delegation' AND name = 'dimension'")
    cr.execute(
        "UPDATE ir_model_data SET name = 'field_paper_delegation__seat' WHERE module = %s AND name = %s",
        (OLD, "field_paper_delegation__dimension"),
    )
    # What belongs to an addon goes with it: the table, too, when the evaluation is uninstalled.
    cr.execute(
        "UPDATE ir_model_data SET module = %s WHERE module = %s AND (name IN %s OR name LIKE %s OR name LIKE %s)",
        (NEW, OLD, NAMES, *LIKE),
    )
    cr.execute(
        """UPDATE ir_model_constraint SET module = (SELECT id FROM ir_module_module WHERE name = %s)
            WHERE model = (SELECT id FROM ir_model WHERE model = 'paper.delegation')""",
        (NEW,),
    )
