from odoo import api, fields, models

from ..exceptions import EvaluationRefusedError
from ..lib.panel import DIMENSIONS


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_evaluation_days = fields.Integer(
        string="Evaluation (working days)",
        default=3,
        help="Working days in which the panel evaluates an order (R3.3.1). 0: no deadline.",
    )
    paper_evaluation_min_margin = fields.Float(
        string="Lowest Margin (%)",
        digits=(5, 2),
        default=5.0,
        help="Below this margin on the expected cost, price or cost is settled between finance and sales (R3.3.5).",
    )
    paper_evaluation_quorum = fields.Integer(
        string="Opinions Needed", default=len(DIMENSIONS), help="How many opinions a panel needs before it is closed (R3.3.1)."
    )
    paper_evaluation_seats_per_person = fields.Integer(
        string="Opinions by One Person",
        default=2,
        help="For how many departments of one panel one person may speak, those of absent colleagues included, so that "
        "nobody is the whole panel (R3.3.1).",
    )
    paper_evaluation_needs_sales = fields.Boolean(string="Sales", default=True)
    paper_evaluation_needs_capacity = fields.Boolean(string="Capacity", default=True)
    paper_evaluation_needs_materials = fields.Boolean(string="Materials", default=True)
    paper_evaluation_needs_technical = fields.Boolean(string="Technology", default=True)
    paper_evaluation_needs_cost = fields.Boolean(string="Cost and Profit", default=True)
    paper_sample_needs_sales = fields.Boolean(string="Sales (Samples)")
    paper_sample_needs_capacity = fields.Boolean(string="Capacity (Samples)", default=True)
    paper_sample_needs_materials = fields.Boolean(string="Materials (Samples)")
    paper_sample_needs_technical = fields.Boolean(string="Technology (Samples)", default=True)
    paper_sample_needs_cost = fields.Boolean(string="Cost and Profit (Samples)")
    paper_evaluation_chair_group_id = fields.Many2one(
        "res.groups", string="Chair: Members of", help="Who closes a panel; the management if empty."
    )
    paper_evaluation_chair_ids = fields.Many2many(
        "res.users",
        "paper_evaluation_chair_rel",
        string="Chair: Named People",
        help="If anybody is named, these people alone close panels, and their stand-ins.",
    )
    paper_evaluation_offer_days = fields.Integer(
        string="Offer Stands (working days)",
        default=5,
        help="Working days in which the customer may accept an alternative to an order that did not pass. 0: no limit.",
    )

    _paper_evaluation_days_positive = models.Constraint(
        "CHECK(paper_evaluation_days >= 0)", "An evaluation cannot end before it begins."
    )
    _paper_evaluation_offer_days_positive = models.Constraint(
        "CHECK(paper_evaluation_offer_days >= 0)", "An offer cannot expire before it is made."
    )

    @api.constrains("paper_evaluation_seats_per_person")
    def _check_paper_evaluation_seats_per_person(self):
        for company in self:
            if not 1 <= company.paper_evaluation_seats_per_person <= len(DIMENSIONS):
                raise EvaluationRefusedError(
                    self.env._("One person speaks for between 1 and %(count)s departments.", count=len(DIMENSIONS))
                )

    @api.constrains("paper_evaluation_quorum")
    def _check_paper_evaluation_quorum(self):
        for company in self:
            if not 1 <= company.paper_evaluation_quorum <= len(DIMENSIONS):
                raise EvaluationRefusedError(
                    self.env._("A panel needs between 1 and %(count)s opinions.", count=len(DIMENSIONS))
                )

    @api.constrains(*(f"paper_sample_needs_{name}" for name in DIMENSIONS))
    def _check_paper_sample_panel(self):
        for company in self:
            if not company._sample_panel():
                raise EvaluationRefusedError(self.env._("Choose at least one department that evaluates samples."))

    def _sample_panel(self):
        """Return the dimensions that evaluate a sample."""
        self.ensure_one()
        return [name for name in DIMENSIONS if self[f"paper_sample_needs_{name}"]]

    def _evaluation_quorum_rules(self):
        """Return how many opinions a panel needs, and which in any case: arguments of ``panel_result``."""
        self.ensure_one()
        return {
            "quorum": self.paper_evaluation_quorum,
            "mandatory": [name for name in DIMENSIONS if self[f"paper_evaluation_needs_{name}"]],
        }

    def _evaluation_named_chairs(self):
        """Return who chairs the panel by the settings, absent or not: the named people, else the group's."""
        self.ensure_one()
        # sudo: whoever submits, answers or closes has to know who chairs
        company = self.sudo()
        group = company.paper_evaluation_chair_group_id or self.env.ref("paper_base.group_management").sudo()
        people = company.paper_evaluation_chair_ids or group.all_user_ids
        return people.filtered(lambda user: user.active and self in user.company_ids)

    def _evaluation_chairs_there(self, authors=()):
        """Return who is called to close a panel today: the chairs who are not away, and the stand-ins.

        :param authors: ``res.users`` who submitted the order, whom no stand-in decides for, nor they as stand-ins
        """
        self.ensure_one()
        chairs = self._evaluation_named_chairs()
        return self.env["paper.delegation"]._replace_absent(self, {"chair": chairs}, authors)["chair"]

    def _evaluation_chair_name(self):
        """Return who chairs the panel, in words."""
        self.ensure_one()
        company = self.sudo()  # sudo: see _evaluation_named_chairs
        named = company.paper_evaluation_chair_ids
        group = company.paper_evaluation_chair_group_id or self.env.ref("paper_base.group_management").sudo()
        return ", ".join(named.mapped("name")) if named else group.name
