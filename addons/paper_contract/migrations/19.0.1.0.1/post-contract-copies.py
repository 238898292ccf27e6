"""The copies of contracts in force were to-dos on the contract; now each department has a record of its own."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    contracts = env["paper.contract"].search([("state", "=", "in_force"), ("copy_ids", "=", False)])
    todos = env["mail.activity"].with_context(active_test=False).search(
        [("res_model", "=", "paper.contract"), ("res_id", "in", contracts.ids), ("automated", "=", True)]
    )
    by_contract = todos.grouped("res_id")
    for contract in contracts:
        own, stale = by_contract.get(contract.id, todos.browse()), todos.browse()
        for copy in env["paper.contract.copy"]._distribute(contract):
            department = own.filtered(lambda todo, copy=copy: copy.department_id in todo.user_id.all_group_ids)
            done = department.filtered(lambda todo: not todo.active and todo.date_done).sorted("date_done")[:1]
            if done:
                copy._by_step().write({"state": "read", "read_by_id": done.user_id.id, "read_on": done.date_done})
                copy._clock_stop()
                copy.activity_ids.unlink()
            stale |= department.filtered("active")
        stale.unlink()
