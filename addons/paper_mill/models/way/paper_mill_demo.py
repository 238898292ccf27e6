import base64
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import Command, api, models
from odoo.tools import file_open

DIMENSIONS = {
    "sales": "sales",
    "capacity": "planning",
    "materials": "purchasing",
    "technical": "technical",
    "cost": "finance",
}


def _reel(basis_weight, width, diameter, core):
    return {
        "format": "reel",
        "basis_weight": basis_weight,
        "width": width,
        "reel_diameter_max": diameter,
        "core_diameter": core,
    }


def _sheet(basis_weight, width, length):
    return {"format": "sheet", "basis_weight": basis_weight, "width": width, "length": length}


DELIVERY_HOUR = 17  # of the mill's clock: the goods are with the customer before the end of that day

# A quality limit that some customers agree.
BRIGHT = [Command.create({"name": "白度", "unit": "%", "minimum": 84, "has_minimum": True, "method": "GB/T 7974-2013"})]

# What the demo mill is asked for: (customer, product, figures, quantity, unit, how far the order has come).
ORDERS = [
    ("nordic", "offset", _reel(80, 787, 1000, 76), 18, "t", "received"),
    ("huawen", "writing", _sheet(60, 787, 1092), 400, "ream", "incomplete"),
    ("chenguang", "offset", _sheet(100, 889, 1194), 600, "ream", "evaluating"),
    ("dongfang", "liner", _reel(175, 2200, 1250, 100), 42, "t", "evaluated"),
    ("yucai", "copy", _sheet(70, 430, 610), 900, "ream", "legal"),
    ("chenguang", "offset", _sheet(80, 787, 1092), 500, "ream", "sent"),
    ("huawen", "offset", _reel(70, 880, 1050, 76), 24, "t", "confirmed"),
    ("dongfang", "liner", _reel(125, 1800, 1200, 100), 30, "t", "planned"),
    ("yucai", "writing", _sheet(60, 787, 1092), 300, "ream", "produced"),
    ("chenguang", "copy", _sheet(80, 430, 610), 800, "ream", "notified"),
    ("chenguang", "offset", _reel(80, 787, 1000, 76), 12, "t", "delivered"),
]
STAGES = (
    "received",
    "incomplete",
    "evaluating",
    "evaluated",
    "legal",
    "sent",
    "confirmed",
    "planned",
    "produced",
    "notified",
    "delivered",
)


# What the customers tell for the contract, by their name in the demo data: tax number and telephone.
PARTIES = {
    "chenguang": ("91320505MA4QJ001X2", "+86 512 6800 1018"),
    "huawen": ("91330106MA4QJ00280", "+86 571 8800 2006"),
    "dongfang": ("91440604MA4QJ0036J", "+86 757 8200 0220"),
    "yucai": ("91510104MA4QJ001X8", "+86 28 8600 0009"),
    "nordic": ("NO974760673MVA", "+47 22 00 00 03"),
}
# What sales agrees with them; where nothing is agreed, the contract says so.
CONDITIONS = {
    "measuring_method": "以供方过磅的净重为准",
    "freight_by": "seller",
    "claim_days_visible": 7,
    "claim_days_hidden": 30,
    "settlement_method": "银行转账",
    "late_delivery_rate": 0.05,
    "late_delivery_cap": 5,
    "late_payment_rate": 0.05,
    "breach_percent": 10,
    "dispute_body": "岳阳仲裁委员会",
    "copies_total": 4,
    "copies_each": 2,
    "none_prepayment": True,
    "none_deposit": True,
}


