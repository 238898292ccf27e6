"""The hand-over limit counts working time: what still waits is due when that has run out."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["paper.intake.message"]._deadlines_moved()
