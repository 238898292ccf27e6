from odoo import models

from ...exceptions import LimitMissingError, ReadingError, ReadingsMissingError

LEAST_ROWS = 10


class QcInspection(models.Model):
    """The sheet of readings: specimens by tests, typed from the keyboard."""

    _inherit = "qc.inspection"

    def _readable_lots(self):
        """Return the rolls and lots of which readings belong to these inspections."""
        # sudo: the rule is the same whatever of production the inspector may read
        return self.sudo()._judged_lots() | self.sudo().lot_id

    def _check_readings(self):
        """Refuse to conclude an inspection with too few specimens, or with a figure that has no limit and needs one.

        :raises ReadingsMissingError, LimitMissingError: naming the tests
        """
        lines = self.inspection_lines.filtered(lambda line: line.question_type == "quantitative")
        for line in lines.filtered(lambda rec: rec.paper_specimens > 1 and rec.reading_count < rec.paper_specimens):
            raise ReadingsMissingError(
                self.env._(
                    "%(name)s, %(test)s: %(taken)s of %(wanted)s specimens were read.",
                    name=line.inspection_id.name,
                    test=line.paper_question,
                    taken=line.reading_count,
                    wanted=line.paper_specimens,
                )
            )
        for inspection, own in lines.filtered(lambda line: line._lacks_limit()).grouped("inspection_id").items():
            raise LimitMissingError(
                self.env._(
                    "%(name)s: no limit is agreed for %(tests)s. Agree one, set the company's tolerance, or state on the test "
                    "that this figure is recorded only.",
                    name=inspection.name,
                    tests=", ".join(own.mapped("paper_question")),
                )
            )

    # The sheet

    def paper_reading_sheet(self):
        """Return what the sheet of readings shows (R5.3.2).

        :return: ``{"rows": number of specimens, "readonly": bool, "tests": [{"id", "name", "unit", "limits", "target", "band",
            "values": [text], "seen": id of its last reading, "instrument": id}], "instruments": [{"id", "name", "expired"}]}``
        """
        self.ensure_one()
        self.check_access("read")
        lines = self.inspection_lines.filtered(lambda line: line.question_type == "quantitative")
        found = self.env["paper.test.reading"].search([("line_id", "in", lines.ids)]).grouped("line_id")
        tests = [line._sheet_column(found.get(line, self.env["paper.test.reading"])) for line in lines]
        company = self.company_id or self.env.company
        instruments = self.env["paper.instrument"].search([("company_id", "=", company.id)])
        wanted = max([LEAST_ROWS, *(line.paper_specimens for line in lines), *(len(test["values"]) for test in tests)])
        return {
            "rows": wanted,
            "readonly": self._is_closed() or self.state == "canceled" or not self.has_access("write"),
            "tests": tests,
            "instruments": [{"id": tool.id, "name": tool.display_name, "expired": tool.is_expired} for tool in instruments],
        }

    def paper_record_sheet(self, columns):
        """Keep what was typed into the sheet of readings (R5.3.2).

        :param columns: ``[{"id": line, "values": [text of each specimen], "seen": as the sheet said, "instrument": id or False,
            "sure": whether values far from the target were read twice}]``
        :return: the sheet, as :meth:`paper_reading_sheet`
        :raises ReadingError: for what is no number or implausible
        :raises InspectionStateError: where somebody else has entered readings of the same test meanwhile
        """
        self.ensure_one()
        self.check_access("write")
        lines = {line.id: line for line in self.inspection_lines}
        # Two inspectors at once: the second waits here and then finds what the first one entered.
        self.env.cr.execute("SELECT id FROM qc_inspection WHERE id = %s FOR UPDATE", [self.id])
        for column in columns:
            line = lines.get(column.get("id"))
            if not line:
                raise ReadingError(self.env._("This test is not part of %(name)s.", name=self.name))
            line._record_column(column)
        return self.paper_reading_sheet()

