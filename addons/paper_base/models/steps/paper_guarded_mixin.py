from odoo import SUPERUSER_ID, api, models

from ...exceptions import StepFieldError
from .holding import holds
from .permit import KEY, StepPermit

MAGIC = ("id", "create_uid", "create_date", "write_uid", "write_date", "display_name")
# What these keep beside the document is theirs to write.
OTHERS = ("mail.thread", "mail.activity.mixin", "portal.mixin")


class PaperGuardedMixin(models.AbstractModel):
    """What of a document a hand may write, and what its steps alone do: said where a field is defined, by any addon::

        state = fields.Selection(STATES, by_steps=True)              # by its steps, never by hand
        note = fields.Text(by_hand={"draft": ()})                    # by hand too, while it is a draft
        limit = fields.Monetary(by_hand={"draft": ("paper_base.group_credit",)})  # … and by the credit department
        order_id = fields.Many2one("sale.order", by_hand={"new": ()})  # chosen when it is made, then fixed
        total = fields.Float(compute="_compute_total", store=True)   # the system's alone, nothing is to be said

    ``by_hand`` maps a state to the groups that may write the field there, no group: whoever may write the record;
    "new" stands for the moment when it is made (the first state unless given), "any" for every other state.

    It holds on every path: form, RPC, import, copy, commands of another document, defaults in the context and those
    that users set. The person is asked, so that ``sudo()`` opens nothing; a step itself writes with
    :meth:`_by_step`. Loading an addon's data is the one exception.
    """

    _name = "paper.guarded.mixin"
    _description = "Document with Fields that Only Steps Write"
    _inherit = ["paper.evidence.mixin"]

    # Field that holds the state; a record without one is a record of which some fields are written by steps only.
    _step_field = "state"
    _field_error = StepFieldError
    _locked_error = StepFieldError
    # Every field of the model is written by steps, but for those that say ``by_hand``.
    _all_by_steps = False
    # Stored figures that follow from other fields and that Odoo's own methods nevertheless write by name.
    _written_by_odoo = ()

    # Fields

    def _valid_field_parameter(self, field, name):
        return name in ("by_steps", "by_hand") or super()._valid_field_parameter(field, name)

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        for name in self._step_fields():
            field = self._fields[name]
            by_hand = self._by_hand(name)
            # What steps write is not written in a form, and what no hand gives a new record no copy takes over.
            if not by_hand:
                field.readonly = True
            if not by_hand.keys() & {"new", "any", self._first_state()}:
                field.copy = False
        return result

    @api.model
    def _step_fields(self):
        """Return the names of the fields that steps write, those included that a hand writes in some states."""
        return [name for name in self._fields if self._by_hand(name) is not None]

    @api.model
    def _by_hand(self, name):
        """Return ``{state: groups}`` of where a hand may write a field: {} nowhere, None everywhere."""
        field = self._fields[name]
        by_hand = getattr(field, "by_hand", None)
        if by_hand is not None:
            return by_hand
        if getattr(field, "by_steps", False):
            return {}
        if not self._is_own(field):
            return None
        return {} if self._all_by_steps or self._is_figured_out(field) else None

    @api.model
    def _is_own(self, field):
        """Say whether the document keeps the field itself, neither Odoo's bookkeeping nor what stands beside it."""
        return field.store and field.name not in MAGIC and not any(field.name in self.pool[other]._fields for other in OTHERS)

    @api.model
    def _is_figured_out(self, field):
        """Say whether the system alone tells the field's value: no screen lets a person enter it, so no call does."""
        return bool(field.compute) and field.readonly and not field.inverse and field.name not in self._written_by_odoo

    # What may be written, by whatever path

    def _by_step(self, *names):
        """Return the records so that a step, which has checked who takes it, writes them.

        The permit reaches no further than these records' model and, in commands, the models of its lines.

        :param names: fields that it is for, which a method of Odoo's writes among much else; all if left out
        """
        permit = StepPermit(*(f"{self._name}.{name}" for name in names)) if names else StepPermit(self._name)
        return self.with_context(**{KEY: permit})

    def _is_step(self):
        return self._name in StepPermit.of(self.env) or self._is_loading()

    @api.model
    def _is_permitted(self, name):
        """Say whether a step of Odoo's that writes this field is being taken."""
        return f"{self._name}.{name}" in StepPermit.of(self.env)

    @api.model
    def _is_loading(self):
        """Say whether the system itself loads data: the one who installs or upgrades an addon."""
        # install_mode says nothing: a context is sent by whoever calls.
        return self.env.uid == SUPERUSER_ID and self.env.su and not self.env.registry.ready

    def _without_permit(self, names):
        """Return the records in the environment in which values of these fields are stored."""
        covered = StepPermit.of(self.env)
        if not covered:
            return self
        lines = {self._fields[name].comodel_name for name in names if self._fields[name].type in ("one2many", "many2many")}
        left = {name for name in lines if name in self.env and hasattr(self.env[name], "_by_step")}
        if any(self._fields[name].type == "binary" for name in names):
            left.add("ir.attachment")  # in which the field keeps its file
        context = {key: value for key, value in self.env.context.items() if key != KEY}
        return self._in_context({**context, KEY: StepPermit(*left)} if left else context)

    def _in_context(self, context):
        """Return the records in this context and no other, so that what is left out of it is gone."""
        return self.with_env(self.env(context=context))

    @api.model
    def default_get(self, fields):
        guarded = [name for name in fields if self._is_guarded_default(name)]
        if not guarded or self._is_loading():
            return super().default_get(fields)
        # Neither the context nor what users saved as their default says what steps write.
        result = super().default_get([name for name in fields if name not in set(guarded)])
        own = {name: self._fields[name].default(self) for name in guarded if self._fields[name].default}
        return {**result, **self._convert_to_write(own)}

    def _without_defaults(self):
        """Return the records without defaults in the context for what a hand does not write."""
        keys = {key for key in self.env.context if key.startswith("default_") and self._is_guarded_default(key[8:])}
        if self._is_step():
            # The permit is not for lines that a client put there.
            keys |= {key for key in self.env.context if key.startswith("default_") and self._holds_lines(key[8:])}
        if not keys:
            return self
        return self._in_context({key: value for key, value in self.env.context.items() if key not in keys})

    @api.model
    def _holds_lines(self, name):
        return name in self._fields and self._fields[name].type in ("one2many", "many2many")

    @api.model
    def _is_guarded_default(self, name):
        return name in self._fields and self._by_hand(name) is not None and not self._may_preset(name)

    @api.model
    def _may_preset(self, name):
        """Say whether this person may give a new record a value for the field."""
        return self._is_hand_allowed(name, None)

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if self._is_loading():
            return copies
        given = default or {}
        left = {name for name in self._step_fields() if name not in given and not self._may_preset(name)}
        return [{name: value for name, value in vals.items() if name not in left} for vals in copies]

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_loading():
            return super().create(vals_list)
        clean = self._without_defaults()
        if self._is_step():
            names = {name for vals in vals_list for name in vals if name in self._fields}
            made = super(PaperGuardedMixin, clean._without_permit(names)).create(vals_list)
            return made.with_env(self.env)._without_permit(())
        clean._check_hands_make()
        kept = [clean._checked_for_creation(vals) for vals in vals_list]
        return super(PaperGuardedMixin, clean).create(kept).with_env(self.env)

    @api.model
    def _check_hands_make(self):
        """Refuse a record that only steps make: it needs what no hand gives it.

        :raises UserError: the model's ``_field_error``
        """
        needed = [name for name in self._step_fields() if self._is_needed(self._fields[name]) and not self._may_preset(name)]
        if needed:
            if not self._all_by_steps:
                self.check_access("create")
            self._refuse_hand(needed)

    @api.model
    def _is_needed(self, field):
        return field.required and field.store and not field.compute and not field.default

    @api.model
    def _checked_for_creation(self, vals):
        """Return the values of a new record without what its defaults say anyway.

        :raises UserError: the model's ``_field_error``, for what a hand does not give a new record
        """
        guarded = [name for name in vals if name in self._fields and self._by_hand(name) is not None]
        guarded = [name for name in guarded if not self._may_preset(name)]
        if not guarded:
            return vals
        defaults = self.default_get(guarded)
        # What the system figures out it figures out anyway, so that values given beside it say nothing.
        entered = [name for name in guarded if not self._is_figured_out(self._fields[name])]
        wrong = [name for name in entered if vals[name] and vals[name] != defaults.get(name)]
        if wrong:
            self._refuse_hand(wrong)
        return {name: value for name, value in vals.items() if name not in guarded}

    def write(self, vals):
        names = [name for name in vals if name in self._fields]
        if self._is_step():
            return super(PaperGuardedMixin, self._without_permit(names)).write(vals)
        guarded = [name for name in names if self._by_hand(name) is not None]
        if guarded:
            refused = {name: self.filtered(lambda rec, name=name: not rec._is_hand_allowed(name, rec)) for name in guarded}
            wrong = {name: recs for name, recs in refused.items() if recs and not recs._already_is(name, vals[name])}
            if wrong and not self._all_by_steps:
                # Whoever may not write on the document at all is told so, and not which field waits for a step.
                self.check_access("write")
            for name, recs in wrong.items():
                recs[:1]._refuse_hand([other for other in wrong if recs[:1] in wrong[other]] or [name])
            vals = {name: value for name, value in vals.items() if name not in refused or not refused[name]}
            if not vals:
                return True
        return super().write(vals)

    def _already_is(self, name, value):
        """Say whether all records hold the value: an import brings back what an export took out."""
        field = self._fields[name]
        # Whoever may not read a field learns nothing of it by writing it.
        if field.type in ("one2many", "many2many") or not self._has_field_access(field, "read"):
            return False
        return all(holds(rec, name, value) for rec in self)

    @api.model
    def _is_hand_allowed(self, name, record):
        """Say whether this person may write the field by hand.

        :param record: one record, or None for a record that is being made
        """
        if self._is_permitted(name):
            return True
        groups = self._hand_groups(name, record)
        return groups is not None and self._is_one_of(groups)

    @api.model
    def _hand_groups(self, name, record):
        """Return the groups that write the field by hand now, none of them for everybody; None where no hand does.

        :param record: one record, or None for a record that is being made
        """
        by_hand = self._by_hand(name)
        state = self._first_state() if record is None else record._own_state()
        if record is None and "new" in by_hand:
            state = "new"
        return by_hand.get(state, by_hand.get("any"))

    def _own_state(self):
        # sudo: only the state is asked
        return self.sudo()[self._step_field] if self._step_field in self._fields else None

    def _evidence_state(self):
        return self._own_state()

    @api.model
    def _evidence_first_state(self):
        return self._first_state()

    @api.model
    def _names_people(self, field):
        # A list of people is cut short in silence as well.
        return super()._names_people(field) or (field.type == "many2many" and self._by_hand(field.name) == {})

    @api.model
    def _first_state(self):
        field = self._fields.get(self._step_field)
        return field.default(self) if field and field.default else None

    @api.model
    def _is_one_of(self, groups):
        """Say whether the person, whatever ``sudo`` was called, is in one of the groups; in none of none, too."""
        return not groups or any(self.env.user.has_group(group) for group in groups)

    def _refuse_hand(self, names):
        error = self._locked_error if self._by_hand(names[0]) else self._field_error
        raise error(self._refused_hand_message(names))

    def _refused_hand_message(self, names):
        """Return why the fields of the first record, or of one that is being made, are not written by hand."""
        words = ", ".join(self._fields[name]._description_string(self.env) for name in names)
        groups = self._hand_groups(names[0], self[:1] or None)
        if not self:
            if groups:
                return self.env._(
                    "%(document)s: only %(departments)s enter %(fields)s.",
                    document=self._document_name(),
                    departments=self._group_names(groups),
                    fields=words,
                )
            return self.env._(
                "%(document)s: its steps set %(fields)s, nobody enters it by hand.",
                document=self._document_name(),
                fields=words,
            )
        if groups:
            return self.env._(
                "%(record)s: %(fields)s is changed by %(departments)s.",
                record=self[:1].display_name,
                fields=words,
                departments=self._group_names(groups),
            )
        if self._by_hand(names[0]):
            return self.env._(
                "%(record)s is “%(state)s”: %(fields)s can no longer be changed.",
                record=self[:1].display_name,
                state=self[:1]._step_name(),
                fields=words,
            )
        return self.env._(
            "%(record)s: its steps set %(fields)s, nobody enters it by hand.", record=self[:1].display_name, fields=words
        )

    @api.model
    def _document_name(self):
        return self.env["ir.model"]._get(self._name).name

    @api.model
    def _group_names(self, groups):
        # sudo: only the names of the departments are shown
        return ", ".join(self.env.ref(group).sudo().name for group in groups)

    def _step_name(self, state=None):
        """Return the words for a state of the record, its own unless another is given."""
        if self._step_field not in self._fields:
            return ""
        names = dict(self._fields[self._step_field]._description_selection(self.env))
        state = state or self[self._step_field]
        return names.get(state, state or "")
