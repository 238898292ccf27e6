from markupsafe import escape
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Keep the figures of a customer's credit in overrides and their notes for who reads credit."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    # In the language of the company, which wrote down most of them.
    cr.execute(
        """SELECT override.id, override.order_id, override.message, partner.lang
             FROM paper_blocker_override override
             JOIN res_company company ON company.id = override.company_id
             JOIN res_partner partner ON partner.id = company.partner_id
            WHERE override.code LIKE 'credit%' AND override.detail IS NULL AND override.message IS NOT NULL"""
    )
    for override_id, order_id, message, lang in cr.fetchall():
        shared = env["sale.order"].with_context(lang=lang)._credit_shared_sentence()
        cr.execute(
            "UPDATE paper_blocker_override SET detail = message, message = %s WHERE id = %s", [shared, override_id]
        )
        cr.execute(
            """UPDATE mail_message SET body = replace(body, %s, %s)
                WHERE model = 'sale.order' AND res_id = %s AND position(%s IN body) > 0""",
            [str(escape(message)), str(escape(shared)), order_id, str(escape(message))],
        )
