import base64
import hashlib
import os
import tempfile
from collections import defaultdict

from odoo import api, models, tools
from odoo.tools import SQL

from ...exceptions import EvidenceError
from .permit import FILES, is_permitted, is_system, permitted

# What a file says and where it stands; the token and the mark make it readable for whoever has its address.
CONTENT = {"raw", "datas", "db_datas", "store_fname", "checksum", "mimetype", "type", "url", "name"}
PLACE = {"res_model", "res_id", "res_field", "company_id", "create_uid", "create_date"}
OPENING = {"public", "access_token"}


class IrAttachment(models.Model):
    """A file of a document that is evidence stays as it is and where it is, whoever asks; new ones may be added.

    The file of a field is written by its field, so that the field's own rule is asked.
    """

    _inherit = "ir.attachment"

    def _by_step(self):
        """Return the files so that a step, which has checked who takes it, replaces them."""
        return permitted(self, FILES)

    def _is_step(self):
        return is_permitted(self.env, FILES) or self.env["paper.step.mixin"]._is_loading()

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        if not self._is_step():
            made._check_field_files()
        return made

    def write(self, vals):
        keys = (CONTENT | PLACE | OPENING) & vals.keys()
        if not keys or self._is_step():
            return super().write(vals)
        # Moving the bytes to another store writes them as they are, which changes nothing.
        changed = self.filtered(lambda file: any(not file._holds(key, vals[key]) for key in keys))
        if keys <= {"access_token"} and is_system(self.env):
            changed = self.browse()  # the system shows a file to who may read it, by its own link
        changed._check_field_files()
        changed._refuse_evidence()
        result = super().write(vals)
        if keys & PLACE:
            changed._check_field_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_evidence(self):
        if not self._is_step():
            self._check_field_files()
            self._refuse_evidence()

    def _holds(self, key, value):
        # sudo: compared, not shown
        own = self.sudo()[key]
        if key == "datas" and value:
            value = value.encode() if isinstance(value, str) else value
            return base64.b64decode(own or b"") == base64.b64decode(value)
        return own == value or (not own and not value)

    def _check_field_files(self):
        """Refuse a person the file of a document's field: it is written by its field.

        :raises EvidenceError: as it says
        """
        if is_system(self.env):
            return
        for file in self.sudo():  # sudo: only where it stands is asked
            if file.res_field and file.res_id and hasattr(self.env.get(file.res_model), "_evidence"):
                raise EvidenceError(
                    self.env._("“%(file)s” is kept by a field of its document: change it there.", file=file.name)
                )

    def _refuse_evidence(self):
        for file, record in self._held_by_evidence():
            raise record._evidence_error(
                self.env._(
                    "“%(file)s” belongs to “%(record)s”, which is evidence: it is neither deleted nor changed, moved or "
                    "published. Add a new file beside it.",
                    file=file.name,
                    record=record.display_name,
                )
            )

    def _held_by_evidence(self):
        """Return ``[(file, record)]`` of those of the files that belong to evidence, by themselves, a field or a message."""
        if not self.ids:
            return []
        # sudo: the rule is the same whatever the user may read
        files = self.sudo()
        places = defaultdict(list)
        for file in files:
            if file.res_model and file.res_id:
                places[file.res_model, file.res_id].append(file.id)
        for model, res_id, file in self._evidence_links():
            places[model, res_id].append(file)
        by_model = defaultdict(set)
        for model, res_id in places:
            if hasattr(self.env.get(model), "_evidence"):
                by_model[model].add(res_id)
        held = []
        for model, ids in by_model.items():
            # sudo: see above
            for record in self.env[model].sudo().browse(sorted(ids)).exists()._evidence():
                held += [(files.browse(file), record) for file in places[model, record.id]]
        return held

    def _evidence_links(self):
        """Return rows of (model, record, file) of what names the files: messages, and fields of documents."""
        self.env["mail.message"].flush_model(["attachment_ids", "model", "res_id"])
        ids = tuple(self.ids)
        parts = [
            SQL(
                """SELECT message.model, message.res_id, rel.attachment_id
                     FROM message_attachment_rel rel JOIN mail_message message ON message.id = rel.message_id
                    WHERE rel.attachment_id IN %s AND message.model IS NOT NULL AND message.res_id IS NOT NULL""",
                ids,
            ),
            SQL(
                """SELECT message.model, message.res_id, file.id
                     FROM ir_attachment file JOIN mail_message message ON message.id = file.res_id
                    WHERE file.res_model = 'mail.message' AND file.id IN %s AND message.model IS NOT NULL""",
                ids,
            ),
        ]
        for model, name in self._evidence_fields():
            field = self.env[model]._fields[name]
            self.env[model].flush_model([name])
            if field.type == "many2one":
                table, record, file = self.env[model]._table, "id", name
            else:
                table, record, file = field.relation, field.column1, field.column2
            parts.append(
                SQL(
                    "SELECT %s, %s, %s FROM %s WHERE %s IN %s",
                    model,
                    SQL.identifier(record),
                    SQL.identifier(file),
                    SQL.identifier(table),
                    SQL.identifier(file),
                    ids,
                )
            )
        return self.env.execute_query(SQL(" UNION ALL ").join(parts))

    @api.model
    @tools.ormcache()
    def _evidence_fields(self):
        """Return ``((model, field), …)`` of the stored fields by which documents name files."""
        return tuple(
            (name, field.name)
            for name in self.env["paper.evidence.mixin"]._documents()
            for field in self.env[name]._fields.values()
            if field.comodel_name == self._name and field.type in ("many2one", "many2many") and field.store
            if field.name != "message_main_attachment_id"  # which of its own files is shown first
        )

    def _same_content(self, bin_data, filepath):
        """A file that a killed server left half written is written anew; it must not keep out its own content."""
        if super()._same_content(bin_data, filepath):
            return True
        with open(filepath, "rb") as file:
            there = hashlib.sha1(file.read(), usedforsecurity=False).hexdigest()
        if there == os.path.basename(filepath):
            return False  # two contents of one hash: the store can hold one of them
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(filepath), delete=False) as whole:
            whole.write(bin_data)
        os.chmod(whole.name, 0o644)
        os.replace(whole.name, filepath)
        return True
