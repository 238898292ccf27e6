from odoo import fields, models


class QcTestQuestion(models.Model):
    """How a question is measured: on how many specimens, rounded how, and judged by what."""

    _inherit = "qc.test.question"

    paper_specimens = fields.Integer(string="Specimens", default=1, help="How many are read at least.")
    paper_interval = fields.Float(
        string="Rounded to",
        digits=(16, 4),
        help="Interval of the result, such as 0.1 or 0.5, by GB/T 8170-2008; 0: as it is.",
    )
    paper_judged = fields.Selection(
        [("mean", "Mean"), ("each", "Each Specimen")],
        string="Judged by",
        default="mean",
        required=True,
        help="What is held to the limits.",
    )
    paper_band = fields.Float(
        string="Plausible within (%)",
        default=20.0,
        help="A reading further away from the target is taken for a slip of the keyboard until it is read twice; 0: none is.",
    )
    paper_free = fields.Boolean(
        string="Recorded Only",
        help="The quality department agrees that this figure has no limit. Without this tick, a figure that is ordered and "
        "has no limit is held to the company's tolerance, or to a limit that is agreed before.",
    )

    _paper_reading_figures = models.Constraint(
        "CHECK(paper_specimens >= 0 AND paper_interval >= 0 AND paper_band >= 0)",
        "Number of specimens, rounding and plausibility are not negative.",
    )
