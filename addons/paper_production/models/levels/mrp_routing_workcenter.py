from odoo import api, fields, models
from odoo.addons.paper_base.lib.geometry import REEL, SHEET


class MrpRoutingWorkcenter(models.Model):
    """At which level an operation of a recipe works, and for which format."""

    _inherit = "mrp.routing.workcenter"

    paper_level = fields.Selection(
        [("run", "Run: Base Paper"), ("cut", "Cut: Finished Paper")],
        string="Level",
        compute="_compute_paper_level",
        store=True,
        readonly=False,
        precompute=True,
        help="What a machine with a deckle does belongs to the run, all else to the cut.",
    )
    paper_format = fields.Selection(
        [(REEL, "Reels Only"), (SHEET, "Sheets Only")],
        string="Format",
        help="Empty: every format. An operation for one format, such as the sheeter, works only for papers cut from base paper.",
    )

    @api.depends("workcenter_id")
    def _compute_paper_level(self):
        for operation in self:
            operation.paper_level = operation.paper_level or ("run" if operation.workcenter_id.paper_deckle else "cut")

    def _paper_share(self, product, spec):
        """In a recipe of two levels a run makes what is cut off, too, and machines for one format work for that alone."""
        recipe = self.bom_id
        if not recipe._is_paper_recipe(product):
            return super()._paper_share(product, spec)
        # What Odoo skips of the variant, not what is left out of a recipe as it stands.
        skipped = super()._skip_operation_line(product)  # pylint: disable=super-method-mismatch
        if skipped or self.paper_format not in (False, spec.format):
            return 0.0
        return recipe._paper_taken_share() if self.paper_level == "run" else 1.0

    def _paper_is_full_web(self, product):
        recipe = self.bom_id
        own = recipe.paper_kind == "run" or (recipe._is_paper_recipe(product) and self.paper_level == "run")
        return own or super()._paper_is_full_web(product)

    def _skip_operation_line(self, product, never_attribute_values=False):
        # A recipe as it stands does not know the format; what is derived from it has the operations of one format.
        if self.paper_format and not self.bom_id.paper_kind:
            return True
        return super()._skip_operation_line(product, never_attribute_values)
