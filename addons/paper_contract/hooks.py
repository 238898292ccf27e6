from odoo.tools import SQL

from .triggers import FUNCTION_NAMES


def uninstall_hook(env):
    """Take the guards of contracts in force off the tables that stay, and the sequences that numbers came from."""
    # Made on demand for each company, so without external names.
    env["ir.sequence"].search([("code", "in", ("paper.contract", "paper.order"))]).unlink()
    for name in FUNCTION_NAMES:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(name)))
