from odoo import Command, models

# Four teams of PM1, two days apart: two machine tenders and two winder operators each, one of team D short.
TEAMS = (
    ("甲班", 0, ("王建国", "李国强"), ("赵小军", "孙立")),
    ("乙班", 2, ("周志远", "吴海"), ("郑明", "冯涛")),
    ("丙班", 4, ("陈刚", "褚卫东"), ("卫平", "蒋磊")),
    ("丁班", 6, ("沈伟", "韩斌"), ("杨柳",)),
)
RELIEFS = ("朱文", "秦岭")
SINCE = -300


class PaperMillDemo(models.AbstractModel):
    """The people of PM1: who may begin its work, four teams, a crew plan of four weeks with its gaps, and a training."""

    _inherit = "paper.mill.demo"

    def _people(self):
        """Let the workshop's user be an employee who may begin the work of PM1, the four teams be there, and its contingency plan
        be reviewed."""
        tender, winding = self.env.ref("paper_mill.skill_tender"), self.env.ref("paper_mill.skill_winding")
        employees = self.env["hr.employee"].sudo()  # sudo: personnel enters its staff
        user = self.env.ref("paper_mill.user_workshop")
        self._able(employees.create({"name": user.name, "user_id": user.id, "company_id": user.company_id.id}), tender)
        teams = self.env["paper.crew.team"].sudo()  # sudo: as above
        for name, offset, tenders, winders in TEAMS:
            people = employees.create([{"name": person} for person in (*tenders, *winders)])
            self._able(people[: len(tenders)], tender)
            self._able(people[len(tenders) :], winding)
            teams.create({"name": name, "offset": offset, "employee_ids": [Command.set(people.ids)]})
        reliefs = employees.create([{"name": person} for person in RELIEFS])
        self._able(reliefs[:1], tender)
        contingency = self._as("equipment", self.env["paper.contingency"]).create(self._contingency())
        self._as("supervisor", contingency).action_review()
        teams.create({"name": "机动", "is_relief": True, "employee_ids": [Command.set(reliefs.ids)]})

    def _contingency(self):
        return {
            "name": "PM1 压榨部传动故障",
            "workcenter_id": self.env.ref("paper_mill.workcenter_pm1").id,
            "alternative_ids": [Command.set(self.env.ref("paper_mill.workcenter_pm2").ids)],
            "max_hours": 24,
            "drill_months": 6,
            "measures": "1. 当班机长停机，通知设备部与生产主管；\n2. 设备部 1 小时内给出恢复时间；\n"
            "3. 超过 24 小时，计划部把可由 PM2 生产的订单改排 PM2；\n4. 销售通知受影响的客户。",
            "part_ids": [
                Command.create({"name": "压榨辊轴承 23272", "quantity": 2, "place": "备件库 B-12"}),
                Command.create({"name": "传动联轴器", "quantity": 1, "place": "备件库 B-14"}),
            ],
        }

    def _able(self, people, skill):
        # sudo: as above
        self.env["hr.employee.skill"].sudo().create(
            [
                {
                    "employee_id": person.id,
                    "skill_id": skill.id,
                    "skill_level_id": self.env.ref("paper_mill.skill_level_able").id,
                    "skill_type_id": skill.skill_type_id.id,
                    "valid_from": self._day(SINCE),
                    "valid_to": self._day(400),
                }
                for person in people
            ]
        )

    def _means(self):
        """Have a plan's materials and the crews of PM1 planned for four weeks, and a training planned for the relief."""
        self._materials()
        machine = self.env.ref("paper_mill.workcenter_pm1")
        plan = self._as("planning", self.env["paper.crew.plan"]).create(
            {"workcenter_ids": [Command.set(machine.ids)], "date_from": self._day(1), "date_to": self._day(28)}
        )
        plan.action_assign()
        relief = self.env["hr.employee"].sudo().search([("name", "=", RELIEFS[1])], limit=1)  # sudo: planning names who learns
        self._as("planning", self.env["paper.training"]).create(
            {
                "name": "卷取工上岗培训",
                "kind": "machine",
                "skill_id": self.env.ref("paper_mill.skill_winding").id,
                "skill_level_id": self.env.ref("paper_mill.skill_level_able").id,
                "workcenter_id": machine.id,
                "date": self._day(5),
                "hours": 16,
                "trainer": "赵小军",
                "participant_ids": [Command.create({"employee_id": relief.id})],
            }
        )

    def _materials(self):
        """Have a paper for stock planned whose wet-strength agent is not there, and its material plan computed by purchasing."""
        paper = self.env.ref("paper_mill.product_wet_kraft")
        figures = {"format": "reel", "basis_weight": 90, "caliper": 112.5, "width": 1000, "core_diameter": 76}
        spec = self._as("sales", self.env["paper.spec"]).create({**figures, "grade_id": paper.paper_grade_id.id})
        plan = self._as("planning", self.env["paper.production.plan"]).create({"note": "湿强牛皮纸常备"})
        production = self._as("planning", self.env["mrp.production"]).create(
            {
                "product_id": paper.id,
                "product_qty": 120000,
                "bom_id": self.env.ref("paper_mill.bom_wet_kraft").id,
                "paper_plan_id": plan.id,
                "paper_spec_id": spec.id,
                "date_start": self._moment(20, 8),
            }
        )
        production.action_confirm()
        materials = self._as("purchasing", self.env["paper.material.plan"]).create({"plan_id": plan.id})
        materials.action_compute()
