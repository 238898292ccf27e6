from odoo import fields, models

from ...exceptions import MaterialMissingError


class MrpProduction(models.Model):
    """What a manufacturing order of a plan still lacks of materials (R5.2.1)."""

    _inherit = "mrp.production"

    paper_material_short = fields.Text(
        string="Materials Missing",
        by_steps=True,
        copy=False,
        help="What stock and receipts do not cover on the day on which the order begins, as its plan was looked at last.",
    )

    def _check_materials_there(self):
        """Refuse to make what was approved subject to materials that are not there; of one sales order its blocker says so.

        :raises MaterialMissingError: naming the order and what it lacks
        """
        # sudo: the rule is the same whatever the user may read
        for production in self.sudo().filtered(lambda rec: rec.paper_material_short and not rec.sale_line_id):
            if not production._paper_has_begun() and not production._is_being_amended():
                raise MaterialMissingError(
                    self.env._(
                        "%(order)s waits for its materials:\n%(materials)s",
                        order=production.name,
                        materials=production.paper_material_short,
                    ),
                    action=production._lead_to_plan(),
                )

    def _paper_has_begun(self):
        """Say whether anybody has worked on the order: what has begun goes on."""
        self.ensure_one()
        return self.state in ("to_close", "done") or bool(self.workorder_ids.time_ids)
