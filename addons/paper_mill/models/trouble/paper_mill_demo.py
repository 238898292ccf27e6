from odoo import api, models

from ..way.paper_mill_demo import BRIGHT, DELIVERY_HOUR, STAGES, _reel, _sheet

# Orders in trouble: (customer, product, figures, quantity, unit, days until delivery), by the number of their purchase order.
LATE = ("dongfang", "liner", _reel(140, 2200, 1250, 100), 60, "t", 1)
REJECTED = ("yucai", "writing", {**_sheet(60, 787, 1092), "limit_ids": BRIGHT}, 200, "ream", 30)
COMPLAINED = ("huawen", "offset", _reel(80, 787, 1000, 76), 18, "t", 30)
REPAIR_DAYS = 3


class PaperMillDemo(models.AbstractModel):
    """What goes wrong in the demo mill: a late order, paper that fails its inspection, complaints of customers."""

    _inherit = "paper.mill.demo"

    def _trouble_order(self, number, customer, product, figures, quantity, unit, days):
        values = self._order_values(200 + number, customer, product, figures, quantity, unit, "evaluating")
        values["commitment_date"] = self._moment(days, DELIVERY_HOUR)
        values["client_order_ref"] = f"PO-{2800 + number}"
        return self._as("sales", self.env["sale.order"]).create(values)

    def _bring(self, order, last, first="evaluating"):
        """Take one order from a stage to a later one."""
        for stage in STAGES[STAGES.index(first) : STAGES.index(last) + 1]:
            if stage == "planned":
                self._planned([order])
            else:
                getattr(self, f"_{stage}")(order)

    # An order that was promised too early, on a machine that stands still

    @api.model
    def _late(self):
        order = self._trouble_order(1, *LATE)
        self._as("sales", order).action_submit_evaluation()
        evaluation = order.sudo()._current_evaluation()  # sudo: each department finds its own opinion
        self._give(
            evaluation,
            sales="客户急单，要求按期到货。",
            capacity=("conditional", "须插单并连班生产，PM2 不得停机。"),
            materials="库存充足。",
            technical="常规品种。",
            cost="毛利符合要求。",
        )
        self._as("management", evaluation).action_close()
        self._legal(order)
        # sudo: sales needs the contract's warnings, and answers them with its own rights
        warnings = order.sudo().contract_ids.warning_ids.filtered(lambda warning: warning.state == "open")
        self._as("sales", warnings).action_answer("客户坚持交期，生产部承诺插单连班；已向客户说明风险。")
        self._bring(order, "planned", first="sent")
        self._break_down(order)

    def _break_down(self, order):
        """Begin to make the paper; a third of it is made when a cylinder leaks."""
        workorder = order.sudo().mrp_production_ids.workorder_ids[:1]  # sudo: the workshop finds its own work
        self._as("workshop", workorder).button_start()
        self._as("workshop", self.env["paper.production.record"]).create(
            {
                "workorder_id": workorder.id,
                "date": self._moment(0, 0),
                "shift": "night",
                "produced_kg": 20_000,
                "material_kg": 21_900,
                "broke_kg": 900,
                "note": "第 3 组烘缸漏汽，停机待修。",
            }
        )
        self._as("equipment", self.env["maintenance.request"]).create(
            {
                "name": "第 3 组烘缸漏汽，停机抢修",
                "equipment_id": self.env.ref("paper_mill.equipment_pm2_dryer").id,
                "maintenance_type": "corrective",
                "schedule_date": self._moment(0, 0),
                "schedule_end": self._moment(REPAIR_DAYS, 8),
            }
        )
        seller = self.env.ref("paper_mill.user_sales")
        reason = (
            f"PM2 第 3 组烘缸漏汽，自今日停机抢修，预计 {REPAIR_DAYS} 天；60 吨已抄造 20 吨，按期交货已不可能。"
            "请与客户商定新的交期。"
        )
        self._as("planning", order).message_post(
            body=reason,
            partner_ids=seller.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        self._as("planning", order).activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self._day(),
            summary="告知客户延期原因，商定新的交期",
            user_id=seller.id,
        )

    # Paper that fails its final inspection

    @api.model
    def _rejected(self):
        order = self._trouble_order(2, *REJECTED)
        self._bring(order, "planned")
        productions = order.sudo().mrp_production_ids  # sudo: workshop and quality find their own
        for production in productions:
            self._run(production)
            inspection = self._inspect(production, wrong="低于约定的白度，复测两次结果相同。")
            self._as("management", inspection).action_approve()  # who inspected does not approve it
            # sudo: the management system needs the record that failed inspections open
            record = self._as("quality", inspection.sudo().nonconformity_ids)
            record.write({"analysis": "<p>荧光增白剂计量泵堵塞，夜班未及时发现。</p>"})

    # Complaints

    @api.model
    def _complaints(self):
        delivered = next(order for order, wanted in self._orders() if wanted == STAGES[-1])
        self._complain(delivered, "卷端有压痕", "两卷外层有压痕，请确认处理办法。", severity="general")
        order = self._trouble_order(3, *COMPLAINED)
        self._bring(order, STAGES[-1])
        self._complain(
            order,
            "印刷时频繁断纸，停机 6 小时",
            "同一批卷筒纸上机后断纸 5 次，印刷机停机 6 小时，当期报纸延误。要求派人到现场并赔偿损失。",
            severity="serious",
            first_analysis="断纸处有孔洞和胶粘物，疑为同一母卷的浆料问题；影响生产，属重大质量问题。",
            lot_id=order.sudo().mrp_production_ids.lot_producing_ids[:1].id,  # sudo: the reel that the customer names
            defect_id=self.env.ref("paper_aftersales.defect_brk").id,
            remedy_sought="damages",
        )
        self._ask_departments(order)

    def _ask_departments(self, order):
        """Claim the reel, and ask two departments about it; the workshop answers."""
        ticket = order.sudo().paper_ticket_ids  # sudo: each department finds its own question
        claims = self._as("sales", self.env["paper.claim.roll"])
        claims.create({"ticket_id": ticket.id, "lot_id": ticket.lot_id.id, "note": "外层断纸 5 次"})
        questions = self._as("quality", self.env["paper.ticket.question"])
        for name, question in (("workshop", "该母卷生产时有无异常？"), ("technical", "胶粘物来自何处，如何处理？")):
            group = self.env.ref(f"paper_base.group_{name}")
            asked = questions.create({"ticket_id": ticket.id, "group_id": group.id, "question": question})
            if name == "workshop":
                own = self._as(name, asked)
                own.write({"cause": "换网后首卷，网部冲洗不足。", "prevention": "换网后首卷单独取样检验。"})
                own.answer = "同一母卷的纸卷全部隔离，给客户换货。"

    def _complain(self, order, name, description, **values):
        self._as("sales", self.env["helpdesk.ticket"]).create(
            {
                "name": name,
                "description": description,
                "sale_order_id": order.id,
                "nature": "quality",
                "user_id": self.env.ref("paper_mill.user_sales").id,
                **values,
            }
        )
