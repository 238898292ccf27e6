import re
import socket

from odoo import api, fields, models

from ...exceptions import InstrumentError
from ...lib.readings import reading

SECONDS = 5
BYTES = 4096


class PaperInstrument(models.Model):
    """An instrument of the laboratory or of a machine. The quality department keeps it; no reading is taken with one whose
    calibration has run out. One that answers on the network, such as a balance behind a serial server, is read directly.
    """

    _name = "paper.instrument"
    _description = "Test Instrument"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    number = fields.Char(string="Instrument No.", help="As it stands on the instrument.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    calibration_due = fields.Date(string="Calibration Valid until", required=True, tracking=True)
    calibrated_on = fields.Date(tracking=True)
    calibration_certificate = fields.Char(string="Calibration Certificate No.", tracking=True)
    host = fields.Char(string="Address", help="Of an instrument that answers on the network, or of its serial server.")
    port = fields.Integer()
    command = fields.Char(help="What it is asked with; it is only listened to where this is empty.")
    pattern = fields.Char(
        help="Regular expression whose first group is the value; the first number of the answer if left out."
    )
    is_expired = fields.Boolean(string="Calibration Expired", compute="_compute_is_expired", search="_search_is_expired")

    @api.depends("calibration_due", "company_id")
    def _compute_is_expired(self):
        for instrument in self:
            day = (instrument.company_id or self.env.company)._paper_today()
            instrument.is_expired = not instrument.calibration_due or instrument.calibration_due < day

    @api.model
    def _search_is_expired(self, operator, value):
        if operator not in ("in", "not in", "=", "!="):
            return NotImplemented
        wanted = True in value if operator in ("in", "not in") else bool(value)
        expired = wanted == (operator in ("in", "="))
        return [("calibration_due", "<" if expired else ">=", self.env.company._paper_today())]

    def _check_usable(self):
        """Refuse instruments whose calibration has run out.

        :raises InstrumentError: naming each with its day
        """
        for instrument in self.filtered("is_expired"):
            raise InstrumentError(
                self.env._(
                    "%(instrument)s: its calibration was valid until %(day)s. Have it calibrated, or take another one.",
                    instrument=instrument.display_name,
                    day=instrument.company_id._paper_date(instrument.calibration_due),
                ),
                action=self.env["paper.way.out"]._lead_to(instrument),
            )

    def action_paper_read(self):
        """Return the value that the instrument shows now, as text (R5.3.2).

        :raises InstrumentError: for one that is expired, has no address, or does not answer with a number
        """
        self.ensure_one()
        self.check_access("read")
        self._check_usable()
        answer = self._ask()
        try:
            found = re.search(self.pattern or r"([-+]?\d+(?:[.,]\d+)?)", answer)
            return str(reading(found.group(1)))
        except (AttributeError, IndexError, ValueError, re.error):
            raise InstrumentError(
                self.env._("%(instrument)s answers with no number: %(answer)s", instrument=self.name, answer=answer[:80])
            ) from None

    def _ask(self):
        """Return the line that the instrument sends. Override for another way to reach it."""
        if not (self.host and self.port):
            raise InstrumentError(self.env._("%(instrument)s has no address: type its value.", instrument=self.name))
        try:
            with socket.create_connection((self.host, self.port), timeout=SECONDS) as line:
                if self.command:
                    line.sendall(f"{self.command}\r\n".encode())
                answer = b""
                while len(answer) < BYTES and not answer.endswith((b"\n", b"\r")):
                    part = line.recv(BYTES)
                    if not part:
                        break
                    answer += part
        except OSError as error:
            raise InstrumentError(
                self.env._("%(instrument)s does not answer (%(error)s): type its value.", instrument=self.name, error=str(error))
            ) from None
        return answer.decode("ascii", "replace").strip()
