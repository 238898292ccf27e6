from odoo import api, fields, models
from odoo.addons.paper_base.exceptions import PaperAmountError

from ...exceptions import MovedGoodsError

# What only goods that move change.
HELD = ("quantity", "product_id", "location_id", "lot_id", "package_id", "owner_id", "company_id")
# What a count found.
COUNTED = ("inventory_quantity", "inventory_quantity_auto_apply")
REASON = "paper_count_reason"


class StockQuant(models.Model):
    _inherit = "stock.quant"

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_reason = fields.Char(string="Reason", help="Why paper is counted otherwise than it was booked; kept with your name.")

    @api.model
    def _get_inventory_fields_write(self):
        return [*super()._get_inventory_fields_write(), "paper_reason"]

    @api.model_create_multi
    def create(self, vals_list):
        quants = self.browse()
        for vals in vals_list:
            # sudo: the rule is the same whatever the user may read
            self._check_counted(vals, self.env["product.product"].sudo().browse(vals.get("product_id") or ()))
            reason, waits = vals.get("paper_reason"), "inventory_quantity" in vals
            # A count that applies itself is done before it could be written into the record.
            counted = self.with_context(**{REASON: reason}) if reason else self
            # A copy: Odoo takes the quantity out of what it is given, and an import that was refused tries the rest again.
            quant = super(StockQuant, counted).create([dict(vals)]).with_env(self.env)
            if reason and waits:
                # sudo: what is counted may stand in the books already; Odoo writes the quantity as the system, too
                quant.sudo().paper_reason = reason
            quants |= quant
        if not self.env.su and any(vals.get("quantity") for vals in vals_list):
            # Stock moves book as the system; whoever does not, books by hand.
            quants.sudo().filtered("is_paper")._refuse_booking()  # sudo: the rule is the same whatever the user may read
        return quants

    def write(self, vals):
        self._check_counted(vals, self.sudo().product_id)  # sudo: see create
        if not self.env.su and any(name in vals for name in HELD):
            product = self.env["product.product"].sudo().browse(vals.get("product_id") or ())  # sudo: see create
            self.sudo().filtered(lambda rec: rec.is_paper or product.is_paper)._refuse_booking()  # sudo: see create
        return super().write(vals)

    @api.model
    def _check_counted(self, vals, products):
        """Refuse a count below nothing: paper that nobody has cannot be found.

        :raises PaperAmountError: naming the paper
        """
        for name in COUNTED:
            paper = products.filtered("is_paper") if isinstance(vals.get(name), (int, float)) and vals[name] < 0 else products[:0]
            if paper:
                raise PaperAmountError(
                    self.env._(
                        "%(product)s: a count of %(quantity)s is below nothing. Enter what lies there, 0 if there is none.",
                        product=paper[0].display_name,
                        quantity=f"{vals[name]:.10g}",
                    )
                )

    def _refuse_booking(self):
        """Refuse to book stock by hand.

        :raises MovedGoodsError: if there is anything
        """
        if self:
            raise MovedGoodsError(
                self.env._(
                    "%(product)s: stock of paper is changed by moving or counting it, not by writing how much there is.",
                    product=self[0].product_id.display_name,
                )
            )

    def _get_inventory_move_values(self, qty, location_id, location_dest_id, package_id=False, package_dest_id=False):
        values = super()._get_inventory_move_values(qty, location_id, location_dest_id, package_id, package_dest_id)
        reason = self.paper_reason or self.env.context.get(REASON)
        if reason and self.is_paper:
            values["paper_reason"] = reason
        return values

    def action_clear_inventory_quantity(self):
        self.paper_reason = False
        return super().action_clear_inventory_quantity()
