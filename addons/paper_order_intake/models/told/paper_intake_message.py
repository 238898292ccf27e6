from odoo import api, fields, models


class PaperIntakeMessage(models.Model):
    """What stands in a letter and was not read, or is unusual about it: told beside the original, never dropped (R3.1.1)."""

    _inherit = "paper.intake.message"

    told = fields.Json(by_steps=True)
    told_text = fields.Text(string="Not Read", compute="_compute_told_text")

    @api.depends("told", "parent_id.told", "upload_id.told")
    @api.depends_context("lang")
    def _compute_told_text(self):
        for message in self:
            told = message.told or message.parent_id.told or message.upload_id.told
            message.told_text = self._told_sentences(told)

    @api.model
    def _told_sentences(self, told):
        """Return what was told of a reading as lines, each once."""
        return "\n".join(dict.fromkeys(self._told_sentence(code, text) for code, text in told or []))

    @api.model
    def _reading_sentences(self):
        """Return {code: sentence} of what somebody has to look at in a reading."""
        _ = self.env._
        return {
            "proposed": _("%(field)s: read from “%(value)s”. Is it right? %(why)s"),
            "asked": _("%(field)s: “%(value)s”: %(why)s."),
            "unknown_product": _("“%(value)s” is no product that the mill knows by this name: choose the product."),
        }

    @api.model
    def _why(self, code):
        """Return a reason in words."""
        _ = self.env._
        return {
            "ambiguous_number": _("may mean thousands or decimals"),
            "basis_unit": _("pounds of a basic size, not g/m²"),
            "contradiction": _("two places contradict each other"),
            "currency_sign": _("the sign of several currencies"),
            "description": _("read from the name of the paper"),
            "day_or_month": _("day and month can be exchanged"),
            "formula": _("a formula instead of a value"),
            "implausible": _("paper cannot be that, is the unit right?"),
            "large": _("large for one paper"),
            "more_words": _("more than a date is written"),
            "no_day": _("no day is named"),
            "no_day_to_deliver": _("no day to deliver on: it is past, or years ahead"),
            "no_length": _("no length is written: a reel?"),
            "no_size": _("no size can be read"),
            "no_such_day": _("there is no such day"),
            "no_unit": _("no unit is written"),
            "no_year": _("no year is written"),
            "not_a_number": _("is no number"),
            "number_or_item": _("may be the number of the order or of its items"),
            "one_figure": _("one figure of a size only"),
            "prose": _("read from a sentence"),
            "separator": _("thousands or decimals, settled by the other figures of the list"),
            "several_customers": _("rows of several customers"),
            "several_days": _("several days are named"),
            "several_numbers": _("several numbers are named"),
            "several_papers": _("several papers stand in one sentence"),
            "several_quantities": _("several quantities are named"),
            "several_sheets": _("lists on several sheets"),
            "sheet_and_reel": _("a length and the figures of a reel"),
            "two_quantities": _("two quantities stand side by side"),
            "unit_differs": _("heading and cell name different units"),
        }.get(code, "")

    @api.model
    def _told_sentence(self, code, text):
        """Return one thing that was not read, or is unusual about the letter, as a line."""
        _ = self.env._
        titles = {
            "cell": _("Not read"),
            "column": _("Column not read"),
            "cut": _("Longer than is read"),
            "file_not_read": _("File not read"),
            "formula": _("A formula, not calculated"),
            "hidden_column": _("Hidden column"),
            "hidden_row": _("Hidden row, not ordered"),
            "hidden_sheet": _("Hidden sheet, not read"),
            "not_read": _("Not read"),
            "other_number": _("Another number is named"),
            "picture": _("A picture, not read"),
            "remark": _("Remark"),
            "second_quantity": _("A second quantity"),
            "sheet_not_read": _("Sheet without a list"),
            "struck_row": _("Struck row, not ordered"),
            "total_differs": _("The total does not equal its rows"),
            "total_row": _("Total, no item"),
        }
        title = titles.get(code) or self._why(code) or code
        return f"{title}: {text}"

    @api.model
    def _fact_name(self, name):
        """Return the name of a fact that has no field of its own."""
        _ = self.env._
        return {
            "price": _("Price"),
            "delivery_place": _("Delivery Place"),
            "item_number": _("Customer's Item No."),
            "trade_term": _("Trade Term"),
            "tax": _("Tax"),
            "grain": _("Grain"),
        }.get(name, name)
