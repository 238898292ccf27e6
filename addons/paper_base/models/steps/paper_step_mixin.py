from dataclasses import dataclass

from odoo import api, fields, models

from ...exceptions import StepRightError, StepStateError


@dataclass(frozen=True)
class Entering:
    """What happens when a document enters a state; each is the name of a method, so that a search finds it.

    :param check: raises what speaks against it; called on all records before anything is written
    :param values: returns further values that the step writes, for each record
    :param then: what follows, called on all records after the state is written
    :param by: field that keeps who took the step
    :param on: field that keeps when
    """

    check: str = ""
    values: str = ""
    then: str = ""
    by: str = ""
    on: str = ""


class PaperStepMixin(models.AbstractModel):
    """A document that moves by steps: who may take which, and what follows.

    A model names its states in ``_steps``, what happens on entering one in ``_entering``, and takes a step by
    :meth:`_take_step`. What is done with it while it stays in its state stands in ``_acts``. What only its steps
    write is said at the fields, see ``paper.guarded.mixin``.
    """

    _name = "paper.step.mixin"
    _description = "Document that Moves by Steps"
    _inherit = ["paper.guarded.mixin"]

    # {state: {next state: groups that may take the step}}; no group: another step brings it about.
    _steps = {}
    # {state: Entering}
    _entering = {}
    # {verb: state}: the boolean ``can_<verb>``, where the model defines it, says whether the user may go there.
    _step_verbs = {}
    # {verb: (states, groups)}; no state: in every one, no group: whoever may use the record. The boolean
    # ``can_<verb>``, where the model defines it, says whether the user may do so now.
    _acts = {}
    # {method: ReasonStep}: steps whose reason a dialog asks for, see ``paper.reason.wizard``; addons add to it by a
    # class of their own with what they add.
    _reason_steps = {}
    # What people are told for within a state, other than the state itself, and what ends when it is left, too.
    _told_within = ()
    # Named errors of the model for a step that does not follow, a person who may not, a field that no hand writes,
    # and one that a hand writes in other states or departments only.
    _state_error = StepStateError
    _right_error = StepRightError

    # Steps

    def _can_go(self, state):
        """Say whether this person may take the record to the state now; buttons and steps ask the same question."""
        self.ensure_one()
        groups = self._steps.get(self[self._step_field], {}).get(state)
        return groups is not None and self._is_one_of(groups) and not self._step_objection(state)

    def _step_objection(self, state):
        """Return why this person may not take a step that the department may, "" if nothing speaks against it.

        Override to say it, for example that nobody approves what was submitted in the same name.
        """
        return ""

    @api.depends(lambda self: [self._step_field] if self._step_field in self._fields else [])
    @api.depends_context("uid")
    def _compute_can_steps(self):
        """Compute ``can_<verb>`` of every verb in ``_step_verbs`` and ``_acts`` that the model has a field for.

        Override it with the fields that an objection asks about in its ``api.depends``.
        """
        for verb, state in self._step_verbs.items():
            if f"can_{verb}" in self._fields:
                for record in self:
                    record[f"can_{verb}"] = record._can_go(state)
        for verb in self._acts:
            if f"can_{verb}" in self._fields:
                for record in self:
                    record[f"can_{verb}"] = record._can_act(verb)

    def _take_step(self, state, **values):
        """Take the records to a state, with its checks, its stamps and what follows.

        :param values: further values that the step writes
        :raises UserError: the model's ``_state_error`` where the state cannot follow, its ``_right_error`` for a
            person who may not take the step, and whatever the state's check raises
        """
        self._check_step(state)
        return self._enter(state, values)

    def _follow_to(self, state, **values):
        """Take the records to a state because of what happened to another document, whoever did that.

        As :meth:`_take_step`, but nobody is asked for a right to the step.
        """
        for record in self:
            record._check_follows(state)
        return self._enter(state, values)

    def _enter(self, state, values):
        entering = self._entering.get(state, Entering())
        if entering.check:
            getattr(self, entering.check)()
        left = {record: record[self._step_field] for record in self}
        shared = {self._step_field: state, **self._step_stamps(entering), **values}
        # sudo: the step was checked; what it writes is nobody's to write, the person who takes it included
        records = self.sudo()
        if entering.values:
            for record in records:
                record._by_step().write({**shared, **getattr(record, entering.values)()})
        else:
            records._by_step().write(shared)
        self._end_told(left)
        if entering.then:
            getattr(self, entering.then)()
        return True

    def _end_told(self, left):
        """End what people were told to do about the states that the records have left: ``{record: state}``."""
        if "activity_ids" not in self._fields:
            return
        for state in set(left.values()):
            records = self.filtered(lambda record, state=state: left[record] == state and record[self._step_field] != state)
            self.env["res.company"]._paper_told(records, (state, *self._told_within))

    def _check_step(self, state):
        for record in self:
            record._check_follows(state)
            if not record._can_go(state):
                raise self._right_error(record._refused_step_message(state))

    def _check_follows(self, state):
        if state not in self._steps.get(self[self._step_field], {}):
            raise self._state_error(self._refused_state_message(state))

    def _ask_reason(self, method, **arguments):
        """Return the dialog that asks for the reason of a step, listed in ``_reason_steps``, of these documents."""
        return self.env["paper.reason.wizard"]._ask(self, method, **arguments)

    def _step_stamps(self, entering):
        stamps = {}
        if entering.by:
            stamps[entering.by] = self.env.uid
        if entering.on:
            stamps[entering.on] = fields.Datetime.now()
        return stamps

    def _refused_state_message(self, state):
        if self[self._step_field] == state:
            return self.env._("%(record)s is “%(state)s” already.", record=self.display_name, state=self._step_name())
        return self.env._(
            "%(record)s cannot go from “%(old)s” to “%(new)s”.",
            record=self.display_name,
            old=self._step_name(),
            new=self._step_name(state),
        )

    def _refused_step_message(self, state):
        groups = self._steps[self[self._step_field]][state]
        if self._is_one_of(groups):
            return self._step_objection(state)
        return self.env._(
            "%(record)s: only %(departments)s may take it to “%(state)s”.",
            record=self.display_name,
            departments=self._group_names(groups),
            state=self._step_name(state),
        )

    # Acts: the button and its method ask one table

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
