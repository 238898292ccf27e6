from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.web.controllers.utils import clean_action
from odoo.fields import Domain
from odoo.tools import SQL

from ...exceptions import DeskError
from ...lib.desk import Figure, Task
from ..standing.sale_order import SOON_DAYS

OURS = "paper_base.group_"
LATE = Domain("paper_stage_late", "=", True)
ORDERS = "paper_base.action_paper_orders"
MANAGEMENT = "paper_base.group_management"
OVERVIEW = "paper_base.group_paper_overview"
# Rows of one kind that a desk shows at first.
ROWS = 40


class PaperDesk(models.AbstractModel):
    """What waits for a person and for the own department, late first (R4.2.2): read where it is kept, nothing is stored.

    Every addon adds its kinds of tasks in :meth:`_paper_tasks` and its figures in :meth:`_paper_figures`.
    """

    _name = "paper.desk"
    _description = "Desk"

    # What addons add

    @api.model
    def _paper_tasks(self):
        """List the kinds of things to do, as :class:`~odoo.addons.paper_base.lib.desk.Task`.

        Override to add: call ``super()``, put your own into the list and return it. A stage of orders for which a task
        of an addon stands is left out of :meth:`_stage_tasks`, see :meth:`_stages_with_tasks`.
        """
        return self._stage_tasks()

    @api.model
    def _paper_figures(self):
        """List the figures of the cockpit, as :class:`~odoo.addons.paper_base.lib.desk.Figure`.

        Override to add: call ``super()``, put your own into the list and return it. What the user may not read is left
        out by whoever adds it, and so is a figure that has no source yet.
        """
        return [*self._order_figures(), *self._escalation_figures()]

    @api.model
    def _stages_with_tasks(self):
        """Return the stages of orders whose work is shown by a document of its own. Override to add."""
        return set()

    @api.model
    def _stage_tasks(self):
        """Return one task for each stage in which it is the order itself that waits for somebody."""
        steps = {
            "complete": "evaluate",
            "contract": "contract",
            "confirmed": "confirm",
            "planned": "plan",
            "notified": "dispatch",
        }
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain() & Domain("paper_stage_ball", "=", False)
        own = Domain("paper_stage_department_id", "in", [orders._department_id(name) for name in self._own_departments()])
        # One question for all stages: those in which nothing waits for this person are not asked one by one.
        asked = waiting if self._sees_all() else waiting & own
        filled = {code for (code,) in orders._read_group(asked, ["paper_stage"])} - self._stages_with_tasks()
        return [
            Task(
                code=f"stage_{code}",
                name=name,
                departments=(),
                model="sale.order",
                domain=[("paper_stage", "=", code), ("paper_stage_ball", "=", False)],
                own=list(own),
                action=ORDERS,
                order="id",
                deadline="paper_stage_deadline",
                since="paper_stage_since",
                user="paper_stage_user_id",
                step=steps.get(code, ""),
            )
            for code, name in orders._paper_stages()
            if code in filled
        ]

    # What the web client asks

    @api.model
    @api.readonly
    def get_desk(self, scope=None):
        """Return what waits: counters by kind, and the rows, late first.

        :param scope: "mine" for what I have and what nobody of my department has taken up, "department" for all that my
            departments have, "all" for everybody's, of the management and who keeps the system; unless given, "all" for
            these and "mine" for everybody else
        :return: ``{"scope", "scopes", "departments", "department_ids", "kinds", "tasks": [row]}``; a kind is
            ``{"code", "name", "count", "late", "action", "domain"}``, the last two of the list that holds all of them
        :raises DeskError: another scope, or one of others
        """
        own = self._own_departments()
        scopes = self._scopes(own)
        scope = scope or ("all" if "all" in scopes else "mine")
        if scope not in scopes:
            raise DeskError(self.env._("There is no such desk for you; open your own."))
        asked = [task for task in self._paper_tasks() if self._is_asked(task, own, scope)]
        users = self._users_stood_in_for() if scope == "mine" else self.env["res.users"]
        kinds, rows = [], []
        domains = {task.code: self._waiting_domain(task, scope, users) for task in asked}
        for task, records, count, late in self._waiting([(task, domains[task.code]) for task in asked]):
            told = {"code": task.code, "name": task.name, "count": count, "late": late}
            kinds.append({**told, "action": task.action, "domain": list(domains[task.code])})
            rows += self._rows(task, records)
        self._add_orders(rows)
        rows.sort(key=lambda row: (row["deadline"] or "9999", row["since"] or "9999", row["kind"], row["id"]))
        # sudo: only the names of the departments are shown
        departments = self.env["res.groups"].sudo().browse(self.env["sale.order"]._department_id(name) for name in own)
        return {
            "scope": scope,
            "scopes": scopes,
            "departments": departments.mapped("name"),
            "department_ids": departments.ids,
            "kinds": kinds,
            "tasks": rows,
        }

    @api.model
    @api.readonly
    def get_blockers(self, asked):
        """Return what stands in the way of rows of a desk.

        :param asked: ``[[order id, step], …]`` as rows name them, at most 200
        :return: ``{"order id-step": sentence}`` of those that are blocked
        """
        by_step = defaultdict(set)
        steps = self.env["sale.order"]._paper_steps()
        for order_id, step in asked[:200]:
            if step in steps:
                by_step[step].add(int(order_id))
        result = {}
        for step, ids in by_step.items():
            # sudo: each department sees the order's status live (R4.2.2); only orders that the user may read are asked
            orders = self.env["sale.order"].browse(ids).exists()._filtered_access("read").sudo()
            for order, found in orders._get_open_blockers(step).items():
                if found:
                    result[f"{order.id}-{step}"] = found[0].get("shared") or found[0]["message"]
        return result

    @api.model
    def go_on(self, code, record_id):
        """Press the button of a row, with the rights of who presses it.

        :raises DeskError: the row waits no longer, or has no button
        """
        task = next((task for task in self._paper_tasks() if task.code == code), None)
        record = self.env[task.model].browse(record_id).exists() if task else None
        if not record or not task.button or not record.filtered_domain(Domain(task.domain)):
            raise DeskError(self.env._("This has been done meanwhile. Open your desk again."))
        action = getattr(record, task.button)()
        # As Odoo does for its own buttons: a window is told which views it has.
        return clean_action(action, self.env) if isinstance(action, dict) and action.get("type") else {}

    @api.model
    @api.readonly
    def get_cockpit(self):
        """Return the figures that are drawn, and for each department what it has and how much of it is late.

        :raises DeskError: for others than the management and who keeps the system
        """
        if not self._sees_all():
            raise DeskError(self.env._("The cockpit is the management's; open your own desk."))
        figures = [self._figure_row(figure) for figure in self._paper_figures()]
        return {"figures": figures, "departments": self._department_rows()}

    # Whose

    @api.model
    def _own_departments(self):
        """Return the names of the departments that the user works in, without ``group_``."""
        return [xmlid[len(OURS) :] for xmlid in self.env.user._paper_departments() if xmlid.startswith(OURS)]

    @api.model
    def _sees_all(self):
        return self.env.user.has_group(MANAGEMENT) or self.env.user.has_group(OVERVIEW)

    @api.model
    def _scopes(self, own):
        return [*(("mine", "department") if own else ()), *(("all",) if self._sees_all() else ())]

    @api.model
    def _is_asked(self, task, own, scope):
        if not self.env[task.model].has_access("read"):
            return False
        return scope == "all" or not task.departments or bool(set(task.departments) & set(own))

    @api.model
    def _waiting_domain(self, task, scope, users):
        domain = Domain(task.domain)
        if scope == "all":
            return domain
        domain &= Domain(task.own)
        if scope == "mine" and task.user:
            domain &= Domain(task.user, "in", [False, *users.ids])
        return domain

    @api.model
    def _users_stood_in_for(self):
        """Return the user, and those who are away today and whose stand-in the user is."""
        # sudo: a stand-in knows for whom
        absences = self.env["paper.delegation"].sudo()._of_today(self.env.company, [("stand_in_id", "=", self.env.uid)])
        return self.env.user | absences.user_id

    # Rows

    @api.model
    def _waiting(self, asked):
        """Find what waits of all kinds in one question; what is read of it is read of all kinds of a model at once.

        :param asked: ``[(task, domain)]``
        :return: ``[(task, records, how many there are, how many of them are late)]`` of the kinds in which something waits
        """
        questions = []
        for place, (task, domain) in enumerate(asked):
            model = self.env[task.model]
            query = model._search(domain, order=", ".join(filter(None, (task.deadline, task.since, "id"))), limit=ROWS)
            if query.is_empty():
                continue
            late = SQL("false")
            if task.deadline:
                late = SQL("%s < %s", model._field_to_sql(query.table, task.deadline, query), self._late_before(task))
            columns = SQL(
                "%s, %s, count(*) OVER (), count(*) FILTER (WHERE %s) OVER ()", place, SQL.identifier(query.table, "id"), late
            )
            questions.append(SQL("(%s)", query.select(columns)))
        found, ids = {}, defaultdict(list)
        for place, record_id, count, late in self.env.execute_query(SQL(" UNION ALL ").join(questions)) if questions else ():
            found.setdefault(place, (count, late, []))[2].append(record_id)
            ids[asked[place][0].model].append(record_id)
        tasks = [(asked[place][0], *found[place]) for place in sorted(found)]
        return [
            (task, self.env[task.model].browse(own).with_prefetch(ids[task.model]), count, late)
            for task, count, late, own in tasks
        ]

    @api.model
    def _late_before(self, task):
        company = self.env.company
        if self.env[task.model]._fields[task.deadline].type == "date":
            return company._paper_today()
        return fields.Datetime.now()

    def _rows(self, task, records):
        company, now = self.env.company, fields.Datetime.now()
        today, rows = company._paper_today(), []
        for record in records:
            due = record[task.deadline] if task.deadline else False
            day = company._paper_day(due) if due else False
            late = bool(due) and (due < now if day is not due else day < today)
            rows.append(
                {
                    "kind": task.code,
                    "name": task.name,
                    "model": task.model,
                    "id": record.id,
                    "record": record,
                    "task": task,
                    "deadline": fields.Date.to_string(day) if day else False,
                    "days": (day - today).days if day else None,
                    "late": late,
                    "since": fields.Datetime.to_string(record[task.since]) if task.since and record[task.since] else False,
                    "who": (task.user and record[task.user].sudo().name) or "",  # sudo: who has it is everybody's to know
                    "step": task.step,
                    "button": task.label if task.button and (not task.can or record[task.can]) else "",
                }
            )
        return rows

    @api.model
    def _add_orders(self, rows):
        """Write into the rows what they are about; the rows leave as plain values."""
        none = self.env["sale.order"]
        orders = [self._orders_of(row["task"], row["record"]) for row in rows]
        # Of all of them at once: neither the rights nor what is shown is asked row by row.
        known = none.union(*orders)._filtered_access("read")
        for row, own in zip(rows, orders, strict=True):
            record, task = row.pop("record"), row.pop("task")
            order = (own & known)[:1].with_prefetch(known.ids)
            row["title"] = record.display_name
            row["order_id"] = order.id
            row["order"] = order.name or ""
            row["customer"] = order.partner_id.sudo().display_name or ""  # sudo: the customer's name stands on the order
            row["reference"] = order.client_order_ref or ""
            specs = record.mapped(task.spec) if task.spec else None
            row["spec"] = "; ".join(specs.mapped("display_name")) if specs else order.paper_spec_summary or ""
            row["kg"] = record[task.weight] if task.weight else order.paper_weight_kg

    @api.model
    def _orders_of(self, task, record):
        if not task.order:
            return self.env["sale.order"]
        # sudo: which order it is of; whether the user may read the order is asked of it
        return record if task.order == "id" else record.sudo().mapped(task.order).sudo(False)

    # Figures

    @api.model
    def _figure_row(self, figure):
        return {
            "code": figure.code,
            "name": figure.name,
            "value": figure.value,
            "unit": figure.unit,
            "tone": figure.tone,
            "model": figure.model,
            "domain": list(Domain(figure.domain)),
            "note": figure.note,
            "action": figure.action,
            "bars": [
                {"label": label, "value": value, "late": late, "domain": list(Domain(domain))}
                for label, value, late, domain in figure.bars
            ],
        }

    @api.model
    def _bars(self, model, waiting, late, field, names=None):
        """Return the bars of a figure, as :class:`~odoo.addons.paper_base.lib.desk.Figure` has them.

        :param model: of the records that are counted
        :param waiting: domain of those that are
        :param late: domain of those of them that are late
        :param field: by which they are grouped
        :param names: ``[(value, name)]`` of the groups, in their order; unless given, they are records with names of their own
        """
        counts = dict(model._read_group(waiting, [field], ["__count"]))
        delayed = dict(model._read_group(waiting & late, [field], ["__count"]))
        if names is None:
            # sudo: only the names are shown
            names = [(record, record.sudo().name) for record in counts if record]
        return [
            (name, counts[value], delayed.get(value, 0), waiting & Domain(field, "in", getattr(value, "ids", [value])))
            for value, name in names
            if value in counts
        ]

    @api.model
    def _order_figures(self):
        """Return the figures of orders: where they stand, which are late, which will be."""
        _ = self.env._
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain()
        late = waiting & LATE
        today = self.env.company._paper_today()
        soon = self.env.company._paper_add_working_days(today, SOON_DAYS)
        risk = waiting & Domain("paper_stage_deadline", ">=", today) & Domain("paper_stage_deadline", "<=", soon)
        bars = self._bars(orders, waiting, LATE, "paper_stage", orders._paper_stages())
        count, late_count = (sum(bar[place] for bar in bars) for place in (1, 2))
        return [
            Figure("open", _("Open orders"), count, "sale.order", waiting, bars=bars, action=ORDERS),
            Figure("late", _("Late orders"), late_count, "sale.order", late, tone="bad" if late_count else "good", action=ORDERS),
            Figure(
                "risk",
                _("Due within %(days)s working days", days=SOON_DAYS),
                orders.search_count(risk),
                "sale.order",
                risk,
                tone="warning",
                action=ORDERS,
            ),
        ]

    @api.model
    def _department_rows(self):
        """Return for each department what orders wait for it: ``{"name", "count", "late", "domain"}``."""
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain() & Domain("paper_stage_ball", "=", False)
        bars = self._bars(orders, waiting, LATE, "paper_stage_department_id")
        return [{"name": name, "count": count, "late": late, "domain": list(domain)} for name, count, late, domain in bars]
