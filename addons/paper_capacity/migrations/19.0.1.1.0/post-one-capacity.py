"""Work orders that a mill has planned, and hours in which its machines are closed, stand in the list of slots; what it has
promised becomes the date of the manufacturing orders that are not planned yet."""

import logging

from odoo import SUPERUSER_ID, api
from odoo.addons.mrp.models.mrp_workorder import MrpWorkorder as CoreWorkorder
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)
HAND = 0.01  # minutes; further from what the routing says was entered by somebody

def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["paper.slot.reservation"]._mirror_all()
    firm = env["paper.slot.reservation"].search([("kind", "=", "promise"), ("state", "=", "firm")])
    firm.order_id._paper_hand_over_slots()
    _take_speeds(env)


def _take_speeds(env):
    """Let work that waits for its plan take the time in which its machine makes the paper; a time that somebody entered stays."""
    works = env["mrp.workorder"].search(
        [("state", "in", ("blocked", "ready")), ("leave_id", "=", False), ("production_id.product_id.is_paper", "=", True)]
    )
    for work in works:
        if abs(work.duration_expected - CoreWorkorder._get_duration_expected(work)) < HAND:
            try:
                work.duration_expected = work._get_duration_expected()
            except UserError as error:  # a machine with a speed and no width: planning it tells
                _logger.info("%s keeps its time: %s", work.display_name, error)
