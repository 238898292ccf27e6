from collections import defaultdict
from datetime import timedelta
from statistics import median

from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...lib.suppliers import Offer, Past, choose

OPEN = {"draft": ("paper_base.group_purchasing",)}
STATES = [
    ("covered", "Covered"),
    ("to_buy", "To Buy"),
    ("asked", "Asked for"),
    ("ordered", "Ordered"),
    ("late", "Late"),
    ("received", "Received"),
]


class PaperMaterialLine(models.Model):
    """One material that a plan needs in one week: how much, what of it is there, what is bought when and from whom (R5.2.1)."""

    _name = "paper.material.line"
    _description = "Planned Material"
    _inherit = ["paper.step.mixin"]
    _order = "need_date, product_id, id"
    _step_field = "plan_state"
    _evidence_states = ()

    material_plan_id = fields.Many2one("paper.material.plan", required=True, index=True, ondelete="cascade", by_steps=True)
    plan_state = fields.Selection(related="material_plan_id.state")
    company_id = fields.Many2one(related="material_plan_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", string="Material", required=True, by_steps=True, ondelete="restrict")
    spec = fields.Char(string="Specification", by_steps=True)
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    need_date = fields.Date(string="Needed on", required=True, by_steps=True)
    order_date = fields.Date(string="Order by", by_steps=True, help="The day it is needed on, less the supplier's delivery time.")
    needed = fields.Float(digits="Product Unit", by_steps=True, help="By the plan, yields included, in the material's unit.")
    on_hand = fields.Float(string="In Stock", digits="Product Unit", by_steps=True)
    incoming = fields.Float(digits="Product Unit", by_steps=True, help="Ordered, and not here yet.")
    claimed = fields.Float(digits="Product Unit", by_steps=True, help="Claimed by orders under evaluation.")
    net = fields.Float(string="Missing", digits="Product Unit", by_steps=True, help="What stock and receipts do not cover.")
    offer_ids = fields.One2many("paper.material.offer", "line_id", string="Suppliers", readonly=True)
    proposed_id = fields.Many2one("res.partner", string="Proposed Supplier", by_steps=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", string="Supplier", by_hand=OPEN, ondelete="restrict")
    quantity = fields.Float(string="To Buy", digits="Product Unit", by_hand=OPEN, help="In the material's unit; 0: not bought.")
    reason = fields.Char(
        by_hand=OPEN, help="Why another supplier is taken than the proposed one, or less bought than is missing."
    )
    fault = fields.Char(string="To Clear", by_steps=True)
    landed = fields.Float(string="Landed Cost", digits="Product Price", compute="_compute_landed")
    purchase_line_ids = fields.One2many("purchase.order.line", "paper_material_line_id", string="Purchases", readonly=True)
    state = fields.Selection(STATES, compute="_compute_state", string="Status")

    _quantity_positive = models.Constraint("CHECK(COALESCE(quantity, 0) >= 0)", "A quantity to buy cannot be negative.")

    @api.depends("product_id", "need_date")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.product_id.display_name or ''} {line.need_date or ''}".strip()

    @api.depends("partner_id", "offer_ids")
    def _compute_landed(self):
        for line in self:
            line.landed = line._offer().landed

    @api.depends("net", "purchase_line_ids.state", "purchase_line_ids.qty_received", "purchase_line_ids.date_planned")
    def _compute_state(self):
        now = fields.Datetime.now()
        for line in self:
            # sudo: how far a purchase is may be read by whoever reads the plan
            bought = line.sudo().purchase_line_ids.filtered(lambda rec: rec.state != "cancel")
            ordered = bought.filtered(lambda rec: rec.state in ("purchase", "done"))
            if not bought:
                line.state = "to_buy" if line.net > 0 else "covered"
            elif ordered != bought:
                line.state = "asked"
            elif all(rec.product_uom_id.compare(rec.qty_received, rec.product_qty) >= 0 for rec in bought):
                line.state = "received"
            else:
                line.state = "late" if any(rec._paper_is_late(now) for rec in bought) else "ordered"

    def _offer(self):
        self.ensure_one()
        return self.offer_ids.filtered(lambda one: one.partner_id == self.partner_id)[:1]

    # Computing

    def _propose(self):
        """Read the suppliers of these lines with what is known of them, and choose the best one for each (R5.2.1)."""
        sellers = {product: self._sellers_of(product) for product in self.product_id}
        partners = self.env["res.partner"].union(*(own.partner_id for own in sellers.values()))
        past = self._past(partners)
        for line in self:
            line._propose_among(sellers[line.product_id], past)

    def _sellers_of(self, product):
        company, today = self.company_id[:1], self.company_id[:1]._paper_today()
        return product.sudo().seller_ids.filtered(  # sudo: purchasing's prices, whoever has the plan computed
            lambda one: (not one.company_id or one.company_id == company)
            and (not one.product_id or one.product_id == product)
            and (not one.date_end or one.date_end >= today)
        )

    @api.model
    def _past(self, partners):
        """Return ``{partner: (on time, deliveries, passed, inspections)}`` of the last twelve months."""
        company = self.company_id[:1]
        since = company._paper_day_begins(company._paper_today() - timedelta(days=365))
        found = defaultdict(lambda: [0, 0, 0, 0])
        moves = self.env["stock.move"].sudo().search_fetch(  # sudo: what suppliers kept is a figure of the mill
            [
                ("purchase_line_id.partner_id", "in", partners.ids),
                ("state", "=", "done"),
                ("date", ">=", since),
                ("company_id", "=", company.id),
                ("location_dest_id.usage", "=", "internal"),
            ],
            ["date", "purchase_line_id"],
        )
        for move in moves:
            counts, line = found[move.purchase_line_id.partner_id], move.purchase_line_id
            counts[1] += 1
            counts[0] += company._paper_day(move.date) <= company._paper_day(line.date_planned)
        rows = self.env["qc.inspection"].sudo()._read_group(  # sudo: as above
            [
                ("kind", "=", "receipt"),
                ("state", "in", ("success", "failed")),
                ("picking_id.partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
            ],
            ["picking_id", "state"],
            ["__count"],
        )
        for picking, state, count in rows:
            counts = found[picking.partner_id]
            counts[3] += count
            counts[2] += count if state == "success" else 0
        return found

    def _propose_among(self, sellers, past):
        offers, company = {}, self.company_id
        today = company._paper_today()
        for partner, own in sellers.grouped("partner_id").items():
            fit = own.filtered(lambda one: one.min_qty <= self.net)
            # The best price that the need reaches; where it reaches none, the smallest lot.
            seller = fit.sorted("price")[:1] or own.sorted("min_qty")[:1]
            offers[partner] = seller, self._figures(seller, today)
        middle = median([figures["price"] for _seller, figures in offers.values() if figures["price"] > 0] or [0.0])
        made, values = [], []
        for partner, (seller, figures) in offers.items():
            counts = past[partner]
            score = Past(*counts, price=figures["price"], median=middle).score()
            made.append(Offer(partner, score=score, **figures))
            fields_of = ("on_time", "deliveries", "passed", "inspections")
            values.append({"seller_id": seller.id, "partner_id": partner.id, **dict(zip(fields_of, counts, strict=True))})
        best, in_time = choose(made, company.paper_supplier_minimum, (self.need_date - today).days)
        for offer, vals in zip(made, values, strict=True):
            fault = offer.fault or self._offer_fault(offer)
            vals.update(price=offer.price, landed=offer.landed, days=offer.days, least=offer.least)
            vals.update(score=offer.score or 0.0, fault=fault, is_proposed=offer == best)
        partner = best.key if best else self.env["res.partner"]
        self._by_step().write(
            {
                "offer_ids": [Command.clear(), *(Command.create(vals) for vals in values)],
                "proposed_id": partner.id,
                "partner_id": partner.id,
                "quantity": max(self.net, best.least) if best and self.net > 0 else max(self.net, 0.0),
                "order_date": self.need_date - timedelta(days=best.days) if best else False,
                "fault": self._fault_words(best, in_time, made) or False,
            }
        )

    def _figures(self, seller, today):
        """Return what an :class:`Offer` says of a price list entry, money in the company's currency, for the material's unit."""
        unit, own = self.product_id.uom_id, seller.product_uom_id or self.product_id.uom_id
        figures = {"duty": seller.paper_duty, "moisture": seller.paper_moisture, "days": seller.delay}
        if not own._has_common_reference(unit):
            fault = self.env._("sold by %(sold)s, stocked by %(stocked)s", sold=own.name, stocked=unit.name)
            return {**figures, "price": 0.0, "fault": fault}
        factor = own._compute_quantity(1.0, unit, round=False) or 1.0
        rate = seller.currency_id._get_conversion_rate(seller.currency_id, self.company_id.currency_id, self.company_id, today)
        return {
            **figures,
            "price": seller.price_discounted * rate / factor,
            "freight": seller.paper_freight * rate / factor,
            "least": own._compute_quantity(seller.min_qty, unit, round=False),
        }

    def _offer_fault(self, offer):
        minimum = self.company_id.paper_supplier_minimum
        if offer.price <= 0:
            return self.env._("without a price")
        if (offer.score or 0.0) < minimum:
            return self.env._("score below %s", f"{minimum:.10g}") if offer.score is not None else self.env._("no data yet")
        return False

    def _fault_words(self, best, in_time, offers):
        if self.net <= 0:
            return ""
        if not offers:
            return self.env._("nobody sells it")
        if not best:
            return self.env._("no supplier can be proposed")
        words = []
        if not in_time:
            words.append(self.env._("comes too late from everybody"))
        if best.least > self.net:
            words.append(self.env._("the minimum lot is above the need"))
        return "; ".join(words)

    # Buying

    def _to_clear(self):
        """Return why this line cannot be bought as it stands, "" if it can."""
        self.ensure_one()
        if not self.quantity:
            return "" if said(self.reason) else self.env._("say why nothing is bought of it")
        offer = self._offer()
        if not self.partner_id or not offer:
            return self.env._("no supplier with a price list entry is chosen")
        if offer.price <= 0:
            return offer.fault or self.env._("the price is 0")
        if (self.partner_id != self.proposed_id or self.quantity < self.net) and not said(self.reason):
            return self.env._("say why another supplier is taken, or less is bought")
        return ""

    def _prepare_purchase_line(self):
        self.ensure_one()
        seller = self._offer().seller_id.sudo()  # sudo: as above
        unit = seller.product_uom_id or self.uom_id
        begins = self.company_id._paper_day_begins(self.need_date)
        return {
            "product_id": self.product_id.id,
            "name": f"{self.product_id.display_name}\n{self.spec}" if self.spec else self.product_id.display_name,
            "product_qty": self.uom_id._compute_quantity(self.quantity, unit),
            "product_uom_id": unit.id,
            "price_unit": seller.price_discounted,
            "date_planned": begins,
            "paper_material_line_id": self.id,
        }
