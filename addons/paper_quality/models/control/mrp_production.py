from odoo import api, fields, models

from ...exceptions import ControlError


class MrpProduction(models.Model):
    """What the control points say of an order: its next operation and its entry wait for them."""

    _inherit = "mrp.production"

    lacks_control_inspection = fields.Boolean(compute="_compute_lacks_control_inspection", compute_sudo=True)

    @api.depends("workorder_ids.state", "inspection_ids.state", "inspection_ids.control_point_id")
    def _compute_lacks_control_inspection(self):
        for production in self:
            works = production.workorder_ids.filtered(lambda rec: rec.state in ("progress", "done"))
            asked = production._control_points_of(works) if production.state not in ("done", "cancel") else {}
            made = production.inspection_ids.filtered(lambda rec: rec.state != "canceled")
            production.lacks_control_inspection = any(
                point.frequency not in ("every", "share")
                and not made.filtered(lambda rec, w=work, p=point: rec.workorder_id == w and rec.control_point_id == p)
                for work, points in asked.items()
                for point in points
            )

    def _control_points_of(self, works):
        """Return ``{mrp.workorder: paper.control.point}``, the points of these work orders of operations."""
        found = {}
        for company, own in works.grouped("company_id").items():
            points = self.env["paper.control.point"]._points(["operation"], company)
            for work in own:
                production = work.production_id
                found[work] = points.filtered(
                    lambda point, p=production, w=work: point._is_for(
                        p.product_id, p.paper_spec_id.grade_id, w.workcenter_id
                    )
                )
        return found

    def _control_problems(self, works, gates):
        """Return a sentence for each control point of ``works`` that has not passed, and the inspections behind them.

        :param works: work orders that have begun
        :param gates: what waits: next, entry
        :return: ``([text], qc.inspection)``
        """
        self.ensure_one()
        problems, behind = [], self.env["qc.inspection"]
        inspections = self.inspection_ids.filtered(
            lambda rec: rec.kind == "process" and rec.control_point_id and rec.state != "canceled"
        )
        for work, points in self._control_points_of(works).items():
            own = inspections.filtered(lambda rec, w=work: rec.workorder_id == w)
            for point in points.filtered(lambda rec: rec.gate in gates):
                of_point = own.filtered(lambda rec, p=point: rec.control_point_id == p).sorted("id")
                if point.frequency in ("every", "share") and not of_point and not self._is_control_due(point):
                    continue
                verdict = of_point._verdict()
                if verdict != "passed":
                    problems.append(self._control_sentence(verdict, point, work.name))
                    behind |= of_point[-1:]
        lots = inspections.filtered(lambda rec: rec.lot_id and not rec.workorder_id and rec.control_point_id.gate in gates)
        for (point, lot), verdict in lots._control_verdicts().items():
            if verdict != "passed":
                problems.append(self._control_sentence(verdict, point, lot.name))
                of_lot = lots.filtered(lambda rec, p=point, t=lot: rec.control_point_id == p and rec.lot_id == t)
                behind |= of_lot.sorted("id")[-1:]
        return problems, behind

    def _is_control_due(self, point):
        """Say whether the order is one of those that a point for every …th, or for a share of them, inspects.

        An order that no inspection was made for when its work began is none of them.
        """
        return False

    def _control_sentence(self, verdict, point, subject):
        texts = {
            "none": self.env._("%(order)s, %(subject)s: the inspection “%(point)s” is missing."),
            "open": self.env._("%(order)s, %(subject)s: the inspection “%(point)s” has not passed yet."),
            "failed": self.env._("%(order)s, %(subject)s: the inspection “%(point)s” failed."),
        }
        return texts[verdict] % {"order": self.name, "subject": subject, "point": point.name}

    def _check_process_inspections(self, work):
        """Refuse to go on with ``work`` before the control points of the operations before it have passed (R5.3.2).

        :raises ControlError: naming each
        """
        self.ensure_one()
        before = work._controlled_before().filtered(lambda rec: rec.state != "cancel")
        problems, behind = self._control_problems(before, ("next",))
        if problems:
            raise ControlError(
                "\n".join(problems), action=self.env["paper.way.out"]._lead_to(behind or self), label=self.env._("Inspections")
            )

    def action_make_control_inspections(self):
        """Make the inspections of control points that are missing, as of orders begun before the point was set up; quality."""
        self.env["qc.inspection"].check_access("create")
        # sudo: what is inspected follows from the control points
        works = self.sudo().workorder_ids.filtered(lambda rec: rec.state in ("progress", "done"))
        works._make_control_inspections()
        return self.action_view_inspections()
