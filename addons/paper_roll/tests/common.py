from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user


class PaperRollCommon(BaseCommon):
    """A mill with one machine and one paper, people who make, judge and move its rolls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where inspections judge rolls too, these have passed: what is tried here is what people decide of them.
        lots = cls.registry["stock.lot"]
        if hasattr(lots, "_paper_verdicts"):
            cls.classPatch(lots, "_paper_verdicts", lambda rolls: dict.fromkeys(rolls, "passed"))
        cls.inspector = new_test_user(cls.env, "roll_inspector", groups="paper_base.group_quality")
        cls.winder = new_test_user(cls.env, "roll_winder", groups="paper_base.group_workshop")
        cls.seller = new_test_user(cls.env, "roll_seller", groups="paper_base.group_sales")
        cls.keeper = new_test_user(cls.env, "roll_keeper", groups="paper_base.group_warehouse,stock.group_stock_user")
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.company = cls.env.company
        cls.grade = cls.env["paper.grade"].create({"name": "Offset"})
        cls.paper = cls.create_paper("Offset paper")
        cls.spec = cls.env["paper.spec"].create(
            {
                "grade_id": cls.grade.id,
                "format": "reel",
                "basis_weight": 80,
                "width": 800,
                "reel_diameter_max": 1000,
                "core_diameter": 76,
            }
        )
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.customer = cls.env.ref("stock.stock_location_customers")

    @classmethod
    def create_paper(cls, name):
        return cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, "is_paper": True, "tracking": "lot", "uom_id": cls.kg.id}
        )

    @classmethod
    def roll(cls, name, kind="roll", net=0.0, **vals):
        return cls.env["stock.lot"].create(
            {
                "name": name,
                "product_id": cls.paper.id,
                "company_id": cls.company.id,
                "paper_kind": kind,
                "paper_spec_id": cls.spec.id,
                "paper_gross_kg": net,
                **vals,
            }
        )

    @classmethod
    def give(cls, lot, disposition):
        """Bring a lot to a disposition as an addon does, whoever would have decided it."""
        lot.sudo()._by_step().write({"paper_disposition": disposition})
        return lot

    @classmethod
    def jumbo(cls, name="J1", sets=3, across=3, width=800.0):
        """Return a jumbo, its sets and the rolls of these, as winding makes them: everything weighs what its geometry says."""
        jumbo = cls.roll(
            name, "jumbo", net=across * width * 80 * 3000 * sets / 1e6, paper_width=across * width, paper_length=3000 * sets
        )
        kg = width * 80 * 3000 / 1e6
        as_winder = jumbo.with_user(cls.winder)
        made = as_winder._paper_convert(
            [
                {
                    "name": f"{name}-{number}",
                    "paper_kind": "set",
                    "paper_width": across * width,
                    "paper_length": 3000,
                    "paper_gross_kg": kg * across,
                    "paper_set_number": number,
                    "parts": [{"parent": jumbo, "kg": kg * across, "from_m": 3000 * (number - 1), "to_m": 3000 * number}],
                }
                for number in range(1, sets + 1)
            ],
            "wind",
        )
        rolls = cls.env["stock.lot"]
        for own in made:
            rolls |= own._paper_convert(
                [
                    {
                        "name": f"{own.name}{'ABCDEFGHIJ'[place]}",
                        "paper_width": width,
                        "paper_length": 3000,
                        "paper_gross_kg": kg,
                        "paper_position": place + 1,
                    }
                    for place in range(across)
                ],
                "slit",
            )
        return jumbo, made.with_env(cls.env), rolls.with_env(cls.env)

    @classmethod
    def stock(cls, lot, quantity):
        """Put a lot into stock, as a count does."""
        cls.env["stock.quant"].sudo()._update_available_quantity(cls.paper, cls.warehouse.lot_stock_id, quantity, lot_id=lot)

    @classmethod
    def delivery(cls, quantity):
        picking = cls.env["stock.picking"].create(
            {
                "picking_type_id": cls.warehouse.out_type_id.id,
                "location_id": cls.warehouse.lot_stock_id.id,
                "location_dest_id": cls.customer.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": cls.paper.id,
                            "product_uom_qty": quantity,
                            "product_uom": cls.kg.id,
                            "location_id": cls.warehouse.lot_stock_id.id,
                            "location_dest_id": cls.customer.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        return picking
