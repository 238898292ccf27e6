import logging

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .paper_intake_message import BATCH, QUIET

_logger = logging.getLogger(__name__)


class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

    def action_process(self):
        """Make orders of the arrivals, or say what still keeps them from it (R3.1.1, R3.2.1)."""
        self.check_access("write")
        self._check_waiting()
        self._process(self._find_problems())
        return self.action_open_order() if self.order_id else False

    def _process(self, problems):
        """Move the arrivals on: orders of those without a problem, a reason on the others.

        :param problems: ``{message: [(code, params), …]}``
        """
        quiet = self.with_context(tracking_disable=len(self) > 1)  # a whole order book is not tracked row by row
        good = quiet.filtered(lambda message: not problems.get(message))
        failed = good._make_orders()
        (quiet - good)._enter_waiting(problems)
        quiet.browse().concat(*failed)._enter_waiting(failed)

    def _make_orders(self):
        """Make one order of each arrival.

        :return: ``{message: problems}`` of those whose order could not be made; the others are done
        """
        failed = {}
        for place in range(0, len(self), BATCH):
            batch = self[place : place + BATCH]
            if not batch._try_orders():
                for message in batch:
                    failure = {}
                    if not message._try_orders(failure):
                        failed[message] = [("not_created", failure)]
        return failed

    def _try_orders(self, failure=None):
        """Make the orders in a savepoint; on an error undo them all, note it and return False."""
        try:
            with self.env.cr.savepoint():
                orders = self._create_orders()
                self._take_step("order", problems=False)
                for message, order in zip(self, orders, strict=True):
                    message._keep({"order_id": order.id})
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # one row must not lose the others, whatever is wrong with it
            if failure is not None:
                failure["text"] = str(error.args[0] if isinstance(error, UserError) and error.args else error)
                _logger.info("No order of arrival %s", self.ids, exc_info=not isinstance(error, UserError))
            return False
        return True

    def _create_orders(self):
        # sudo: the order belongs to its handler, who may be another salesperson than the one who took it in
        messages = self.sudo().with_context(**QUIET)
        specs = messages.env["paper.spec"].create([message._prepare_spec_values() for message in messages])
        values = [message._prepare_order_values(spec) for message, spec in zip(messages, specs, strict=True)]
        return messages.env["sale.order"].create(values)

    def _prepare_spec_values(self):
        """Return the values of the specification that an arrival asks for. Override to add."""
        self.ensure_one()
        return {
            "reference": self.number,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "grade_id": self.product_id.paper_grade_id.id,
            "format": "sheet" if self.length else "reel",
            "basis_weight": self.basis_weight,
            "caliper": self.caliper,
            "width": self.width,
            "length": self.length,
            "reel_diameter_min": self.diameter_min,
            "reel_diameter_max": self.diameter_max,
            "core_diameter": self.core_diameter,
            "tolerance_minus": self.tolerance,
            "tolerance_plus": self.tolerance,
            "quality_requirement": self.quality_requirement,
        }

    def _prepare_order_values(self, spec):
        """Return the values of the order of an arrival. Override to add."""
        self.ensure_one()
        channel = self.channel_id
        values = {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "client_order_ref": self.number,
            "user_id": self.handler_id.id,
            "intake_channel_id": channel.id,
            "medium_id": channel.medium_id.id,
            "commitment_date": self.commitment_date,
            "origin": self._order_origin(),
            "order_line": [Command.create(self._prepare_line_values(spec))],
        }
        if channel.team_id:
            values["team_id"] = channel.team_id.id
        if self.payment_term_id:
            values["payment_term_id"] = self.payment_term_id.id
        return values

    def _prepare_line_values(self, spec):
        """Return the values of the order line of an arrival; the weight is what the customer orders by."""
        self.ensure_one()
        values = {
            "product_id": self.product_id.id,
            "paper_spec_id": spec.id,
            "paper_quantity": self.weight,
            "paper_unit": "kg",
        }
        return values if self.weight else {**values, "product_uom_qty": 0}

    def _order_origin(self):
        self.ensure_one()
        if not self.upload_id:
            return self.channel_id.name
        return self.env._("%(file)s, line %(line)s", file=self.upload_id.file_name, line=self.line_no)
