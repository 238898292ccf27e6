from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_certificate_count = fields.Integer(
        string="Certificates",
        compute="_compute_paper_certificate_count",
        groups="base.group_user",
        help="Passed final inspections whose certificate of analysis can be printed.",
    )

    paper_inspection_count = fields.Integer(compute="_compute_paper_goods_count", groups="base.group_user")
    paper_lot_count = fields.Integer(compute="_compute_paper_goods_count", groups="base.group_user")

    @api.depends("stock_reference_ids.production_ids.inspection_ids", "stock_reference_ids.production_ids.lot_producing_ids")
    @api.depends_context("uid")
    def _compute_paper_goods_count(self):
        for order in self:
            goods = order.sudo()  # sudo: they are counted for whom may read them alone
            order.paper_inspection_count = self._paper_count(goods._paper_inspections())
            order.paper_lot_count = self._paper_count(goods._paper_lots())

    def _paper_inspections(self):
        return self.stock_reference_ids._paper_productions().inspection_ids

    def _paper_lots(self):
        """Return the rolls and pallets that were made for these orders."""
        productions = self.stock_reference_ids._paper_productions()
        return productions.lot_producing_ids | productions.move_finished_ids.move_line_ids.lot_id

    def action_view_paper_inspections(self):
        """Open the inspections of what was made for the order (R6.1.1)."""
        # sudo: opened with the rights of who presses it
        return self._paper_open_documents(self.sudo()._paper_inspections(), self.env._("Inspections"))

    def action_view_paper_lots(self):
        """Open the rolls and pallets that were made for the order (R5.3.1)."""
        # sudo: opened with the rights of who presses it
        return self._paper_open_documents(self.sudo()._paper_lots(), self.env._("Rolls and Pallets"))

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

    @api.model
    def _paper_tracked_stages(self):
        return super()._paper_tracked_stages() | {"inspected"}

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            milestones[order].append(order._inspected_milestone())
        return milestones

    def _inspected_milestone(self):
        """Return how far the final inspection of what this order has made is (R6.1.1)."""
        self.ensure_one()
        lines = self.order_line._paper_wanted()
        productions = self.stock_reference_ids._paper_productions(given_up=True)
        live = productions._paper_live()
        states = live.mapped("inspection_state")
        state = None
        if "failed" in states:
            state = "failed"
        elif "passed" in states or any(production.state in ("progress", "to_close") for production in live):
            state = "current"
        return self._paper_progress_milestone(
            "inspected",
            self.env._("Final inspection passed"),
            productions._paper_progress(lines, self._inspected_kg, self._is_inspection_open),
            date=max(filter(None, live._final_inspections().mapped("date_done")), default=None),
            department="quality",
            clause="R6.1.1",
            state=state,
        )

    @api.model
    def _inspected_kg(self, production):
        """Return how much of what a manufacturing order has made has passed, in kg."""
        if production.state == "cancel" or production.inspection_state != "passed":
            return 0.0
        made, uom = production._paper_made(), production.product_id.uom_id
        seen = sum(production._judging_inspections(production.lot_producing_ids).mapped("qty"))
        return production._paper_kg(min(made, seen) if production.is_made_since else made, uom)

    @api.model
    def _is_inspection_open(self, production):
        return production.state not in ("to_close", "done", "cancel") or (
            production.state != "cancel" and (production.inspection_state != "passed" or production.is_made_since)
        )
