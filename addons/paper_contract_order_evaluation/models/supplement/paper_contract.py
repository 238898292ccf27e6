from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.holding import holds
from odoo.addons.paper_contract.models.draft import paper_contract
from odoo.addons.paper_order_evaluation.lib.changes import changed_fields, touched_dimensions

WRITERS = paper_contract.WRITERS


class PaperContract(models.Model):
    """A supplement that changes what the panel judges goes through the panel before legal reads it: capacity, materials,
    costs and credit of the new terms, of the departments that the change touches (R3.3.1, R4.1.3).
    """

    _inherit = "paper.contract"

    _acts = {**paper_contract.PaperContract._acts, "evaluate": (("draft",), WRITERS)}

    evaluation_ids = fields.One2many(
        "paper.evaluation", "supplement_id", string="Evaluations", groups="base.group_user", by_steps=True
    )
    evaluation_needed = fields.Char(
        string="Asked of the Panel",
        compute="_compute_evaluation_needed",
        groups="base.group_user",
        help="Departments that the changes of the supplement touch.",
    )
    evaluation_obstacle = fields.Char(compute="_compute_evaluation_needed", groups="base.group_user")
    evaluation_count = fields.Integer(compute="_compute_evaluation_needed", groups="base.group_user")
    can_evaluate = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")

    @api.depends("change_ids.is_changed", "new_commitment_date", "evaluation_ids.state", "applied_on", "state")
    @api.depends_context("lang")
    def _compute_evaluation_needed(self):
        names = self.env["paper.evaluation.dimension"]._names()
        for contract in self:
            open_one = contract.parent_id and contract.state not in ("in_force", "cancelled")
            touched = contract._touched_dimensions() if open_one else []
            contract.evaluation_needed = ", ".join(names[name] for name in touched) or False
            contract.evaluation_obstacle = touched and contract._evaluation_obstacle() or False
            contract.evaluation_count = len(contract.evaluation_ids)

    # The order as the supplement would make it

    def _order_ahead(self):
        """Return the order as it will be when the supplement is in force: a record of the memory that is never stored.

        It is the same order to whoever compares, reads or computes: what is not changed comes from the order itself.
        """
        self.ensure_one()
        order = self.order_id
        header = {}
        if self.new_commitment_date != self.old_commitment_date:
            header["commitment_date"] = self.new_commitment_date
        lines = {change.order_line_id: change._prepare_ahead_values() for change in self.change_ids.filtered("is_changed")}
        ahead = order.new(origin=order)
        in_memory = {line._origin: line for line in ahead.order_line}
        as_changed = [(ahead, header), *((in_memory[line], vals) for line, vals in lines.items() if line in in_memory)]
        if all(holds(record, name, value) for record, vals in as_changed for name, value in vals.items()):
            return ahead
        # What an earlier look at another draft of the supplement left in the memory is gone.
        ahead.order_line.invalidate_recordset(flush=False)
        ahead.invalidate_recordset(flush=False)
        commands = [Command.update(line.id, lines.get(line, {})) for line in order.order_line]
        return order.new({**header, "order_line": commands}, origin=order)

    def _touched_dimensions(self):
        """Return the dimensions of the panel that the supplement's changes touch."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the facts are compared, not shown
        facts, ahead = contract.order_id._paper_agreed_facts(), contract._order_ahead()._paper_agreed_facts()
        return touched_dimensions(changed_fields(facts, ahead), contract.order_id._paper_panel())

    # The panel

    def _evaluation(self):
        """Return the supplement's latest evaluation that was not called off."""
        self.ensure_one()
        found = self.sudo().evaluation_ids.filtered(lambda rec: rec.state != "cancelled")  # sudo: as the order's own
        return found.sorted("id", reverse=True)[:1]

    def _evaluation_obstacle(self):
        """Return why the supplement does not go to legal by its evaluation; "" if it may."""
        self.ensure_one()
        evaluation = self._evaluation()
        if not evaluation or evaluation._is_outdated():
            return self.env._(
                "Supplement %(supplement)s changes what the panel judges; sales submits it to the panel, which is asked: "
                "%(departments)s.",
                supplement=self.name,
                departments=self._department_names(evaluation),
            )
        return self.order_id._evaluation_obstacle(evaluation)

    def _department_names(self, evaluation):
        names = self.env["paper.evaluation.dimension"]._names()
        touched = evaluation._touched_dimensions() if evaluation else self._touched_dimensions()
        return ", ".join(names[name] for name in touched)

    @api.depends("evaluation_needed", "evaluation_obstacle")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        if verb == "evaluate":
            evaluation = self._evaluation()
            if not self.parent_id or not self._touched_dimensions():
                return self.env._("“%(contract)s” changes nothing that the panel judges.", contract=self.name)
            if evaluation and evaluation.state != "failed" and not evaluation._is_outdated():
                return self.env._("“%(contract)s” is evaluated, or under evaluation, as it stands.", contract=self.name)
        return super()._act_objection(verb)

    def action_submit_evaluation(self):
        """Hand the supplement to the panel: the departments that its changes touch are asked, of the others what they said of
        the order stands (R3.3.1).

        :raises ContractStateError: where there is nothing to ask, or it was asked already
        """
        self._check_act("evaluate")
        for contract in self:
            # sudo: sales may submit a supplement, not write in its evaluation
            contract.sudo().order_id._submit_evaluation(supplement=contract.sudo())
            contract._log(self.env._("Submitted to the panel: %(departments)s.", departments=contract.evaluation_needed))
        return self.action_open_evaluations() if len(self) == 1 else True

    def action_open_evaluations(self):
        """Open the supplement's evaluation."""
        self.ensure_one()
        evaluation = self._evaluation().with_env(self.env)
        return evaluation._get_records_action(name=self.env._("Evaluation"), context={})

    # What follows

    def _promises(self):
        evaluation = self._evaluation() if self.parent_id else None
        if not evaluation or not evaluation._is_passed() or evaluation._is_outdated():
            return super()._promises()
        return {line._origin: day for line, day in evaluation._line_promises().items()}

    def _action_review(self):
        result = super()._action_review()
        self._end_result_call()
        return result

    def _end_result_call(self):
        """End what sales was called for with the panel's result: it went on with it, or gave the supplement up."""
        for contract in self.filtered("parent_id"):
            contract._evaluation()._end_call("result")

    def _take_effect(self, order):
        result = super()._take_effect(order)
        evaluation = self._evaluation() if self.parent_id else None
        if evaluation and evaluation._is_passed():
            evaluation._enter_order()
        return result

    def _action_cancelled(self):
        result = super()._action_cancelled()
        # sudo: who gives the supplement up calls its panel off, and gives its machine hours back
        evaluations = self.sudo().evaluation_ids.filtered(lambda rec: rec._is_ahead())
        evaluations.filtered(lambda rec: rec.state == "open")._follow_to("cancelled")
        evaluations.reservation_ids._release()
        self._end_result_call()
        return result
