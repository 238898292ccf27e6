from odoo.tools import SQL


def post_init_hook(env):
    """Enter contracts that were in force, and papers that were archived, before there was a register; those in it are left."""
    register = env["paper.contract.register"]
    entries = register.search([])
    known = entries.document_id
    in_force = entries.filtered(lambda entry: entry.kind == "in_force").contract_id
    ended = entries.filtered(lambda entry: entry.kind == "ended").contract_id
    for contract in env["paper.contract"].with_context(active_test=False).search([], order="id"):
        (contract.document_ids - known)._enter_in_register()
        if contract.in_force_on and contract not in in_force:
            register._enter(contract, "in_force")
        if contract.in_force_on and contract.ended_on and contract not in ended:
            register._enter(contract, "ended")


def uninstall_hook(env):
    """Take the function that the register's index is made with out of the database, the index, and the register's sequences."""
    env["ir.sequence"].search([("code", "=", "paper.contract.register")]).unlink()
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS paper_bigrams(text) CASCADE"))
