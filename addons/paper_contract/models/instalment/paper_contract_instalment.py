from odoo import api, fields, models

from ...exceptions import ContractImmutableError
from ...triggers import set_trigger
from ..draft.paper_contract import WHEN_MADE
from ..draft.paper_contract_part import PART_IN_DRAFT

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

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "INSERT OR UPDATE OR DELETE", "paper_contract_refuse_clause", columns=columns)
        return result
