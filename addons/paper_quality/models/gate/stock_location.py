from odoo import api, fields, models

from ...exceptions import PaperPlaceError


class StockLocation(models.Model):
    """A place: ours or somebody else's, and quarantine or not; neither changes while paper lies there."""

    _inherit = "stock.location"

    paper_quarantine_warehouse_ids = fields.One2many(
        "stock.warehouse", "paper_quarantine_loc_id", string="Quarantine of", readonly=True
    )
    is_paper_quarantine = fields.Boolean(
        string="Quarantine",
        compute="_compute_is_paper_quarantine",
        compute_sudo=True,
        recursive=True,
        help="Paper that came back, or that nobody knows the origin of, waits here for its inspection.",
    )

    @api.depends("paper_quarantine_warehouse_ids", "location_id.is_paper_quarantine")
    def _compute_is_paper_quarantine(self):
        for location in self:
            location.is_paper_quarantine = bool(
                location.paper_quarantine_warehouse_ids or location.location_id.is_paper_quarantine
            )

    def _is_paper_ours(self):
        """Say whether what lies here is the mill's own: inside, or under way between its own warehouses."""
        self.ensure_one()
        return self.usage == "internal" or (self.usage == "transit" and bool(self.company_id))

    def _is_paper_way_out(self, source):
        """Say whether goods that come here from ``source`` leave for a customer, or for another company."""
        if self.usage == "customer":
            return source.usage != "customer"
        return self.usage == "transit" and not self.company_id and source._is_paper_ours()

    def write(self, vals):
        guarded = {"usage", "company_id", "location_id"} & vals.keys()
        before = {location: location._paper_place() for location in self.sudo()} if guarded else {}  # sudo: the rule only
        result = super().write(vals)
        moved = [location for location, place in before.items() if location._paper_place() != place]
        self.browse(location.id for location in moved)._check_no_paper()
        if "location_id" in vals:
            self._check_quarantine_apart()
        return result

    def _check_quarantine_apart(self):
        """Refuse a quarantine within a warehouse: what lies there would count as stock.

        :raises PaperPlaceError: naming the place
        """
        # sudo: the rule is the same whatever the user may read
        for location in self.sudo().filtered(lambda rec: rec.paper_quarantine_warehouse_ids and rec.warehouse_id):
            raise PaperPlaceError(
                self.env._("%(place)s stays outside of what counts as stock.", place=location.display_name)
            )

    def _paper_place(self):
        return self._is_paper_ours(), self.usage, self.company_id, self.is_paper_quarantine

    def _check_no_paper(self):
        """Refuse to make another place of one where paper lies: it would leave, or enter, without moving.

        :raises PaperPlaceError: naming a place and its paper
        """
        if not self:
            return
        # sudo: the rule is the same whatever the user may read
        found = self.env["stock.quant"].sudo().search(
            [("location_id", "child_of", self.ids), ("product_id.is_paper", "=", True), ("quantity", "!=", 0)], limit=1
        )
        if found:
            raise PaperPlaceError(
                self.env._(
                    "%(product)s lies in %(place)s: what kind of place that is, and where it belongs, stays. Move the paper "
                    "first.",
                    product=found.product_id.display_name,
                    place=found.location_id.display_name,
                )
            )
