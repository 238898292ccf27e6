from odoo import api, fields, models

from ...exceptions import PaperPlaceError


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    paper_quarantine_loc_id = fields.Many2one(
        "stock.location",
        string="Quarantine",
        check_company=True,
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Paper waits here for its inspection. It is no part of what the warehouse has in stock.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create([{**vals, "paper_quarantine_loc_id": False} for vals in vals_list])
        warehouses._make_quarantines()
        return warehouses

    def write(self, vals):
        if "paper_quarantine_loc_id" in vals:
            for warehouse in self.filtered("paper_quarantine_loc_id"):
                if warehouse.paper_quarantine_loc_id.id != vals["paper_quarantine_loc_id"]:
                    raise PaperPlaceError(
                        self.env._("The quarantine of %(warehouse)s stays where it is.", warehouse=warehouse.name)
                    )
        return super().write(vals)

    def _quarantine_name(self):
        """Return what its quarantine is called by the people of the warehouse: in the language of its company."""
        self.ensure_one()
        own = self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)
        return own.env._("%(warehouse)s Quarantine", warehouse=self.code)

    def _make_quarantines(self):
        """Give each warehouse without one its quarantine, beside what counts as its stock."""
        # sudo: a place comes with its warehouse, whoever sets that up
        lacking = self.sudo().filtered(lambda rec: not rec.paper_quarantine_loc_id)
        places = self.env["stock.location"].sudo().create(
            [
                {
                    "name": warehouse._quarantine_name(),
                    "usage": "internal",
                    "company_id": warehouse.company_id.id,
                }
                for warehouse in lacking
            ]
        )
        for warehouse, place in zip(lacking, places, strict=True):
            warehouse.paper_quarantine_loc_id = place
        # An internal transfer takes it out again; Odoo archives that type where a mill never asked for several places.
        lacking.filtered("active").int_type_id.active = True
