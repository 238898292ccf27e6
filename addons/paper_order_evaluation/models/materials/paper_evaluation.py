from datetime import timedelta

from odoo import fields, models
from odoo.addons.paper_capacity.lib.netting import requirement

RISKS = ("none", "low", "medium", "high")


class PaperEvaluation(models.Model):
    """Materials: what the bills of materials need against what is free on the day it is needed, what is on its way,
    when a supplier can bring the rest; when the materials of each line are there, what else it could be made of, and what it
    claims (R3.3.3).
    """

    _inherit = "paper.evaluation"

    def _facts_materials(self):
        """Return, for each material: needed, free, incoming, shortfall, supplier, dates, risk and substitutes."""
        netted = self._net_orders()
        needs = {evaluation: evaluation._merge_needs(netted["nets"]) for evaluation in self}
        offers = self._find_offers(needs)
        last = self._last_arrivals(netted, needs, offers)
        result = {}
        for evaluation in self:
            rows = [
                evaluation._material_row(material, need, netted, offers[evaluation.company_id].get(material, []), last)
                for material, need in needs[evaluation].items()
            ]
            rows.sort(key=lambda row: (-RISKS.index(row["risk"]), not row["shortfall"], row["material"]))
            result[evaluation] = evaluation._prepare_material_facts(rows, netted, offers[evaluation.company_id])
        return result

    def _last_arrivals(self, netted, needs, offers):
        """Return ``{line: day}``: the last day on which what has to be bought for a line may come, so that by today's plan the
        machines still make it in time, and it is on its way long enough.

        Lines that no machine is known for, or that the machines cannot make in time anyway, have none.
        """
        short = {
            evaluation: {
                line
                for material, by_line in needs[evaluation].items()
                for line, need in by_line.items()
                if need.shortfall and offers[evaluation.company_id].get(material) and line._paper_delivery_date()
            }
            for evaluation in self
        }
        buying = self.filtered(lambda evaluation: short[evaluation])
        last = {}
        for company, evaluations in buying.grouped("company_id").items():
            steps = evaluations._line_steps(netted)
            plan = evaluations._open_plan(company, steps, {}, {})
            for evaluation in evaluations:
                last |= {line: evaluation._last_wait(plan, line) for line in short[evaluation]}
        return {line: day for line, day in last.items() if day}

    def _merge_needs(self, nets):
        """Return ``{material: {line: Need}}`` over the lines of one order."""
        self.ensure_one()
        merged = {}
        for line in self._paper_lines():
            for material, need in nets[line].needs.items():
                merged.setdefault(material, {})[line] = need
        return merged

    def _prepare_material_facts(self, rows, netted, offers):
        self.ensure_one()
        lines = self._paper_lines()
        faults = netted["recipes"][self.company_id]["faults"]
        made = {product for line in lines for _recipe, product, _quantity in netted["nets"][line].runs}
        facts = {
            "rows": rows,
            "without_bom": [line.product_id.display_name for line in lines if not netted["nets"][line].recipe],
            "faults": [
                [product.display_name, material.display_name] for product in made for material in faults.get(product, [])
            ],
            "lines": [self._line_materials(line, netted["nets"][line], offers) for line in lines],
            "recipes": self._recipe_substitutes(netted, offers) if any(row["shortfall"] for row in rows) else [],
            "claims": self._prepare_claims(netted["nets"]),
            "submitted": fields.Date.to_string(self.company_id._paper_today()),
        }
        facts["proposal"] = self._propose_materials(facts)
        return facts

    def _propose_materials(self, facts):
        rows = facts["rows"]
        if not rows or facts["without_bom"] or facts["faults"]:
            return False
        if not all(line._paper_delivery_date() for line in self._paper_lines()):
            return False if any(row["shortfall"] for row in rows) else "yes"
        if any(row["in_time"] is False for row in rows):
            return "no"
        return "conditional" if any(row["risk"] in ("medium", "high") for row in rows) else "yes"

    def _line_materials(self, line, net, offers):
        """Return when the materials of a line are there, and whether that is too late for its own date."""
        row = self._line_ready(line, net, offers)
        due = fields.Date.to_string(self._materials_due(line)) if line._paper_delivery_date() else None
        return {**row, "due": due, "late": bool(due) and (row["by"] == "unknown" or (row["ready"] or "") > due)}

    def _material_row(self, material, by_line, netted, offers, last):
        """Return one material of one order; quantities in its unit, prices in company currency per unit.

        The day is the first on which a line needs what is short, or else the first on which one needs any.

        ``in_time`` is None where nobody knows when it comes, ``arrival`` the day on which a purchase made today comes,
        ``latest_order`` the day on which a purchase has to be made for the plan to hold.

        :param last: as :meth:`_last_arrivals` returns it
        """
        warehouse, today = self.order_id.warehouse_id, self.company_id._paper_today()
        brought = self.order_id._customer_materials(material)
        # The mill's own stock and its suppliers are nothing to pulp that the customer brings.
        offers = [] if brought else offers
        incoming = self._brought(brought) if brought else netted["incoming"][warehouse].get(material, [])
        free_now = 0.0 if brought else netted["free"][warehouse].get(material)
        needs = list(by_line.values())
        needed, shortfall = sum(need.needed for need in needs), sum(need.shortfall for need in needs)
        short = [line for line, need in by_line.items() if need.shortfall] or list(by_line)
        day = min(by_line[line].day for line in short)
        planned = (last[line] - timedelta(days=by_line[line].offset) for line in short if line in last)
        last_day = min((day, *planned))
        by_stock = None if any(need.ready is None for need in needs) else max(need.ready for need in needs)
        offer = offers[0] if offers else None
        row = {
            "product_id": material.id,
            "material": material.display_name,
            "unit": material.uom_id.name,
            "needed": needed,
            "free": needed if free_now is None else free_now,
            "free_on_date": needs[0].free,
            "need_date": fields.Date.to_string(day),
            "incoming": [
                {
                    "date": fields.Date.to_string(arrives),
                    "quantity": quantity,
                    "source": source.sudo().name or "",  # sudo: only the name of the order is shown
                    "late": arrives < today,
                }
                for arrives, quantity, source in incoming
            ],
            "shortfall": shortfall,
            **self._offer_figures(offer, shortfall),
        }
        arrival = offer["arrival"] if offer and shortfall else None
        ready = min((date for date in (by_stock, arrival) if date), default=None)
        in_time = None if ready is None else not shortfall or ready <= day
        row.update(
            arrival=fields.Date.to_string(arrival) if arrival else None,
            latest_order=fields.Date.to_string(last_day - timedelta(days=offer["days"])) if offer and shortfall else None,
            ready=fields.Date.to_string(ready) if ready else None,
            in_time=in_time if not shortfall or all(line._paper_delivery_date() for line in short) else None,
            suppliers=[self._offer_facts(other, offer, shortfall) for other in offers[1:]] if shortfall else [],
        )
        row["risk"], row["reason"] = self._material_risk(row, day, by_stock, today, offer, last_day)
        return row

    def _offer_figures(self, offer, shortfall):
        if not offer or not shortfall:
            return {"supplier": "", "delay": None, "min_qty": None, "price": None, "on_time": None}
        return {
            "supplier": offer["supplier"],
            "delay": offer["delay"],
            "min_qty": offer["min_qty"],
            "price": offer["price"],
            "on_time": offer["on_time"],
        }

    def _offer_facts(self, offer, first, shortfall):
        """Return another supplier beside the first: what he costs more for the shortfall, and when he delivers."""
        return {
            **self._offer_figures(offer, shortfall),
            "arrival": fields.Date.to_string(offer["arrival"]),
            "cost_effect": (offer["price"] - first["price"]) * shortfall,
        }

    def _material_risk(self, row, day, by_stock, today, offer, last_day):
        """Return risk and the code of its reason.

        A purchase is at risk where too little time is left to order it, or where its supplier is often late; a receipt
        where it is overdue, or planned close to the day (both by the company's settings).
        """
        slack = timedelta(days=self.company_id.paper_material_slack_days)
        late = sum(arrival["quantity"] for arrival in row["incoming"] if arrival["late"])
        if not row["shortfall"]:
            if late and row["free_on_date"] - late < row["needed"]:
                return "medium", "receipt_overdue"
            if by_stock is None or by_stock <= today:
                return "none", "stock"
            return ("low", "receipt") if by_stock + slack <= day else ("medium", "receipt_tight")
        if not offer:
            return "high", "receipt_late" if by_stock else "no_supplier"
        if row["in_time"] is False or offer["arrival"] > last_day:
            return "high", "too_late"
        if offer["arrival"] + slack > last_day:
            return "medium", "order_now"
        if offer["on_time"] is not None and offer["on_time"] < self.company_id.paper_supplier_on_time:
            return "medium", "unreliable"
        return "low", "orderable"

    # Suppliers

    def _find_offers(self, needs):
        """Read the suppliers of every material, by company.

        :param needs: ``{evaluation: {material: needs}}``
        :return: ``{company: {material: [offer, …]}}``, the supplier whom a purchase would take first; an offer holds
            ``seller``, ``supplier``, ``delay`` and ``days`` (with the company's own days to purchase), ``min_qty`` in
            the material's unit, ``price`` in company currency per unit, ``arrival`` and ``on_time`` in percent or None
        """
        materials = {}
        for evaluation, found in needs.items():
            materials.setdefault(evaluation.company_id, self.env["product.product"].browse())
            materials[evaluation.company_id] |= self.env["product.product"].union(*found)
        offers = {}
        for company, products in materials.items():
            sellers = {product: self._sellers_of(product) for product in products.with_company(company)}
            partners = self.env["res.partner"].union(*(found.partner_id for found in sellers.values()))
            rates = {partner: partner.on_time_rate for partner in partners}
            offers[company] = {
                product: [self._prepare_offer(seller, product, company, rates) for seller in found]
                for product, found in sellers.items()
            }
        return offers

    def _sellers_of(self, product):
        """Return one supplier info a supplier, first the one that a purchase order would take."""
        first = product._select_seller(quantity=None, uom_id=product.uom_id)
        sellers = first
        for seller in product._get_filtered_sellers(quantity=None, uom_id=product.uom_id):
            if seller.partner_id not in sellers.partner_id:
                sellers |= seller
        return sellers

    def _prepare_offer(self, seller, product, company, rates):
        today, rate = company._paper_today(), rates[seller.partner_id]
        price = seller.currency_id._convert(seller.price_discounted, company.currency_id, company, today, round=False)
        days = seller.delay + int(company.days_to_purchase)
        return {
            "seller": seller,
            "supplier": seller.partner_id.display_name,
            "delay": seller.delay,
            "days": days,
            "min_qty": seller.product_uom_id._compute_quantity(seller.min_qty, product.uom_id, round=False),
            "price": price,  # Odoo tells the discounted price in the product's own unit
            "arrival": today + timedelta(days=days),
            "on_time": rate if rate >= 0 else None,
        }

    def _line_ready(self, line, net, offers):
        """Return the day on which all materials of a line are there, and the material that comes last.

        :return: ``line`` id, ``ready`` ISO date or None where nobody knows, ``material`` and ``by`` (stock, receipt,
            purchase, unknown, no_bom)
        """
        today = self.company_id._paper_today()
        row = {"line": line._origin.id, "product": line.product_id.display_name, "ready": None, "material": "", "by": "no_bom"}
        if not net.recipe:
            return row
        latest = (today, "", "stock")
        for material, need in net.needs.items():
            day, by = need.ready, "receipt" if need.ready and need.ready > today else "stock"
            if need.shortfall and offers.get(material):
                arrival = offers[material][0]["arrival"]
                if day is None or arrival < day:
                    day, by = arrival, "purchase"
            if day is None:
                return {**row, "material": material.display_name, "by": "unknown"}
            day += timedelta(days=need.offset)
            if day > latest[0]:
                latest = (day, material.display_name, by)
        return {**row, "ready": fields.Date.to_string(latest[0]), "material": latest[1], "by": latest[2]}

    def _recipe_substitutes(self, netted, offers):
        """Return what else the lines could be made by: other bills of materials, with date and effect on cost.

        Each is netted with what this batch has left over. The cost is that of the materials, in company currency.
        """
        found, rows = netted["recipes"][self.company_id], []
        netting = netted["nettings"][self.order_id.warehouse_id]
        for line in self._paper_lines():
            net = netted["nets"][line]
            if not any(need.shortfall for need in net.needs.values()):
                continue
            quantity = line._product_quantity()
            for product in {made: None for _recipe, made, _quantity in net.runs}:
                for other in found["others"].get(product, []):
                    replaced = {product: other}
                    what_if = netting.what_if(line.product_id, quantity, self._materials_due(line), replaced)
                    ready = self._line_ready(line, what_if, offers)
                    used, instead = (
                        self._material_cost(requirement(line.product_id, quantity, recipes))
                        for recipes in (found["recipes"], {**found["recipes"], **replaced})
                    )
                    rows.append(
                        {
                            "line": line._origin.id,
                            "spec": line.paper_spec_id.display_name or line.product_id.display_name,
                            "product": product.display_name,
                            "bom": other.key.display_name,
                            "ready": ready["ready"],
                            "material": ready["material"],
                            "by": ready["by"],
                            "cost_effect": instead - used,
                        }
                    )
        return rows

    def _material_cost(self, found):
        """Return what the materials of a requirement cost, in company currency."""
        self.ensure_one()
        return sum(
            material.with_company(self.company_id).standard_price * borne
            for material, (_quantity, borne) in found.materials.items()
        )

    # What the order claims

    def _prepare_claims(self, nets):
        """Return what the lines take of stock and receipts, [[line id, product id, ISO date, quantity]]."""
        claims = []
        for line in self._paper_lines():
            net = nets[line]
            taken = [(need.material, need.day, need.taken) for need in net.needs.values()]
            taken += [(product, day, quantity) for product, (day, quantity) in net.stocked.items()]
            claims += [
                [line._origin.id, product.id, fields.Date.to_string(day), quantity]
                for product, day, quantity in taken
                if quantity and product.is_storable and not self.order_id._customer_materials(product)
            ]
        return claims

    def _keep_claims(self):
        """Set aside what the orders take, as their evidence has it, in place of what they claimed before."""
        # sudo: whoever submits an order need not write what it claims
        opinions = self.sudo().opinion_ids.filtered(lambda opinion: opinion.dimension == "materials")
        Claim = self.env["paper.material.claim"].sudo()  # sudo: as above
        Claim.search([("order_id", "in", opinions.order_id.ids)]).unlink()
        Claim.create(
            [
                {
                    "evaluation_id": opinion.evaluation_id.id,
                    "order_id": opinion.order_id.id,
                    "warehouse_id": opinion.order_id.warehouse_id.id,
                    "line_id": line_id,
                    "product_id": product_id,
                    "date": date,
                    "quantity": quantity,
                }
                for opinion in opinions
                for line_id, product_id, date, quantity in (opinion.evidence or {}).get("claims", [])
            ]
        )
