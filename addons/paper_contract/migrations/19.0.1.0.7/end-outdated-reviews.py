"""What legal accepted was printed by the old version; the new one names the currency, the trade term and the core.

At the end: what a contract says is the work of the addons that build on this one, too.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["paper.contract"]._return_outdated_reviews()
