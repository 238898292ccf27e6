"""Tickets were numbered HT00001, as contracts are HT2026-…: the next ones begin with KF."""

from odoo import SUPERUSER_ID, api
from odoo.addons.paper_aftersales import hooks


def migrate(cr, version):
    hooks.post_init_hook(api.Environment(cr, SUPERUSER_ID, {}))
