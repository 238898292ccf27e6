from odoo import Command
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import new_test_user

PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CHECKED = dict.fromkeys(("check_wrap", "check_caps", "check_edges", "check_floor", "check_humidity"), True)


class PaperEntryCommon(PaperQualityCommon):
    """An order of 18 rolls of 100 kg that are declared and passed, on a moving average; the warehouse that enters them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(cls.env, "entry_warehouse", groups="paper_base.group_warehouse,stock.group_stock_user")
        cls.hand = new_test_user(cls.env, "entry_workshop", groups="paper_base.group_workshop,mrp.group_mrp_user")
        average = cls.env["product.category"].create({"name": "Moving average", "property_cost_method": "average"})
        cls.pulp.write({"categ_id": average.id, "standard_price": 4})
        cls.paper = cls.create_paper("Rolls", categ_id=average.id, tracking="lot")
        cls.env["stock.quant"]._update_available_quantity(cls.pulp, cls.warehouse.lot_stock_id, 100000)
        cls.spec = cls.create_spec()
        cls.production = cls.order(18)

    @classmethod
    def order(cls, count, name="R"):
        """Return an order of so many rolls that the workshop declared and quality passed."""
        production = cls.create_production(cls.spec, 100 * count, product=cls.paper)
        cls.release(production)
        made = production.sudo()
        lots = cls.env["stock.lot"].create(
            [
                {
                    "name": f"{production.id}{name}{place:02d}",
                    "product_id": cls.paper.id,
                    "company_id": cls.env.company.id,
                    "paper_spec_id": cls.spec.id,
                    "paper_kind": "roll",
                    "paper_gross_kg": 102,
                    "paper_tare_kg": 2,
                    "paper_width": 787,
                }
                for place in range(1, count + 1)
            ]
        )
        move = made.move_finished_ids.filtered(lambda rec: rec.product_id == cls.paper)
        move.move_line_ids.unlink()
        lines = [
            Command.create({**move._prepare_move_line_vals(quantity=0), "lot_id": lot.id, "quantity": 100, "picked": False})
            for lot in lots
        ]
        move.move_line_ids = lines
        made.write({"qty_producing": 100 * count, "lot_producing_ids": [Command.set(lots[:1].ids)]})
        made._set_qty_producing()
        made.workorder_ids.button_finish()
        cls.passed(production)
        return made

    @classmethod
    def rolls(cls, production=None):
        return (production or cls.production).move_finished_ids.move_line_ids.lot_id.sorted("name")

    @classmethod
    def note(cls, production=None):
        return cls.env["paper.entry.note"].with_user(cls.keeper).create({"production_id": (production or cls.production).id})

    def on_stock(self, product=None):
        quants = self.env["stock.quant"].search(
            [("product_id", "=", (product or self.paper).id), ("location_id.usage", "=", "internal")]
        )
        return sum(quants.mapped("quantity"))
