from collections import defaultdict

from odoo import models

from ...lib.netting import MAX_LEVELS, Ledger, Recipe

PLANNED = ("waiting", "confirmed", "assigned", "partially_available")


class ProductProduct(models.Model):
    """What a product is made of through every level, and what there is of it on which day (R3.3.3, R5.2.1)."""

    _inherit = "product.product"

    def _paper_recipes(self, company):
        """Read the bills of materials of the products and of all that they are made of, level by level.

        :return: ``recipes`` {product: Recipe}, ``others`` {product: [Recipe of another bill of materials]}, ``products``
            (all that take part) and ``faults`` {product: [(component whose unit does not convert)]}
        """
        found = {"recipes": {}, "others": defaultdict(list), "products": self, "faults": defaultdict(list)}
        level = self
        for _depth in range(MAX_LEVELS):
            boms = level._paper_boms(company)
            below = self.env["product.product"]
            for product, ways in boms.items():
                recipes = [product._prepare_paper_recipe(bom, found["faults"]) for bom in ways]
                if recipes:
                    found["recipes"][product] = recipes[0]
                    found["others"][product] = recipes[1:]
                below |= below.union(*(material for recipe in recipes for material, _quantity in recipe.lines))
            level = below - found["products"]
            found["products"] |= level
            if not level:
                break
        return found

    def _paper_boms(self, company):
        """Return ``{product: [bill of materials, …]}``, first the one that Odoo itself would take."""
        BillOfMaterials = self.env["mrp.bom"].with_company(company)
        wanted = self.filtered(lambda product: product.type != "service")
        boms = BillOfMaterials.search(
            BillOfMaterials._bom_find_domain(wanted, company_id=company.id), order="sequence, product_id, id"
        )
        ways = defaultdict(list)
        for bom in boms:
            for product in (bom.product_id or bom.product_tmpl_id.product_variant_ids) & wanted:
                if product.uom_id._has_common_reference(bom.product_uom_id):
                    ways[product].append(bom)
        return ways

    def _prepare_paper_recipe(self, bom, faults):
        self.ensure_one()
        lines = []
        for line in bom.bom_line_ids:
            share = line._paper_share(self)
            if not share:
                continue
            material = line.product_id
            if not line.product_uom_id._has_common_reference(material.uom_id):
                faults[self].append(material)
                continue
            quantity = line.product_uom_id._compute_quantity(line.product_qty, material.uom_id, round=False)
            lines.append((material, quantity * share))
        return Recipe(
            key=bom,
            quantity=bom.product_uom_id._compute_quantity(bom.product_qty, self.uom_id, round=False),
            lines=tuple(lines),
            days=bom.produce_delay,
            kit=bom.type == "phantom",
            share=bom._paper_borne(self),
        )

    def _paper_supply(self, company, warehouse, leaving=(), coming=()):
        """Read stock and planned moves of the products in one go.

        A receipt that is overdue counts as of today, and is told as late.

        :param leaving: domain of the planned moves out that count
        :param coming: domain of the planned moves in that count
        :return: ({product: Ledger} of what is stored, {product: [(day, quantity, source)]} of what comes in, where the
            source is a purchase or manufacturing order, or empty; {product: quantity not reserved today})
        """
        today = company._paper_today()
        tz = company.sudo().resource_calendar_id.tz or "UTC"  # sudo: only the time zone is read
        stored = self.filtered("is_storable").with_company(company)
        stored = stored.with_context(warehouse_id=warehouse.id, tz=tz, active_test=False)
        in_stock, moves_in, moves_out = stored._get_domain_locations()
        mine = [("product_id", "in", stored.ids)]
        planned = [("state", "in", PLANNED), ("restrict_partner_id", "in", [False, company.partner_id.id])]
        env = stored.env
        on_hand = env["stock.quant"]._read_group(
            # What customers brought for their own orders is there for nobody else.
            [*mine, *in_stock, ("owner_id", "in", [False, company.partner_id.id])],
            ["product_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        source = ["purchase_line_id"] if "purchase_line_id" in env["stock.move"]._fields else []
        arrivals = env["stock.move"]._read_group(
            [*mine, *planned, *coming, *moves_in],
            ["product_id", "date:day", "production_id", *source],
            ["product_qty:sum"],
        )
        departures = env["stock.move"]._read_group(
            [*mine, *planned, *leaving, *moves_out], ["product_id", "date:day"], ["product_qty:sum"]
        )
        flows, incoming = defaultdict(list), defaultdict(list)
        for product, day, production, *bought, quantity in arrivals:
            # day: grouped by the warehouse's own day, see ``tz`` above
            flows[product.id].append((day.date(), quantity))
            incoming[product.id].append((day.date(), quantity, (bought and bought[0].order_id) or production))
        for product, day, quantity in departures:
            # day: see above
            flows[product.id].append((day.date(), -quantity))
        stock = {product.id: (quantity, quantity - reserved) for product, quantity, reserved in on_hand}
        ledgers, free = {}, {}
        for product in stored:
            quantity, free[product] = stock.get(product.id, (0.0, 0.0))
            ledgers[product] = Ledger(today, quantity, flows[product.id])
        return ledgers, {product: sorted(incoming[product.id], key=lambda item: item[0]) for product in ledgers}, free
