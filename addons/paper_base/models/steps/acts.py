from odoo import models


class PaperStepActs(models.AbstractModel):
    """What is done with a document while it stays in its state: the button and its method ask one table."""

    _inherit = "paper.step.mixin"

    # {verb: (states, groups)}; no state: in every one, no group: whoever may use the record. The boolean
    # ``can_<verb>``, where the model defines it, says whether the user may do so now.
    _acts = {}

    def _can_act(self, verb):
        """Say whether this person may do so with the record now; buttons and :meth:`_check_act` ask the same question."""
        self.ensure_one()
        states, groups = self._acts[verb]
        return self._is_act_state(states) and self._is_one_of(groups) and not self._act_objection(verb)

    def _act_objection(self, verb):
        """Return why the act is not possible though the state allows it, "" if nothing speaks against it. Override to say."""
        return ""

    def _check_act(self, verb):
        """Refuse what this person may not do with the records, or not now.

        :raises UserError: the model's ``_right_error`` for who is in none of the groups, its ``_state_error`` otherwise
        """
        states, groups = self._acts[verb]
        if not self._is_one_of(groups):
            raise self._right_error(self.env._("This step belongs to: %(departments)s.", departments=self._group_names(groups)))
        for record in self:
            if not record._is_act_state(states):
                raise self._state_error(
                    self.env._(
                        "“%(record)s” is in the status “%(state)s”, in which this step is not possible.",
                        record=record.display_name,
                        state=record._step_name(),
                    )
                )
            objection = record._act_objection(verb)
            if objection:
                raise self._state_error(objection)

    def _is_act_state(self, states):
        return not states or self[self._step_field] in states

    def _compute_can_steps(self):
        result = super()._compute_can_steps()
        for verb in self._acts:
            if f"can_{verb}" in self._fields:
                for record in self:
                    record[f"can_{verb}"] = record._can_act(verb)
        return result
