from odoo import api, fields, models

# What people are told of a contract in force from whose terms the records behind its order have moved away.
MOVED = "moved"
# Terms that name a contact, beside which the place behind it is kept.
CONTACTS = ("shipping", "paper_shipping_id")


class PaperContract(models.Model):
    """A contract in force says what was signed. The records behind its order move on: an address is edited, contacts are
    merged. That changes nothing of what was signed and locks nothing; sales are told, and agree on a supplement or put
    it back (R4.2.1).
    """

    _inherit = "paper.contract"

    moved = fields.Char(
        string="Differs from What Was Signed",
        compute="_compute_moved",
        groups="base.group_user",
        help="Terms of the order whose records were changed since the contract was signed.",
    )

    @api.depends("state", "order_id.partner_shipping_id", "order_id.order_line.paper_shipping_id")
    @api.depends_context("lang")
    def _compute_moved(self):
        for contract in self:
            contract.moved = contract._term_labels(contract._moved_terms()) or False

    def _moved_terms(self):
        """Return in what the order differs from the contract in force, as :meth:`_changed_terms`.

        A contact that is gone, merged into another at the same address, is no difference.
        """
        self.ensure_one()
        if self.state != "in_force" or self.parent_id:
            return []
        changed = self._changed_terms()
        contacts = {name: self._agreed_contact(name) for name in changed if name.rpartition(".")[2] in CONTACTS}
        there = self.env["res.partner"].browse(filter(None, contacts.values())).exists().ids
        places = {name: ".".join([*name.split(".")[:-1], "place"]) for name in contacts}
        return [name for name in changed if name not in contacts or contacts[name] in there or places[name] in changed]

    def _agreed_contact(self, name):
        """Return the id of the contact that a term of this dotted name agreed on."""
        terms = self.sudo()._agreed_terms() or {}  # sudo: see _changed_terms
        lines = {str(line["id"]): line for line in terms.get("lines", ())}
        *path, key = name.split(".")
        return (lines.get(path[1], {}) if path else terms).get(key)

    def _tell_moved(self):
        """Tell sales which of these contracts their orders have moved away from, and no more of those that agree again."""
        # sudo: whoever edits an address need not read the contracts with it
        in_force = self.sudo().filtered(lambda contract: contract.state == "in_force" and not contract.parent_id)
        moved = in_force.filtered(lambda contract: contract._moved_terms())
        settled = in_force - moved
        if settled:
            self.env["res.company"]._paper_told(settled, MOVED)
        moved.filtered(lambda contract: contract.order_id._is_undelivered())._tell(
            lambda contract: contract._drafters(),
            lambda contract: contract.env._(
                "%(order)s differs from what was signed: %(terms)s. Agree on a supplement, or put it back.",
                order=contract.order_id.name,
                terms=contract._term_labels(contract._moved_terms()),
            ),
            kind=MOVED,
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_contract_moved = fields.Char(
        string="Differs from the Contract", compute="_compute_paper_contract_moved", groups="base.group_user"
    )

    @api.depends("contract_ids.state", "partner_shipping_id", "order_line.paper_shipping_id")
    @api.depends_context("lang")
    def _compute_paper_contract_moved(self):
        for order in self:
            # sudo: who reads the order may know that its contract says something else
            contract = order.sudo()._open_contract()
            order.paper_contract_moved = contract.moved if contract.state == "in_force" else False

    def _is_undelivered(self):
        """Say whether goods of the order are still to be delivered."""
        self.ensure_one()
        return any(line.qty_delivered < line.product_uom_qty for line in self._paper_delivery_lines())


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if self._place_fields() & vals.keys():
            self._contracts_with_place()._tell_moved()
        return result

    def _contracts_with_place(self):
        """Return the contracts in force by which goods are delivered to these contacts."""
        # sudo: see _tell_moved
        return self.env["paper.contract"].sudo().search(
            [
                ("state", "=", "in_force"),
                ("parent_id", "=", False),
                "|",
                ("order_id.partner_shipping_id", "in", self.ids),
                ("order_id.order_line.paper_shipping_id", "in", self.ids),
            ]
        )
