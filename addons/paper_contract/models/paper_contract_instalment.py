from datetime import date

from odoo import api, fields, models
from odoo.tools import float_compare

from ..exceptions import ContractImmutableError
from .paper_contract import IN_DRAFT, WHEN_MADE
from .paper_contract_part import PART_IN_DRAFT

DIGITS = 3


class PaperContractInstalment(models.Model):
    """One of several deliveries by which the goods of a contract are delivered: of which line, how much, until when.
    Sales writes them while the contract is a draft; together they are what is ordered. Without any, everything is
    delivered at the delivery time of the order (Civil Code, article 633).
    """

    _name = "paper.contract.instalment"
    _description = "Instalment of a Contract's Delivery"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, date, id"
    _rec_name = "order_line_id"

    contract_id = fields.Many2one(
        "paper.contract", required=True, ondelete="cascade", index=True, by_hand=WHEN_MADE
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    date = fields.Date(string="Delivery until", required=True, by_hand=PART_IN_DRAFT)
    order_line_id = fields.Many2one(
        "sale.order.line", string="Product", required=True, ondelete="cascade", index=True, by_hand=PART_IN_DRAFT
    )
    quantity = fields.Float(digits=(16, DIGITS), required=True, by_hand=PART_IN_DRAFT)
    unit = fields.Char(compute="_compute_unit")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "An instalment delivers something.")

    @api.depends("order_line_id.paper_unit", "order_line_id.paper_spec_id", "order_line_id.product_uom_id")
    @api.depends_context("lang")
    def _compute_unit(self):
        for instalment in self:
            line = instalment.sudo().order_line_id  # sudo: who reads the contract reads its units
            instalment.unit = line._contract_quantity_unit()[1] if line else False

    @api.model_create_multi
    def create(self, vals_list):
        # Before the database refuses it for a contract in force.
        given = {vals.get("contract_id") for vals in self._given(vals_list)}
        self.env["paper.contract"].browse(given - {None, False})._check_clauses_editable()
        instalments = super().create(vals_list)
        instalments._check_draft()
        return instalments

    def write(self, vals):
        result = super().write(vals)
        if not self._is_step():
            self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_draft()

    def _check_draft(self):
        """Refuse instalments outside a draft of the user's own, of a supplement, or of a line of another order."""
        self.contract_id.check_access("write")
        self.contract_id._check_clauses_editable()
        for instalment in self:
            contract = instalment.contract_id
            if contract.parent_id or instalment.order_line_id.order_id != contract.order_id:
                raise ContractImmutableError(
                    self.env._("Instalments are of the lines of the contract's own order.")
                )
        self.contract_id._add_drafter()


class PaperContract(models.Model):
    _inherit = "paper.contract"

    instalment_ids = fields.One2many(
        "paper.contract.instalment", "contract_id", string="Delivery Schedule", groups="base.group_user", by_hand=IN_DRAFT
    )

    @api.depends(
        "instalment_ids.date",
        "instalment_ids.quantity",
        "instalment_ids.order_line_id",
        "order_id.commitment_date",
        "order_id.order_line.paper_commitment_date",
    )
    def _compute_missing(self):
        return super()._compute_missing()

    def _missing_sentences(self):
        return super()._missing_sentences() + self._instalment_faults()

    def _instalment_faults(self):
        """Return a line for each product whose instalments are not what is ordered, and for a schedule that ends too late."""
        self.ensure_one()
        found = []
        number = self.env["sale.order.line"]._contract_number
        for line, instalments in self.instalment_ids.grouped("order_line_id").items():
            ordered, unit = line._contract_quantity_unit()
            total = sum(instalments.mapped("quantity"))
            if float_compare(total, ordered, precision_digits=DIGITS):
                text = self.env._(
                    "%(product)s: the instalments come to %(total)s, %(ordered)s %(unit)s are ordered – tab Delivery "
                    "Schedule",
                    product=line._contract_product(),
                    total=number(total),
                    ordered=number(ordered),
                    unit=unit,
                )
                found.append(text)
        for line, instalments in self.instalment_ids.filtered("date").grouped("order_line_id").items():
            if max(instalments.mapped("date")) > (line._paper_delivery_day() or date.max):
                late = self.env._("%(product)s: the last instalment is later than its delivery date.",
                                  product=line._contract_product())
                found.append(late)
        return found

    def _warning_texts(self):
        return {
            **super()._warning_texts(),
            "schedule_left": self.env._(
                "The Delivery Schedule of %(contract)s stays as it was signed, and this supplement changes a quantity or the "
                "delivery date: say in a clause which instalments hold from now on (Civil Code, article 633)."
            ),
        }

    def _find_warnings(self):
        return {**super()._find_warnings(), **self._schedule_warnings()}

    def _schedule_warnings(self):
        if not self.parent_id.instalment_ids:
            return {}
        quantities = self.change_ids.filtered(lambda change: change.new_quantity != change.old_quantity)
        figures = {str(change.order_line_id.id): change.new_quantity for change in quantities}
        for change in self.change_ids.filtered(lambda rec: rec._changes("commitment_date")):
            figures[f"date {change.order_line_id.id}"] = fields.Datetime.to_string(change.new_commitment_date) or ""
        if self.new_commitment_date != self.old_commitment_date:
            figures["date"] = fields.Datetime.to_string(self.new_commitment_date) or ""
        # With the figures, so that another change is another warning.
        return {"schedule_left": ("633", {**figures, "contract": self.parent_id.name})} if figures else {}

    def _instalment_texts(self):
        """Return the schedule in the contract's language: ``[(date, product, quantity), …]``."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=self.language)  # sudo: the text is the same for every reader
        number = self.env["sale.order.line"]._contract_number
        return [
            (contract._date_text(item.date), item.order_line_id._contract_product(), f"{number(item.quantity)} {item.unit}")
            for item in contract.instalment_ids
        ]

    def _fill_values(self):
        values = super()._fill_values()
        # sudo: see _fill_values of the contract
        dates = set(self.sudo().instalment_ids.mapped("date"))
        if dates and values["delivery_time"]:
            told = self.with_context(lang=self.language).env
            values["delivery_time"] = told._(
                "%(date)s (in %(number)s instalments, as in the Delivery Schedule)",
                date=values["delivery_time"],
                number=len(dates),
            )
        return values

    def _version_facts(self):
        facts = super()._version_facts()
        schedule = "\n".join(" · ".join(item) for item in self._instalment_texts())
        return {**facts, self.env._("Delivery Schedule"): schedule} if schedule else facts

    def _reviewed_content(self):
        content = super()._reviewed_content()
        schedule = [[str(item.date), item.order_line_id.id, item.quantity] for item in self.instalment_ids]
        return {**content, "instalments": schedule} if schedule else content


class PaperContractClause(models.Model):
    _inherit = "paper.contract.clause"

    @api.depends(
        "contract_id.instalment_ids.date",
        "contract_id.order_id.commitment_date",
        "contract_id.order_id.order_line.paper_commitment_date",
        "contract_id.order_id.order_line.paper_shipping_id",
    )
    def _compute_text(self):
        return super()._compute_text()
