from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import MaterialPlanError, MaterialPlanRightError, MaterialPlanStateError
from .paper_production_plan import PURCHASING

PLANNING = "paper_base.group_planning"
STATES = [("draft", "To Buy"), ("ordered", "Ordered"), ("done", "All There"), ("cancelled", "Cancelled")]


class PaperMaterialPlan(models.Model):
    """The material plan of a production plan: each material with specification, quantity, day and supplier, from what the plan
    needs and the mill has (R5.2.1). Purchasing computes it, decides on suppliers, and has the requests for quotation made; it is
    done when all is received."""

    _name = "paper.material.plan"
    _description = "Material Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "draft": {"ordered": (PURCHASING,), "cancelled": (PURCHASING,)},
        "ordered": {"done": (), "cancelled": (PURCHASING,)},
        "done": {},
        "cancelled": {"draft": (PURCHASING,)},
    }
    _step_verbs = {"order": "ordered", "cancel": "cancelled", "draft": "draft"}
    _acts = {"compute": (("draft",), (PURCHASING, PLANNING))}
    _entering = {
        "ordered": Entering(check="_check_ordered", then="_action_ordered", by="ordered_by_id", on="ordered_on"),
    }
    _told_within = ("late",)
    _state_error = MaterialPlanStateError
    _right_error = MaterialPlanRightError
    _field_error = MaterialPlanStateError
    _locked_error = MaterialPlanStateError
    _evidence_states = ("ordered", "done")
    _evidence_error = MaterialPlanStateError

    name = fields.Char(string="Number", by_steps=True, default="/", index="trigram")
    plan_id = fields.Many2one(
        "paper.production.plan", string="Production Plan", required=True, index=True, check_company=True, by_hand={"draft": ()}
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    state = fields.Selection(STATES, required=True, default="draft", index=True, tracking=True, by_steps=True)
    line_ids = fields.One2many("paper.material.line", "material_plan_id", string="Materials", by_hand={"draft": (PURCHASING,)})
    computed_on = fields.Datetime(by_steps=True)
    ordered_by_id = fields.Many2one("res.users", string="Ordered by", by_steps=True)
    ordered_on = fields.Datetime(by_steps=True)
    first_order_date = fields.Date(string="Order by", by_steps=True, help="The first day on which something has to be ordered.")
    faults = fields.Text(string="To Clear", by_steps=True, help="What of the plan could not be computed, and why.")
    purchase_ids = fields.One2many("purchase.order", "paper_material_plan_id", string="Purchase Orders", readonly=True)
    purchase_count = fields.Integer(compute="_compute_purchase_count")
    can_compute = fields.Boolean(compute="_compute_can_steps")
    can_order = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_steps")

    @api.depends("purchase_ids")
    def _compute_purchase_count(self):
        for plan in self:
            plan.purchase_count = len(plan.sudo().purchase_ids)  # sudo: how many there are, whoever may read them

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans:
            # sudo: numbering needs no right on sequences
            sequence = self.env["ir.sequence"].sudo().with_company(plan.company_id)
            plan._by_step().write({"name": sequence.next_by_code("paper.material.plan") or "/"})
        return plans

    def _summary(self):
        self.ensure_one()
        return self.env._(
            "%(plan)s: %(count)s materials to buy for %(production)s",
            plan=self.name,
            count=len(self.line_ids.filtered(lambda line: line.net > 0)),
            production=self.plan_id.name,
        )

    # Computing

    def action_compute(self):
        """Compute again what the plan needs and what is there (R5.2.1)."""
        self.check_access("write")
        self._check_act("compute")
        self._recompute()
        return True

    def _recompute(self):
        for plan in self.sudo():  # sudo: the act was checked, and the need is the same whoever asks
            found = plan.plan_id._net_materials()
            looped = [production.name for production, net in found["nets"].items() if net.looped]
            words = [self.env._("%s: its bill of materials needs itself", ", ".join(looped))] if looped else []
            words += [
                self.env._(
                    "%(product)s: the unit of %(component)s in the bill of materials does not convert",
                    product=product.display_name,
                    component=", ".join(one.display_name for one in components),
                )
                for product, components in found["faults"].items()
            ]
            lines = plan._prepare_lines(found)
            plan._by_step().write(
                {
                    "line_ids": [Command.clear(), *(Command.create(vals) for vals in lines)],
                    "computed_on": fields.Datetime.now(),
                    "faults": "\n".join(words) or False,
                }
            )
            plan.line_ids._propose()
            days = [line.order_date for line in plan.line_ids if line.net > 0 and line.order_date]
            plan._by_step().write({"first_order_date": min(days, default=False)})

    def _prepare_lines(self, found):
        """Return the values of the lines: one a material and week."""
        weeks = {}
        for net in found["nets"].values():
            for product, need in net.needs.items():
                if product not in found["ledgers"]:
                    continue  # what is not stored is not planned
                key = product, need.day - timedelta(days=need.day.weekday())
                day, needed, short = weeks.get(key, (need.day, 0.0, 0.0))
                weeks[key] = min(day, need.day), needed + need.needed, short + need.shortfall
        values = []
        for (product, _week), (day, needed, short) in sorted(weeks.items(), key=lambda item: (item[1][0], item[0][0].id)):
            ledger = found["ledgers"][product]
            values.append(
                {
                    "product_id": product.id,
                    "spec": (product.description_purchase or product.default_code or "").replace("\n", " ") or False,
                    "need_date": day,
                    "needed": needed,
                    "on_hand": ledger.on_hand,
                    "incoming": sum(quantity for _day, quantity, _source in found["incoming"].get(product, ())),
                    "claimed": found["claimed"].get(product, 0.0),
                    "net": short,
                }
            )
        return values

    # Buying

    def action_order(self):
        """Make the requests for quotation, one a supplier and week, for what is missing (R5.2.1).

        :raises MaterialPlanError: naming each material that has no supplier, no price, or a choice without a reason
        """
        self.check_access("write")
        return self._take_step("ordered")

    def action_cancel(self):
        """Cancel the plan; what was asked for stays with its requests for quotation."""
        self.check_access("write")
        return self._take_step("cancelled")

    def action_draft(self):
        """Take a cancelled plan up again."""
        self.check_access("write")
        return self._take_step("draft")

    def _check_ordered(self):
        for plan in self:
            words = [
                f"{line.product_id.display_name}: {fault}"
                for line in plan.line_ids.filtered(lambda line: line.net > 0)
                if (fault := line._to_clear())
            ]
            if words:
                raise MaterialPlanError(
                    self.env._("%(plan)s cannot be bought yet:\n%(words)s", plan=plan.name, words="\n".join(words)),
                    action=self.env["paper.way.out"]._lead_to(plan),
                )

    def _action_ordered(self):
        for plan in self:
            buying = plan.line_ids.filtered(lambda line: line.quantity > 0 and line.partner_id and line.net > 0)
            groups = buying.grouped(lambda line: (line.partner_id, line.need_date - timedelta(days=line.need_date.weekday())))
            values = [plan._prepare_purchase(partner, lines) for (partner, _week), lines in groups.items()]
            plan.env["purchase.order"].create(values)

    def _prepare_purchase(self, partner, lines):
        """Return the values of a request for quotation. Override to call from a blanket order."""
        seller = lines[:1]._offer().seller_id.sudo()  # sudo: whoever buys reads prices
        warehouse = self.plan_id.production_ids.picking_type_id.warehouse_id[:1]
        return {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "currency_id": (seller.currency_id or self.company_id.currency_id).id,
            "origin": f"{self.plan_id.name} {self.name}",
            "paper_material_plan_id": self.id,
            **({"picking_type_id": warehouse.in_type_id.id} if warehouse.in_type_id else {}),
            "order_line": [Command.create(line._prepare_purchase_line()) for line in lines],
        }

    def action_view_purchases(self):
        """Open the purchase orders of the plan."""
        self.ensure_one()
        return self.env["paper.way.out"]._open(self.purchase_ids, self.env._("Purchase Orders"))

    # Receipts

    @api.model
    def _watch_receipts(self):
        """Close the plans of which all is there, and tell of receipts that are late (R5.2.1)."""
        plans = self.search([("state", "=", "ordered")])
        lines = plans.line_ids.filtered(lambda line: line.net > 0 and line.quantity > 0)
        lines.fetch(["purchase_line_ids"])
        states = {line: line.state for line in lines}
        for plan in plans:
            own = [states[line] for line in lines & plan.line_ids]
            if own and all(state == "received" for state in own):
                plan._follow_to("done")
        late = plans.filtered(lambda plan: any(states.get(line) == "late" for line in plan.line_ids))
        for company, own in late.grouped("company_id").items():
            for department in (PURCHASING, PLANNING):
                company._paper_tell(
                    department,
                    own,
                    lambda plan: plan.env._(
                        "%(plan)s: late: %(materials)s",
                        plan=plan.name,
                        materials=", ".join(
                            line.product_id.display_name for line in plan.line_ids if line.state == "late"
                        ),
                    ),
                    kind="late",
                )
