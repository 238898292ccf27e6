from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_capacity.lib.netting import Netting, Recipe
from odoo.tools.misc import formatLang

from ...exceptions import PlanMaterialError
from ..plan.paper_production_plan import PLANNING, RELEASED, SUPERVISOR

PURCHASING = "paper_base.group_purchasing"
MISSING = "materials"


class PaperProductionPlan(models.Model):
    """A plan whose materials are not there is not approved, unless the supervisor says why it is approved subject to them; what
    it lacks then is not begun before it has arrived (R5.2.1, P9)."""

    _inherit = "paper.production.plan"

    material_plan_ids = fields.One2many("paper.material.plan", "plan_id", string="Material Plans", readonly=True)
    material_plan_count = fields.Integer(compute="_compute_material_plan_count")
    material_summary = fields.Text(
        string="Materials Missing",
        by_steps=True,
        copy=False,
        help="What stock and receipts do not cover, order by order, as it stood when the plan was looked at last.",
    )
    material_reason = fields.Text(
        string="Subject to Materials because",
        by_hand={"submitted": (SUPERVISOR,)},
        tracking=True,
        help="Why the supervisor approves the plan though materials are missing; what lacks them waits until they arrive.",
    )

    @api.depends("material_plan_ids")
    def _compute_material_plan_count(self):
        for plan in self:
            plan.material_plan_count = len(plan.material_plan_ids)

    # What it needs

    def _net_materials(self):
        """Net what the open orders of the plan take, through every level, against stock, receipts, other orders and what
        orders under evaluation have claimed (R5.2.1).

        Base paper that a run of the plan makes counts for its cuts; pulp that a customer brings is not the mill's to buy.

        :return: ``nets`` {manufacturing order: Net}, ``ledgers`` {product: Ledger before anything was taken}, ``incoming``
            {product: [(day, quantity, source)]}, ``claimed`` {product: quantity}, ``faults`` {product: [component]}
        """
        self.ensure_one()
        # sudo: the need is the same whatever the user may read
        productions = self.sudo()._open_productions().filtered(lambda rec: rec.state not in ("to_close", "draft"))
        found = {"nets": {}, "ledgers": {}, "incoming": {}, "claimed": defaultdict(float), "faults": {}}
        for warehouse, own in productions.grouped(lambda rec: rec.picking_type_id.warehouse_id).items():
            self._net_warehouse(warehouse, own, found)
        return found

    def _net_warehouse(self, warehouse, productions, found):
        company = self.company_id
        taking = productions.move_raw_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and not move.restrict_partner_id
        )
        recipes = taking.product_id._paper_recipes(company)
        # What waits for a plan itself takes nothing from this one: who is approved first has it.
        others = ["|", ("raw_material_production_id", "=", False), "&", ("raw_material_production_id", "not in", productions.ids)]
        others += ["|", ("raw_material_production_id.product_id.is_paper", "=", False)]
        others += [("raw_material_production_id.paper_plan_id.state", "in", RELEASED)]
        elsewhere = ["|", ("production_id", "=", False), ("production_id", "not in", productions.ids)]
        ledgers, incoming, _free = recipes["products"]._paper_supply(company, warehouse, others, elsewhere)
        made = productions.move_finished_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.product_id in ledgers
        )
        for move in made:
            ledgers[move.product_id].claim(ledgers[move.product_id].today, -move.product_qty)
        found["ledgers"].update({product: ledger.copy() for product, ledger in ledgers.items()})
        found["incoming"].update(incoming)
        found["faults"].update(recipes["faults"])
        netting = Netting(dict(recipes["recipes"]), ledgers)
        for product, day, quantity in self._standing_claims(warehouse, list(ledgers)):
            netting.claim(product, day, quantity)
            found["claimed"][product] += quantity
        by_order = taking.grouped("raw_material_production_id")
        for production in productions.sorted(lambda rec: (rec.date_start, rec.id)):
            lines = [(move.product_id, move.product_qty) for move in by_order.get(production, ())]
            netting.recipes[production] = Recipe(production, 1.0, tuple(lines))
            day = max(company._paper_day(production.date_start), company._paper_today())
            found["nets"][production] = netting.demand(production, 1.0, day)

    def _standing_claims(self, warehouse, products):
        """Return what orders under evaluation have claimed: [(product, day, quantity)]; their validity has not ended."""
        today = self.company_id._paper_today()
        domain = [
            ("warehouse_id", "=", warehouse.id),
            ("product_id", "in", [product.id for product in products]),
            ("order_id.state", "in", ("draft", "sent")),
            "|",
            ("order_id.validity_date", "=", False),
            ("order_id.validity_date", ">=", today),
        ]
        # sudo: what other orders have claimed counts, whoever may read them
        return self.env["paper.material.claim"].sudo()._read_group(domain, ["product_id", "date:day"], ["quantity:sum"])

    # What it lacks

    def _name_materials(self):
        """Write down what each order of the plans lacks; of materials only that somebody sells."""
        for plan in self:
            nets = plan._net_materials()["nets"]
            words = []
            for production, net in nets.items():
                text = plan._short_words(net)
                if (production.paper_material_short or "") != text:
                    production._by_step().write({"paper_material_short": text or False})
                if text:
                    words.append(f"{production.name}: {text}")
            (plan.sudo()._open_productions() - self.env["mrp.production"].union(*nets))._by_step().write(  # sudo: as below
                {"paper_material_short": False}
            )
            # sudo: it is nobody's to write
            plan.sudo()._by_step().write({"material_summary": "\n".join(words) or False})

    def _short_words(self, net):
        texts = []
        for product, need in net.needs.items():
            if need.shortfall <= 0 or not product.seller_ids or product.uom_id.is_zero(need.shortfall):
                continue
            values = {
                "material": product.display_name,
                "short": formatLang(self.env, need.shortfall, digits=0),
                "unit": product.uom_id.name,
                "day": self.company_id._paper_date(need.day),
            }
            if need.ready:
                values["ready"] = self.company_id._paper_date(need.ready)
                texts.append(
                    self.env._("%(short)s %(unit)s of %(material)s not there on %(day)s, but on %(ready)s", **values)
                )
            else:
                texts.append(self.env._("%(short)s %(unit)s of %(material)s not there on %(day)s, nor ordered", **values))
        return "\n".join(texts)

    def _check_materials(self):
        """Refuse to approve plans that lack materials, if the supervisor has not said why; what is made for sales orders they
        say themselves, see ``sale.order._get_supply_blockers``.

        :raises PlanMaterialError: naming each order and material
        """
        for plan in self.filtered(lambda rec: rec.material_summary and not said(rec.material_reason)):
            raise PlanMaterialError(
                self.env._(
                    "%(plan)s lacks materials:\n%(materials)s\nHave them bought first. If it is approved subject to them, write "
                    "on the plan why (“Subject to Materials because”).",
                    plan=plan.name,
                    materials=plan.material_summary,
                ),
                action=self.env["paper.way.out"]._lead_to(plan),
            )

    def _ask_materials(self):
        """Give purchasing a material plan for what these plans lack, and tell it."""
        for plan in self.filtered("material_summary"):
            # sudo: whoever submits a plan does not buy
            materials = plan.sudo().material_plan_ids.filtered(lambda rec: rec.state == "draft")[:1]
            if not materials:
                materials = self.env["paper.material.plan"].sudo().create({"plan_id": plan.id})  # sudo: as above
            materials._recompute()
            plan.company_id._paper_tell(PURCHASING, materials, lambda rec: rec._summary())

    def action_material_plans(self):
        """Open the material plans of this plan, or make the first one (R5.2.1)."""
        self.ensure_one()
        plans = self.material_plan_ids
        if not plans:
            plans = self.env["paper.material.plan"].create({"plan_id": self.id})
            plans._recompute()
        return self.env["paper.way.out"]._open(plans)

    @api.model
    def _refresh_materials(self, companies):
        """Look again at the plans that lack materials, and tell planning of those that lack none any more."""
        plans = self.search(
            [
                ("company_id", "in", companies.ids),
                ("state", "in", ("submitted", "approved")),
                ("material_summary", "!=", False),
            ]
        )
        plans._name_materials()
        there = plans.filtered(lambda plan: not plan.material_summary)
        for company, own in there.grouped("company_id").items():
            company._paper_tell(
                (PLANNING,), own, lambda plan: plan.env._("%(plan)s: its materials are there.", plan=plan.name), kind=MISSING
            )

    def _week_of(self, day):
        return day - timedelta(days=day.weekday())
