from collections import defaultdict

from odoo import models
from odoo.addons.paper_capacity.lib.scheduling import Choice, Step


class PaperEvaluation(models.Model):
    """What an order asks of the machines: the operations of each line through every level, as a chain in time."""

    _inherit = "paper.evaluation"

    def _line_steps(self, netted):
        """Return the steps of every paper line: half-finished goods before what is made of them.

        :param netted: what :meth:`_net_orders` gives
        :return: ``{line: [Step]}``; durations in seconds, quantities in the unit of the bill of materials, ``key`` the pair
            (operation, product); no steps where a line has no routing
        """
        choices = {}
        return {
            line: self._chain_operations(self._operations_of(netted["nets"][line]), choices)
            for evaluation in self
            for line in evaluation._paper_lines()
        }

    def _chain_operations(self, operations, choices):
        """Put operations in order: one after the other within a bill of materials, components before their product.

        :param operations: [(operation, product, quantity in the unit of the BoM, unit)]
        :param choices: memo of :meth:`_operation_choices`
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
            last[product] = self._add_steps(steps, by_product[product], before, choices)
        return steps

    def _add_steps(self, steps, operations, before, choices):
        """Append the steps of one product; return the indexes of those that nothing of it comes after."""
        free_order = operations[0][0].bom_id.allow_operation_dependencies
        places, open_ends, previous = {}, set(), before
        for operation, product, quantity, unit in operations:
            after = previous
            if free_order:
                after = tuple(places[one] for one in operation.blocked_by_operation_ids if one in places) or before
            key = (operation, product, unit)
            if key not in choices:
                choices[key] = self._operation_choices(*key)
            steps.append(Step(quantity, choices[key], after, (operation, product)))
            places[operation] = len(steps) - 1
            open_ends = (open_ends - set(after)) | {len(steps) - 1}
            previous = (len(steps) - 1,)
        return tuple(sorted(open_ends)) if free_order else previous

    def _operation_choices(self, operation, product, unit):
        """Return the machines that can do an operation: its own first, then the alternatives (mrp.routing.workcenter's
        arithmetic: set-up and clean-up once, a cycle for each batch begun, by the efficiency of the machine)."""
        own = operation.workcenter_id
        result = []
        for centre in own | own.alternative_workcenter_ids:
            batch, start, stop = centre._get_capacity(product, unit, operation.bom_id.product_qty or 1)
            minutes = operation.time_cycle * 100.0 / (centre.time_efficiency or 100.0)
            result.append(Choice(centre.id, (start + stop) * 60, minutes * 60, batch or 1))
        return tuple(result)
