from odoo import models

MOST = 200


class MgmtsystemNonconformity(models.Model):
    """Which open orders downgraded paper is good enough for."""

    _inherit = "mgmtsystem.nonconformity"

    def _matching_demands(self):
        """Return a sentence for each open order line whose specification the paper satisfies, by what its inspection found.

        The basis weight and the format are those ordered, a reel is as wide or wider, and every agreed limit that was measured
        is kept; what was not measured is named.
        """
        self.ensure_one()
        # sudo: what the paper is good for depends on the orders, whoever looks
        own = self.sudo()
        spec = own.inspection_id.paper_spec_id or own.lot_ids.paper_spec_id[:1]
        if not spec:
            return []
        found = own._measured_figures()
        lines = self.env["sale.order.line"].sudo().search(  # sudo: as above
            [
                ("order_id.state", "=", "sale"),
                ("company_id", "=", own.company_id.id),
                ("paper_spec_id.basis_weight", "=", spec.basis_weight),
                ("paper_spec_id.format", "=", spec.format),
                ("paper_spec_id.width", "<=", spec.width),
                ("paper_spec_id", "!=", spec.id),
            ],
            order="paper_commitment_date, id",
            limit=MOST,
        )
        open_lines = lines.filtered(lambda line: line.product_uom_qty > line.qty_delivered)
        return [line._paper_match_sentence(found) for line in open_lines if line._paper_is_satisfied(found)]

    def _measured_figures(self):
        """Return ``{property: value}`` of what the inspection of the paper found."""
        found = {}
        lines = self.inspection_id.inspection_lines.filtered("measured")
        for line in lines.filtered(lambda rec: rec.question_type == "quantitative"):
            key = line.limit_id._paper_key() if line.limit_id else line.test_line.paper_property
            found[key or (line.with_context(lang="en_US").name or "").strip().casefold()] = line.quantitative_value
        return found
