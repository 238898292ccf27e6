from collections import defaultdict

from odoo import models
from odoo.addons.paper_capacity.exceptions import CapabilityError
from odoo.addons.paper_capacity.lib.netting import requirement

from ...lib.costing import ELEMENTS, ENERGY, allowance, financing, price_for_margin, result, sensitivity

CHANGES = (-20, -10, 10, 20)


class PaperEvaluation(models.Model):
    """Cost and profit: the price of each line against its expected cost, element by element, in company currency. Read
    only: no cost is written anywhere. Its hours on each machine and the way to the customer are part of it (R3.3.5).
    """

    _inherit = "paper.evaluation"

    def _facts_cost(self):
        """Return revenue, cost by element, contribution and margin of each line and of the order, the margin that is
        asked, and how the margin moves with the price of fibre and energy."""
        result_by_evaluation = {}
        self._read_deliveries_ahead()
        for company, evaluations in self.grouped("company_id").items():
            lines = evaluations._asked_orders().order_line.filtered("is_paper").with_company(company)
            found = self._find_recipes(lines.product_id, company)
            rates = self.env["paper.cost.rate"]._rates_of(company, company._paper_today())
            lines.paper_spec_id._read_ahead()
            products = found["products"].with_company(company)
            prices = {product: product.standard_price for product in products}
            fibre = {product for product in products if product.categ_id._paper_fibre()}
            found["freights"] = evaluations._order_freights(rates)
            for evaluation in evaluations:
                rows = [evaluation._cost_row(line, found, rates, prices, fibre) for line in evaluation._paper_lines()]
                result_by_evaluation[evaluation] = evaluation._prepare_cost_facts(rows, found["freights"][evaluation])
        return result_by_evaluation

    def _cost_row(self, line, found, rates, prices, fibre):
        """Return one line: amounts in company currency, weight in kg, hours by machine."""
        self.ensure_one()
        company, product = self.company_id, line.product_id
        quantity, weight = line._product_quantity(), line._paper_kilograms()
        made = requirement(product, quantity, found["recipes"])
        unpriced = []
        if made:
            amounts = {}
            for material, (_needed, borne) in made.materials.items():
                if self.order_id._customer_materials(material):
                    continue  # the customer's own: it costs the mill nothing
                amounts[material] = prices[material] * borne
                if not prices[material] and material.type != "service":
                    unpriced.append(material.display_name)
        else:
            amounts = {product: prices[product] * quantity}
            unpriced = [] if prices[product] else [product.display_name]
        work = self._line_work(line, made, rates)
        revenue = self._company_amount(line)
        share = self._financing_share(line, rates)
        elements = self._cost_elements(line, sum(amounts.values()), work, rates, weight)
        elements["freight"] = self._line_freight(found["freights"][self], weight)
        elements["financing"] = revenue * share
        bottleneck = max(work["hours"], key=work["hours"].get, default=None)
        figures = result(revenue, elements, weight, work["hours"].get(bottleneck))
        threshold = product.categ_id._paper_threshold(company)
        target = price_for_margin(figures["cost"] - elements["financing"], share, threshold)
        fibres = [amount for material, amount in amounts.items() if material in fibre]
        return {
            "line": line._origin.id,
            "product": product.display_name,
            "spec": line.paper_spec_id.display_name or product.display_name,
            "weight_kg": weight,
            "revenue": revenue,
            "elements": {name: elements.get(name) or 0.0 for name in ELEMENTS},
            **figures,
            "hours": {centre.display_name: hours for centre, hours in work["hours"].items()},
            "bottleneck": bottleneck.display_name if bottleneck else "",
            "by_speed": work["by_speed"],
            "trim_percent": work["trim"] * 100,
            "lowest": threshold,
            "target_revenue": target,
            "target_price": line.price_unit * target / revenue if target and revenue else None,
            "fibre": sum(fibres) if fibre else elements["material"],
            "fibre_known": bool(fibre),
            "by_bom": bool(made),
            "unpriced": unpriced + [f"{line.product_id.display_name}: {unit}" for unit in self._unit_faults(made, found)],
            "unrated": work["unrated"],
        }

    def _unit_faults(self, made, found):
        """Return the components whose unit does not convert: they are in no sum."""
        if not made:
            return []
        products = {product for _recipe, product, _quantity, _share in made.runs}
        return [material.display_name for product in products for material in found["faults"].get(product, [])]

    def _prepare_cost_facts(self, rows, freight):
        self.ensure_one()
        elements = {name: sum(row["elements"][name] for row in rows) for name in ELEMENTS}
        hours = {}
        for row in rows:
            for centre, amount in row["hours"].items():
                hours[centre] = hours.get(centre, 0.0) + amount
        bottleneck = max(hours, key=hours.get, default="")
        revenue, weight = sum(row["revenue"] for row in rows), sum(row["weight_kg"] for row in rows)
        figures = result(revenue, elements, weight, hours.get(bottleneck))
        unknown = sorted({name for row in rows for name in row["unpriced"]})
        unrated = sorted({name for row in rows for name in row["unrated"]})
        fibre, energy = sum(row["fibre"] for row in rows), sum(elements[name] for name in ENERGY)
        known = bool(rows) and not unknown and not unrated and all(row["cost"] for row in rows)
        lowest = max((row["lowest"] for row in rows), default=self.company_id.paper_evaluation_min_margin)
        return {
            "proposal": self._propose_cost(rows, figures) if known else False,
            "rows": rows,
            "revenue": revenue,
            "weight_kg": weight,
            "elements": elements,
            **figures,
            "bottleneck": bottleneck,
            "hours": hours,
            "lowest": lowest,
            "below": [row["product"] for row in rows if self._is_below(row)],
            "unpriced": unknown,
            "unrated": unrated,
            "freight": freight,
            "uncounted": [name for name in ("packing", "freight") if not elements[name]],
            "sensitivity": {
                "fibre": sensitivity(revenue, figures["cost"], fibre, CHANGES),
                "energy": sensitivity(revenue, figures["cost"], energy, CHANGES),
            },
            "fibre_known": all(row["fibre_known"] for row in rows),
        }

    def _is_below(self, row):
        return row["margin_percent"] is None or row["margin_percent"] < row["lowest"]

    def _propose_cost(self, rows, figures):
        if not self.order_id._paper_type_rule("margin"):
            return "yes"  # what it costs is known, and nobody asks a margin of it
        if figures["margin_percent"] is None or figures["margin"] < 0:
            return "no"
        return "conditional" if any(self._is_below(row) for row in rows) else "yes"

    def _line_work(self, line, made, rates):
        """Return the machine hours of a line and what they cost.

        :param made: :class:`~..lib.netting.Requirement` of the line, or None
        :return: ``hours`` {work center: hours}, ``machine``, ``labour``, ``electricity``, ``steam`` in company currency,
            ``trim`` and ``broke`` (shares of the web), ``by_speed``, ``unrated`` (kinds of rate that are missing)
        """
        work = {"hours": defaultdict(float), "trim": 0.0, "broke": 0.0, "by_speed": False, "unrated": []}
        work.update(dict.fromkeys(("machine", "labour", "electricity", "steam"), 0.0))
        for recipe, product, quantity, share in made.runs if made else ():
            bom = recipe.key
            amount = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False)
            for operation in bom.operation_ids:
                own = product == line.product_id
                handled = operation._paper_share(product, line.paper_spec_id if own else line.paper_spec_id.browse())
                if not handled:
                    continue
                centre = operation.workcenter_id
                hours = self._speed_hours(line, operation, handled, work) if own else None
                if hours is None:
                    timed = operation.with_context(product=product, quantity=amount * handled, unit=bom.product_uom_id)
                    hours = timed.time_total / 60
                work["hours"][centre] += hours
                self._add_hour_cost(work, centre, hours * share, rates)
        return work

    def _speed_hours(self, line, operation, handled, work):
        """Return the hours of a line at an operation whose machine's speed for its basis weight is known, setting up included;
        else None.

        The web is filled with the line's own width as often as it fits; of what is left over no more counts as loss
        than the company allows, since other orders fill it.

        :param handled: how much of it goes through the machine for each kg that is sold
        """
        centre = operation.workcenter_id
        spec, capability = line.paper_spec_id, centre.paper_capability_id
        weight = line._paper_kilograms() * handled
        full_web = operation._paper_is_full_web(line.product_id)
        if not spec or not weight:
            return None
        if capability.makes_web and not operation.bom_id._paper_counts_loss(line.product_id):
            trim, broke = capability._losses(spec, self.company_id, full_web)
            work["trim"], work["broke"] = max(work["trim"], trim), max(work["broke"], broke)
        try:
            rate = centre._paper_rate(spec, full_web)
        except CapabilityError:
            return None  # the promise names what is missing
        if not rate:
            return None
        work["by_speed"] = True
        _capacity, setup, cleanup = centre._get_capacity(line.product_id, line.product_id.uom_id)
        return rate.hours(weight) + (setup + cleanup) / 60

    def _add_hour_cost(self, work, centre, hours, rates):
        work["machine"] += hours * centre.costs_hour
        for element, kind, driver in (
            ("labour", "labour", centre.paper_crew),
            ("electricity", "electricity", centre.paper_power),
            ("steam", "steam", centre.paper_steam),
        ):
            if driver and kind not in rates:
                work["unrated"].append(kind)
            work[element] += hours * driver * rates.get(kind, 0.0)

    def _cost_elements(self, line, material, work, rates, weight):
        """Return the cost of a line by element, without freight and financing. Override to add to an element."""
        self.ensure_one()
        energy = work["electricity"] + work["steam"]
        loss = 1 - (1 - work["trim"]) * (1 - work["broke"])
        packing = rates.get(("packing", line.paper_spec_id.format), rates.get("packing", 0.0))
        return {
            "material": material,
            "electricity": work["electricity"],
            "steam": work["steam"],
            "machine": work["machine"],
            "labour": work["labour"],
            "allowance": allowance(material, energy, loss, self.company_id.paper_broke_value / 100),
            "packing": weight / 1000 * packing,
        }

    def _order_freights(self, rates):
        """Return what it costs to bring each order to its customer, for orders of one company: the rate per tonne.

        Override where delivery carriers give a price of their own: call ``super()``, replace what is known better.

        :return: ``{evaluation: {"by", "amount", "weight_kg"}}``: ``by`` is ``rate`` or a name of your own, the amount in
            company currency, the weight that of all paper lines
        """
        freights = {}
        for evaluation in self:
            weight = sum(line._paper_kilograms() for line in evaluation._paper_lines())
            freights[evaluation] = {"by": "rate", "amount": weight / 1000 * rates.get("freight", 0.0), "weight_kg": weight}
        return freights

    def _line_freight(self, freight, weight):
        """Return a line's share of the order's freight, by weight."""
        return freight["amount"] * weight / freight["weight_kg"] if freight["weight_kg"] else 0.0

    def _financing_share(self, line, rates):
        """Return the share of a line's revenue that waiting for the money costs."""
        self.ensure_one()
        return financing(1.0, self._payment_days(line), rates.get("interest", 0.0))

    def _payment_days(self, line):
        """Return the days from the line's delivery to payment by the payment term, weighted by the shares that fall due."""
        self.ensure_one()
        order = self._asked_orders()
        start = line._paper_delivery_day() or self.company_id._paper_today()
        days, shares = 0.0, 0.0
        for part in order.payment_term_id.line_ids:
            share = part.value_amount / 100
            if part.value == "fixed":
                share = part.value_amount / order.amount_total if order.amount_total else 0.0
            days += share * (part._get_due_date(start) - start).days
            shares += share
        return days / shares if shares else 0.0
