from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import models
from odoo.addons.paper_capacity.exceptions import CapabilityError
from odoo.addons.paper_capacity.lib.netting import Ledger, Netting
from odoo.addons.paper_capacity.lib.scheduling import Choice, Step

CLAIMING = ("open", "passed", "conditional")


class PaperEvaluation(models.Model):
    """What orders ask of the mill: their bills of materials, exploded level by level, and netted against stock.

    Orders under evaluation compete for the same stock: the one that was submitted first is served first; of the lines of
    an order the one that is due first, from the top where they are due on the same day (R3.3.3).

    Stock on hand and planned moves of a warehouse are read by day; the pulp that the customer of a toll order brings counts
    from the day it is expected on, for that order alone. Of the machines an order asks its operations through every level, as
    a chain in time.
    """

    _inherit = "paper.evaluation"

    def _explode_orders(self):
        """Explode each order's paper through every level. Half-finished goods are taken from free stock first.

        :return: ``{evaluation: demand}``; a demand holds ``operations`` [(operation, product, quantity in the unit of
            the BoM, unit)], ``materials`` {product: quantity in its own unit}, ``boms``, ``without_bom`` [names] and
            ``lines`` {sale order line: (Net, operations)}
        """
        netted = self._net_orders()
        demands = {}
        for evaluation in self:
            demand = demands[evaluation] = {
                "operations": [],
                "materials": defaultdict(float),
                "boms": self.env["mrp.bom"],
                "without_bom": [],
                "lines": {},
            }
            for line in evaluation._paper_lines():
                net = netted["nets"][line]
                operations = self._operations_of(line, net)
                demand["lines"][line] = (net, operations)
                demand["operations"] += operations
                if not net.recipe:
                    demand["without_bom"].append(line.product_id.display_name)
                for recipe, _product, _quantity in net.runs:
                    demand["boms"] |= recipe.key
                for material, need in net.needs.items():
                    demand["materials"][material] += need.needed
        return demands

    def _operations_of(self, line, net):
        """Return the operations of a line's netted demand, [(operation, product, quantity in the unit of the BoM, unit)]."""
        operations = []
        for recipe, product, quantity in net.runs:
            bom = recipe.key
            amount = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False)
            spec = line.paper_spec_id if product == line.product_id else line.paper_spec_id.browse()
            shares = [(operation, operation._paper_share(product, spec)) for operation in bom.operation_ids]
            operations += [(operation, product, amount * share, bom.product_uom_id) for operation, share in shares if share]
        return operations

    def _net_orders(self):
        """Net all lines of the orders, in the order in which they were submitted.

        :return: ``nets`` {line: Net}, ``nettings`` {warehouse: Netting after all lines}, ``recipes`` {company: what
            :meth:`_find_recipes` gives}, ``incoming`` and ``free`` {warehouse: what :meth:`_read_supply` gives}
        """
        self._read_deliveries_ahead()
        result = {"nets": {}, "nettings": {}, "recipes": {}, "incoming": {}, "free": {}}
        for company, evaluations in self.grouped("company_id").items():
            lines = evaluations._asked_orders().order_line.filtered("is_paper")
            result["recipes"][company] = self._find_recipes(lines.product_id, company)
            for warehouse, same in evaluations.grouped(lambda rec: rec.order_id.warehouse_id).items():
                supply = same._read_supply(result["recipes"][company]["products"], company, warehouse)
                ledgers, result["incoming"][warehouse], result["free"][warehouse] = supply
                result["nettings"][warehouse] = netting = Netting(result["recipes"][company]["recipes"], ledgers)
                result["nets"].update(same._net_warehouse(netting, warehouse))
        return result

    def _net_warehouse(self, netting, warehouse):
        """Net the orders of one warehouse, after what orders outside this batch have claimed before each of them."""
        nets = {}
        claims = self._other_claims(list(netting.ledgers), warehouse)
        for evaluation in self.sorted("id"):
            while claims and claims[-1][0] < evaluation.id:
                _rank, product, day, quantity = claims.pop()
                netting.claim(product, day, quantity)
            own = evaluation._with_customer_material(netting)
            due = {line: evaluation._materials_due(line) for line in evaluation._paper_lines()}
            for line in sorted(due, key=due.get):
                nets[line] = own.demand(line.product_id, line._product_quantity(), due[line])
        return nets

    def _materials_due(self, line):
        """Return the day on which the paper of a line has to be made: the day before delivery, today at the earliest."""
        self.ensure_one()
        today, day = self.company_id._paper_today(), line._paper_delivery_day()
        return max(day - timedelta(days=1), today) if day else today

    def _other_claims(self, products, warehouse):
        """Return what other orders have claimed, the latest first: [(evaluation id, product, day, quantity)]."""
        if not self:
            return []
        today = self.company_id[:1]._paper_today()
        domain = [
            ("warehouse_id", "=", warehouse.id),
            ("product_id", "in", [product.id for product in products]),
            ("evaluation_id", "not in", self.ids),
            ("evaluation_id", "<", max(self.ids)),
            ("evaluation_id.state", "in", CLAIMING),
            ("order_id.state", "in", ("draft", "sent")),
            "|",
            ("order_id.validity_date", "=", False),
            ("order_id.validity_date", ">=", today),
        ]
        rows = self.env["paper.material.claim"]._read_group(
            domain, ["evaluation_id", "product_id", "date:day"], ["quantity:sum"]
        )
        claims = [(evaluation.id, product, day, quantity) for evaluation, product, day, quantity in rows]
        return sorted(claims, key=lambda claim: (claim[0], claim[1].id, claim[2]), reverse=True)

    # Bills of materials

    def _find_recipes(self, products, company):
        """Read the bills of materials of ``products`` and of all that they are made of, see ``product._paper_recipes``."""
        return products._paper_recipes(company)

    def _read_supply(self, products, company, warehouse):
        """Read stock and planned moves of ``products``, see ``product._paper_supply``."""
        # What leaves for these very orders is what they ask for here: paper that is made for them is theirs already.
        others = ["|", ("sale_line_id", "=", False), ("sale_line_id.order_id", "not in", self.order_id.ids)]
        return products._paper_supply(company, warehouse, others)

    def _with_customer_material(self, netting):
        """Return the netting in which this order is netted: for what its customer brings, with a ledger of its own."""
        self.ensure_one()
        if not self.order_id._paper_type_rule("customer_material"):
            return netting
        brought = self.order_id.paper_customer_material_ids
        today = self.company_id._paper_today()
        ledgers = dict(netting.ledgers)
        for product, materials in brought.grouped("product_id").items():
            ledgers[product] = Ledger(today, 0.0, [(day, quantity) for day, quantity, _source in self._brought(materials)])
        return Netting(netting.recipes, ledgers)

    def _brought(self, materials):
        """Return what the customer brings, as what is on its way: [(day, quantity in the product's unit, source)]."""
        kg = self.env["uom.uom"]._kilogram()
        today = self.company_id._paper_today()
        result = []
        for material in materials:
            uom = material.product_id.uom_id
            quantity = material.quantity_kg
            if uom._has_common_reference(kg):
                quantity = kg._compute_quantity(quantity, uom, round=False)
            result.append((material.promised_date or today, quantity, material.order_id.partner_id.commercial_partner_id))
        return sorted(result, key=lambda item: item[0])

    def _line_steps(self, netted):
        """Return the steps of every paper line: half-finished goods before what is made of them.

        :param netted: what :meth:`_net_orders` gives
        :return: ``{line: [Step]}``; durations in seconds, quantities in the unit of the bill of materials, ``key`` the pair
            (operation, product); no steps where a line has no routing
        """
        lines = self._asked_orders().order_line
        choices = dict.fromkeys(lines._development_ready_days(), True)
        lines.paper_spec_id._read_ahead()
        return {
            line: self._chain_operations(line, self._operations_of(line, netted["nets"][line]), choices)
            for evaluation in self
            for line in evaluation._paper_lines()
        }

    def _chain_operations(self, line, operations, choices):
        """Put operations in order: one after the other within a bill of materials, components before their product.

        :param line: the order line that it is all for
        :param operations: [(operation, product, quantity in the unit of the BoM, unit)]
        :param choices: memo of :meth:`_operation_choices`; the lines that a development makes possible are in it as well
        """
        by_product = defaultdict(list)
        for item in operations:
            by_product[item[1]].append(item)
        order, seen = [], set()

        def visit(product):
            if product in seen:
                return
            seen.add(product)
            for component in by_product[product][0][0].bom_id.bom_line_ids.product_id:
                if component in by_product:
                    visit(component)
            order.append(product)

        for product in list(by_product):
            visit(product)
        steps, last = [], {}
        for product in order:
            components = by_product[product][0][0].bom_id.bom_line_ids.product_id
            before = tuple(index for component in components for index in last.get(component, ()))
            web = {index for component in components.filtered("is_paper") for index in last.get(component, ())}
            last[product] = self._add_steps(line, steps, by_product[product], before, web, choices)
        return steps

    def _add_steps(self, line, steps, operations, before, web, choices):
        """Append the steps of one product; return the indexes of those that nothing of it comes after.

        :param web: indexes of the steps that make the paper of which this product is made; its first step goes on with it
            jumbo by jumbo, as the next steps do with what the one before made
        """
        free_order = operations[0][0].bom_id.allow_operation_dependencies
        places, open_ends, previous = {}, set(), before
        for operation, product, quantity, unit in operations:
            after = previous
            if free_order:
                after = tuple(places[one] for one in operation.blocked_by_operation_ids if one in places) or before
            key = (operation, product, unit, line.paper_spec_id, self._unit_kilograms(line, product, unit), line in choices)
            if key not in choices:
                choices[key] = self._operation_choices(*key)
            single = after if after != before else tuple(web) if set(after) == web else ()
            follows = single[0] if len(single) == 1 else None
            steps.append(Step(quantity, choices[key], after, (operation, product), follows))
            places[operation] = len(steps) - 1
            open_ends = (open_ends - set(after)) | {len(steps) - 1}
            previous = (len(steps) - 1,)
        return tuple(sorted(open_ends)) if free_order else previous

    def _unit_kilograms(self, line, product, unit):
        """Return what one unit of something that is made for a line weighs, kg; 0 where it is no paper, or nobody knows."""
        if not product.is_paper:
            return 0.0
        quantity = line._product_quantity() if product == line.product_id else 0.0
        if quantity and line._paper_kilograms():
            return line._paper_kilograms() / product.uom_id._compute_quantity(quantity, unit, round=False)
        return unit._paper_kg(1.0)

    def _operation_choices(self, operation, product, unit, spec, kilograms, developing):
        """Return the machines of an operation, its own first, then the alternatives; those that cannot make the paper, or of
        which nobody can say how fast, are not able. What a development makes possible is waited for instead."""
        own = operation.workcenter_id
        result = []
        for centre in own | own.alternative_workcenter_ids:
            try:
                choice = centre._paper_choice(operation, product, unit, spec if product.is_paper else spec.browse(), kilograms)
            except CapabilityError:
                choice = Choice(centre.id, able=False)
            result.append(replace(choice, able=True) if developing else choice)
        return tuple(result)

    def _unable_words(self, step, centre, spec):
        """Say why no machine makes a step: what its own machine lacks."""
        operation, product = step.key
        try:
            centre._paper_check_can_make(spec, operation.name)
            centre._paper_rate(spec, operation._paper_is_full_web(product))
        except CapabilityError as error:
            return str(error)
        return centre.display_name
