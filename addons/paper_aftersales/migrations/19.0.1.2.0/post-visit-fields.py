from odoo import SUPERUSER_ID, api

FIELDS = ("use", "quality", "satisfaction", "suggestions")


def migrate(cr, version):
    """The questions that there are already fill the visit; feedback that came was reported when it was written down."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in FIELDS:
        question = env.ref(f"paper_aftersales.survey_question_{name}", raise_if_not_found=False)
        if question:
            question.paper_visit_field = name
    cr.execute("UPDATE helpdesk_ticket SET reported_on = create_date WHERE reported_on IS NULL OR reported_on > create_date")
