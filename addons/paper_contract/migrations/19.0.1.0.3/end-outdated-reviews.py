"""What legal accepted was printed by the old version; the new one writes the quality and the packing in other words.

At the end: what a contract says is the work of the addons that build on this one, too.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["paper.contract"]._return_outdated_reviews()
