from odoo import api, fields, models

from ...exceptions import (
    FailedCheckError,
    OrdersMergedError,
    OtherPaperError,
    PlanLockedError,
    PlanQuantityError,
    ProduceBlockedError,
    UnconsumedError,
)
from ..approved.release import PLANS_ASKED, Release
from ..plan.paper_production_plan import RELEASED

STARTED = ("progress", "to_close", "done")


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.order.source", "paper.amount.mixin", "paper.step.mixin", "paper.order.mover"]
    _paper_amounts = ("qty_producing",)
    _moves_orders = ("paper_plan_id", "product_qty", "qty_producing")
    _evidence_states = ("done",)
    _written_by_odoo = ("state", "date_finished", "is_planned")

    paper_plan_id = fields.Many2one(
        "paper.production.plan", string="Production Plan", index="btree_not_null", copy=False, check_company=True
    )
    sale_line_id = fields.Many2one(index="btree_not_null")
    # What its form tells of other documents; whoever reads an order need not read these.
    allowed_uom_ids = fields.Many2many(compute_sudo=True)
    forecasted_issue = fields.Boolean(compute_sudo=True)
    scrap_count = fields.Integer(compute_sudo=True)
    wip_move_count = fields.Integer(compute_sudo=True)

    # Quantities

    def _has_paper_amounts(self):
        return self.is_paper

    def _paper_made_qty(self):
        """Return what is made so far, in stock or not, in the order's unit."""
        self.ensure_one()
        if self.state == "done" or not self.workorder_ids:
            return self.qty_produced
        live = self.workorder_ids.filtered(lambda rec: rec.state != "cancel")
        return max(self.qty_produced, min(live.mapped("qty_produced"), default=0))

    @api.constrains("product_id", "sale_line_id", "paper_spec_id")
    def _check_made_for_line(self):
        """Refuse to make for a line another paper, or by another specification, than it asks for (R5.1.1).

        :raises OtherPaperError: naming the order and the line
        """
        # sudo: the rule is the same whatever the user may read
        for production in self.sudo().filtered(lambda rec: rec.is_paper and rec.sale_line_id and rec.state != "cancel"):
            line, spec = production.sale_line_id, production.paper_spec_id
            same = production.product_id == line.product_id
            if same and (not spec or not line.paper_spec_id or spec == line.paper_spec_id or spec in line._paper_specs_to_make()):
                continue
            if not same and production.product_id in line._paper_way_there():
                continue
            raise OtherPaperError(
                self.env._(
                    "%(production)s would make %(paper)s for %(order)s, which asks for %(ordered)s. Make what is ordered, or "
                    "make it without the order.",
                    production=production.name,
                    paper=spec.display_name if same else production.product_id.display_name,
                    order=line.order_id.name,
                    ordered=line.paper_spec_id.display_name if same else line.product_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(line.order_id),
            )

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
        paper = self._unreleased().sudo().filtered("is_paper")
        if not paper:
            return
        waiting = paper.filtered(lambda rec: not rec._is_released())
        orders = paper._paper_own_orders()
        blocked = {}
        # Where none of these waits for its plan, nobody has to look for others of the order that do.
        asked = orders if waiting else orders.with_context(**{PLANS_ASKED: Release(())})
        for order, found in asked._get_open_blockers("produce").items():
            # The other manufacturing orders of the same sales order may wait for their plan.
            own = [item for item in found if item["code"] != "plan" or order in waiting._paper_orders()]
            if own and not paper._is_left_over(order):
                blocked[order] = own + paper._left_over_blockers(order)
        if blocked:
            raise orders._blocked_error("produce", blocked)
        paper._check_materials_there()
        alone = waiting.filtered(lambda rec: not rec._paper_orders())
        if alone:
            raise alone._unplanned_error()

    def _is_left_over(self, order):
        """Say whether all that these orders make for a cancelled one is made, and enters stock for whoever buys it: the
        supervisor decides that while he amends the plan, and his reason is kept.
        """
        own = self.filtered(lambda rec: order in rec._paper_orders())
        if order.state != "cancel" or not own:
            return False
        if not all(rec.state == "to_close" and rec._is_being_amended() for rec in own):
            return False
        for production in own:
            kg = f"{production._paper_kg(production.qty_producing):.10g} kg"
            production._keep_changes([{"kind": "left_over", "res_model": self._name, "old_value": order.name, "new_value": kg}])
        return True

    def _left_over_blockers(self, order):
        """Return the blocker that says what becomes of paper that is made when its order is cancelled."""
        made = self.filtered(lambda rec: rec.state == "to_close" and order in rec._paper_orders())
        if order.state != "cancel" or not made.paper_plan_id:
            return []
        text = self.env._(
            "%(productions)s: the paper is made already. The production supervisor amends the plan, saying why, and takes it "
            "into stock for another customer.",
            productions=", ".join(made.mapped("name")),
        )
        return [order._paper_blocker("left_over", text, made._plan_action(), role=None)]

    def _check_process_inspections(self, work):
        """Refuse to go on after an in-process inspection that failed, or waits for its approval: the last of a test counts.

        :raises FailedCheckError: naming the order, the work and the inspection
        """
        self.ensure_one()
        last = {}
        # Those of control points are asked about there.
        made = self.inspection_ids.filtered(
            lambda rec: rec.kind == "process" and rec.state != "canceled" and not rec.control_point_id
        )
        for inspection in made.sorted("id"):
            last[inspection.test, inspection.lot_id] = inspection
        failed = self.env["qc.inspection"].union(*(rec for rec in last.values() if rec.state in ("failed", "waiting")))
        if failed:
            raise FailedCheckError(
                self.env._(
                    "%(order)s: “%(work)s” does not start, because %(inspection)s did not pass. Inspect again once it is mended.",
                    order=self.name,
                    work=work.name,
                    inspection=", ".join(failed.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(failed),
            )
        return super()._check_process_inspections(work)

    # No more than the customer takes, and nothing out of nothing (R5.1.2, R5.3.1)

    def _check_made(self):
        """Refuse what is about to enter stock if it is more than the customer takes, or made of no material; the supervisor
        lets it pass while he amends the plan, and his reason is kept.

        :raises PlanQuantityError, UnconsumedError: naming the order
        """
        papers = self.filtered(lambda rec: rec.is_paper and rec.state not in ("done", "cancel"))
        parts = papers.sale_line_id._paper_line_productions().grouped("sale_line_id")
        for production in papers:
            line, _low, high = production._paper_limits()
            made = production._paper_about_to_enter()
            kg, agreed = production._paper_made_with(made, parts.get(line, production))
            if made and kg > max(high, agreed):
                production._check_excess("excess", production._excess_error(kg, high), high, kg)
            if made and not production._has_consumed():
                words = self.env._(
                    "%(order)s would make %(made)s kg without using any material. Enter what was used; otherwise the production "
                    "supervisor amends the plan, saying why, and finishes it himself.",
                    order=production.name,
                    made=f"{made:.10g}",
                )
                error = UnconsumedError(words, action=production._lead_to_plan())
                production._check_excess("unconsumed", error, 0.0, made)

    def _check_producing(self, quantity):
        """Refuse to enter that more is being made than the customer takes; the supervisor may, while he amends the plan.

        :param quantity: in the unit of the orders
        :raises PlanQuantityError: naming the order
        """
        for production in self._paper_open() if quantity else ():
            # What was planned may be made; only then it is asked how much the customer takes.
            if quantity <= production.product_qty or not production.is_paper or production._is_being_amended():
                continue
            kg, high = production._paper_kg(quantity), production._paper_limits()[2]
            if kg > max(high, production._paper_kg(production.product_qty)):
                raise production._excess_error(kg, high)

    def _is_being_amended(self):
        """Say whether this person is amending the plan of the order now."""
        # sudo: the rule is the same whatever the user may read
        plan = self.sudo().paper_plan_id
        return bool(plan and plan._own_amendment())

    def _check_excess(self, kind, error, limit, kg):
        if not self._is_being_amended():
            raise error
        values = {"res_model": self._name, "old_value": f"{limit:.10g} kg", "new_value": f"{kg:.10g} kg"}
        self._keep_changes([{"kind": kind, **values}])

    def _paper_about_to_enter(self):
        """Return how many kg of the order are about to enter stock."""
        self.ensure_one()
        moves = self.move_finished_ids.filtered(lambda rec: rec.product_id == self.product_id and rec._is_about_to_move())
        return sum(self._paper_kg(move.quantity, move.product_uom) for move in moves)

    def _paper_made_with(self, entering, parts):
        """Return how many kg these orders, of which this is one, have made with what is about to enter, and were to make."""
        own = parts.move_finished_ids.filtered(lambda move: move.product_id == move.production_id.product_id)
        done = own.filtered(lambda move: move.state == "done")
        made = entering + sum(self._paper_kg(move.quantity, move.product_uom) for move in done)
        return made, sum(rec._paper_kg(rec.product_qty) for rec in parts)

    def _has_consumed(self):
        used = self.move_raw_ids.filtered(lambda move: move.state != "cancel" and move.picked and move.quantity > 0)
        return bool(used)

    def _lead_to_plan(self):
        # sudo: offered to who may open it
        return self.env["paper.way.out"]._lead_to(self.sudo().paper_plan_id)

    def _excess_error(self, kg, high):
        return PlanQuantityError(self._excess_words(kg, high), action=self._lead_to_plan())

    def _excess_words(self, kg, high):
        if self.paper_kind == "run":
            return self.env._(
                "%(order)s: %(kg)s kg are more than the run may make, which is %(high)s kg at most. The production supervisor "
                "amends the approved plan, saying why.",
                order=self.name,
                kg=f"{kg:.10g}",
                high=f"{high:.10g}",
            )
        return self.env._(
            "%(order)s: %(kg)s kg are more than the customer takes, which is %(high)s kg at most. Reduce the quantity; otherwise "
            "the production supervisor amends the approved plan, saying why.",
            order=self.name,
            kg=f"{kg:.10g}",
            high=f"{high:.10g}",
        )

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
        productions = super().create([self._paper_cut_values(vals) for vals in vals_list])
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
            self._paper_open()._check_produce()
            self._check_producing(vals.get("qty_producing") or 0.0)
        vals, productions = self._check_agreed_write(vals)
        named = {name: value for name, value in vals.items() if name == "name"}
        if named:
            self.check_access("write")
            # sudo: the name of an order stands in its cost entries, which the workshop may not read
            super(MrpProduction, productions.sudo()).write(named)
        result = super(MrpProduction, productions).write({name: vals[name] for name in vals.keys() - named.keys()})
        if "paper_plan_id" in vals:
            self._check_company(["paper_plan_id"])
        if vals.get("state") in ("done", "cancel"):
            self._close_plans()
        if vals.get("state") == "done":
            # sudo: the records of who worked tell what was used, whoever finishes the order
            self.sudo().workorder_ids.paper_record_ids._tell_what_was_used()
            # sudo: who finishes the last of an order's paper tells what is left of its pulp
            orders = self.sudo()._paper_orders()
            orders.filtered(lambda order: order._paper_type_rule("customer_material"))._tell_material_left()
        return result

    def action_cancel(self):
        self._check_agreed("cancelled")
        result = super(MrpProduction, self._as_released()).action_cancel()
        self._close_plans()
        return result

    def unlink(self):
        self._check_agreed("deleted")
        return super(MrpProduction, self._as_released()).unlink()

    def button_mark_done(self):
        self._paper_open()._check_produce()
        return super(MrpProduction, self._as_released()).button_mark_done()

    # Nothing is scheduled before the approval, nor is what was approved scheduled anew (R5.1.2)

    def _plan_workorders(self, replan=False):
        self._check_scheduled()
        if replan:
            self._check_agreed("planned")
        return super(MrpProduction, self._as_released())._plan_workorders(replan)

    def _check_scheduled(self):
        """Refuse to schedule paper whose plan is not approved.

        :raises ProduceBlockedError: naming each order
        """
        # sudo: the rule is the same whatever the user may read
        waiting = self._unreleased().sudo().filtered(lambda rec: rec.is_paper and not rec._is_released())
        if waiting:
            raise waiting._unplanned_error()

    def button_unplan(self):
        for production in self:
            production._check_agreed("unplanned")
            super(MrpProduction, production._as_released()).button_unplan()
        return True

    def _paper_open(self):
        return self.filtered(lambda rec: rec.state not in ("done", "cancel"))

    def action_confirm(self):
        self._paper_return_broke()
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
        held = {rec.production_group_id: rec for rec in self if rec.paper_plan_id}
        before = {rec: (rec.product_qty, rec.date_start, rec.is_planned) for rec in self}
        productions = super(MrpProduction, self._as_released())._split_productions(
            amounts, cancel_remaining_qty, set_consumed_qty
        ).with_env(self.env)
        for group, parts in (productions - self).grouped("production_group_id").items():
            if group in held:
                held[group]._take_along(parts, *before[held[group]])
        # Who was let split them goes on with the parts as well.
        return productions if self._unreleased() else productions._as_released()

    def _take_along(self, parts, quantity, start, is_planned):
        """Let what is split off an order stay in its plan, scheduled as it was; together they are what was agreed."""
        self.ensure_one()
        together = self.product_qty + sum(parts.mapped("product_qty"))
        if self.product_uom_id.compare(together, quantity) > 0:
            self._check_agreed("field", old=f"{quantity:.10g}", new=f"{together:.10g}")
        plan = self.paper_plan_id
        # sudo: what is split off an approved order is approved with it
        parts.sudo()._by_step().write({"paper_plan_id": plan.id})
        released = parts._as_released()
        released.write({"date_start": start})
        if plan.state in RELEASED and is_planned:
            released.button_plan()

    def _pre_action_split_merge_hook(self, merge=False, split=False):
        paper = self.filtered("is_paper")
        if merge and (len(paper._paper_orders()) > 1 or len(paper.mapped("paper_spec_id")) > 1):
            raise OrdersMergedError(
                self.env._("Paper of different orders or specifications is not made in one manufacturing order.")
            )
        if merge and paper.paper_plan_id:
            raise PlanLockedError(
                self.env._("Take the orders out of their production plan before merging them."), action=paper._lead_to_plan()
            )
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

    def _moved_orders(self):
        return self._paper_own_orders()

    def _paper_own_orders(self):
        """Return the sales orders that these are made for, without a look at the references of what one line alone asks for."""
        single = self.filtered("sale_line_id")
        return single.sale_line_id.order_id | (self - single)._paper_orders()
