"""Contracts that were in force, and papers that were archived, before there was a register get their entries."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
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
