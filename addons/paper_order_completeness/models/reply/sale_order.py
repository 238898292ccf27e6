from odoo import models

# The fields of a question that a sentence can answer.
FIGURES = ("core_diameter", "reel_diameter_max", "width", "length", "basis_weight")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _answers_in_words(self, told):
        """Return the answers to what is asked about this order that a sentence holds, as a list of dicts: the input's name,
        label, field, value as it would be typed, and text for people.

        What could be the answer to several questions, as a width where two papers lack theirs, is none.

        :param told: dict as ``read_reply`` of the intake returns it
        """
        self.ensure_one()
        inputs = {}
        for question in self._completion_questions():
            for item in question["inputs"]:
                inputs.setdefault(item["field"], []).append(item)
        alone = {field: items[0] for field, items in inputs.items() if len(items) == 1}
        typed = {field: f"{told[field]:.10g}" for field in FIGURES if field in told}
        if "commitment_date" in told:
            typed["commitment_date"] = str(told["commitment_date"])
        if "payment" in told and (term := self._term_in_words(alone.get("payment_term_id"), *told["payment"])):
            typed["payment_term_id"] = term
        if "quantity" in told and told["quantity"][1] in dict(alone.get("paper_unit", {}).get("options", ())):
            typed["paper_quantity"], typed["paper_unit"] = f"{told['quantity'][0]:.10g}", told["quantity"][1]
        return [self._prepare_answer(alone[field], value) for field, value in typed.items() if field in alone]

    def _prepare_answer(self, item, value):
        text = dict(item["options"]).get(value, value)
        return {"name": item["name"], "label": item["label"], "field": item["field"], "value": value, "text": text}

    def _term_in_words(self, item, days, by_month):
        """Return the one of the offered terms that means so many days, as it would be chosen; None if several do.

        :param item: input of the question; :param by_month: whether the days count from the end of the month
        """
        if not item:
            return None
        # sudo: terms are the accountants', the customer's words are looked up in them
        terms = self.env["account.payment.term"].sudo().browse([int(key) for key, _label in item["options"]])
        of_days = terms.filtered(lambda term: len(term.line_ids) == 1 and term.line_ids.nb_days == days)
        monthly = of_days.filtered(lambda term: "month" in term.line_ids.delay_type)
        fitting = (monthly if by_month else of_days - monthly) or of_days
        return str(fitting.id) if len(fitting) == 1 else None
