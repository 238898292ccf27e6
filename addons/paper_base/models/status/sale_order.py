import json
import re
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...exceptions import UnreadableInputError

MOST = 500  # orders in one answer
CURSOR = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z/(\d{1,18})")
MOMENT = "%Y-%m-%dT%H:%M:%S.%f"
# Since when a transaction is open that has written already: what it stores may carry any moment after.
WRITING_SINCE = SQL(
    "SELECT min(xact_start) AT TIME ZONE 'UTC' FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid != pg_backend_pid()"
)


class SaleOrder(models.Model):
    """What other programs are told of an order, stored with where it stands, when the transaction ends."""

    _inherit = "sale.order"

    # Nothing in it depends on today or on anybody's language.
    paper_status_told = fields.Json(string="Status for Other Programs", by_steps=True, copy=False, groups="base.group_system")
    paper_status_moved = fields.Datetime(string="Status Moved", by_steps=True, copy=False, groups="base.group_system")

    _paper_by_status_moved = models.Index("(paper_status_moved, id) WHERE paper_status_moved IS NOT NULL")

    @api.model
    def paper_status(self, refs=None, since=None, limit=200):
        """Return where orders stand. For other programs, by JSON-2 or XML-RPC; it changes nothing.

        Who calls sees the orders that he may read: a person of the mill those of his companies, a customer's user his own,
        without internal steps and without who works on them.

        :param refs: list of numbers of orders, the mill's or the customer's; those that nobody may read, or that are
            not there, are left out of the answer
        :param since: ``cursor`` of the answer before: orders that have moved since, oldest first; "" from the beginning.
            An order may come twice, and none is left out.
        :param limit: at most so many orders, 1 to 500
        :return: ``{"orders": [order, …], "cursor": text, "more": bool}``; ``more`` says to ask again at once. An order is
            ``{"id", "ref", "customer_ref", "state", "stage", "due", "late", "moved", "steps": [step, …]}`` and a step
            ``{"code", "state", "date", "deadline"}``, for the mill's own people with ``department`` and ``internal``.
            ``stage`` is the code of the step that the order waits for, "closed", or False for a cancelled order; dates are
            ISO 8601 or False, ``moved`` is UTC. Codes: :meth:`_paper_stages`; states: todo, current, paused, failed, short,
            done, skipped.
        :raises UnreadableInputError: ``refs`` is no list of texts, ``since`` no cursor, ``limit`` no number (HTTP 400)
        """
        refs, after, limit = self._read_status_question(refs, since, limit)
        domain = Domain("is_paper_order", "=", True)
        if refs is not None:
            domain &= Domain("name", "in", refs) | Domain("client_order_ref", "in", refs)
        query = self._search(domain)
        moved, status = SQL.identifier(self._table, "paper_status_moved"), SQL.identifier(self._table, "paper_status_told")
        number = SQL.identifier(self._table, "id")
        query.add_where(SQL("%s IS NOT NULL", moved))
        if after:
            query.add_where(SQL("(%s, %s) > (%s, %s)", moved, number, *after))
        query.order, query.limit = SQL("%s, %s", moved, number), limit
        self.flush_model(["name", "client_order_ref", "state", "is_paper_order"])
        rows = self.env.execute_query(query.select(number, status, moved))
        orders = self.browse(row[0] for row in rows)
        inside = self.env.user._is_internal()
        told = [order._told_status(known, when, inside) for order, (_id, known, when) in zip(orders, rows, strict=True)]
        cursor = self._status_cursor(rows, after)
        return {"orders": told, "cursor": cursor, "more": len(rows) == limit and cursor != (since or "")}

    @api.model
    def _read_status_question(self, refs, since, limit):
        _ = self.env._
        refs = None if refs is False else refs
        if refs is not None and not (isinstance(refs, list) and all(isinstance(ref, str) for ref in refs)):
            raise UnreadableInputError(_("“refs” is a list of numbers of orders, as texts."))
        if type(limit) is not int or not 1 <= limit <= MOST:
            raise UnreadableInputError(_("“limit” is a number from 1 to %(most)s.", most=MOST))
        if not since:
            return refs, None, limit
        match = CURSOR.fullmatch(since) if isinstance(since, str) else None
        try:
            after = match and (datetime.strptime(match[1], MOMENT), int(match[2]))
        except ValueError:
            after = None
        if not after:
            raise UnreadableInputError(_("“since” is no cursor of an answer: send the last one as it came, or an empty text."))
        return refs, after, limit

    @api.model
    def _status_cursor(self, rows, after):
        """Return the cursor with which the next question loses nothing that is being written at this moment."""
        last = (rows[-1][2], rows[-1][0]) if rows else after
        writing = self.env.execute_query(WRITING_SINCE)[0][0]
        if last and writing and writing < last[0]:
            last = max((writing, 0), after or (writing, 0))
        return f"{last[0].strftime(MOMENT)}Z/{last[1]}" if last else ""

    def _told_status(self, known, moved, inside):
        """Return an order's status as its reader may see it.

        :param known: what is stored of it
        :param inside: whether the reader is of the mill
        """
        self.ensure_one()
        hidden = () if inside else ("department", "internal")
        steps = [
            {key: value for key, value in step.items() if key not in hidden}
            for step in known["steps"]
            if inside or not step["internal"]
        ]
        stage = known["stage"]
        if not inside and stage not in {"closed", False, *(step["code"] for step in steps)}:
            # What the mill does inside: the customer waits for the next step that he is told of.
            stage = next((step["code"] for step in steps if step["state"] not in ("done", "skipped")), "closed")
        company = self.company_id or self.env.company
        due = known["due"]
        return {
            "id": self.id,
            "ref": self.name,
            "customer_ref": self.client_order_ref or False,
            "state": self.state,
            "stage": stage,
            "due": due,
            "late": bool(due) and stage not in ("closed", False) and due < company._paper_today().isoformat(),
            "moved": moved.isoformat(timespec="microseconds") + "Z",
            "steps": steps,
        }

    # Stored when the transaction ends

    def _store_status(self, milestones):
        """Store what other programs are told of these orders where it is different, and tell it to those that asked.

        :param milestones: ``{order: [milestone, …]}`` in the regulation's order
        """
        moved = {}
        for order in self:
            if order in milestones:
                status, before = order._prepare_status(milestones[order]), order.paper_status_told
                if status != before:
                    moved[order] = (before or None, status)
        if not moved:
            return
        pairs = [(order.id, json.dumps(status)) for order, (_old, status) in moved.items()]
        given = SQL(", ").join(SQL("(%s, %s::jsonb)", *pair) for pair in pairs)
        self.env.cr.execute(
            SQL(
                "UPDATE sale_order SET paper_status_told = given.status,"
                " paper_status_moved = clock_timestamp() AT TIME ZONE 'UTC'"
                " FROM (VALUES %s) given (id, status) WHERE sale_order.id = given.id",
                given,
            )
        )
        self.browse(order.id for order in moved).invalidate_recordset(["paper_status_told", "paper_status_moved"], flush=False)
        self.env["paper.webhook"]._hear(moved)

    def _prepare_status(self, milestones):
        self.ensure_one()
        step = self._paper_step_ahead(milestones) if self.state != "cancel" else None

        def iso(day):
            return day.isoformat() if day else False  # XML-RPC knows no null

        return {
            "stage": step["code"] if step else self.state != "cancel" and "closed",
            "due": bool(step) and iso(step["deadline"]),
            "steps": [
                {
                    "code": item["code"],
                    # Late is who has not done it today: that is told by the deadline.
                    "state": "current" if item["state"] == "late" else item["state"],
                    "date": iso(item["date"]),
                    "deadline": iso(item["deadline"]),
                    "department": item["department"] or False,
                    "internal": bool(item["internal"]),
                }
                for item in milestones
            ],
        }
