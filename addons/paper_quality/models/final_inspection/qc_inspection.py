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
            **self._prepare_paper_inspection(production.product_id, production.paper_spec_id, production.company_id),
            "kind": "final",
            "production_id": production.id,
            "qty": production._paper_made() or production.product_uom_qty,
            "date": production.date_finished or production.date_start,
        }

    @api.model
    def _prepare_paper_inspection(self, product, spec, company):
        """Return the values of an inspection of paper with all its questions, of whatever occasion."""
        test = company._paper_final_test()
        return {
            "paper_spec_id": spec.id,
            "company_id": company.id,
            "object_id": f"product.product,{product.id}",
            "test": test.id,
            "user": False,
            "state": "ready",
            "auto_generated": True,
            "inspection_lines": [Command.create(vals) for vals in self._prepare_final_lines(test, spec)],
        }

    @api.model
    def _prepare_final_lines(self, test, spec):
        """Return the values of all questions about paper of ``spec``, which may be empty."""
        limits = {limit: limit._paper_property() for limit in spec.limit_ids}
        by_property = {code: limit for limit, code in limits.items() if code}
        lines = []
        asked = set()
        for question in test.test_lines:
            code = question.paper_property
            if spec and ONLY_OF.get(code, spec.format) != spec.format:
                continue
            limit = by_property.get(code, spec.limit_ids.browse()) if code else spec.limit_ids.browse()
            asked.add(limit)
            lines.append({**self._prepare_inspection_line(test, question), **self._prepare_paper_line(question, spec, limit)})
        lines += [self._prepare_limit_line(limit) for limit in spec.limit_ids if limit not in asked]
        return lines

    @api.model
    def _prepare_paper_line(self, question, spec, limit):
        """Return what a question takes from the specification, or from itself where that says nothing."""
        values = {
            "name": question.name,
            "possible_ql_values": [Command.set(question.ql_values.ids)],
            "paper_unit": question.paper_unit,
            "paper_method": question.paper_method,
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
