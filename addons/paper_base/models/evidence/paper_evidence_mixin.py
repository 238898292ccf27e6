from odoo import api, models, tools

from ...exceptions import EvidenceError

# The document is evidence whatever its state.
EVER = "ever"
PEOPLE = ("res.users", "res.partner")
MAGIC = ("create_uid", "write_uid")  # who typed: Odoo's own


class PaperEvidenceMixin(models.AbstractModel):
    """A document that is evidence from a step on: what then stands in it, is attached to it or written on it stays.

    Of a document that is evidence nobody deletes the record, deletes, replaces, moves or publishes a file (of its binary
    fields and its messages as well), or alters a message; new files and messages may be added. Who is named in it is not
    deleted, whether it is evidence yet or not. A model that says nothing is evidence in every state but its first::

        _evidence_states = ("success", "failed")  # in these
        _evidence_states = EVER                   # from the moment when it is made
        _evidence_states = ()                     # never: it is no document

    A step that has to replace a file, a letter that is printed anew, writes with ``_by_step()``.
    """

    _name = "paper.evidence.mixin"
    _description = "Document that Becomes Evidence"

    _evidence_states = None
    _evidence_error = EvidenceError

    @api.model
    def _post_model_setup__(self):
        result = super()._post_model_setup__()
        if not (self._abstract or self._transient):
            for field in self._fields.values():
                # Else the database empties the column in silence: who decided would be gone with the user.
                if field.store and field.comodel_name in PEOPLE and _is_ours(field) and self._names_people(field):
                    field.ondelete = "restrict"
        return result

    @api.model
    def _names_people(self, field):
        return field.type == "many2one" and field.ondelete in (None, "set null") and field.name not in MAGIC

    @api.model
    @tools.ormcache()
    def _documents(self):
        """Return the names of the models of documents that become evidence."""
        return tuple(
            model._name
            for model in self.env.registry.values()
            if hasattr(model, "_evidence") and not (model._abstract or model._transient)
        )

    def _evidence(self):
        """Return those of the records that are evidence. Override where it is not a matter of the state alone."""
        states = self._evidence_states
        if states == EVER or not self:
            return self
        if states is None:
            first = self._evidence_first_state()
            return self.filtered(lambda record: record._evidence_state() not in (False, first)) if first else self.browse()
        return self.filtered(lambda record: record._evidence_state() in states)

    def _evidence_state(self):
        return False

    @api.model
    def _evidence_first_state(self):
        return False

    def _kept_in_view(self):
        """Return those of the records that are not archived: they would be gone from lists, figures and rules."""
        return self._evidence()

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        if self._active_name:
            made.filtered(lambda record: not record[self._active_name])._refuse_archiving()
        return made

    def write(self, vals):
        result = super().write(vals)
        if self._active_name in vals and not vals[self._active_name]:
            self._refuse_archiving()
        return result

    def _refuse_archiving(self):
        # sudo: the rule is the same whatever the user may read
        held = self.sudo()._kept_in_view()
        if held:
            raise self._evidence_error(
                self.env._("“%(record)s” is not archived: it counts as what was done.", record=held[:1].display_name)
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_evidence(self):
        # sudo: the rule is the same whatever the user may read
        held = self.sudo()._evidence()
        if held:
            raise self._evidence_error(held[:1]._evidence_kept_message())

    def _evidence_kept_message(self):
        """Return the sentence that tells who is about to delete the record that it stays."""
        return self.env._("“%(record)s” is evidence of what was done and stays: nobody deletes it.", record=self.display_name)


def _is_ours(field):
    """Say whether an addon of the house defines the field."""
    return (field._module or "").startswith("paper_")
