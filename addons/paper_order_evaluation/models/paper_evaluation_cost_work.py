from collections import defaultdict

from odoo import models

from ..lib.costing import allowance, deckle_use, financing, machine_rate


class PaperEvaluation(models.Model):
    """The hours that a line takes on each machine, and what they and the way to the customer cost (R3.3.5)."""

    _inherit = "paper.evaluation"

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
                if operation._skip_operation_line(product):
                    continue
                centre = operation.workcenter_id
                hours = self._speed_hours(line, centre, work) if product == line.product_id else None
                if hours is None:
                    timed = operation.with_context(product=product, quantity=amount, unit=bom.product_uom_id)
                    hours = timed.time_total / 60
                work["hours"][centre] += hours
                self._add_hour_cost(work, centre, hours * share, rates)
        return work

    def _speed_hours(self, line, centre, work):
        """Return the hours of a line on a machine whose speed for its basis weight is known, setting up included;
        else None.

        The web is filled with the line's own width as often as it fits; of what is left over no more counts as loss
        than the company allows, since other orders fill it.
        """
        spec, capability = line.paper_spec_id, centre.paper_capability_id
        weight = line._paper_kilograms()
        if not capability.makes_web or not spec or not weight:
            return None
        width = capability._web_width()
        if width:
            sides = [spec.width] + ([spec.length] if spec.format == "sheet" and not spec.grain_direction else [])
            used = max(deckle_use(side, width)[1] for side in sides)
            work["trim"] = max(work["trim"], min(1 - used, self.company_id.paper_trim_counted / 100))
        work["broke"] = max(work["broke"], (capability.broke_percent or 0.0) / 100)
        speed = capability._speed(spec.basis_weight)
        if not width or not speed or not spec.basis_weight:
            return None
        sold = width * (1 - work["trim"])
        rate = machine_rate(spec.basis_weight, sold, speed, (capability.efficiency or 100.0) / 100)
        work["by_speed"] = True
        _capacity, setup, cleanup = centre._get_capacity(line.product_id, line.product_id.uom_id)
        return weight / (rate * (1 - work["broke"])) + (setup + cleanup) / 60

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
