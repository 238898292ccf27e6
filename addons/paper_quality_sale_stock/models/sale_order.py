from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_certificate_count = fields.Integer(
        string="Certificates",
        compute="_compute_paper_certificate_count",
        groups="base.group_user",
        help="Passed final inspections whose certificate of analysis can be printed.",
    )

    @api.depends("stock_reference_ids.production_ids.inspection_ids.state")
    def _compute_paper_certificate_count(self):
        for order in self:
            # sudo: whoever reads the order may know that its goods have passed
            order.paper_certificate_count = len(order.sudo()._certified_inspections())

    def write(self, vals):
        result = super().write(vals)
        if "commitment_date" in vals:
            # Odoo gives the order's date to the moves of all its lines.
            self.order_line.filtered("paper_commitment_date")._moves_follow_delivery()
        return result

    def _certified_inspections(self):
        """Return the passed final inspections of what was made for these orders, the last one of each thing."""
        finals = self.stock_reference_ids._paper_productions()._final_inspections()
        return finals._certified().filtered(lambda rec: not rec._certificate_problem())

    def action_print_certificate(self):
        """Print the certificates of analysis of what was made for the order and has passed (R6.1.1)."""
        self.check_access("read")
        # sudo: whoever reads the order may print what its customer gets
        found = self.sudo()._certified_inspections()
        return self.env["qc.inspection"].browse(found.ids).action_print_certificate()

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            milestones[order].append(order._inspected_milestone())
        return milestones

    def _inspected_milestone(self):
        """Return how far the final inspection of what this order has made is (R6.1.1)."""
        self.ensure_one()
        productions = self.stock_reference_ids._paper_productions()
        states = productions.mapped("inspection_state")
        passed = states.count("passed")
        state, date = "todo", None
        if not productions:
            state = "skipped" if self.state == "sale" else "todo"
        elif "failed" in states:
            state = "failed"
        elif passed == len(states):
            state = "done"
            date = max(filter(None, productions._final_inspections().mapped("date_done")), default=None)
        elif passed or any(production.state in ("progress", "to_close") for production in productions):
            state = "current"
        name = self.env._("Final inspection passed")
        if 0 < passed < len(states):
            name = self.env._("Final inspection passed: %(passed)s of %(all)s", passed=passed, all=len(states))
        return self._paper_milestone(
            "inspected", name, state, date=date, owner=self.env._("Quality"), clause="R6.1.1"
        )
