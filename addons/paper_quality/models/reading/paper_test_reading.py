from odoo import api, fields, models

from ...exceptions import InspectionClosedError, ReadingError
from ...lib.readings import plausible


class PaperTestReading(models.Model):
    """The reading of one specimen: its value, direction and side, with which instrument, by whom and when. Readings belong to
    an answer of an inspection and stay with it once that is confirmed.
    """

    _name = "paper.test.reading"
    _description = "Reading of a Specimen"
    _order = "line_id, number, id"

    line_id = fields.Many2one("qc.inspection.line", string="Test", required=True, ondelete="cascade", index=True)
    number = fields.Integer(string="Specimen", required=True, default=1)
    value = fields.Float(digits=(16, 4), required=True)
    direction = fields.Selection([("md", "MD"), ("cd", "CD")], help="Machine direction or cross direction.")
    side = fields.Selection([("top", "Top Side"), ("wire", "Wire Side")])
    lot_id = fields.Many2one("stock.lot", string="Roll", index="btree_not_null")
    instrument_id = fields.Many2one("paper.instrument", index="btree_not_null", ondelete="restrict")
    is_conditioned = fields.Boolean(string="Conditioned", default=True, help="The specimen was kept in the standard climate.")
    is_sure = fields.Boolean(string="Read Twice", help="It lies far from its target, and was read a second time.")
    user_id = fields.Many2one("res.users", string="Read by", required=True, readonly=True, default=lambda self: self.env.user)
    taken_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _one_each = models.UniqueIndex(
        "(line_id, number, COALESCE(direction, ''), COALESCE(side, ''))", "This specimen has its reading already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        given = [{**vals, "user_id": self.env.uid, "taken_on": fields.Datetime.now()} for vals in vals_list]
        readings = super().create(given)
        readings._check_reading()
        readings.line_id._follow_readings()
        return readings

    def write(self, vals):
        lines = self.line_id
        self._check_open()
        result = super().write({name: value for name, value in vals.items() if name not in ("user_id", "taken_on")})
        self._check_reading()
        (lines | self.line_id)._follow_readings()
        return result

    def unlink(self):
        lines = self.line_id
        self._check_open()
        result = super().unlink()
        lines.exists()._follow_readings()
        return result

    def _check_open(self):
        for inspection in self.line_id.inspection_id.filtered(lambda rec: rec._is_closed()):
            raise InspectionClosedError(
                self.env._("The inspection %(name)s is confirmed: its readings stay.", name=inspection.name)
            )

    def _check_reading(self):
        """Refuse what cannot be a reading of this test: of a sealed inspection, another roll, an expired instrument, or one
        that is far from what was ordered and was read only once.

        :raises ReadingError, InstrumentError, InspectionClosedError: naming the test and the specimen
        """
        self._check_open()
        self.instrument_id._check_usable()
        for item in self:
            line, inspection = item.line_id, item.line_id.inspection_id
            if line.question_type != "quantitative":
                raise ReadingError(self.env._("%(test)s is answered in words, not by readings.", test=line.paper_question))
            if item.lot_id and item.lot_id not in inspection._readable_lots():
                raise ReadingError(
                    self.env._(
                        "%(lot)s is not what %(inspection)s inspects.", lot=item.lot_id.name, inspection=inspection.name
                    )
                )
            if not item.is_sure and not plausible(item.value, line.target, line.paper_band):
                raise ReadingError(
                    self.env._(
                        "%(test)s, specimen %(number)s: %(value)s is more than %(band)s %% away from %(target)s. Read it again, "
                        "and say that it was read twice if it is right.",
                        test=line.paper_question,
                        number=item.number,
                        value=f"{item.value:.10g}",
                        band=f"{line.paper_band:.10g}",
                        target=f"{line.target:.10g}",
                    )
                )
