import math
from datetime import timedelta

from odoo import api, fields, models, tools

from ..inspection.qc_inspection import QUIET

OF_LOT = ("jumbo", "set", "roll", "pallet")


class PaperControlPoint(models.Model):
    """One place at which the mill inspects: materials at goods-in, an operation, each jumbo, set, roll or pallet, finished paper,
    or what comes back. It says by which test, how often, and what waits for the result; the inspections follow from it.
    """

    _name = "paper.control.point"
    _description = "Control Point"
    _inherit = ["mail.thread", "paper.cached.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    occasion = fields.Selection(
        [
            ("receipt", "Goods-in"),
            ("operation", "Operation"),
            ("jumbo", "Jumbo"),
            ("set", "Set"),
            ("roll", "Roll"),
            ("pallet", "Pallet"),
            ("final", "Finished Paper"),
            ("return", "Paper that Comes Back"),
        ],
        required=True,
        default="operation",
        index=True,
        tracking=True,
    )
    product_ids = fields.Many2many("product.product", string="Products", help="Empty: all.")
    categ_ids = fields.Many2many("product.category", string="Categories", help="Empty: all.")
    partner_ids = fields.Many2many("res.partner", string="Suppliers", help="Empty: all.")
    grade_ids = fields.Many2many("paper.grade", string="Grades", help="Empty: all.")
    workcenter_ids = fields.Many2many("mrp.workcenter", string="Machines", help="Empty: all.")
    test_id = fields.Many2one("qc.test", string="Test", required=True, check_company=True, ondelete="restrict", tracking=True)
    scheme_id = fields.Many2one("paper.sampling.scheme", string="Sampling", check_company=True, ondelete="restrict")
    frequency = fields.Selection(
        [("each", "Each"), ("every", "Every …th"), ("share", "Share of Lots"), ("hours", "Every … Hours")],
        required=True,
        default="each",
        tracking=True,
    )
    every = fields.Integer(string="Every …th", default=1)
    share = fields.Float(string="Share (%)", default=100.0)
    hours = fields.Float(default=4.0)
    gate = fields.Selection(
        [("none", "Nothing Waits"), ("next", "Next Operation and Entry"), ("entry", "Entry into Stock")],
        string="What Waits",
        required=True,
        default="next",
        tracking=True,
        help="What waits until the inspection has passed. What comes in always waits.",
    )

    _paper_figures = models.Constraint(
        "CHECK(every >= 1 AND share > 0 AND share <= 100 AND hours > 0)",
        "An inspection is due each, or every so many lots or hours, or for a share between 0 and 100 %.",
    )

    @api.model
    def _points(self, occasions, company):
        """Return the control points of a company for these occasions."""
        # sudo: what is inspected follows from the rule, whoever moves the goods
        return self.sudo().browse(self._point_ids(tuple(occasions), company.id))

    @api.model
    @tools.ormcache("occasions", "company_id")
    def _point_ids(self, occasions, company_id):
        """Return the ids of control points: asked at each move and operation, and seldom changed."""
        # sudo: see _points
        found = self.sudo().search([("occasion", "in", occasions), ("company_id", "=", company_id)])
        return tuple(found.ids)

    @api.model
    def _point_of(self, occasion, product, grade, company):
        """Return the control point that says how finished or returned paper is inspected; empty where none does."""
        return self._points([occasion], company).filtered(lambda point: point._is_for(product, grade))[:1]

    def _is_for(self, product, grade=None, workcenter=None, partner=None):
        """Say whether the point speaks of a product, of paper of a grade, a machine, or goods of a supplier."""
        self.ensure_one()
        if self.product_ids and product not in self.product_ids:
            return False
        if self.categ_ids and not any(
            (product.categ_id.parent_path or "").startswith(categ.parent_path or "-") for categ in self.categ_ids
        ):
            return False
        if self.grade_ids and grade not in self.grade_ids:
            return False
        if self.workcenter_ids and workcenter not in self.workcenter_ids:
            return False
        return not self.partner_ids or bool(partner and partner.commercial_partner_id in self.partner_ids.commercial_partner_id)

    def _is_due(self, number):
        """Say whether the ``number``-th lot of a series, counted from 1, is inspected; the first one always is."""
        self.ensure_one()
        if self.frequency == "every":
            return (number - 1) % self.every == 0
        if self.frequency == "share":
            part = self.share / 100
            return math.ceil(round(number * part, 6)) > math.ceil(round((number - 1) * part, 6))
        return True

    def _prepare_inspection(self, product, spec, **values):
        """Return the values of an inspection that the point asks for."""
        self.ensure_one()
        model = self.env["qc.inspection"]
        questions = model._prepare_control_lines(self.test_id, spec, product)
        return {
            "control_point_id": self.id,
            "paper_spec_id": spec.id,
            "company_id": self.company_id.id,
            "object_id": f"product.product,{product.id}",
            "test": self.test_id.id,
            "user": False,
            "state": "ready",
            "auto_generated": True,
            "date": fields.Datetime.now(),
            "kind": "receipt" if self.occasion == "receipt" else "process",
            "inspection_lines": [fields.Command.create(line) for line in questions],
            **values,
        }

    @api.model
    def _make_inspections(self, values):
        """Make the inspections of control points, and put them before the quality department."""
        if not values:
            return self.env["qc.inspection"]
        # sudo: the inspection comes with the work, whoever does it
        made = self.env["qc.inspection"].sudo().with_context(**QUIET)._by_step().create(values)
        for company, own in made.grouped("company_id").items():
            company._paper_tell(
                "paper_base.group_quality", own, lambda rec: rec.env._("Inspect at the control point"), quietly=True
            )
        return made

    @api.model
    def _cron_hours(self):
        """Make the inspections that running machines owe by the hour."""
        for company in self.env["res.company"].search([]):
            points = self._points(["operation"], company).filtered(lambda point: point.frequency == "hours")
            if not points:
                continue
            works = self.env["mrp.workorder"].search([("state", "=", "progress"), ("company_id", "=", company.id)])
            works._make_control_inspections(points)

    def _is_hour_due(self, last):
        """Say whether so many hours have passed since the ``last`` inspection of a work order, if there was one."""
        return not last or last.create_date <= fields.Datetime.now() - timedelta(hours=self.hours)
