from odoo import api, fields, models

from ..exceptions import OrdersMergedError, PlanLockedError, ProduceBlockedError
from .paper_production_plan import RELEASED

STARTED = ("progress", "to_close", "done")


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.order.source", "paper.step.mixin"]
    _evidence_states = ("done",)
    _written_by_odoo = ("state", "date_finished", "is_planned")

    paper_plan_id = fields.Many2one(
        "paper.production.plan", string="Production Plan", index="btree_not_null", copy=False, check_company=True
    )
    sale_line_id = fields.Many2one(index="btree_not_null")

    # Quantities

    def _paper_made_qty(self):
        """Return what is made so far, in stock or not, in the order's unit."""
        self.ensure_one()
        if self.state == "done" or not self.workorder_ids:
            return self.qty_produced
        live = self.workorder_ids.filtered(lambda rec: rec.state != "cancel")
        return max(self.qty_produced, min(live.mapped("qty_produced"), default=0))

    def _paper_made_for(self, lines):
        line = self.sale_line_id & lines
        # What is made on the way to the paper, such as a base paper, has no specification of a customer.
        if line and (self.paper_spec_id or self.product_id == line.product_id):
            return line
        return lines.browse() if line else super()._paper_made_for(lines)

    # The gate: nothing is made before the supervisor approved the plan (R5.1.2)

    def _is_released(self):
        self.ensure_one()
        return self.paper_plan_id.state in RELEASED

    def _check_produce(self):
        """Refuse to make paper whose plan is not approved, or whose sales order something else blocks.

        :raises ProduceBlockedError: naming each order and what is missing
        """
        # sudo: the rule is the same whatever the user may read
        paper = self.sudo().filtered("is_paper")
        waiting = paper.filtered(lambda rec: not rec._is_released())
        orders = paper._paper_orders()
        blocked = {}
        for order, found in orders._get_open_blockers("produce").items():
            # The other manufacturing orders of the same sales order may wait for their plan.
            own = [item for item in found if item["code"] != "plan" or order in waiting._paper_orders()]
            if own:
                blocked[order] = own
        if blocked:
            raise orders._blocked_error("produce", blocked)
        alone = waiting.filtered(lambda rec: not rec._paper_orders())
        if alone:
            raise alone._unplanned_error()

    def _unplanned_error(self):
        """Return the named error for orders that no approved plan holds; they are made for no sales order."""
        action = self.env["paper.way.out"]._offered(self._plan_action())
        items = [
            {"heading": rec.name, "message": rec._unplanned_message(), "action": action, "label": None} for rec in self
        ]
        title = self.env["sale.order"]._blocked_title("produce")
        return ProduceBlockedError("\n".join(item["message"] for item in items), title=title, items=items)

    def _plan_action(self):
        """Return the action that leads to the plan of these orders: the one they wait for, or a new one."""
        way_out = self.env["paper.way.out"]
        plans = self.paper_plan_id
        if plans and all(rec.paper_plan_id for rec in self):
            return way_out._open(plans)
        return way_out._open(plans.browse(), self.env._("New Production Plan"), view_mode="form", views=[(False, "form")])

    def _unplanned_message(self):
        self.ensure_one()
        if not self.paper_plan_id:
            return self.env._("%(order)s is in no production plan: planning has to collect it.", order=self.name)
        return self.env._(
            "%(order)s: the production plan %(plan)s is not approved yet.",
            order=self.name,
            plan=self.paper_plan_id.name,
        )

    def _button_mark_done_sanity_checks(self):
        self._check_produce()
        return super()._button_mark_done_sanity_checks()

    @api.model_create_multi
    def create(self, vals_list):
        productions = super().create(vals_list)
        if not self._is_step():
            # Of the made records, so that a default in the context is seen as well as a value.
            productions.paper_plan_id._check_open()
        productions.filtered("paper_plan_id")._check_company(["paper_plan_id"])
        productions.filtered(lambda rec: rec.state in STARTED or rec.qty_producing)._check_produce()
        return productions

    def write(self, vals):
        if "paper_plan_id" in vals:
            self._check_plan_change(self.env["paper.production.plan"].browse(vals["paper_plan_id"] or []))
        if vals.get("state") in STARTED or vals.get("qty_producing"):
            self.filtered(lambda rec: rec.state not in ("done", "cancel"))._check_produce()
        result = super().write(vals)
        if "paper_plan_id" in vals:
            self._check_company(["paper_plan_id"])
        if vals.get("state") in ("done", "cancel"):
            self._close_plans()
        if vals.get("state") == "done":
            # sudo: who finishes the last of an order's paper tells what is left of its pulp
            orders = self.sudo()._paper_orders()
            orders.filtered(lambda order: order._paper_type_rule("customer_material"))._tell_material_left()
        return result

    def action_cancel(self):
        result = super().action_cancel()
        self._close_plans()
        return result

    def action_confirm(self):
        self._take_customer_material()
        return super().action_confirm()

    def _take_customer_material(self):
        """Let toll orders be made of their customer's own pulp (R5.2.1)."""
        for production in self.filtered("is_paper"):
            # sudo: who confirms a manufacturing order need not read what its customer brings
            orders = production._paper_orders().sudo()  # sudo: as above
            for order in orders.filtered(lambda rec: rec._paper_type_rule("customer_material")):
                own = production.move_raw_ids.filtered(lambda move, o=order: o._customer_materials(move.product_id))
                own.write({"restrict_partner_id": order._material_owner().id})

    def _close_plans(self):
        # sudo: who finishes the last order of a plan ends the plan
        ended = self.sudo()
        ended.paper_plan_id._close_finished()
        ended.filtered("is_paper")._paper_orders()._paper_weight_changed()

    def _check_plan_change(self, plan):
        """Refuse to move orders out of or into a plan that is decided."""
        if self._is_step():
            return
        changing = self.filtered(lambda rec: rec.paper_plan_id != plan)
        changing.paper_plan_id.filtered(lambda rec: rec.state != "cancelled")._check_open()
        if plan and changing:
            plan._check_open()

    # One order of a customer, one manufacturing order

    def _split_productions(self, amounts=False, cancel_remaining_qty=False, set_consumed_qty=False):
        plans = {rec.production_group_id: rec.paper_plan_id for rec in self if rec.paper_plan_id}
        productions = super()._split_productions(amounts, cancel_remaining_qty, set_consumed_qty)
        for group, parts in (productions - self).grouped("production_group_id").items():
            if group in plans:
                # sudo: what is split off an approved order is approved with it
                parts.sudo()._by_step().write({"paper_plan_id": plans[group].id})
        return productions

    def _pre_action_split_merge_hook(self, merge=False, split=False):
        paper = self.filtered("is_paper")
        if merge and (len(paper._paper_orders()) > 1 or len(paper.mapped("paper_spec_id")) > 1):
            raise OrdersMergedError(
                self.env._("Paper of different orders or specifications is not made in one manufacturing order.")
            )
        if merge and paper.paper_plan_id:
            raise PlanLockedError(self.env._("Take the orders out of their production plan before merging them."))
        return super()._pre_action_split_merge_hook(merge=merge, split=split)

    def action_merge(self):
        line, spec = self.sale_line_id, self.paper_spec_id
        action = super().action_merge()
        merged = self.browse(action.get("res_id"))
        if merged.is_paper:
            merged.write({"paper_spec_id": spec.id, "sale_line_id": line.id if len(line) == 1 else False})
            merged.move_finished_ids.filtered(lambda move: not move.byproduct_id).paper_spec_id = spec
        return action

    def action_view_plan(self):
        """Open the production plan of an order."""
        self.ensure_one()
        return self.paper_plan_id._get_records_action()
