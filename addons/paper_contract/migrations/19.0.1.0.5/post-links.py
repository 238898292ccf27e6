"""Only the hashes of the tokens of links are kept. Links to read go on working; those to sign are void, because they stood in
the chatter, where colleagues of the mill could read them.
"""

from odoo import SUPERUSER_ID, api
from odoo.addons.paper_base.links import carry_over

OLD = "object.get_base_url() + object._get_sign_url()"
NEW = "ctx.get('paper_link')"


def migrate(cr, version):
    carry_over(cr, "paper.contract", "paper_contract", "access_token", "read", "read_token_expires")
    # The letter shows the link that the step that sends it gives, and no other.
    cr.execute(
        "UPDATE mail_template SET body_html = replace(body_html::text, %s, %s)::jsonb WHERE body_html::text LIKE %s",
        [OLD, NEW, "%_get_sign_url%"],
    )
    cr.execute("SELECT id FROM paper_contract WHERE state = 'sent' AND customer_signed_on IS NULL AND sign_token IS NOT NULL")
    ids = [row for (row,) in cr.fetchall()]
    cr.execute("ALTER TABLE paper_contract DROP COLUMN sign_token, DROP COLUMN sign_token_expires")
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["paper.contract"].browse(ids)._ask_for_new_links()
