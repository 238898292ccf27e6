from odoo import api, fields, models

from ...exceptions import SamplingError
from ...lib.sampling import LEVELS


class PaperSamplingScheme(models.Model):
    """How lots are sampled: by which table and level, single or double, with an AQL for each class of defect."""

    _name = "paper.sampling.scheme"
    _description = "Sampling Scheme"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    table_id = fields.Many2one(
        "paper.sampling.table",
        string="Table",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["paper.sampling.table"].search([], limit=1),
    )
    level = fields.Selection([(level, level) for level in LEVELS], required=True, default="II")
    is_double = fields.Boolean(string="Double Sampling")
    is_switching = fields.Boolean(
        string="Switching", default=True, help="Normal, tightened and reduced inspection follow from the lots before."
    )
    is_steady = fields.Boolean(string="Steady Production", help="Without it nothing is inspected on the reduced plan.")
    unit = fields.Selection(
        [("reel", "Reels"), ("pallet", "Pallets"), ("bale", "Bales"), ("ream", "Reams")], required=True, default="reel"
    )
    class_ids = fields.One2many("paper.sampling.class", "scheme_id", string="Classes of Defects", copy=True)

    @api.constrains("class_ids", "table_id")
    def _check_classes(self):
        for scheme in self:
            known = scheme.table_id._plans().aqls
            for item in scheme.class_ids:
                if round(item.aql, 4) not in known:
                    raise SamplingError(
                        self.env._(
                            "%(scheme)s, class %(class)s: %(table)s has no AQL %(aql)s.",
                            **{"scheme": scheme.name, "class": item.name, "table": scheme.table_id.display_name, "aql": item.aql},
                        )
                    )

    def _prepare_samples(self, units, severity):
        """Return the values of what an inspection of a lot takes, one sample for each class of defects.

        :param units: size of the lot in reels, pallets or bales
        :param severity: normal, tightened or reduced
        """
        self.ensure_one()
        if not self.class_ids:
            raise SamplingError(self.env._("%(scheme)s names no class of defects.", scheme=self.name))
        return [item._prepare_sample(units, severity) for item in self.class_ids]
