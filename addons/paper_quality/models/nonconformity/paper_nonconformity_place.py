from odoo import fields, models


class PaperNonconformityPlace(models.Model):
    """Where rolls that may have the same fault are, how many, and how many of them are stopped: one row a place."""

    _name = "paper.nonconformity.place"
    _description = "Place of Suspect Rolls"
    _inherit = ["paper.step.mixin"]
    _order = "nonconformity_id, id"
    _all_by_steps = True
    _step_field = "where"

    nonconformity_id = fields.Many2one("mgmtsystem.nonconformity", required=True, ondelete="cascade", index=True)
    where = fields.Selection(
        [
            ("floor", "On the Floor"),
            ("stock", "In Stock"),
            ("hold", "In Quarantine"),
            ("transit", "On the Way"),
            ("customer", "At the Customer"),
        ],
        required=True,
    )
    location_id = fields.Many2one("stock.location", string="Place", index="btree_not_null")
    lot_ids = fields.Many2many("stock.lot", string="Rolls")
    lot_count = fields.Integer(string="Rolls Found")
    held_count = fields.Integer(string="Stopped")
    kg = fields.Float(string="kg", digits=(16, 1))
    note = fields.Char(string="What Was Done", by_hand={"any": ()}, help="For example: customer told, blocked by phone.")
