from odoo import api, fields, models
from odoo.addons.paper_base.lib.price_free import names_prices
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering


class PaperContractCopy(models.Model):
    """The copy of a contract in force that one department got: production, purchasing, logistics and whoever else is
    listed. A department that may not see prices gets it without them. Its people confirm that they have read it,
    are reminded until they do, and are told when the contract ends (R4.1.3).
    """

    _name = "paper.contract.copy"
    _description = "Department's Copy of a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.contract.part", "paper.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _all_by_steps = True
    _kept = True
    # The department itself confirms; its contract ends it.
    _steps = {"unread": {"read": (), "ended": ()}, "read": {"ended": ()}, "ended": {}}
    _step_verbs = {"confirm": "read"}
    _entering = {
        "read": Entering(by="read_by_id", on="read_on", then="_clock_stop"),
        "ended": Entering(then="_action_ended"),
    }

    contract_id = fields.Many2one(
        "paper.contract",
        required=True,
        ondelete="restrict",
        index=True,
        groups="paper_contract.group_contract_reader",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    department_id = fields.Many2one(
        "res.groups", string="Department", required=True, ondelete="restrict", index=True
    )
    department_name = fields.Char(string="Copy for", compute="_compute_department_name")
    state = fields.Selection(
        [("unread", "To be Read"), ("read", "Read"), ("ended", "Contract Ended")],
        string="Status",
        required=True,
        default="unread",
        index=True,
        tracking=True,
    )
    read_by_id = fields.Many2one("res.users", string="Read by")
    read_on = fields.Datetime()
    name = fields.Char(string="Contract No.", compute="_compute_contract", search="_search_name")
    order_id = fields.Many2one("sale.order", string="Order", compute="_compute_contract", search="_search_order")
    partner_id = fields.Many2one("res.partner", string="Customer", compute="_compute_contract", search="_search_partner")
    in_force_on = fields.Datetime(string="In Force since", compute="_compute_contract")
    commitment_date = fields.Datetime(string="Delivery", compute="_compute_contract")
    weight_kg = fields.Float(string="Weight (kg)", digits=(16, 3), compute="_compute_contract")
    with_prices = fields.Boolean(compute="_compute_with_prices")
    content = fields.Html(compute="_compute_content", sanitize=False, help="The contract as the department may read it.")
    document_id = fields.Many2one("ir.attachment", string="PDF")
    can_confirm = fields.Boolean(compute="_compute_can_steps")

    _department_uniq = models.UniqueIndex("(contract_id, department_id)", "This department has its copy already.")
    _read_has_reader = models.Constraint(
        "CHECK(state != 'read' OR (read_by_id IS NOT NULL AND read_on IS NOT NULL))",
        "A copy is read by somebody, at some time.",
    )

    @api.depends("department_id")
    @api.depends_context("lang")
    def _compute_department_name(self):
        for copy in self:
            copy.department_name = copy.sudo().department_id.name  # sudo: only the name of the group is shown

    def _compute_contract(self):
        # sudo: what is shown here is in the copy, whoever may read the contract itself
        for copy in self.sudo():
            contract = copy.contract_id
            copy.name = contract.name
            copy.order_id = contract.order_id
            copy.partner_id = contract.partner_id
            copy.in_force_on = contract.in_force_on
            copy.commitment_date = contract.order_id._paper_last_delivery_date()
            copy.weight_kg = contract.order_id.paper_weight_kg

    @api.depends("department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for copy in self:
            copy.display_name = f"{copy.name} · {copy.department_name}"

    # Found by what the copy says of the contract, without any right to contracts.

    def _search_name(self, operator, value):
        return self._search_contracts([("name", operator, value)])

    def _search_order(self, operator, value):
        return self._search_contracts([("order_id", operator, value)])

    def _search_partner(self, operator, value):
        return self._search_contracts([("partner_id", operator, value)])

    def _search_contracts(self, domain):
        # sudo: the rules of the copies say which of them are found
        contracts = self.env["paper.contract"].sudo()._search(domain)
        copies = self.sudo()._search([("contract_id", "in", contracts)])
        return [("id", "in", copies)]

    @api.depends("department_id")
    def _compute_with_prices(self):
        reader = self.env.ref("paper_contract.group_contract_reader")
        for copy in self:
            copy.with_prices = reader in copy.sudo().department_id.all_implied_ids  # sudo: see _compute_department_name

    def _step_objection(self, state):
        if state == "read" and not self._is_of_department():
            return self.env._("This copy is confirmed by %(department)s.", department=self.department_name)
        return super()._step_objection(state)

    def _is_of_department(self):
        self.ensure_one()
        groups = self.env.user.sudo().all_group_ids  # sudo: a user asks for his own groups
        return self.department_id.id in groups.ids and self.company_id in self.env.user.sudo().company_ids

    @api.depends("contract_id", "department_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for copy in self:
            copy.content = self.env["ir.qweb"]._render("paper_contract.copy_content", {"copy": copy, **copy._content_values()})

    # The department

    def action_confirm_read(self):
        """Confirm for the department that its copy has been read: who and when is recorded (R4.1.3).

        :raises ContractRoleError: if the person is not of the department
        :raises ContractStateError: if the copy is not waiting to be read
        """
        self.check_access("read")
        result = self._take_step("read")
        # sudo: whoever takes the step moves the order's status, which all departments follow
        self.sudo().order_id._paper_status_changed()
        return result

    def action_open_order(self):
        """Open the order of the contract."""
        self.ensure_one()
        return self.env["sale.order"].browse(self.order_id.id)._get_records_action()

    def action_open_contract(self):
        """Open the contract itself, for whom may read it."""
        self.ensure_one()
        return self.contract_id._open_action()

    def action_open_pdf(self):
        """Open the department's PDF: the signed contract, or the copy without prices."""
        self.check_access("read")
        self.ensure_one()
        attachment = self._get_document()
        return {"type": "ir.actions.act_url", "url": f"/web/content/{attachment.id}?download=0", "target": "new"}

    def _get_document(self):
        """Return the attachment with the department's PDF; it is printed when it is first asked for."""
        self.ensure_one()
        # sudo: the department's PDF is printed from a contract that it may not read
        copy = self.sudo().with_context(bin_size=False)
        if not copy.document_id:
            copy._by_step().write({"document_id": copy.env["ir.attachment"].create(copy._prepare_document()).id})
        return copy.document_id

    def _prepare_document(self):
        self.ensure_one()
        values = {"res_model": self._name, "res_id": self.id, "mimetype": "application/pdf"}
        signed = self.contract_id.signed_id
        if self.with_prices and signed:
            return {**values, "name": signed.name, "raw": signed.attachment_id.raw}
        report = self.env["ir.actions.report"].with_context(lang=self.contract_id.language)
        pdf, _type = report._render_qweb_pdf(self.env.ref("paper_contract.action_report_contract_copy").id, self.ids)
        return {**values, "name": f"{self.name}-copy.pdf", "raw": pdf}

    # The clock (R4.1.3)

    def _clock_users(self):
        users = self.sudo().department_id.all_user_ids  # sudo: the clock speaks to people whom the user may not see
        return users.filtered(lambda user: user.active and self.company_id in user.company_ids)

    def _clock_summary(self):
        return self.env._("Read the copy of contract %(contract)s", contract=self.name)

    @api.model
    def _distribute(self, contract):
        """Hand out the copies of a contract that has come into force, as a to-do of each department's people.

        :param contract: ``paper.contract`` in force
        :return: the new copies
        """
        # sudo: the copies go to departments and people whom the signer may not see
        copies = self.sudo()
        departments = self.env["paper.contract.copy.department"]._departments(contract.company_id)
        known = copies.search([("contract_id", "=", contract.id)]).department_id
        created = copies.with_context(mail_create_nosubscribe=True, tracking_disable=True)._by_step().create(
            [
                {"contract_id": contract.id, "company_id": contract.company_id.id, "department_id": department.id}
                for department in departments - known
            ]
        )
        created._clock_start(contract.company_id.paper_copy_read_days)
        created._tell_departments(created._clock_words)
        return created

    def _tell_departments(self, summary):
        """Put the copies before everybody of their departments, not with a mail to each; ends when the copy is moved on."""
        for (company, deadline), copies in self.grouped(lambda copy: (copy.company_id, copy.deadline_date)).items():
            company._paper_tell(lambda copy: copy._clock_users(), copies, summary, deadline=deadline, quietly=True)

    def _end(self):
        """Tell the departments that the contract of their copies has ended."""
        open_copies = self.filtered(lambda copy: copy.state != "ended")
        if open_copies:
            open_copies._follow_to("ended")

    def _action_ended(self):
        self._clock_stop()
        self._tell_departments(
            lambda copy: copy.env._("Contract %(contract)s has ended: stop working on it", contract=copy.name)
        )

    def _content_values(self):
        """Return what the copy shows of its contract: clauses, goods, and the headings of what is left out.

        Printed without the fields of prices: a clause that holds one is left out as a whole, and what is shown is shown as it
        was signed, to the last figure.

        :return: ``{"contract", "clauses": [(label, heading, text)], "instalments": [(date, product, quantity)], "lines": [dict],
            "left_out": [heading]}``
        """
        self.ensure_one()
        # sudo: the copy is made from a contract that its department may not read
        contract = self.sudo().contract_id
        contract = contract.with_context(lang=contract.language)
        shown, left_out = [], []
        for index, clause in enumerate(contract.clause_ids):
            label = clause._article_label(index)
            if not clause.left_out:
                shown.append((label, clause.name, clause._plain_text()))
            else:
                # A heading into which a price was typed is no more than its number here.
                left_out.append(label if names_prices(clause.name) else f"{label} {clause.name}")
        return {
            "contract": contract,
            "clauses": shown,
            "left_out": left_out,
            "instalments": contract._instalment_texts(),
            "lines": [self._line_values(line) for line in contract._contract_lines()],
        }

    def _line_values(self, line):
        return {
            "product": line._contract_product(),
            "quantity": line._contract_quantity(),
            "weight": line.paper_weight_kg,
        }
