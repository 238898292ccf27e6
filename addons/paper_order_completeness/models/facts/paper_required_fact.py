from collections import namedtuple

from odoo import api, fields, models, tools

from ...exceptions import RequiredFactError
from ...lib.required_facts import FLOOR, LINE, ORDER, SHIPPED, SPEC, targets

Rule = namedtuple("Rule", "id code model field alternative format required by_sales minimum maximum label")
# A mill decides freely of its own facts; of the regulation's six it decides wording, place and bounds only.
OWN = {"own": ()}


class PaperRequiredFact(models.Model):
    """One fact that an order must tell before it can be evaluated, or is asked for along with the others.

    Each stands for a field of the order, its lines or their specifications, for reels, sheets or both. The
    regulation's six are a floor: they stay, whoever runs the mill. Sales management decides the rest.
    """

    _name = "paper.required.fact"
    _description = "Required Fact of an Order"
    _inherit = ["paper.step.mixin", "paper.cached.mixin"]
    _order = "sequence, id"
    _check_company_auto = True
    _field_error = RequiredFactError
    _locked_error = RequiredFactError
    _evidence_states = ()  # a list that the mill keeps; what stays of it is said below

    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True, by_hand=OWN)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True, by_hand=OWN)
    code = fields.Char(by_steps=True, help="Stable name of a fact that came with the system.")
    name = fields.Char(string="Own Wording", translate=True, help="Shown instead of the field's name.")
    target = fields.Selection("_targets", string="Stands for", required=True, by_hand=OWN)
    alternative = fields.Selection("_targets", string="Or", by_hand=OWN, help="Second field that will do as well.")
    format = fields.Selection(
        [("any", "Reels and Sheets"), ("reel", "Reels"), ("sheet", "Sheets")], required=True, default="any", by_hand=OWN
    )
    necessity = fields.Selection(
        [("required", "Required"), ("wanted", "Asked along")],
        required=True,
        default="required",
        by_hand=OWN,
        help="Required: an order without it is not evaluated. Asked along: the customer is asked, nothing waits for it.",
    )
    by_sales = fields.Boolean(string="Told by Sales", by_hand=OWN, help="Never put to the customer.")
    is_floor = fields.Boolean(string="By Regulation", compute="_compute_is_floor", help="Cannot be taken out.")
    minimum = fields.Float(string="From", digits=(16, 3), help="An answer below it is refused; 0 sets no bound.")
    maximum = fields.Float(string="To", digits=(16, 3), help="An answer above it is refused; 0 sets no bound.")

    _target_uniq = models.UniqueIndex("(company_id, target, format)", "This fact is in the list of the company already.")
    _bounds_positive = models.Constraint("CHECK(minimum >= 0 AND maximum >= 0)", "The bounds of an answer cannot be negative.")

    @api.model
    def _targets(self):
        """Return ``[("model,field", label)]`` of what a fact may stand for: fields of orders, lines, specifications.

        Override to add a field of your own; a company that asks for it adds a record that names it.
        """
        names = {ORDER: self.env._("Order"), LINE: self.env._("Order line"), SPEC: self.env._("Specification")}
        found = []
        for model, name in targets():
            field = self.env[model]._fields.get(name)
            if field:
                label = f"{names[model]}: {field._description_string(self.env)}"
                found.append((f"{model},{name}", label))
        return found

    @api.depends("code")
    def _compute_is_floor(self):
        for fact in self:
            fact.is_floor = fact.code in FLOOR

    @api.depends("name", "target")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for fact in self:
            fact.display_name = fact.name or fact._shipped_label() or fact._target_label(fact.target)

    def _shipped_label(self):
        """Return the trade's word for a fact of the regulation, where the field's own name would say less."""
        _ = self.env._
        labels = {
            "product": _("Product name"),
            "specification": _("Specification"),
            "quantity": _("Quantity"),
            "delivery_date": _("Delivery date"),
            "delivery_place": _("Delivery place"),
            "payment_terms": _("Payment terms"),
            "tolerance": _("Quantity tolerance"),
            "quality": _("Quality requirements"),
            "incoterm": _("Delivery term (Incoterm)"),
            "reel_diameter": _("Outside diameter of the reel (mm)"),
        }
        return labels.get(self.code, "")

    @api.model
    def _target_label(self, target):
        if not target:
            return ""
        model, name = target.split(",")
        field = self.env[model]._fields.get(name)
        return field._description_string(self.env) if field else name

    @api.constrains("minimum", "maximum")
    def _check_bounds(self):
        for fact in self.filtered("maximum"):
            if fact.minimum > fact.maximum:
                raise RequiredFactError(self.env._("%(fact)s: the bounds run backwards.", fact=fact.display_name))

    @api.constrains("target", "alternative", "format")
    def _check_target(self):
        for fact in self:
            if fact.alternative and fact.alternative.split(",")[0] != fact.target.split(",")[0]:
                raise RequiredFactError(
                    self.env._("%(fact)s: both fields must belong to the same record.", fact=fact.display_name)
                )

    # The floor

    def _own_state(self):
        return "floor" if self.code in FLOOR else "own"

    @api.model
    def _first_state(self):
        return "own"

    def _refuse_hand(self, names):
        if "code" in names:
            raise RequiredFactError(self.env._("The names of the regulation's facts are taken."))
        self._refuse_floor()

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_floor(self):
        if self.filtered("is_floor"):
            self._refuse_floor()

    def _refuse_floor(self):
        raise RequiredFactError(
            self.env._(
                "The regulation asks for product name, specification, quantity, delivery date, delivery place and "
                "payment terms. These six stay required; change the others."
            )
        )

    # Data

    @api.model
    def _create_missing(self, companies=None):
        """Give the companies that have no list the one that comes with the system.

        A company that has a list keeps it as it is; only the regulation's six are added where they lack.
        """
        # sudo: the list comes with the company, whoever sets that up
        facts = self.sudo().with_context(active_test=False)
        companies = companies if companies is not None else self.env["res.company"].sudo().search([])
        there = {company: set() for company in companies}
        for company, code in facts._read_group([("company_id", "in", companies.ids)], ["company_id", "code"]):
            there[company].add(code)
        known = dict(self._targets())
        values = []
        for company, codes in there.items():
            for place, fact in enumerate(SHIPPED, 1):
                if f"{fact.model},{fact.field}" in known and (fact.code not in codes if fact.floor else not codes):
                    values.append(self._prepare_shipped(fact, company, place * 10))
        facts._by_step().create(values)

    @api.model
    def _prepare_shipped(self, fact, company, sequence):
        return {
            "code": fact.code,
            "company_id": company.id,
            "sequence": sequence,
            "target": f"{fact.model},{fact.field}",
            "alternative": f"{fact.model},{fact.alternative}" if fact.alternative else False,
            "format": fact.format,
            "necessity": "required" if fact.required else "wanted",
            "by_sales": fact.by_sales,
        }

    @api.model
    @tools.ormcache("company_id", "self.env.lang")
    def _rules(self, company_id):
        """Return the facts that a company's orders need, as a tuple of :class:`Rule`; no query after the first.

        Holds the regulation's six even where somebody took their records out.
        """
        # sudo: the rule holds for every order, whoever may read the list
        facts = self.sudo().search([("company_id", "=", company_id)])
        known = dict(self._targets())
        rules = [fact._rule() for fact in facts if fact.target in known]
        lost = [fact for fact in SHIPPED if fact.floor and fact.code not in {rule.code for rule in rules}]
        company = self.env["res.company"].browse(company_id)
        rules += [self.new(self._prepare_shipped(fact, company, 0))._rule() for fact in lost]
        return tuple(rules)

    def _rule(self):
        model, field = self.target.split(",")
        return Rule(
            id=self._origin.id,
            code=self.code or f"{model},{field}",
            model=model,
            field=field,
            alternative=self.alternative.split(",")[1] if self.alternative else "",
            format=self.format,
            required=self.necessity == "required",
            by_sales=self.by_sales,
            minimum=self.minimum,
            maximum=self.maximum,
            label=self.display_name,
        )
