from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import RunBalanceError
from ...lib.run_balance import RunBalance

KILOGRAM = {"digits": (16, 1), "compute": "_compute_paper_balance", "compute_sudo": True}


class MrpProduction(models.Model):
    """The mass balance of a run or a cut: pulp × yield = rolls + broke + moisture loss, the difference named (R5.3.1)."""

    _inherit = "mrp.production"

    paper_taken_kg = fields.Float(string="Taken (kg)", **KILOGRAM, help="Material as weighed; of a cut, base paper.")
    paper_lost_kg = fields.Float(string="Fines and Filler Lost (kg)", **KILOGRAM, help="What the yield leaves out.")
    paper_moisture_kg = fields.Float(
        string="Moisture Loss (kg)", **KILOGRAM, help="Water that the material brought and the paper does not carry."
    )
    paper_made_kg = fields.Float(string="Rolls (kg)", **KILOGRAM)
    paper_broke_kg = fields.Float(string="Broke and Trim (kg)", **KILOGRAM, help="It goes back to the pulper.")
    paper_difference_kg = fields.Float(
        string="Difference (kg)", **KILOGRAM, help="Taken, less all the above. Below zero: more came out than went in."
    )
    paper_difference_share = fields.Float(
        string="Difference (%)",
        digits=(9, 2),
        compute="_compute_paper_balance",
        compute_sudo=True,
        help="Of what stays in the web.",
    )
    paper_balance_reason = fields.Char(string="Reason of the Difference", copy=False)

    @api.depends(
        "bom_id.paper_kind",
        "bom_id.paper_yield",
        "qty_producing",
        "state",
        "move_raw_ids.quantity",
        "move_raw_ids.picked",
        "move_finished_ids.quantity",
        "move_finished_ids.picked",
    )
    def _compute_paper_balance(self):
        for production in self:
            balance = production._paper_balance() if production.bom_id.paper_kind else RunBalance((), 1.0, 0.0, 0.0, 0.0)
            production.paper_taken_kg = balance.taken_kg
            production.paper_lost_kg = balance.lost_kg
            production.paper_moisture_kg = balance.moisture_loss_kg
            production.paper_made_kg = balance.made_kg
            production.paper_broke_kg = balance.broke_kg
            production.paper_difference_kg = balance.difference_kg
            retained = balance.retained_kg
            production.paper_difference_share = 100 * balance.difference_kg / retained if retained else 0.0

    def _paper_balance(self):
        """Return the :class:`RunBalance` of what was entered so far."""
        self.ensure_one()
        bom = self.bom_id
        is_run = bom.paper_kind == "run"
        moves = (self.move_raw_ids | self.move_finished_ids).filtered(lambda move: move.state != "cancel")
        entered = {move: self._paper_kg(move.quantity, move.product_uom) for move in moves if move.picked or move.state == "done"}
        raw = [
            (kg, move.product_id.paper_moisture / 100)
            for move, kg in entered.items()
            if move in self.move_raw_ids and (is_run or move.product_id == bom.paper_base_id)
        ]
        made = [kg for move, kg in entered.items() if move.product_id == self.product_id and move.state == "done"]
        return RunBalance(
            taken=tuple(raw),
            yield_share=bom.paper_yield / 100 if is_run and bom.paper_yield else 1.0,
            # A cut neither dries nor wets.
            moisture=(self.product_id if is_run else bom.paper_base_id).paper_moisture / 100,
            made_kg=sum(made) if made else self._paper_kg(self.qty_producing) if raw else 0.0,
            broke_kg=sum(kg for move, kg in entered.items() if move.product_id == bom.paper_broke_id and move.production_id),
        )

    def _check_paper_balance(self):
        """Refuse to finish a run or cut that does not balance, unless somebody says why.

        :raises RunBalanceError: naming the order and its difference
        """
        # sudo: the rule is the same whatever the user may read
        for production in self.sudo().filtered("bom_id.paper_kind"):
            balance = production._paper_balance()
            if balance.within(production.company_id.paper_balance_tolerance) or said(production.paper_balance_reason):
                continue
            raise RunBalanceError(
                self.env._(
                    "%(order)s: %(taken)s kg were taken, of which %(paper)s kg of paper can come; %(made)s kg are rolls and "
                    "%(broke)s kg broke. %(difference)s kg differ. Weigh again what was taken and made, or write down the "
                    "reason of the difference.",
                    order=production.name,
                    taken=f"{balance.taken_kg:.1f}",
                    paper=f"{balance.retained_kg - balance.moisture_loss_kg:.1f}",
                    made=f"{balance.made_kg:.1f}",
                    broke=f"{balance.broke_kg:.1f}",
                    difference=f"{balance.difference_kg:+.1f}",
                ),
                action=self.env["paper.way.out"]._lead_to(production),
            )

    def _post_inventory(self, cancel_backorder=False):
        self.filtered(lambda rec: rec.state != "done")._check_paper_balance()
        result = super()._post_inventory(cancel_backorder=cancel_backorder)
        self._paper_keep_tree()
        return result
