from odoo import api, models

# What an order brings in, among the figures of a dimension that every department reads otherwise.
PRICE_FIGURES = {"amount", "price_per_tonne"}


class PaperEvaluation(models.Model):
    """The figures that each department finds with an order, taken when it is submitted.

    A dimension that has figures computes its proposal in ``_facts_<dimension>()``: on any number of evaluations at
    once, with a number of queries that does not grow with them, it returns ``{evaluation: evidence}``. The evidence is a
    dictionary that JSON can keep (no records, dates as ISO text, quantities with their unit in the key or beside
    them); its key ``proposal`` is ``yes``, ``conditional``, ``no`` or False where the figures say nothing. It is
    put into words by ``paper.evaluation.opinion._headline_<dimension>(evidence)`` and ``_table_<dimension>``, in
    the language of whoever reads it.
    """

    _inherit = "paper.evaluation"

    def _get_proposals(self, dimensions=None):
        """Compute what the figures of today propose, all evaluations in one batch for each dimension.

        :param dimensions: the codes of the dimensions asked for, all of them unless given
        :return: ``{evaluation: {dimension: {"verdict", "evidence"}}}``, the verdict False where nothing can be proposed
        """
        # sudo: whoever submits an order need not read routings, stock, suppliers and costs
        evaluations = self.sudo()
        proposals = {evaluation: {} for evaluation in evaluations}
        for dimension in self._dimension_codes() if dimensions is None else dimensions:
            figures = getattr(evaluations, f"_facts_{dimension}", None)
            for evaluation, found in figures().items() if figures else ():
                evidence = {key: value for key, value in found.items() if key != "proposal"}
                proposals[evaluation][dimension] = {"verdict": found.get("proposal") or False, "evidence": evidence}
        return proposals

    def _take_evidence(self, dimensions=None):
        """Keep the figures of today with the opinions that are still owed.

        :param dimensions: the codes of the opinions that take them, all of them unless given
        """
        proposals = self._get_proposals(dimensions)
        # sudo: see _get_proposals
        pending = self.sudo().opinion_ids.filtered(lambda opinion: opinion.state == "pending")
        for opinion in pending.with_context(tracking_disable=True):
            found = proposals[opinion.evaluation_id].get(opinion.dimension)
            if found:
                opinion._by_step().write({**self._apart(opinion.dimension, found["evidence"]), "proposal": found["verdict"]})
        if dimensions is None or "capacity" in dimensions:
            # sudo: promise, ways out and slots follow from the plan, whoever asked for the figures
            self.sudo()._keep_plan()
        if dimensions is None or "materials" in dimensions:
            self._keep_claims()

    @api.model
    def _apart(self, dimension, figures):
        """Return the figures of an opinion as values: those of price and cost apart from what every department reads."""
        inner = figures.keys() if dimension == "cost" else figures.keys() & PRICE_FIGURES
        open_figures = {name: value for name, value in figures.items() if name not in inner}
        return {
            "evidence": open_figures or False,
            "cost_evidence": {name: figures[name] for name in figures if name in inner} or False,
        }

    def _paper_lines(self):
        self.ensure_one()
        return self._asked_orders().order_line.filtered("is_paper")

    def _is_ahead(self):
        """Say whether the panel is asked about terms that the order does not have yet. Override where it is."""
        self.ensure_one()
        return False

    def _asked_orders(self):
        """Return the orders as the panel is asked about them. Override where it is asked about terms that they do not have yet:
        figures, lines and facts are read from what this returns, records that are kept name the order itself."""
        return self.order_id

    def _read_deliveries_ahead(self):
        """Read when and where the lines are delivered, of all orders at once: a line alone would ask for its own order's."""
        orders = self._asked_orders()
        orders.mapped("commitment_date")
        orders.order_line.mapped("paper_commitment_date")
        orders._paper_delivery_places().mapped("paper_transit_days")

    def _facts_sales(self):
        """Return the demand: weight in kg, amount and price per tonne in company currency, days to the first delivery."""
        result = {}
        self._read_deliveries_ahead()
        for evaluation in self:
            weight = evaluation._asked_orders().paper_weight_kg
            amount = sum(evaluation._company_amount(line) for line in evaluation._paper_lines())
            dates, days = [line._paper_delivery_day() for line in evaluation._paper_lines()], None
            if dates and all(dates):
                days = (min(dates) - evaluation.company_id._paper_today()).days
            proposal = "yes" if days is not None and days > 0 else "no"
            if days is None and "delivery_date" in evaluation.order_id._paper_type_rule("waived"):
                proposal = False
            result[evaluation] = {
                "proposal": proposal,
                "weight_kg": weight,
                "amount": amount,
                "price_per_tonne": amount / weight * 1000 if weight else None,
                "days": days,
            }
        return result

    def _company_amount(self, line):
        """Return what the line brings in without tax, in company currency."""
        company = line.company_id
        date = line.order_id.date_order or company._paper_today()
        return line.currency_id._convert(line.price_subtotal, company.currency_id, company, date)
