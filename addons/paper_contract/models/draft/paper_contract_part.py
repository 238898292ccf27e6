from odoo import api, models

from ...exceptions import ContractImmutableError, ContractRoleError, ContractStateError

# What a record that belongs to a contract says: typed when it is made, and while the contract is a draft.
PART_IN_DRAFT = {"new": (), "draft": ()}


class PaperContractPart(models.AbstractModel):
    """A contract, or a record that belongs to one. What its steps or hands write is settled when the contract is in force:
    nothing of it changes any more, neither by a later step nor past the system (R4.1.3). A field that says
    ``after_end=True`` goes on: the state itself, how the contract ended, until when its links are valid.
    """

    _name = "paper.contract.part"
    _description = "Part of a Contract"
    _inherit = ["paper.step.mixin"]

    _state_error = ContractStateError
    _right_error = ContractRoleError
    _field_error = ContractImmutableError
    _locked_error = ContractImmutableError
    # Deleted by nobody: it is evidence.
    _kept = False
    _evidence_error = ContractImmutableError

    def _valid_field_parameter(self, field, name):
        return name == "after_end" or super()._valid_field_parameter(field, name)

    @api.model
    def _settled_fields(self):
        """Return the names of the fields that do not change once the contract is in force."""
        return [name for name in self._step_fields() if not getattr(self._fields[name], "after_end", False)]

    @api.model
    def _settled_columns(self):
        """Return their columns, which the database itself compares."""
        fields = {name: self._fields[name] for name in self._settled_fields()}
        # A company is written again by an upgrade that computes it anew.
        return {name for name, field in fields.items() if field.store and field.column_type and not field.related}

    def _evidence(self):
        if self._kept and self._step_field not in self._fields:
            return self
        return super()._evidence()

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_kept(self):
        if self._kept and self:
            raise self._field_error(
                self.env._("%(record)s is kept with its contract: nobody deletes it.", record=self[:1].display_name)
            )

    # New records, of which a step completes what a person gives

    @api.model
    def _given(self, vals_list):
        """Return what a person gives new records, whether as values or as defaults in the context.

        :raises UserError: for what a hand does not give
        """
        clean = self._without_defaults()
        names = [key[8:] for key in clean.env.context if key.startswith("default_") and key[8:] in self._fields]
        return [{**clean.default_get(names), **clean._checked_for_creation(vals)} for vals in vals_list]

    def _completing(self):
        """Return the records so that a step creates what :meth:`_given` returned, completed, and nothing besides."""
        plain = {key: value for key, value in self.env.context.items() if not key.startswith("default_")}
        return self._in_context(plain)._by_step()

    def _own_state(self):
        if self._step_field not in self._fields and "contract_id" in self._fields:
            return self.sudo().contract_id.state  # sudo: only the state is asked
        return super()._own_state()
