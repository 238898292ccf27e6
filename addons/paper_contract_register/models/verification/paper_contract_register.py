import hashlib

from odoo import models
from odoo.tools import split_every

from ..register.paper_contract_register import canonical, sha256

BATCH = 100
SHOWN = 120  # characters of a value in a finding


class PaperContractRegister(models.Model):
    _inherit = "paper.contract.register"

    def _verify(self, company):
        """Compare a company's archive with its register.

        Run as superuser. Nothing is trusted that is in memory: all is read from the database and the file store again.

        :return: ``{"entry_count", "contract_count", "document_count", "head", "findings": [values of a finding]}``
        """
        self = self.with_context(bin_size=False)  # noqa: PLW0642 - a form asks for the sizes of files instead of their bytes
        self.env.flush_all()
        self.env.invalidate_all()
        entries = self.search([("company_id", "=", company.id)], order="position")
        findings, before, position = [], False, 0
        registered = {"document": set(), "in_force": set(), "ended": set()}
        for ids in split_every(BATCH, entries.ids):
            for entry in self.browse(ids):
                findings += entry._verify_place(before, position + 1) + entry._verify_content()
                before, position = entry.entry_hash, entry.position
                registered.setdefault(entry.kind, set()).add((entry.document_id or entry.contract_id).id)
            self.env.invalidate_all()  # an archive of ten thousand contracts does not fit into the memory
        findings += self._verify_complete(company, registered)
        return {
            "entry_count": len(entries),
            "contract_count": len(registered["in_force"]),
            "document_count": len(registered["document"]),
            "head": before,
            "findings": findings,
        }

    def _finding(self, kind, message, record=None, **values):
        return {
            "kind": kind,
            "message": message,
            "res_model": record._name if record is not None else False,
            "res_id": record.id if record is not None else False,
            "contract_id": self.contract_id.exists().id,
            **values,
        }

    def _verify_place(self, before, position):
        """Return what is wrong with this entry as a page of the book: gap, wrong link, altered entry.

        :param before: hash of the entry before it, False for the first one
        :param position: the number that it should have
        """
        self.ensure_one()
        findings = []
        name = self.env._("entry %(position)s (%(number)s)", position=self.position, number=self.number)
        if self.position != position:
            text = self.env._(
                "Register: entries %(first)s to %(last)s are missing.", first=position, last=self.position - 1
            )
            findings.append(self._finding("chain", text, self))
        elif (self.previous_hash or False) != before:
            text = self.env._("Register: %(entry)s does not follow from the entry before it.", entry=name)
            findings.append(self._finding("entry", text, self, field_name="previous_hash"))
        if sha256(canonical(self.content)) != self.content_sha256:
            text = self.env._("Register: the content of %(entry)s was altered.", entry=name)
            findings.append(self._finding("entry", text, self, field_name="content"))
        if self._hash_now() != self.entry_hash:
            text = self.env._("Register: %(entry)s was altered.", entry=name)
            findings.append(self._finding("entry", text, self, field_name="entry_hash"))
        return findings

    def _verify_content(self):
        """Return what is not any more what this entry recorded."""
        self.ensure_one()
        if self.kind == "document":
            return self._verify_document()
        if self.kind == "in_force":
            return self._verify_contract()
        return self._verify_end()

    def _verify_document(self):
        document, recorded = self.document_id.exists(), self.content or {}
        if not recorded.get("sha256"):
            return []  # the entry itself was altered, and is named for that
        if not document:
            text = self.env._("%(contract)s: %(file)s is missing.", contract=self.number, file=recorded["name"])
            return [self._finding("missing", text, field_name=recorded["name"])]
        attachment = document.attachment_id.exists()
        stored = attachment.raw or b""
        found = hashlib.sha256(stored).hexdigest()
        if found == recorded["sha256"] == document.sha256:
            return []
        if found != recorded["sha256"]:
            text = self.env._(
                "%(contract)s: the file %(file)s was altered (attachment %(attachment)s, %(store)s).",
                contract=self.number,
                file=recorded["name"],
                attachment=attachment.id,
                store=attachment.store_fname or self.env._("in the database"),
            )
            values = {"field_name": recorded["name"], "recorded": recorded["sha256"], "found": found}
            return [self._finding("file", text, document, **values)]
        return [self._field_finding(document, "sha256", recorded["sha256"], document.sha256)]

    def _verify_contract(self):
        contract = self.contract_id.exists()
        if not contract:
            text = self.env._("%(contract)s is missing.", contract=self.number)
            return [self._finding("missing", text, res_model="paper.contract")]
        findings = self._compare((self.content or {}).get("archive") or {}, contract.with_context(lang=None)._archive_content())
        if not contract.ended_on:
            if contract.state != "in_force":
                findings.append(self._field_finding(contract, "state", "in_force", contract.state))
            # A supplement was applied to the order once; what holds since is compared with the contract itself.
            for name in [] if contract.parent_id else contract._moved_terms():
                text = self.env._(
                    "%(contract)s: its order %(order)s says something else now: %(field)s.",
                    contract=self.number,
                    order=contract.order_id.name,
                    field=name,
                )
                findings.append(self._finding("order", text, contract.order_id, field_name=name))
        return findings

    def _compare(self, recorded, found):
        """Return a finding for each record and field that is not as it was recorded."""
        findings = []
        for key, values in recorded.items():
            model, _comma, res_id = key.partition(",")
            record = self.env[model].browse(int(res_id)) if model in self.env else None
            if record is None:
                continue
            if key not in found:
                text = self.env._("%(contract)s: %(record)s is missing.", contract=self.number, record=key)
                findings.append(self._finding("missing", text, res_model=model, res_id=int(res_id)))
                continue
            # A field that a later version of the program added is not in the recorded values, and no alteration.
            changed = [name for name in values if name in record._fields and values[name] != found[key].get(name)]
            findings += [self._field_finding(record, name, values[name], found[key].get(name)) for name in changed]
        for key in found.keys() - recorded.keys():
            model, _comma, res_id = key.partition(",")
            if model == "paper.contract.document" or not any(item.startswith(f"{model},") for item in recorded):
                continue  # a paper has its own entry
            text = self.env._("%(contract)s: %(record)s was added later.", contract=self.number, record=key)
            findings.append(self._finding("added", text, res_model=model, res_id=int(res_id)))
        return findings

    def _field_finding(self, record, name, recorded, found):
        text = self.env._(
            "%(contract)s: %(field)s of %(model)s %(id)s was altered.",
            contract=self.number,
            field=record._fields[name]._description_string(self.env) or name,
            model=record._name,
            id=record.id,
        )
        return self._finding(
            "field", text, record, field_name=name, recorded=str(recorded)[:SHOWN], found=str(found)[:SHOWN]
        )

    def _verify_end(self):
        contract = self.contract_id.exists()
        now = contract._register_content("ended") if contract else {}
        names = {"ended_on": "ended_on", "ended_by": "ended_by_id", "reason": "ended_reason"}
        return [
            self._field_finding(contract, names[name], value, now.get(name))
            for name, value in (self.content or {}).items()
            if contract and value != now.get(name)
        ]

    def _verify_complete(self, company, registered):
        """Return the contracts and papers that should be in the register and are not: what was taken from its end.

        :param registered: ``{kind: ids of the documents or contracts that have an entry}``
        """
        contracts = self.env["paper.contract"].search([("company_id", "=", company.id), ("in_force_on", "!=", False)])
        documents = self.env["paper.contract.document"].search([("company_id", "=", company.id)])
        ended = contracts.filtered("ended_on")
        findings = []
        for kind, records in (("document", documents), ("in_force", contracts), ("ended", ended)):
            for record in records.filtered(lambda rec, kind=kind: rec.id not in registered[kind]):
                contract = record.contract_id if kind == "document" else record
                text = self.env._(
                    "%(contract)s: %(record)s has no entry in the register.",
                    contract=contract.name,
                    record=f"{record._name},{record.id}",
                )
                findings.append({**self._finding("chain", text, record), "contract_id": contract.id})
        return findings
