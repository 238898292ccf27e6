from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...exceptions import STEP_ERRORS, OrderBlockedError
from ..steps.reason import ReasonStep

_lt = LazyTranslate(__name__)

# What is done for a confirmed order only.
PERFORMANCE_STEPS = ("plan", "produce", "dispatch")
# The order in which an incoming order is put right. The addons that find these know nothing of each other.
INCOMING_BLOCKERS = ("open_rows", "not_handed_over", "incomplete", "credit", "credit_condition")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _reason_steps = {
        "_override_blocker": ReasonStep(
            _lt("Override a Blocker"),
            hint=_lt("Why the order may go on all the same. The reason is kept with your name."),
            arguments=("step", "code"),
            about="_overridden_message",
        )
    }

    paper_override_ids = fields.One2many(
        "paper.blocker.override", "order_id", string="Overridden Blockers", readonly=True, groups="base.group_user"
    )

    @api.model
    def _paper_steps(self):
        """Return the steps that can be blocked, in their order, with their names.

        Override to add one of your own; it is refused with an ``OrderBlockedError`` unless :meth:`_paper_step_error` is
        overridden as well.
        """
        _ = self.env._
        return {
            "evaluate": _("Submit for evaluation"),
            "contract": _("Sign the contract"),
            "confirm": _("Confirm the order"),
            "change": _("Change the confirmed order"),
            "supplement": _("Agree on the supplement"),
            "cancel": _("Cancel the order"),
            "plan": _("Plan production"),
            "produce": _("Produce"),
            "dispatch": _("Dispatch"),
        }

    def _get_blockers(self, step):
        """List what still stands in the way of ``step`` for each order.

        Override to add: call ``super()``, append the results of :meth:`_paper_blocker` and return. Read
        records through relational fields of ``self``, so that a batch costs as many queries as one order.

        :param step: a key of :meth:`_paper_steps`
        :return: ``{order: [blocker, …]}`` with every order of ``self`` as a key
        """
        blockers = {order: [] for order in self}
        if step == "evaluate":
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_spec_blockers() + order._get_sample_blockers()
                blockers[order] += order._get_customer_material_blockers()
        elif step == "confirm":
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_sample_blockers()
        elif step in PERFORMANCE_STEPS:
            for order in self.filtered(lambda rec: rec.is_paper_order and rec.state != "sale"):
                blockers[order].append(order._unconfirmed_blocker())
        elif step == "change":
            # Who let an order be confirmed in spite of a blocker has let it be confirmed as it is changed, too.
            for order, found in self._get_open_blockers("confirm").items():
                blockers[order] += found + order._get_agreement_blockers()
        return blockers

    def _unconfirmed_blocker(self):
        """Return the blocker of an order for which nothing is planned, made or delivered: nobody has confirmed it (R4.1.3)."""
        self.ensure_one()
        names = dict(self._fields["state"]._description_selection(self.env))
        text = self.env._(
            "%(order)s is not confirmed, its status is “%(state)s”: nothing is planned, made or delivered for it.",
            order=self.name,
            state=names.get(self.state, ""),
        )
        return self._paper_blocker("confirmed", text, self._open_order_action(), role=None)

    def _get_spec_blockers(self):
        """List the paper lines that no specification, or no weight, can be told of."""
        self.ensure_one()
        blockers = []
        action = self._open_order_action()
        for line in self.order_line.filtered("is_paper"):
            if not line.paper_spec_id:
                text = self.env._("%(product)s has no specification.", product=line.product_id.display_name)
                blockers.append(self._paper_blocker("spec_missing", text, action, role=None))
            elif line.paper_weight_kg <= 0:
                text = self.env._(
                    "%(spec)s: its weight is not known; complete the quantity or the specification.",
                    spec=line.paper_spec_id.display_name,
                )
                blockers.append(self._paper_blocker("weight_unknown", text, action, role=None))
        return blockers

    def _open_order_action(self):
        """Return the action that opens the order, as a way out of what it lacks."""
        self.ensure_one()
        return self.env["paper.way.out"]._open(self)

    @api.model
    def _paper_blocker(self, code, message, action=None, role="paper_base.group_management", label=None, shared=None):
        """Return one blocker.

        :param code: stable name of the rule, for tests and overrides
        :param message: sentence in the user's language: what is wrong and what to do
        :param action: action dictionary that leads to what resolves it; it is offered to who may open it
        :param role: xmlid of the group that may override it, None if nobody may
        :param label: text of the button that leads there; the action's name, or "Resolve", if left out
        :param shared: the sentence that every department may read, where ``message`` is not for all; it is what goes
            into the order's chatter and on record
        """
        return {
            "code": code,
            "message": message,
            "action": action,
            "role": role,
            "label": label,
            "shared": shared or message,
        }

    def _get_open_blockers(self, step):
        """Return the blockers of ``step`` that nobody entitled has overridden, as :meth:`_get_blockers` does."""
        blockers = self._get_blockers(step)
        if not any(blockers.values()):
            return blockers
        # sudo: a customer who signs must meet the same rule without reading its overrides
        overridden = {(rec.order_id.id, rec.code) for rec in self.sudo().paper_override_ids if rec.step == step}
        return {
            order: self._in_turn([item for item in found if (order.id, item["code"]) not in overridden])
            for order, found in blockers.items()
        }

    @api.model
    def _in_turn(self, found):
        """Return the blockers of one order with those of an incoming order in their turn; the others keep their places."""
        turn = {code: place for place, code in enumerate(INCOMING_BLOCKERS)}
        incoming = iter(sorted((item for item in found if item["code"] in turn), key=lambda item: turn[item["code"]]))
        return [next(incoming) if item["code"] in turn else item for item in found]

    def _check_blockers(self, step):
        """Refuse ``step`` while something stands in its way.

        :raises OrderBlockedError: the subclass named for the step, listing every order and blocker
        """
        # sudo: the rule is the same whatever the user may read
        blocked = {order: found for order, found in self.sudo()._get_open_blockers(step).items() if found}
        if blocked:
            raise self._blocked_error(step, blocked)

    @api.model
    def _blocked_error(self, step, blocked):
        """Return the named error that refuses ``step``, with each blocker and its way out.

        :param blocked: ``{order: [blocker, …]}``
        """
        items = [
            {
                "heading": order.name,
                "message": item["message"],
                "action": self.env["paper.way.out"]._offered(item["action"]),
                "label": item["label"],
            }
            for order, found in blocked.items()
            for item in found
        ]
        return self._paper_step_error(step)(
            self._blocked_message(step, blocked), blocked, title=self._blocked_title(step), items=items
        )

    @api.model
    def _paper_step_error(self, step):
        """Return the class of the error that refuses a step. Override to name that of a step of your own."""
        return STEP_ERRORS.get(step, OrderBlockedError)

    @api.model
    def _blocked_title(self, step):
        return self.env._("“%(step)s” is not possible yet:", step=self._paper_steps()[step])

    @api.model
    def _blocked_message(self, step, blocked):
        lines = [self._blocked_title(step)]
        for order, found in blocked.items():
            lines.append(order.name)
            lines += [f"• {item['message']}" for item in found]
        return "\n".join(lines)

    def _is_blocked(self, step):
        """Say whether anything stands in the way of ``step`` for any of the orders."""
        return any(self.sudo()._get_open_blockers(step).values())  # sudo: see _check_blockers

    def _override_blocker(self, step, code, reason):
        """Record that an entitled person lets the order go on in spite of a blocker.

        :raises OverrideRefusedError: without the role that the blocker names, or without a reason
        """
        self.ensure_one()
        return self.env["paper.blocker.override"].create(
            {"order_id": self.id, "step": step, "code": code, "reason": reason}
        )

    def action_override_blocker(self, step, code):
        """Ask for the reason of an override, in a dialog of the order form."""
        self.ensure_one()
        self.env["paper.blocker.override"]._blocker_to_override(self, step, code)
        return self.env["paper.reason.wizard"]._ask(self, "_override_blocker", step=step, code=code)

    def _overridden_message(self, step, code):
        """Return the sentence of the blocker that is to be overridden."""
        # sudo: the blockers are the same whatever the user may read
        found = self.sudo()._get_blockers(step)[self]
        return next((item["message"] for item in found if item["code"] == code), "")

    def _check_confirmed_change(self):
        """Refuse to alter what was agreed in a confirmed paper order (R4.1.3)."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        if confirmed:
            confirmed._check_blockers("change")
