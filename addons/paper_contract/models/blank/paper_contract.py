from odoo import api, fields, models

from ...exceptions import ContractBlankError
from ...lib import blanks
from ..clause.paper_contract import FIELD
from ..draft.paper_contract import IN_DRAFT

# Where the value of a field lives that the parties may settle as “none”: what the text then says stands in _none_texts.
NONE_ALLOWED = (
    "customer_order",
    "buyer_vat",
    "buyer_phone",
    "loading_port",
    "discharge_port",
    "prepayment",
    "deposit",
    "late_delivery_damages",
    "late_payment_damages",
    "breach_damages",
    "dispute_body",
)


class PaperContract(models.Model):
    """Blanks: places of the text for which nothing is agreed yet. With a blank a contract is not submitted to legal, not
    accepted, not sent and not signed; each is named with where its value lives, and one dialog fills them all in. That
    nothing is to be paid or agreed is an answer, too, and is said in the text; a blank never means it.
    """

    _inherit = "paper.contract"

    none_agreed = fields.Json(
        string="Agreed to be None", by_hand=IN_DRAFT, help="Fields of the clauses that are settled as “none”."
    )
    none_names = fields.Char(string="Agreed as None", compute="_compute_blank_names", groups="base.group_user")
    blank_names = fields.Text(
        string="Blanks", compute="_compute_blank_names", groups="base.group_user",
        help="What the text leaves open, and where each value lives.",
    )
    sent_with_blanks = fields.Boolean(
        groups="base.group_user",
        by_steps=True,
        help="The contract was sent before blanks were refused; its text stays as its customer knows it.",
    )
    missing = fields.Text(
        string="Missing", compute="_compute_missing", groups="base.group_user", help="See articles 470 and 596."
    )
    blanks = fields.Integer(string="Places Left Open", compute="_compute_missing", groups="base.group_user")

    @api.depends("clause_ids.blanks", "none_agreed")
    @api.depends_context("lang")
    def _compute_blank_names(self):
        labels = self._fill_labels()
        for contract in self:
            found = contract._blanks() if contract.blanks else []
            contract.blank_names = "\n".join(self._blank_sentences(found))
            contract.none_names = ", ".join(labels[name] for name in contract._none_agreed() if name in labels)

    def _none_agreed(self):
        return [name for name in self.none_agreed or [] if name in NONE_ALLOWED]

    @api.model
    def _none_texts(self):
        """Return what a contract says, in its language, where the parties agree that there is none."""
        _ = self.env._
        actual_loss = _("none; the actual loss of the other party is compensated")
        return {
            **dict.fromkeys(NONE_ALLOWED, _("none")),
            "prepayment": _("none is paid"),
            "deposit": _("none is paid"),
            "late_delivery_damages": actual_loss,
            "late_payment_damages": actual_loss,
            "breach_damages": actual_loss,
            "dispute_body": _("the people's court that has jurisdiction"),
        }

    def _with_none(self, values):
        """Return the values of the fields, with the words for those that are settled as none."""
        self.ensure_one()
        agreed = [name for name in self._none_agreed() if name in values and blanks.is_blank(values[name])]
        if not agreed:
            return values
        texts = self.with_context(lang=self.language)._none_texts()
        return {**values, **{name: texts[name] for name in agreed}}

    # Which they are

    def _blanks(self):
        """Return what the contract leaves open, in the order of its text.

        :return: ``[{"name": field or False, "label": str, "place": str or False, "clause_id": id, "number": int}, …]``;
            ``number`` counts, from 0, the places that a clause itself leaves open
        """
        self.ensure_one()
        # sudo: the text is the same for everybody who takes a step with it
        contract = self.sudo()
        labels, places, clauses = self._fill_labels(), self._fill_places(), contract.clause_ids
        # All at once, also where the cache that the contract was read with is gone.
        clauses.fetch(["name", "body", "frozen_text"])
        values = contract._fill_values() if any(not clause.frozen_text for clause in clauses) else {}
        found, seen = [], set()
        for clause in clauses:
            body = clause.frozen_text or clause.body or ""
            for name in FIELD.findall(body) if not clause.frozen_text else ():
                if name in values and name not in seen and blanks.is_blank(values[name]):
                    seen.add(name)
                    found.append(
                        {"name": name, "label": labels[name], "place": places.get(name), "clause_id": clause.id, "number": 0}
                    )
            for number in range(blanks.count(body)):
                words = {"clause": clause.name, "text": blanks.excerpt(body, number)}
                label = self.env._("clause “%(clause)s”: %(text)s", **words)
                place = self.env._("tab Clauses")
                found.append({"name": False, "label": label, "place": place, "clause_id": clause.id, "number": number})
        return found

    @api.model
    def _blank_sentences(self, found):
        return [
            self.env._("%(field)s – %(place)s", field=item["label"], place=item["place"]) if item["place"] else item["label"]
            for item in found
        ]

    def _check_blanks(self):
        """Refuse to go on with a contract whose text leaves something open.

        :raises ContractBlankError: naming each blank and where its value lives
        """
        for contract in self:
            # sudo: how it was sent holds for whoever signs
            found = contract._blanks() if not contract.sudo().sent_with_blanks else []
            if not found:
                continue
            names = "\n".join(f"• {sentence}" for sentence in self._blank_sentences(found))
            if contract.state == "draft":
                text = self.env._(
                    "“%(contract)s” still has blanks. Fill them in, or agree on “none” where there is none:\n%(names)s",
                    contract=contract.name,
                    names=names,
                )
            else:
                text = self.env._(
                    "“%(contract)s” still has blanks. It has to become a draft again, so that sales fills them in:\n%(names)s",
                    contract=contract.name,
                    names=names,
                )
            way_out = contract._blanks_action() if contract.state == "draft" else None
            raise ContractBlankError(text, action=self.env["paper.way.out"]._offered(way_out))

    # Filling them in

    def _blanks_action(self):
        """Return the action that opens the dialog in which the blanks are filled in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fill in the Blanks"),
            "res_model": "paper.contract.blanks",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def action_fill_blanks(self):
        """Open the dialog that lists every blank of the draft with its editor."""
        self._check_act("edit")
        return self._blanks_action()

    @api.depends(
        "clause_ids.missing",
        "clause_ids.blanks",
        "clause_ids.element_ids",
        "instalment_ids.date",
        "instalment_ids.quantity",
        "instalment_ids.order_line_id",
        "order_id.commitment_date",
        "order_id.order_line.paper_commitment_date",
        "change_ids.is_changed",
        "new_commitment_date",
    )
    @api.depends_context("lang")
    def _compute_missing(self):
        for contract in self:
            contract.missing = "\n".join(contract._missing_sentences())
            contract.blanks = sum(contract.clause_ids.mapped("blanks"))

    def _missing_elements(self):
        """Return what articles 470 and 596 ask for and no clause of the draft says."""
        self.ensure_one()
        if self.parent_id:
            # A supplement says what changes; everything else stays as the contract says it.
            return self.env["paper.contract.element"]
        said = self.clause_ids.filtered(lambda clause: clause._is_said()).element_ids
        # sudo: the list is the law's, not a department's
        elements = self.env["paper.contract.element"].sudo().search([("required", "=", True)])
        return elements - said

    def _missing_sentences(self):
        """Return a line for everything that the draft lacks before it is submitted."""
        self.ensure_one()
        lacking = self._supplement_missing() if self.parent_id else self._element_sentences()
        return lacking + self._instalment_faults()

    def _element_sentences(self):
        """Return a line for each missing element: its name, its article, what is empty and where it is filled in."""
        self.ensure_one()
        lines, elements = [], self._missing_elements()
        values = self._fill_values() if elements else {}
        for element in elements:
            clauses = self.clause_ids.filtered(lambda clause, element=element: element in clause.element_ids)
            empty = sorted({name for clause in clauses for name in clause._filled(values)[1]})
            text = self.env._("%(element)s (article %(article)s)", element=element.name, article=element.article)
            what = [self._empty_field(name) for name in empty] or [self._unsaid(clauses)]
            lines.append(self.env._("%(element)s: %(what)s", element=text, what="; ".join(what)))
        return lines

    @api.model
    def _empty_field(self, name):
        """Return what a field of a clause is called, and where a person fills it in."""
        label, place = self._fill_labels()[name], self._fill_places().get(name)
        return self.env._("%(field)s – %(place)s", field=label, place=place) if place else label

    @api.model
    def _unsaid(self, clauses):
        if clauses:
            return self.env._("the clause has no text – tab Clauses")
        return self.env._("no clause says it – add one in the tab Clauses, or press “Clauses from Templates”")
