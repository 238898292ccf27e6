"""The stage of rejected tickets comes from the helpdesk and is not written by an update."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    rejected = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected", raise_if_not_found=False)
    if rejected:
        rejected.paper_unfounded = True
