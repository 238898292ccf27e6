from odoo import Command, api, fields, models

from ..exceptions import ContractRoleError
from ..lib import blanks
from ..models.blank.paper_contract import NONE_ALLOWED

# Which editors fill which field of the clauses, by the record on which their values live: {field: {editor: its field there}}.
EDITORS = {
    "company": {
        "seller_vat": {"seller_vat": "vat"},
        "seller_phone": {"seller_phone": "phone"},
        "seller_address": {"seller_street": "street", "seller_city": "city"},
    },
    "customer": {
        "buyer_vat": {"buyer_vat": "vat"},
        "buyer_phone": {"buyer_phone": "phone"},
        "buyer_address": {"buyer_street": "street", "buyer_city": "city"},
    },
    "order": {
        "customer_order": {"customer_order": "client_order_ref"},
        "delivery_time": {"delivery_date": "commitment_date"},
        "payment_terms": {"payment_term_id": "payment_term_id"},
    },
    "place": {
        "delivery_place": {"delivery_street": "street", "delivery_city": "city"},
        "delivery_contact": {"delivery_phone": "phone"},
    },
    "contract": {
        "measuring_method": {"measuring_method": "measuring_method"},
        "freight": {"freight_by": "freight_by"},
        "trade_term": {"incoterm_id": "incoterm_id", "incoterm_place": "incoterm_place"},
        "loading_port": {"loading_port": "loading_port"},
        "discharge_port": {"discharge_port": "discharge_port"},
        "partial_shipment": {"partial_shipment": "partial_shipment"},
        "claim_days_visible": {"claim_days_visible": "claim_days_visible"},
        "claim_days_hidden": {"claim_days_hidden": "claim_days_hidden"},
        "settlement_method": {"settlement_method": "settlement_method"},
        "prepayment": {"prepayment_percent": "prepayment_percent"},
        "deposit": {"deposit_percent": "deposit_percent"},
        "late_delivery_damages": {"late_delivery_rate": "late_delivery_rate", "late_delivery_cap": "late_delivery_cap"},
        "late_payment_damages": {"late_payment_rate": "late_payment_rate"},
        "breach_damages": {"breach_percent": "breach_percent"},
        "dispute_body": {"dispute_body": "dispute_body"},
        "copies_total": {"copies_total": "copies_total"},
        "copies_each": {"copies_each": "copies_each"},
        "change_reason": {"change_reason": "change_reason"},
    },
}
PEOPLE = 3  # so many are named who may write what the user may not


