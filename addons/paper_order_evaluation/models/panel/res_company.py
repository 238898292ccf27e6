from odoo import api, fields, models

from ...exceptions import EvaluationRefusedError
from ...lib.panel import SEATS


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
        string="Opinions Needed", default=SEATS, help="How many opinions a panel needs before it is closed (R3.3.1)."
    )
    paper_evaluation_seats_per_person = fields.Integer(
        string="Opinions by One Person",
        default=2,
        help="For how many departments of one panel one person may speak, those of absent colleagues included, so that "
        "nobody is the whole panel (R3.3.1).",
    )
    paper_mandatory_dimension_ids = fields.Many2many(
        "paper.evaluation.dimension",
        "paper_evaluation_mandatory_rel",
        string="Needed in Any Case",
        default=lambda self: self.env.company.paper_mandatory_dimension_ids,
        help="No panel is closed without these opinions (R3.3.1).",
    )
    paper_sample_dimension_ids = fields.Many2many(
        "paper.evaluation.dimension",
        "paper_evaluation_sample_rel",
        string="Opinions on Samples",
        default=lambda self: self.env.company.paper_sample_dimension_ids,
        help="Who evaluates a sample order (R2).",
    )
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
        seats = len(self.env["paper.evaluation.dimension"]._codes()) or SEATS
        for company in self:
            if not 1 <= company.paper_evaluation_seats_per_person <= seats:
                raise EvaluationRefusedError(
                    self.env._("One person speaks for between 1 and %(count)s departments.", count=seats)
                )

    @api.constrains("paper_evaluation_quorum")
    def _check_paper_evaluation_quorum(self):
        seats = len(self.env["paper.evaluation.dimension"]._codes()) or SEATS
        for company in self:
            if not 1 <= company.paper_evaluation_quorum <= seats:
                raise EvaluationRefusedError(self.env._("A panel needs between 1 and %(count)s opinions.", count=seats))

    @api.constrains("paper_sample_dimension_ids")
    def _check_paper_sample_panel(self):
        for company in self:
            if not company._sample_panel():
                raise EvaluationRefusedError(self.env._("Choose at least one department that evaluates samples."))

    def _sample_panel(self):
        """Return the dimensions that evaluate a sample."""
        self.ensure_one()
        # sudo: whoever submits a sample has to know who evaluates it
        return self.sudo().paper_sample_dimension_ids.sorted().mapped("code")

    def _evaluation_quorum_rules(self, dimensions):
        """Return how many opinions a panel needs, and which in any case: arguments of ``panel_result``.

        :param dimensions: the codes that may be mandatory at all
        """
        self.ensure_one()
        # sudo: only the rule is asked; one that is archived counts in the panels that were asked it
        mandatory = self.sudo().with_context(active_test=False).paper_mandatory_dimension_ids.mapped("code")
        return {
            "quorum": self.paper_evaluation_quorum,
            "mandatory": [code for code in dimensions if code in mandatory],
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