class PaperMillDemo(models.AbstractModel):
    """Walks the demo mill's orders to the stage where each of them stands, as the people of the departments.

    Every step is the one that a person takes, with that person's rights. Which steps there are, and how far the filling has
    come, stands in the room filling.
    """

    _name = "paper.mill.demo"
    _description = "Demo Mill"

    # The way of an order

    @api.model
    def _walk(self, stage):
        """Take every order that comes so far from the stage before to this one."""
        reached = [order for order, wanted in self._orders() if self._reaches(wanted, stage)]
        if stage == "planned":
            self._planned(reached)
            return
        for order in reached:
            getattr(self, f"_{stage}")(order)

    @api.model
    def _orders(self):
        """Return the demo mill's orders, each with the stage that it comes to: [(order, stage)]."""
        stages = {f"PO-{2600 + number}": values[-1] for number, values in enumerate(ORDERS, start=1)}
        orders = self.env["sale.order"].search([("client_order_ref", "in", list(stages))], order="id")
        return [(self._as("sales", order), stages[order.client_order_ref]) for order in orders]

    @api.model
    def _reaches(self, wanted, stage):
        return STAGES.index(wanted) >= STAGES.index(stage)

    def _as(self, department, records):
        """Return the records as the person of a department sees them."""
        user = self.env.ref(f"paper_mill.user_{department}")
        return records.with_user(user).with_context(lang=user.lang, tz=user.tz)

    # The mill's own days: the demo mill is the same whatever the hour, in whichever zone the server counts.

    @api.model
    def _day(self, days=0):
        """Return the date that many days after today, where the mill stands."""
        return self.env.ref("base.main_company")._paper_today() + timedelta(days=days)

    @api.model
    def _moment(self, days, hour):
        """Return the moment (UTC) of an hour of the mill's clock, that many days after today."""
        zone = ZoneInfo(self.env.ref("base.main_company").resource_calendar_id.tz)
        local = datetime.combine(self._day(days), time(hour), tzinfo=zone)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    @api.model
    def _days_until(self, weekday):
        """Return in how many days it is the next such weekday (Monday is 0); today does not count."""
        return (weekday - self._day(1).weekday()) % 7 + 1

    @api.model
    def _signature(self):
        with file_open("paper_mill/demo/signature.png", "rb") as image:
            return base64.b64encode(image.read()).decode()

    # The steps

    def _received(self):
        self._price_in_company_currency()
        for number, (customer, product, figures, quantity, unit, stage) in enumerate(ORDERS, start=1):
            self._as("sales", self.env["sale.order"]).create(
                self._order_values(number, customer, product, figures, quantity, unit, stage)
            )
        self._approve_credit()

    def _price_in_company_currency(self):
        currency = self.env.company.currency_id
        self.env["product.pricelist"].search([("currency_id", "!=", currency.id)]).write({"currency_id": currency.id})

    def _order_values(self, number, customer, product, figures, quantity, unit, stage):
        partner = self.env.ref(f"paper_mill.customer_{customer}")
        product = self.env.ref(f"paper_mill.product_{product}")
        figures = {**figures, "caliper": figures["basis_weight"] * 1.25, "tolerance_minus": 5, "tolerance_plus": 5}
        spec = self._as("sales", self.env["paper.spec"]).create(
            {**figures, "grade_id": product.paper_grade_id.id, "partner_id": partner.id}
        )
        line = {
            "product_id": product.id,
            "paper_spec_id": spec.id,
            "paper_quantity": quantity,
            "paper_unit": unit,
        }
        complete = {
            "commitment_date": self._moment(20 + 3 * number, DELIVERY_HOUR),
            "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
        }
        return {
            "partner_id": partner.id,
            "client_order_ref": f"PO-{2600 + number}",
            "order_line": [Command.create(line)],
            **({} if stage == "incomplete" else complete),
        }

    def _approve_credit(self):
        until = self._day(365)
        for customer in ("chenguang", "huawen", "dongfang", "yucai"):
            partner = self.env.ref(f"paper_mill.customer_{customer}")
            review = self._as("sales", self.env["paper.credit.review"]).create({"partner_id": partner.id})
            decided = self._as("credit", review)
            decided.write({"limit": 12_000_000, "valid_until": until, "decision_reason": "多年老客户，资料在旧档案中"})
            decided.action_approve()

    def _evaluating(self, order):
        self._as("sales", order).action_submit_evaluation()
        self._give_opinion(order, "sales", "planning")

    def _give_opinion(self, order, *departments):
        for dimension, department in DIMENSIONS.items():
            if department in departments:
                opinions = order.sudo().paper_evaluation_ids.opinion_ids  # sudo: the department finds its own below
                own = self._as(department, opinions.filtered(lambda opinion, d=dimension: opinion.dimension == d))
                own.write({"verdict": "yes", "comment": "可以承接。"})
                own.action_submit()

    def _evaluated(self, order):
        self._give_opinion(order, "purchasing", "technical", "finance")
        # sudo: the management needs the order's evaluation, and closes it with its own rights
        self._as("management", order.sudo().paper_evaluation_ids).action_close()

    def _legal(self, order):
        self._as("sales", order).action_draft_contract()
        # sudo: sales needs the order's contract, and fills it in and submits it with its own rights
        contract = self._as("sales", order.sudo().contract_ids)
        values = {"contract_id": contract.id, **CONDITIONS}
        if not order.partner_id.vat:  # the first contract of a customer tells it
            tax_number, phone = PARTIES[order.partner_id.get_external_id()[order.partner_id.id].rpartition("_")[2]]
            values.update(buyer_vat=tax_number, buyer_phone=phone)
        self._as("sales", self.env["paper.contract.blanks"]).create([values]).action_apply()
        contract.action_submit_review()

    def _sent(self, order):
        # sudo: legal and sales need the order's contract; each acts on it with its own rights
        self._as("legal", order.sudo().contract_ids.review_ids).action_accept()
        self._as("sales", order.sudo().contract_ids).action_send()

    def _confirmed(self, order):
        contract = order.sudo().contract_ids  # sudo: the customer signs with his token, not with rights
        customer = self.env["res.users"].search([("partner_id", "=", order.partner_id.id)], limit=1)
        contract._sign_customer(
            token=contract._link_issue("sign"),
            sha256=contract.pdf_sha256,
            signer_name=order.partner_id.name,
            signature=self._signature(),
            ip="127.0.0.1",
            user=customer or self.env.ref("base.public_user"),
        )
        self._as("management", contract).action_sign_company("沈总", self._signature())

    def _planned(self, orders):
        planning = self._as("planning", self.env["paper.production.plan"])
        wanted = self.env["sale.order"].union(*orders).mrp_production_ids
        plan = planning.create({"note": "PM1、PM2 三班运转"})
        plan.action_collect()
        # sudo: planning needs the orders that its plan collected, and takes some out with its own rights
        self._as("planning", plan.sudo().production_ids - wanted).write({"paper_plan_id": False})
        plan.action_submit()
        if plan.late_summary:
            self._as("supervisor", plan).late_reason = "客户已同意顺延"
        self._subject_to_materials(plan)
        self._as("supervisor", plan).action_approve()

    def _subject_to_materials(self, plan):
        """Let the supervisor say why a plan is approved though its pulp is still on its way."""
        if plan.material_summary:
            self._as("supervisor", plan).material_reason = "本色浆已订购，到货后开机"

    def _produced(self, order):
        self._make(order.sudo().mrp_production_ids)  # sudo: the workshop finds its own orders

    def _make(self, productions):
        for production in productions:
            self._run(production)
            self._inspect(production)
            self._as("workshop", production).button_mark_done()

    def _run(self, production):
        """Do the work of a manufacturing order, up to its final inspection."""
        made = self._as("workshop", production)
        made.lot_producing_ids = [Command.create({"name": f"{made.name}-01", "product_id": made.product_id.id})]
        for workorder in made.workorder_ids:
            workorder.button_start()
            workorder.button_finish()

    def _inspect(self, production, wrong=""):
        """Inspect what was made; return the inspection.

        :param wrong: a remark on the first agreed limit that the paper does not keep to
        """
        inspection = self._as("quality", self.env["qc.inspection"]).search(
            [("production_id", "=", production.id), ("kind", "=", "final")], limit=1
        )
        for line in inspection.inspection_lines:
            if line.question_type == "qualitative":
                line.qualitative_value = line.possible_ql_values.filtered("ok")[:1]
            else:
                line.quantitative_value = line.target or line.max_value or self._reading(line, production)
        if wrong:
            line = inspection.inspection_lines.filtered("limit_id")[:1]
            line.write({"quantitative_value": line.min_value - 2.5, "notes": wrong})
        inspection.action_confirm()
        return inspection

    def _reading(self, line, production):
        """Return what is read off an instrument: a little above the least that was agreed, 6 % of moisture and the like."""
        scatter = production.id % 4 / 5
        return line.min_value + 2 + scatter if line.has_minimum and line.min_value else 5.6 + scatter

    def _notified(self, order):
        self._as("sales", order).action_dispatch_notice()
        self._as("sales", self._notice(order)).action_issue()
        self._as("sales", self._notice(order)).early_consent = "林晨光电话同意提前交货"
        self._as("logistics", self._notice(order)).action_plan(
            licence_plate="湘F·A1068",
            driver_name="何师傅",
            driver_phone="+86 138 0000 1068",
            planned_date=self._day(),
        )

    def _notice(self, order):
        return self.env["paper.dispatch.notice"].search([("order_id", "=", order.id)], limit=1)

    def _delivered(self, order):
        # sudo: the warehouse needs the order's delivery, and loads it with its own rights
        picking = self._as("warehouse", order.sudo().picking_ids)
        picking.action_assign()
        picking.paper_check_ids.write({"done": True})
        picking.action_check_loading()
        picking.button_validate()
        self._as("logistics", picking).action_record_proof("林晨光", self._signature())
