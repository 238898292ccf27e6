from odoo import api, models

WEB = 2400  # mm, trimmed, as PM1 winds it
ROLL = 787  # mm
SETS, ACROSS = 6, 3
SLAB_KG = 60  # the outermost layers of a jumbo reel
TRIM_KG = 21.5  # of a set: what the edges beside three rolls weigh
CREW = "甲班"


class PaperMillDemo(models.AbstractModel):
    """What the winder crew makes of the jumbo reels, and what becomes of the rolls."""

    _inherit = "paper.mill.demo"

    @api.model
    def _declare_jumbo(self, production, number):
        """Enter what a jumbo reel is that was made for stock: number, web, weight, who made it where."""
        lot = self._as("workshop", production.lot_producing_ids)
        kg = production.product_uom_id._paper_kg(production.product_qty)
        lot.write(
            {
                "name": f"PM1-{self._day():%y%m%d}{number:02d}",
                "company_id": production.company_id.id,
                "paper_kind": "jumbo",
                "paper_width": WEB,
                "paper_length": round(kg / production.paper_spec_id.basis_weight / WEB * 1e6, 1),
                "paper_gross_kg": kg,
                "paper_machine_id": self.env.ref("paper_mill.workcenter_pm1").id,
                "paper_crew": CREW,
                "paper_made_on": self._moment(-1, 22),
            }
        )

    @api.model
    def _rolls(self):
        first, second = self._jumbos()[:2]
        rolls = self._wind(first)
        # A joint is taken out of two rolls; a streak runs at the drive side through the whole jumbo reel.
        for roll in rolls[1:3]:
            self._convert("workshop", roll, "rewind", 1, broke_kg=6.5, reason="取出接头")
        self._as("workshop", rolls[0]).action_hold_sisters("传动侧条痕，约 3 mm 宽", scope="position")
        self._as("quality", rolls[3]).action_cull("条痕穿透，印刷断纸")
        self._as("quality", rolls[6]).action_release("条痕只在外层 20 m，已切除")
        self._as("quality", rolls[9]).action_rework("复卷，切除外层")
        rolls = self._wind(second)
        self._convert("workshop", rolls[:3], "sheet", 3, broke_kg=12)
        self._convert("warehouse", rolls[3:5], "repack", 1)
        self._pack_order()

    def _jumbos(self):
        lots = self.env["stock.lot"].search([("paper_kind", "=", "jumbo"), ("name", "=like", "PM1-%")], order="id")
        return lots.filtered(lambda lot: not lot.paper_child_link_ids)

    def _wind(self, jumbo):
        """Wind a jumbo reel into sets and cut these into rolls; return the rolls."""
        sets = self._convert("workshop", jumbo, "wind", SETS, broke_kg=SLAB_KG)
        rolls = sets.browse()
        for own in sets:
            rolls |= self._convert("workshop", own, "slit", ACROSS, broke_kg=TRIM_KG, line={"width": ROLL, "diameter": 945})
        return rolls

    def _pack_order(self):
        """Pack the sheets of an order that was made and waits for its delivery."""
        order = self.env["sale.order"].search([("client_order_ref", "=", "PO-2609")], limit=1)
        lots = order.sudo().mrp_production_ids.lot_producing_ids  # sudo: the warehouse finds what lies in its store
        if lots:
            self._convert("warehouse", lots, "repack", 6)

    def _convert(self, department, lots, operation, pieces, line=None, **values):
        """Enter a conversion as a person of the department does it in the dialog; return what was made."""
        dialog = self._as(department, self.env["paper.roll.convert"])
        dialog = dialog.with_context(active_model="stock.lot", active_ids=lots.ids)
        dialog = dialog.create({"operation": operation, "pieces": pieces, **values})
        dialog._onchange_pieces()
        dialog.line_ids.write(line or {})
        return lots.browse(dialog.action_convert()["domain"][0][2])
