from odoo import Command, api, models

from ..inspection.qc_inspection import QUIET

ONLY_OF = {"length": "sheet", "reel_diameter": "reel"}


class QcInspection(models.Model):
    _inherit = "qc.inspection"

    @api.model
    def _make_final_inspections(self, productions):
        """Make the final inspection of each manufacturing order (R6.1.1), in one go.

        The questions are those of the company's test for finished paper, with the figures and limits of the
        specification; each further limit of the specification is a question more. No limit is invented: what
        the specification leaves open is measured and recorded.

        :return: qc.inspection of as many records as ``productions``
        """
        # sudo: the inspection comes with the order, whoever confirms it
        quiet = self.sudo().with_context(**QUIET)
        made = quiet._by_step().create([quiet._prepare_final_inspection(production) for production in productions])
        return self.browse(made.ids)

    @api.model
    def _prepare_final_inspection(self, production):
        return {
            **self._prepare_paper_inspection(
                production.product_id, production.paper_spec_id, production.company_id, "final", production._paper_reels()
            ),
            "kind": "final",
            "production_id": production.id,
            "qty": production._paper_made() or production.product_uom_qty,
            "date": production.date_finished or production.date_start,
        }

    @api.model
    def _prepare_paper_inspection(self, product, spec, company, occasion="", units=1):
        """Return the values of an inspection of paper with all its questions.

        :param occasion: final or return: a control point for it says by which test and scheme
        :param units: how many reels or pallets there are, of which the scheme takes its sample
        """
        point = self.env["paper.control.point"]._point_of(occasion, product, spec.grade_id, company)
        test = point.test_id or company._paper_final_test()
        source = {"grade_id": spec.grade_id.id, "product_id": product.id, "partner_id": False, "workcenter_id": False}
        return {
            "control_point_id": point.id,
            **self._prepare_sampling(point.scheme_id, units, source),
            "paper_spec_id": spec.id,
            "company_id": company.id,
            "object_id": f"product.product,{product.id}",
            "test": test.id,
            "user": False,
            "state": "ready",
            "auto_generated": True,
            "inspection_lines": [Command.create(vals) for vals in self._prepare_final_lines(test, spec, company)],
        }

    @api.model
    def _prepare_final_lines(self, test, spec, company=None):
        """Return the values of all questions about paper of ``spec``, which may be empty.

        A limit is the customer's, else that of the specification, else that of the product standard.
        """
        company = company or self.env.company
        customers, standards = self.env["paper.quality.standard"]._lines_for(spec, company)
        limits = {limit: limit._paper_key() for limit in spec.limit_ids}
        by_property = {key: limit for limit, key in limits.items()}
        lines, asked = [], set()
        for question in test.test_lines:
            code = question.paper_property
            if spec and ONLY_OF.get(code, spec.format) != spec.format:
                continue
            key = code or (question.with_context(lang="en_US").name or "").strip().casefold()
            limit = by_property.get(code, spec.limit_ids.browse()) if code else spec.limit_ids.browse()
            asked |= {limit, key} if code else {limit}
            values = self._prepare_paper_line(question, spec, limit)
            if code and question.type == "quantitative":
                values.update(self._standard_values(key, bool(limit), customers, standards))
            lines.append({**self._prepare_inspection_line(test, question), **values})
        for limit in spec.limit_ids.filtered(lambda rec: rec not in asked):
            asked.add(limits[limit])
            lines.append({**self._prepare_limit_line(limit), **self._standard_values(limits[limit], True, customers, standards)})
        for key, line in {**standards, **customers}.items():
            if key not in asked:
                lines.append({"name": line.name, "question_type": "quantitative", **line._question_values()})
        return [self._held_to_tolerance(values, company) for values in lines]

    @api.model
    def _standard_values(self, key, specified, customers, standards):
        """Return what a customer's standing requirement, or where nothing is specified a product standard, fixes."""
        line = customers.get(key) or (None if specified else standards.get(key))
        return line._question_values() if line else {}

    @api.model
    def _held_to_tolerance(self, values, company):
        """Hold an ordered figure without a limit to the company's tolerance, where it has one (R6.1.1)."""
        target, percent = values.get("target"), company.paper_quality_tolerance
        bound = values.get("has_minimum", True) or values.get("has_maximum", True)
        if not target or bound or values.get("paper_free") and not values.get("limit_id"):
            return values
        if not percent:
            return {**values, "paper_free": values.get("paper_free", True)}
        reach = abs(target) * percent / 100
        return {
            **values,
            **self._range_values(target - reach, target + reach),
            "limit_source": self.env._("Tolerance of %(company)s", company=company.name),
        }

    @api.model
    def _prepare_paper_line(self, question, spec, limit):
        """Return what a question takes from the specification, or from itself where that says nothing."""
        values = {
            "name": question.name,
            "possible_ql_values": [Command.set(question.ql_values.ids)],
            "paper_unit": question.paper_unit,
            "paper_method": question.paper_method,
            **self.env["qc.inspection.line"]._prepare_reading_question(question),
        }
        if question.type == "qualitative" or not question.paper_property:
            return values
        values.update(has_minimum=False, has_maximum=False, target=self._spec_target(spec, question.paper_property))
        if question.paper_property == "reel_diameter":
            # "From … to" is what the customer ordered, so it is a limit.
            values.update(self._range_values(spec.reel_diameter_min, spec.reel_diameter_max))
        if limit:
            values.update(self._limit_values(limit))
        return values

    @api.model
    def _spec_target(self, spec, code):
        return 0.0 if code in ("moisture", "reel_diameter", "appearance") else spec[code]

    @api.model
    def _range_values(self, low, high):
        return {"min_value": low, "max_value": high, "has_minimum": bool(low), "has_maximum": bool(high)}

    @api.model
    def _limit_values(self, limit):
        """Return what a limit of the specification fixes; its target only where it gives one."""
        values = {
            "limit_id": limit.id,
            "min_value": limit.minimum,
            "max_value": limit.maximum,
            "has_minimum": limit.has_minimum,
            "has_maximum": limit.has_maximum,
        }
        texts = {"target": limit.target, "paper_unit": limit.unit, "paper_method": limit.method}
        return values | {name: value for name, value in texts.items() if value}

    @api.model
    def _prepare_limit_line(self, limit):
        return {"name": limit.name, "question_type": "quantitative", **self._limit_values(limit)}
