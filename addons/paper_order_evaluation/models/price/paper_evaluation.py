from odoo import fields, models

from ...exceptions import PriceRoundError

FINANCE = "paper_base.group_finance"


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    price_round_ids = fields.One2many(
        "paper.evaluation.price.round",
        "evaluation_id",
        string="Price or Cost Rounds",
        readonly=True,
        groups="paper_base.group_finance,paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview",
    )

    def _margin_figures(self):
        """Return what price and cost add up to, from the evidence of the cost dimension.

        Override where that evidence is kept otherwise.

        :return: ``{evaluation: {"revenue", "cost", "margin_percent", "lowest", "financing"}}``, amounts in company currency,
            percent of the revenue; {} for an evaluation without such figures. Financing, a part of the cost, may be missing
        """
        figures = {}
        for evaluation in self:
            opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "cost")
            # sudo: the caller has checked who reads a margin
            evidence = opinion.sudo().cost_evidence or {}
            names = ("revenue", "cost", "margin_percent", "lowest")
            figures[evaluation] = {name: evidence[name] for name in names} if all(name in evidence for name in names) else {}
            if figures[evaluation]:
                figures[evaluation]["financing"] = (evidence.get("elements") or {}).get("financing") or 0.0
        return figures

    def action_open_price_round(self):
        """Open a round on price or cost with sales, because the margin is below the lowest one (finance).

        :raises PriceRoundError: for anybody but finance, above the lowest margin, or once the panel is closed
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(FINANCE):
            raise PriceRoundError(self.env._("Finance opens a round on price or cost."))
        if self.state != "open":
            raise PriceRoundError(self.env._("The panel is closed."))
        figures = self._margin_figures()[self]
        if not figures or figures["margin_percent"] is None:
            raise PriceRoundError(self.env._("No margin is known to talk about; take the figures again."))
        if figures["margin_percent"] >= figures["lowest"]:
            raise PriceRoundError(self.env._("The margin is not below the lowest one; there is nothing to settle."))
        if self.price_round_ids.filtered(lambda record: record.state == "open"):
            raise PriceRoundError(self.env._("A round on this order is open already."))
        # sudo: a round is opened by this step alone
        record = self.env["paper.evaluation.price.round"].sudo()._by_step().create(self._prepare_price_round(figures))
        self._call_sales("price", lambda rec: rec.env._("Finance asks for another price or a lower cost"))
        return record.sudo(False)._get_records_action(name=self.env._("Price or Cost Round"))

    def _price_words(self, changes):
        if changes:
            return self.env._("Agreed on price or cost: write the new price into the order, if it changes, and submit it again.")
        return self.env._("Agreed on a measure that saves cost; finance gives its opinion.")

    def _prepare_price_round(self, figures):
        self.ensure_one()
        return {
            "evaluation_id": self.id,
            "opened_by_id": self.env.uid,
            "opened_on": fields.Datetime.now(),
            "revenue": figures["revenue"],
            "cost": figures["cost"],
            "financing": figures.get("financing", 0.0),
            "margin_percent": figures["margin_percent"],
            "lowest_percent": figures["lowest"],
        }

    def action_open_price_rounds(self):
        """Open the rounds on price or cost of this evaluation."""
        self.ensure_one()
        return self.price_round_ids._get_records_action(name=self.env._("Price or Cost Rounds"))

    def _end_price_rounds(self):
        self.price_round_ids.filtered(lambda rec: rec.state == "open")._take_step("closed")
