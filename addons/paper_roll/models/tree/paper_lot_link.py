from odoo import api, fields, models
from odoo.tools import SQL

from ...exceptions import RollParentError, RollWidthError
from ...lib.web import widest_mm

# Sheets lie as they are packed; broke has no width.
WITHOUT_WIDTH = ("pallet", "bundle", "broke")


class PaperLotLink(models.Model):
    """That a roll was cut, wound, sheeted or packed from another: how much of it, from which metre to which, at which place.

    Odoo's own traceability links everything that an order made to everything that it used; this is the true parent. Links are
    made by a conversion, see ``stock.lot._paper_convert``, and by nobody's hand.
    """

    _name = "paper.lot.link"
    _description = "Roll and Its Parent"
    _inherit = ["paper.guarded.mixin"]
    _order = "parent_id, from_m, position, id"
    _check_company_auto = True
    _all_by_steps = True
    _field_error = RollParentError

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    parent_id = fields.Many2one("stock.lot", required=True, ondelete="restrict", check_company=True)
    child_id = fields.Many2one("stock.lot", required=True, ondelete="restrict", index=True, check_company=True)
    conversion_id = fields.Many2one("paper.roll.conversion", ondelete="restrict", index="btree_not_null", check_company=True)
    kg = fields.Float(string="Weight (kg)", digits=(16, 3))
    from_m = fields.Float(string="From (m)", digits=(16, 2))
    to_m = fields.Float(string="To (m)", digits=(16, 2))
    position = fields.Integer(help="Place across the web, counted from the drive side.")
    parent_kind = fields.Selection(related="parent_id.paper_kind", string="Kind of the Parent")
    child_kind = fields.Selection(related="child_id.paper_kind", string="Kind")
    child_disposition = fields.Selection(related="child_id.paper_disposition", string="Disposition")
    child_width = fields.Float(related="child_id.paper_width")

    _parent_child = models.UniqueIndex("(parent_id, child_id)", "This roll has this parent already.")
    _figures = models.Constraint(
        "CHECK(kg >= 0 AND from_m >= 0 AND to_m >= from_m AND position >= 0)",
        "Weight, metres and position of a roll within its parent cannot be below zero or run backwards.",
    )
    _not_itself = models.Constraint("CHECK(parent_id != child_id)", "A roll cannot be its own parent.")

    @api.constrains("parent_id", "child_id")
    def _check_no_circle(self):
        self.flush_model(["parent_id", "child_id"])
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(root, lot) AS (
                        SELECT child_id, parent_id FROM paper_lot_link WHERE id IN %s
                        UNION
                        SELECT above.root, link.parent_id FROM above JOIN paper_lot_link link ON link.child_id = above.lot
                   )
                   SELECT root FROM above WHERE root = lot LIMIT 1""",
                tuple(self.ids),
            )
        )
        if rows:
            raise self._parent_error(self.env["stock.lot"].sudo().browse(rows[0]))  # sudo: only its number is told

    @api.model
    def _parent_error(self, lot):
        return RollParentError(
            self.env._(
                "%(roll)s would be its own parent, directly or over other rolls. Look which roll was cut from which.",
                roll=lot.name,
            )
        )

    @api.constrains("parent_id", "child_id", "from_m", "to_m", "position")
    def _check_widths(self):
        # sudo: the rule is the same whatever the user may read
        parents = self.sudo().parent_id.filtered("paper_width")
        links = self.sudo().search_fetch(
            [("parent_id", "in", parents.ids)], ["parent_id", "child_id", "from_m", "to_m", "position"]
        )
        for parent, own in links.grouped("parent_id").items():
            cut = own.filtered(lambda link: link.child_id.paper_kind not in WITHOUT_WIDTH)
            widest = widest_mm(
                [
                    (link.child_id.paper_width, link.from_m, link.to_m, link.position, link.child_id.paper_set_number)
                    for link in cut
                ]
            )
            if widest > parent.paper_width + 0.005:
                raise RollWidthError(
                    self.env._(
                        "%(rolls)s are %(widest)s mm wide side by side, but %(parent)s, from which they are cut, has "
                        "%(width)s mm.",
                        rolls=", ".join(cut.child_id.mapped("name")),
                        widest=f"{widest:.10g}",
                        parent=parent.name,
                        width=f"{parent.paper_width:.10g}",
                    )
                )
