from odoo import Command, api, fields, models

from ...exceptions import SpecMissingError

DERIVED = ("move_raw_ids", "move_finished_ids", "move_byproduct_ids", "workorder_ids")


class MrpProduction(models.Model):
    """A manufacturing order is a run of base paper, the cut of an order line, or, as before, both in one."""

    _inherit = "mrp.production"

    paper_kind = fields.Selection(related="bom_id.paper_kind", string="Level")
    paper_base_id = fields.Many2one(related="bom_id.paper_base_id", string="Base Paper")

    @api.model
    def _paper_cut_values(self, vals):
        """Return the values of an order of its own cut, where a person makes one for paper that is cut from base paper."""
        product = self.env["product.product"].browse(vals.get("product_id") or ())
        spec = self.env["paper.spec"].browse(vals.get("paper_spec_id") or ())
        # What is split off an order is made as that is, also where its paper is cut from base paper by now.
        if not spec or not product.paper_two_levels or vals.get("backorder_sequence"):
            return vals
        boms = self.env["mrp.bom"]
        bom = boms.browse(vals.get("bom_id") or ()) or boms._bom_find(product, company_id=spec.company_id.id)[product]
        if not bom or bom.paper_kind:
            return vals
        own = {name: value for name, value in vals.items() if name not in DERIVED}
        return {**own, "bom_id": bom._paper_cut(spec).id}

    def _paper_resize(self, quantity):
        """Let a run make so much, in its own unit; what it takes and how long it lasts follow."""
        self.ensure_one()
        if self.product_uom_id.compare(quantity, self.product_qty):
            # sudo: a run follows from what is cut of it
            self.env["change.production.qty"].sudo().create({"mo_id": self.id, "product_qty": quantity}).change_prod_qty()

    def _check_specified(self):
        """Refuse paper that nobody specified, such as paper for stock (R5.1.1).

        :raises SpecMissingError: naming each order
        """
        # sudo: the rule is the same whatever the user may read
        without = self.sudo().filtered(lambda rec: rec.is_paper and not rec.paper_spec_id)
        if without:
            raise SpecMissingError(
                self.env._(
                    "%(orders)s: no specification says what paper this is. Stock paper needs one too: choose it while the order "
                    "is a draft, or make the order anew with it.",
                    orders=", ".join(without.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(without),
            )

    # Broke goes back to the pulper

    def _paper_return_broke(self):
        for production in self.filtered(lambda rec: rec.state == "draft" and rec.paper_kind == "run"):
            production._paper_take_broke()

    def _paper_take_broke(self):
        """Let broke that lies there take the place of pulp, as far as the recipe allows; nothing is taken twice."""
        self.ensure_one()
        bom = self.bom_id.sudo()  # sudo: whoever confirms a run need not read recipes
        broke = bom.paper_broke_id.with_context(location=self.location_src_id.id)
        moves = self.move_raw_ids.filtered(lambda move: move.product_id != broke and self._paper_kg(1, move.product_uom))
        furnish = sum(self._paper_kg(move.product_uom_qty, move.product_uom) for move in moves)
        promised = self.search(
            [("company_id", "=", self.company_id.id), ("state", "in", ("confirmed", "progress", "to_close"))]
            + [("move_raw_ids.product_id", "=", broke.id)]
        ).move_raw_ids.filtered(lambda move: move.product_id == broke and move.state not in ("done", "cancel"))
        free = broke.qty_available - sum(move.product_qty for move in promised)
        kg = min(free, furnish * bom.paper_broke_share / 100)
        if kg < 1 or self.move_raw_ids.filtered(lambda move: move.product_id == broke):
            return
        kg = float(int(kg))
        for move in moves:
            move.product_uom_qty *= 1 - kg / furnish
        self.move_raw_ids = [Command.create(self._get_move_raw_values(broke, kg, broke.uom_id))]
