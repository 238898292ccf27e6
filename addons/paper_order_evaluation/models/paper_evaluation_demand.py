from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.addons.paper_capacity.lib.netting import MAX_LEVELS, Netting, Recipe

CLAIMING = ("open", "passed", "conditional")


class PaperEvaluation(models.Model):
    """What orders ask of the mill: their bills of materials, exploded level by level, and netted against stock.

    Orders under evaluation compete for the same stock: the one that was submitted first is served first; of the lines of
    an order the one that is due first, from the top where they are due on the same day (R3.3.3).
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
                operations = self._operations_of(net)
                demand["lines"][line] = (net, operations)
                demand["operations"] += operations
                if not net.recipe:
                    demand["without_bom"].append(line.product_id.display_name)
                for recipe, _product, _quantity in net.runs:
                    demand["boms"] |= recipe.key
                for material, need in net.needs.items():
                    demand["materials"][material] += need.needed
        return demands

    def _operations_of(self, net):
        """Return the operations of a netted demand, [(operation, product, quantity in the unit of the BoM, unit)]."""
        operations = []
        for recipe, product, quantity in net.runs:
            bom = recipe.key
            amount = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False)
            operations += [
                (operation, product, amount, bom.product_uom_id)
                for operation in bom.operation_ids
                if not operation._skip_operation_line(product)
            ]
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
        """Read the bills of materials of ``products`` and of all that they are made of, level by level.

        :return: ``recipes`` {product: Recipe}, ``others`` {product: [Recipe of another bill of materials]}, ``products``
            (all that take part) and ``faults`` {product: [(component whose unit does not convert)]}
        """
        found = {"recipes": {}, "others": defaultdict(list), "products": products, "faults": defaultdict(list)}
        level = products
        for _depth in range(MAX_LEVELS):
            boms = self._boms_of(level, company)
            below = self.env["product.product"]
            for product, ways in boms.items():
                recipes = [self._prepare_recipe(bom, product, found["faults"]) for bom in ways]
                if recipes:
                    found["recipes"][product] = recipes[0]
                    found["others"][product] = recipes[1:]
                below |= below.union(*(material for recipe in recipes for material, _quantity in recipe.lines))
            level = below - found["products"]
            found["products"] |= level
            if not level:
                break
        return found

    def _boms_of(self, products, company):
        """Return ``{product: [bill of materials, …]}``, first the one that Odoo itself would take."""
        BillOfMaterials = self.env["mrp.bom"].with_company(company)
        wanted = products.filtered(lambda product: product.type != "service")
        boms = BillOfMaterials.search(
            BillOfMaterials._bom_find_domain(wanted, company_id=company.id), order="sequence, product_id, id"
        )
        ways = defaultdict(list)
        for bom in boms:
            for product in (bom.product_id or bom.product_tmpl_id.product_variant_ids) & wanted:
                if product.uom_id._has_common_reference(bom.product_uom_id):
                    ways[product].append(bom)
        return ways

    def _prepare_recipe(self, bom, product, faults):
        lines = []
        for line in bom.bom_line_ids:
            if line._skip_bom_line(product):
                continue
            material = line.product_id
            if not line.product_uom_id._has_common_reference(material.uom_id):
                faults[product].append(material)
                continue
            quantity = line.product_uom_id._compute_quantity(line.product_qty, material.uom_id, round=False)
            lines.append((material, quantity))
        return Recipe(
            key=bom,
            quantity=bom.product_uom_id._compute_quantity(bom.product_qty, product.uom_id, round=False),
            lines=tuple(lines),
            days=bom.produce_delay,
            kit=bom.type == "phantom",
            share=max(1 - sum(bom.byproduct_ids.mapped("cost_share")) / 100, 0.0),
        )
