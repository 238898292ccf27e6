from odoo import api, fields, models

from ..exceptions import ReasonError
from ..lib.words import said


class PaperReasonWizard(models.TransientModel):
    """Asks why a step is taken, and takes it with the reason, in the name of who gives it.

    Only server code opens it, and only for methods that the model lists in ``_reason_steps``::

        _reason_steps = {"action_return": ReasonStep(_lt("Return the Plan"), hint=_lt("What planning has to change"))}

        def action_return(self, reason=None):
            if not said(reason):
                return self._ask_reason("action_return")

    Which documents and which step it is about is nobody's to write; the list is asked again when the step is taken.
    """

    _name = "paper.reason.wizard"
    _description = "Reason for a Step"
    _inherit = ["paper.step.mixin"]
    _all_by_steps = True

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    method = fields.Char(required=True)
    arguments = fields.Json()
    documents = fields.Char(compute="_compute_asked")
    about = fields.Text(string="Subject", compute="_compute_asked")
    label = fields.Char(compute="_compute_asked")
    hint = fields.Char(compute="_compute_asked")
    reason = fields.Text(by_hand={"any": ()})

    @api.depends("res_model", "res_ids", "method", "arguments")
    @api.depends_context("lang", "uid")
    def _compute_asked(self):
        for wizard in self:
            records, step = wizard._asked()
            shown = records[step.of] if step.of else records
            wizard.documents = ", ".join(shown.mapped("display_name"))
            wizard.about = getattr(records, step.about)(**(wizard.arguments or {})) if step.about else False
            wizard.label, wizard.hint = self.env._(step.label), step.hint and self.env._(step.hint)

    @api.model
    def _steps_of(self, model):
        """Return ``{method: ReasonStep}`` of a model: what each addon lists in a class of it."""
        if model not in self.env:
            return {}
        classes = reversed(type(self.env[model]).__mro__)
        return {name: step for cls in classes for name, step in vars(cls).get("_reason_steps", {}).items()}

    @api.model
    def _ask(self, records, method, **arguments):
        """Return the dialog that asks for the reason of a step of these records.

        :param method: one of ``_reason_steps`` of their model
        :param arguments: what the method takes besides the reason
        :raises ReasonError: if it is not listed, or takes other arguments
        """
        values = {"res_model": records._name, "res_ids": records.ids, "method": method, "arguments": arguments}
        wizard = self._by_step().create(values)
        _records, step = wizard._asked()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(step.title),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _asked(self):
        """Return the documents, as who is asked may read them, and their step."""
        self.ensure_one()
        self.check_access("read")
        step = self._steps_of(self.res_model).get(self.method)
        if not step or set(self.arguments or {}) != set(step.arguments):
            raise ReasonError(self.env._("“%(method)s” is no step that a reason is asked for.", method=self.method))
        # What is meant for this dialog is no default of what the step creates.
        context = {key: value for key, value in self.env.context.items() if not key.startswith("default_")}
        records = self.env(context=context)[self.res_model].browse(self.res_ids).exists()
        if not records:
            raise ReasonError(self.env._("What this was about does not exist any more."))
        records.check_access("read")
        return records, step

    def action_apply(self):
        """Take the step with the reason; the step itself checks who may take it.

        :raises ReasonError: without a reason
        """
        records, step = self._asked()
        reason = said(self.reason)
        if not reason:
            raise ReasonError(self.env._("%(title)s: say why.", title=self.env._(step.title)))
        result = getattr(records, self.method)(**{**(self.arguments or {}), step.keyword: reason})
        return result if isinstance(result, dict) else {"type": "ir.actions.act_window_close"}