class PaperContractBlanks(models.TransientModel):
    """Asks for everything that a draft leaves open, each value with an editor of its kind, and writes each to where it
    lives: contract, order, customer, delivery address, company. The user's own rights are asked; what they may not write
    is shown with who may.
    """

    _name = "paper.contract.blanks"
    _description = "Fill in the Blanks of a Contract"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True)
    # Which fields are asked for, as “,seller_vat,deposit,”: the view shows their editors.
    asked = fields.Char(compute="_compute_asked")
    elsewhere = fields.Text(
        string="Filled in elsewhere", compute="_compute_asked", help="Blanks whose values are figures of the goods."
    )
    can_company = fields.Boolean(compute="_compute_rights")
    can_customer = fields.Boolean(compute="_compute_rights")
    can_order = fields.Boolean(compute="_compute_rights")
    can_place = fields.Boolean(compute="_compute_rights")
    who_company = fields.Char(compute="_compute_rights")
    who_customer = fields.Char(compute="_compute_rights")
    who_order = fields.Char(compute="_compute_rights")
    who_place = fields.Char(compute="_compute_rights")
    taken_from_id = fields.Many2one("paper.contract", string="Taken from", readonly=True)

    seller_vat = fields.Char(string="Tax Number")
    seller_phone = fields.Char(string="Phone")
    seller_street = fields.Char(string="Street")
    seller_city = fields.Char(string="City")
    buyer_vat = fields.Char(string="Tax Number (customer)")
    buyer_phone = fields.Char(string="Phone (customer)")
    buyer_street = fields.Char(string="Street (customer)")
    buyer_city = fields.Char(string="City (customer)")
    customer_order = fields.Char(string="Customer Reference")
    delivery_date = fields.Datetime(string="Delivery Date")
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms")
    delivery_street = fields.Char(string="Street (delivery)")
    delivery_city = fields.Char(string="City (delivery)")
    delivery_phone = fields.Char(string="Phone (consignee)")
    measuring_method = fields.Char()
    freight_by = fields.Selection(
        lambda self: self.env["paper.contract"]._fields["freight_by"]._description_selection(self.env),
        string="Freight Borne by",
    )
    incoterm_id = fields.Many2one("account.incoterms", string="Trade Term")
    incoterm_place = fields.Char(string="Named Place")
    loading_port = fields.Char(string="Port of Loading")
    discharge_port = fields.Char(string="Port of Discharge")
    partial_shipment = fields.Selection(
        lambda self: self.env["paper.contract"]._fields["partial_shipment"]._description_selection(self.env),
        string="Partial Shipments",
    )
    claim_days_visible = fields.Integer(string="Claims on Appearance and Quantity (days)")
    claim_days_hidden = fields.Integer(string="Claims on Other Quality (days)")
    settlement_method = fields.Char()
    prepayment_percent = fields.Float(string="Prepayment (% of the amount)", digits=(16, 2))
    deposit_percent = fields.Float(string="Deposit (% of the amount)", digits=(16, 2))
    late_delivery_rate = fields.Float(string="Late Delivery (% a day)", digits=(16, 4))
    late_delivery_cap = fields.Float(string="Late Delivery, at most (%)", digits=(16, 2))
    late_payment_rate = fields.Float(string="Late Payment (% a day)", digits=(16, 4))
    breach_percent = fields.Float(string="Non-delivery (%)", digits=(16, 2))
    dispute_body = fields.Char(string="Disputes go to")
    copies_total = fields.Integer(string="Originals")
    copies_each = fields.Integer(string="Originals Each Party Keeps")
    change_reason = fields.Char(string="Reason of the Change")
    place_ids = fields.One2many("paper.contract.blanks.place", "wizard_id", string="Places in the Clauses")

    none_customer_order = fields.Boolean(string="None")
    none_buyer_vat = fields.Boolean(string="No tax number")
    none_buyer_phone = fields.Boolean(string="No phone")
    none_loading_port = fields.Boolean(string="No port of loading")
    none_discharge_port = fields.Boolean(string="No port of discharge")
    none_prepayment = fields.Boolean(string="No prepayment")
    none_deposit = fields.Boolean(string="No deposit")
    none_late_delivery_damages = fields.Boolean(string="None for late delivery")
    none_late_payment_damages = fields.Boolean(string="None for late payment")
    none_breach_damages = fields.Boolean(string="None for non-delivery")
    none_dispute_body = fields.Boolean(string="No court or arbitration named")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        contract = self.env["paper.contract"].browse(values.get("contract_id"))
        if not contract:
            return values
        values.update(self._prepare_known(contract))
        last = self._last_agreed(contract)
        found = contract._blanks()
        editors = EDITORS["contract"]
        for name in {item["name"] for item in found} & editors.keys() - {"change_reason"}:
            if last and name in last._none_agreed():
                values[f"none_{name}"] = True
            for editor, target in editors[name].items():
                if last[target]:
                    values[editor] = last._fields[target].convert_to_write(last[target], last)
                    values["taken_from_id"] = last.id
        return values

    @api.model
    def _prepare_known(self, contract):
        """Return what the dialog starts with: what is settled as none already, and the open places of the clauses."""
        return {
            **{f"none_{name}": True for name in contract._none_agreed()},
            "place_ids": [
                Command.create({"clause_id": item["clause_id"], "number": item["number"], "words": item["label"]})
                for item in contract._blanks()
                if not item["name"]
            ],
        }

    @api.model_create_multi
    def create(self, vals_list):
        contracts = [self.env["paper.contract"].browse(vals.get("contract_id")) for vals in vals_list]
        known = [self._prepare_known(contract) if contract else {} for contract in contracts]
        return super().create([{**start, **vals} for start, vals in zip(known, vals_list, strict=True)])

    @api.model
    def _last_agreed(self, contract):
        """Return the contract whose conditions the dialog proposes: the last one that the same customer was sent.

        Nothing of it is agreed before the user has read and applied it.
        """
        customer = contract.partner_id.commercial_partner_id
        return contract.search(
            [
                ("company_id", "=", contract.company_id.id),
                ("partner_id", "child_of", customer.id),
                ("parent_id", "=", False),
                ("state", "in", ("sent", "in_force")),
                ("id", "!=", contract.id),
            ],
            limit=1,
        )

    @api.depends("contract_id")
    @api.depends_context("lang")
    def _compute_asked(self):
        known = {name for editors in EDITORS.values() for name in editors}
        for wizard in self:
            found = wizard.contract_id._blanks() if wizard.contract_id else []
            names = [item["name"] for item in found if item["name"]]
            names += [name for name in wizard.contract_id._none_agreed() if name not in names] if found else []
            wizard.asked = f",{','.join(names)},"
            other = [item for item in found if item["name"] and item["name"] not in known]
            wizard.elsewhere = "\n".join(wizard.contract_id._blank_sentences(other))

    # Where the values live, and who may write there

    def _homes(self):
        """Return ``{home: record}``: the record on which the values of each home are written, with the user's own rights."""
        self.ensure_one()
        order = self.contract_id.order_id
        return {
            "company": self.contract_id.company_id,
            "customer": order.partner_id.commercial_partner_id,
            "order": order,
            "place": order.partner_shipping_id,
            "contract": self.contract_id,
        }

    @api.depends("contract_id")
    @api.depends_context("uid", "lang")
    def _compute_rights(self):
        for wizard in self:
            homes = wizard._homes() if wizard.contract_id else {}
            for home in ("company", "customer", "order", "place"):
                allowed = not homes or homes[home].has_access("write") or wizard._may_complete(home, ())
                wizard[f"can_{home}"] = allowed
                wizard[f"who_{home}"] = False if allowed else wizard._who_may(homes[home])

    def _may_complete(self, home, names):
        """Say whether sales may add ``names``, which the customer's record lacks, for a contract of their own: they are who
        knows them. What stands there already is changed by who may change customers.
        """
        self.ensure_one()
        # sudo: only whether something stands there is read
        record = self._homes()[home].sudo()
        own = home in ("customer", "place") and self.contract_id.has_access("write")
        return own and all(blanks.is_blank(record[name]) for name in names)

    def _who_may(self, record):
        """Return the departments and some of the people who may write ``record``."""
        # sudo: whoever is refused is told whom to ask, by name
        groups = self.env["ir.model.access"].sudo().search(
            [("model_id.model", "=", record._name), ("perm_write", "=", True), ("group_id", "!=", False)]
        ).group_id
        users = self.env["res.users"].sudo().search(
            [("all_group_ids", "in", groups.ids), ("company_ids", "in", self.contract_id.company_id.ids)], limit=PEOPLE
        )
        names = ", ".join(groups.mapped("name"))
        people = ", ".join(users.mapped("name"))
        return self.env._("%(people)s (%(groups)s)", people=people, groups=names) if people else names

    # Applying

    def action_apply(self):
        """Write each value to where it lives; what is left empty stays a blank."""
        self.ensure_one()
        contract = self.contract_id
        contract._check_sales()
        contract._check_state("draft")
        for home, record in self._homes().items():
            values = self._prepare_values(home)
            if not values:
                continue
            completes = not record.has_access("write") and self._may_complete(home, values)
            if not completes and not record.has_access("write"):
                text = self.env._("“%(record)s” cannot be changed by you. Ask: %(who)s.", record=record.display_name,
                                  who=self._who_may(record))
                raise ContractRoleError(text)
            # sudo: sales complete the customer of their own contract, see _may_complete
            (record.sudo() if completes else record).write(values)
        for clause, places in self.place_ids.grouped("clause_id").items():
            body = blanks.fill(clause.body, {place.number: place.value for place in places})
            if body != clause.body:
                clause.write({"body": body})
        # The texts follow customer and company without depending on them: nothing of that is computed again by itself.
        contract.clause_ids.invalidate_recordset(["text", "missing", "blanks"])
        contract.invalidate_recordset(["missing", "blanks", "blank_names", "none_names"])
        return {"type": "ir.actions.act_window_close"}

    def _prepare_values(self, home):
        """Return what is written on the record of ``home``: what was typed and does not stand there already, never an
        empty value over something.
        """
        values = {}
        # sudo: who may not read the record is not asked for a right to leave it as it is
        record = self._homes()[home].sudo()
        for editors in EDITORS[home].values():
            for editor, target in editors.items():
                value = self[editor].id if self._fields[editor].type == "many2one" else self[editor]
                if isinstance(value, str):
                    value = False if blanks.is_blank(value) else value.strip()
                stands = record[target].id if self._fields[editor].type == "many2one" else record[target]
                if value and value != stands:
                    values[target] = value
        if home == "contract":
            agreed = [name for name in NONE_ALLOWED if self[f"none_{name}"]]
            if agreed != self.contract_id._none_agreed():
                values["none_agreed"] = agreed
        return values
