from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.addons.web.controllers.utils import clean_action
from odoo.fields import Domain
from odoo.tools import SQL

from ...exceptions import DeskError
from ...lib.desk import Task

OURS = "paper_base.group_"
MANAGEMENT = "paper_base.group_management"
OVERVIEW = "paper_base.group_paper_overview"
# What is told of a record, in the order in which it is read.
TOLD = ("order", "user", "spec", "weight", "title")
# Rows that a desk shows, of all kinds together: as many as a list has on a page.
ROWS = 80


class Waiting(NamedTuple):
    """A record that waits on a desk, since a moment (UTC), until a day of the mill."""

    task: Task
    id: int
    day: object
    since: object
    late: bool


class PaperDesk(models.AbstractModel):
    """What waits for a person and for the own department, late first (R4.2.2): read where it is kept, nothing is stored.

    Every addon adds its kinds of tasks in :meth:`_paper_tasks` and its figures in ``_paper_figures``.
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
                action="paper_base.action_paper_orders",
                title=("name",),
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
    def get_desk(self, scope=None, kind=None):
        """Return what waits: counters by kind, and the most urgent rows, late first.

        :param scope: "mine" for what I have and what nobody of my department has taken up, "department" for all that my
            departments have, "all" for everybody's, of the management and who keeps the system; unless given, "all" for
            these and "mine" for everybody else
        :param kind: code of the one kind whose rows are asked for; the counters are of all kinds whatever it is
        :return: ``{"scope", "scopes", "departments", "department_ids", "kinds", "tasks": [row]}``; a kind is
            ``{"code", "name", "count", "late"}``
        :raises DeskError: another scope, or one of others
        """
        own = self._own_departments()
        scopes = self._scopes(own)
        scope = scope or ("all" if "all" in scopes else "mine")
        if scope not in scopes:
            raise DeskError(self.env._("There is no such desk for you; open your own."))
        asked = [task for task in self._paper_tasks() if self._is_asked(task, own, scope)]
        users = self._users_stood_in_for() if scope == "mine" else self.env["res.users"]
        domains = {task.code: self._waiting_domain(task, scope, users) for task in asked}
        counts, waiting = self._waiting([(task, domains[task.code]) for task in asked], kind)
        # sudo: only the names of the departments are shown
        departments = self.env["res.groups"].sudo().browse(self.env["sale.order"]._department_id(name) for name in own)
        return {
            "scope": scope,
            "scopes": scopes,
            "departments": departments.mapped("name"),
            "department_ids": departments.ids,
            "kinds": [
                {
                    "code": task.code,
                    "name": task.name,
                    "count": count,
                    "late": late,
                    "action": task.action,
                    "domain": list(domains[task.code]),
                }
                for task, count, late in counts
            ],
            "tasks": self._rows(waiting, scope),
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
    def _waiting(self, asked, kind=None):
        """Find what waits of all kinds in one question: how many there are, and the most urgent.

        No kind hides another: each has its share of the rows, and what is left goes to the most urgent.

        :param asked: ``[(task, domain)]``
        :param kind: code of the one kind of which rows are asked for
        :return: ``[(task, how many there are, how many of them are late)]`` of the kinds in which something waits, and
            ``[Waiting]``
        """
        questions = []
        for place, (task, domain) in enumerate(asked):
            model = self.env[task.model]
            query = model._search(domain)
            if query.is_empty():
                continue
            day, late = self._due_sql(task, query)
            since = model._field_to_sql(query.table, task.since, query) if task.since else SQL("NULL::timestamp")
            record_id = SQL.identifier(query.table, "id")
            query.order, query.limit = SQL("turn"), ROWS if kind in (None, task.code) else 1
            turn = SQL("row_number() OVER (ORDER BY %s, %s, %s) AS turn", day, since, record_id)
            counts = SQL("count(*) OVER () AS number, count(*) FILTER (WHERE %s) OVER () AS late_number", late)
            columns = (SQL("%s AS place", place), SQL("%s AS id", record_id), SQL("%s AS day", day), SQL("%s AS since", since))
            questions.append(SQL("(%s)", query.select(*columns, SQL("%s AS late", late), counts, turn)))
        if not questions:
            return [], []
        share = max(1, ROWS // len(questions)) if kind is None else 1
        chosen = SQL(
            "SELECT place, id, day, since, late, number, late_number FROM (%s) AS waiting"
            " ORDER BY turn > %s, day, since, place, id LIMIT %s",
            SQL(" UNION ALL ").join(questions),
            share,
            ROWS if kind is None else ROWS + len(questions),
        )
        counts, waiting = {}, []
        for place, record_id, day, since, late, number, late_number in self.env.execute_query(chosen):
            task = asked[place][0]
            counts[place] = (task, number, late_number)
            if kind in (None, task.code):
                waiting.append(Waiting(task, record_id, day, since, late))
        return [counts[place] for place in sorted(counts)], waiting

    @api.model
    def _due_sql(self, task, query):
        """Return as SQL the mill's day on which records are due, and whether that has passed."""
        if not task.deadline:
            return SQL("NULL::date"), SQL("false")
        company, model = self.env.company, self.env[task.model]
        *way, name = task.deadline.split(".")
        alias = query.table
        for step in way:
            model, alias = model._fields[step].join(model, alias, query)
        due = model._field_to_sql(alias, name, query)
        if model._fields[name].type == "date":
            return due, SQL("COALESCE(%s < %s, false)", due, company._paper_today())
        day = SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", due, company._paper_zone())
        return day, SQL("COALESCE(%s < %s, false)", due, fields.Datetime.now())

    @api.model
    def _rows(self, waiting, scope):
        """Return the rows of what waits, as plain values, late first."""
        today, told = self.env.company._paper_today(), self._told(waiting)
        # Of all of them at once: neither the rights nor what is shown is asked row by row.
        known = self._known_orders({values["order"] for values in told.values()} - {None})
        # sudo: who has it is everybody's to know, and the paper stands on the order
        people = self.env["res.users"].sudo().browse({values["user"] for values in told.values()} - {None})
        specs = self.env["paper.spec"].sudo().browse({values["spec"] for values in told.values()} - {None})
        (people.partner_id | known.partner_id.sudo()).mapped("name")  # sudo: as below; read at once
        pressed, rows = self._pressed(waiting, scope), []
        for item in waiting:
            task, values = item.task, told[item.task.code, item.id]
            order = known.browse(values["order"]) & known
            order = order.with_prefetch(known.ids)
            spec = specs.browse(values["spec"] or ()).with_prefetch(specs.ids)
            rows.append(
                {
                    "kind": task.code,
                    "name": task.name,
                    "model": task.model,
                    "id": item.id,
                    "deadline": fields.Date.to_string(item.day) if item.day else False,
                    "days": (item.day - today).days if item.day else None,
                    "late": item.late,
                    "since": fields.Datetime.to_string(item.since) if item.since else False,
                    "who": people.browse(values["user"] or ()).with_prefetch(people.ids).name or "",
                    "step": task.step,
                    "button": task.label if (task.code, item.id) in pressed else "",
                    "title": values["title"],
                    "order_id": order.id,
                    "order": order.name or "",
                    "customer": order.partner_id.sudo().display_name or "",  # sudo: the customer's name stands on the order
                    "reference": order.client_order_ref or "",
                    "spec": spec.display_name or order.paper_spec_summary or "",
                    "kg": order.paper_weight_kg if values["weight"] is None else values["weight"],
                }
            )
        rows.sort(key=lambda row: (row["deadline"] or "9999", row["since"] or "9999", row["kind"], row["id"]))
        return rows

    @api.model
    def _told(self, waiting):
        """Read in one question what is told of records of all kinds.

        :return: ``{(code, id): {"order", "user", "spec", "weight", "title"}}``
        """
        ids, tasks = defaultdict(list), {item.task.code: item.task for item in waiting}
        for item in waiting:
            ids[item.task.code].append(item.id)
        questions = []
        for code, task in tasks.items():
            # sudo: the person's own search found them; of which order, person and paper they are is read, and their names
            model = self.env[task.model].sudo()
            query = model.browse(ids[code])._as_query(ordered=False)
            titles = SQL(", ").join(_path_sql(model, query, path, "text") for path in task.title or ("",))
            columns = [
                SQL("%s::text AS code", code),
                SQL("%s AS id", SQL.identifier(query.table, "id")),
                _path_sql(model, query, task.order, "int"),
                _path_sql(model, query, task.user, "int"),
                _path_sql(model, query, task.spec, "int"),
                _path_sql(model, query, task.weight, "float8"),
                SQL("concat_ws(' · ', %s)", titles),
            ]
            questions.append(SQL("(%s)", query.select(*columns)))
        found = self.env.execute_query(SQL(" UNION ALL ").join(questions)) if questions else ()
        told = {(code, record_id): dict(zip(TOLD, values, strict=True)) for code, record_id, *values in found}
        nameless = defaultdict(list)
        for (code, record_id), values in told.items():
            if not values["title"]:
                nameless[tasks[code].model].append((values, record_id))
        for model, rows in nameless.items():
            records = self.env[model].browse(record_id for _values, record_id in rows)
            for (values, _record_id), record in zip(rows, records, strict=True):
                values["title"] = record.display_name
        return told

    @api.model
    def _known_orders(self, ids):
        """Return those of the orders that the user may read, with what a row tells of them."""
        told = ("name", "client_order_ref", "partner_id", "company_id")
        return self.env["sale.order"].search_fetch([("id", "in", list(ids))], told, order="id")

    @api.model
    def _pressed(self, waiting, scope):
        """Return ``{(code, id)}`` of what has a button that this person may press: one of whose work it is.

        The desk of the whole mill has what is not the person's own as well: such rows are opened there.
        """
        ids, pressed, own = defaultdict(list), set(), set(self._own_departments())
        mine = [
            item
            for item in waiting
            if item.task.button and own & set(item.task.departments or own) and not (scope == "all" and item.task.own)
        ]
        for item in mine:
            ids[item.task.model].append(item.id)
        for item in mine:
            record = self.env[item.task.model].browse(item.id).with_prefetch(ids[item.task.model])
            can = item.task.can
            if record[can] if isinstance(can, str) and can else record.filtered_domain(Domain(can or [])):
                pressed.add((item.task.code, item.id))
        return pressed


def _path_sql(model, query, path, kind):
    """Return as SQL what a path of many2one fields leads to, ``path`` "" to nothing; ``kind`` is the type of the column."""
    if not path:
        return SQL("NULL::%s", SQL(kind))
    *way, name = path.split(".")
    alias = query.table
    for step in way:
        model, alias = model._fields[step].join(model, alias, query)
    value = SQL.identifier(alias, "id") if name == "id" else model._field_to_sql(alias, name, query)
    return SQL("%s::%s", value, SQL(kind))
