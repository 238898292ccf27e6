import re

from odoo import api, fields, models, tools
from odoo.addons.paper_base.models.department.paper_delegation import Seat

from ...exceptions import DimensionError
from ...lib.panel import DIMENSIONS

CODE = re.compile(r"[a-z][a-z0-9_]*")
COST_READERS = ("paper_base.group_finance", "paper_base.group_management", "paper_base.group_sales")


class PaperEvaluationDimension(models.Model):
    """One question that the panel answers about an order, and the department that answers it (R3.3.1). The five of the
    regulation bring figures of their own. A mill, or an addon, adds others: their opinion is given, counted, kept and told
    like those of the five, and what their department knows goes into its words and files. One that is archived is asked no
    more; panels that were asked keep it.

    An addon gives a dimension figures by methods named after its code, see ``paper.evaluation._get_proposals`` and
    ``paper.evaluation.opinion._evidence_headline``.
    """

    _name = "paper.evaluation.dimension"
    _description = "Dimension of the Evaluation"
    _inherit = ["paper.cached.mixin"]
    _order = "sequence, id"

    code = fields.Char(required=True, help="Lower-case letters, digits and underscores. It stays the same for ever.")
    name = fields.Char(required=True, translate=True)
    group_id = fields.Many2one(
        "res.groups", string="Department", required=True, ondelete="restrict", help="Its members give the opinion."
    )
    sequence = fields.Integer(default=100, help="Where it stands in the panel.")
    active = fields.Boolean(default=True)
    mandatory = fields.Boolean(
        compute="_compute_of_company",
        inverse="_inverse_mandatory",
        default=True,
        help="In the current company no panel is closed without this opinion (R3.3.1).",
    )
    samples = fields.Boolean(
        string="Evaluates Samples",
        compute="_compute_of_company",
        inverse="_inverse_samples",
        help="In the current company it evaluates sample orders, too.",
    )
    letter_reason = fields.Char(
        string="Reason in the Letter",
        translate=True,
        help="What the customer reads after “… cannot accept it as it stands, because”, without figures of the mill's own. "
        "Empty: the usual words.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is a dimension with this code already.")

    @api.depends_context("company")
    def _compute_of_company(self):
        company = self.env.company.with_context(active_test=False)
        mandatory, samples = company.paper_mandatory_dimension_ids, company.paper_sample_dimension_ids
        for dimension in self:
            dimension.mandatory = not dimension.id or dimension._origin in mandatory
            dimension.samples = dimension._origin in samples

    def _inverse_mandatory(self):
        self._choose("paper_mandatory_dimension_ids", self.filtered("mandatory"))

    def _inverse_samples(self):
        self._choose("paper_sample_dimension_ids", self.filtered("samples"))

    def _choose(self, name, chosen):
        # sudo: who may change the dimensions decides for the company, and nothing else of it
        company = self.env.company.sudo().with_context(active_test=False)
        company[name] = company[name] - (self - chosen) | chosen

    @api.constrains("code")
    def _check_code(self):
        for dimension in self:
            if not CODE.fullmatch(dimension.code):
                raise DimensionError(
                    self.env._(
                        "“%(code)s” is no code: use lower-case letters, digits and underscores, a letter first.",
                        code=dimension.code,
                    )
                )

    @api.constrains("group_id")
    def _check_group_id(self):
        users = self.env.ref("paper_base.group_paper_user")
        for dimension in self:
            group = dimension.group_id.sudo()  # sudo: only what the group implies is asked
            if users not in group | group.all_implied_ids:
                raise DimensionError(
                    self.env._(
                        "The members of %(group)s cannot open an evaluation: choose a department of the mill.",
                        group=group.display_name,
                    )
                )

    @api.constrains("samples")
    def _check_samples(self):
        self.env["res.company"].sudo().search([])._check_paper_sample_panel()  # sudo: only the rule is checked

    @api.model_create_multi
    def create(self, vals_list):
        dimensions = super().create(vals_list)
        dimensions._check_seats()
        # Every company starts with what was said of the new one; each chooses for itself from then on.
        companies = self.env["res.company"].sudo().search([("id", "!=", self.env.company.id)])  # sudo: see _choose
        for company in companies:
            dimensions.with_company(company)._choose("paper_mandatory_dimension_ids", dimensions.filtered("mandatory"))
            dimensions.with_company(company)._choose("paper_sample_dimension_ids", dimensions.filtered("samples"))
        return dimensions

    def write(self, vals):
        if "code" in vals and any(dimension.code != vals["code"] for dimension in self):
            self._check_free()
        result = super().write(vals)
        if vals.keys() & {"code", "group_id", "sequence", "active"}:
            self._check_seats()
        if "active" in vals:
            self._check_samples()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_free(self):
        self._check_free()

    def _check_seats(self):
        seats = self.env["paper.delegation"]._paper_seats()
        for dimension in self:
            # Stand-ins name the seat by the same key.
            if seats[dimension.code].label != dimension._seat_label():
                raise DimensionError(
                    self.env._("“%(code)s” is the seat of somebody else: choose another code.", code=dimension.code)
                )

    def _check_free(self):
        """Refuse to rename or delete what panels were asked, or what the regulation asks.

        :raises DimensionError: naming the dimension
        """
        # sudo: opinions of all companies count
        opinions = self.env["paper.evaluation.opinion"].sudo()
        for dimension in self:
            if dimension.code in DIMENSIONS or opinions.search_count([("dimension_id", "=", dimension.id)], limit=1):
                raise DimensionError(
                    self.env._(
                        "“%(dimension)s” stays as it is called and kept; archive it, so that it is asked no more.",
                        dimension=dimension.name,
                    )
                )

    # What the panel asks

    @api.model
    @tools.ormcache()
    def _rows(self):
        """Return ``((id, code, id of the group, active), …)`` of all dimensions in their order."""
        found = self.sudo().with_context(active_test=False).search([])  # sudo: the same for everybody
        return tuple((dimension.id, dimension.code, dimension.group_id.id, dimension.active) for dimension in found)

    @api.model
    def _by_code(self):
        """Return ``{code: dimension}`` of all dimensions, archived or not, in their order."""
        rows = self._rows()
        dimensions = self.browse([row[0] for row in rows])
        return {row[1]: dimension for row, dimension in zip(rows, dimensions, strict=True)}

    @api.model
    def _codes(self, also=()):
        """Return the codes that a panel of today may be asked, in their order.

        :param also: codes to name in any case, archived or not
        """
        return [code for _id, code, _group, active in self._rows() if active or code in also]

    @api.model
    def _names(self):
        """Return ``{code: name}`` of all dimensions, in the language of the reader."""
        return {code: dimension.name for code, dimension in self.sudo()._by_code().items()}  # sudo: only names

    @api.model
    def _codes_of(self, user):
        """Return the codes of the dimensions for which a person's own departments answer."""
        groups = set(user._get_group_ids())
        return [code for _id, code, group, _active in self._rows() if group in groups]

    def _department_users(self, company):
        """Return the active people of the department in a company."""
        self.ensure_one()
        # sudo: whoever moves the order has to reach the department, not to read who it is
        return company._paper_group_users(self.sudo().group_id)

    # The seat, in which somebody stands in

    def _seat_label(self):
        return self.env._("Evaluation: %(opinion)s", opinion=self.name)

    def _seat(self):
        """Return the seat of the dimension, see ``paper.delegation``."""
        self.ensure_one()
        readers = COST_READERS if self.code == "cost" else ()
        return Seat(self._seat_label(), people=self._department_users, readers=readers)
