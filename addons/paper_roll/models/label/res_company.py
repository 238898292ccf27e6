from odoo import api, fields, models

from ...exceptions import LabelDataError


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_label_standard = fields.Selection(
        [("plain", "Roll Number Only"), ("gs1", "GS1"), ("ifra", "WAN-IFRA, 16 Digits"), ("tappi", "TAPPI Roll Number")],
        string="Bar Codes of Rolls",
        default="plain",
        required=True,
    )
    paper_gs1_prefix = fields.Char(
        string="GS1 Company Prefix", help="As GS1 gave it to the mill; begins the number of each roll."
    )
    paper_ifra_manufacturer = fields.Integer(string="WAN-IFRA Manufacturer", help="Two digits.")
    paper_tappi_mill = fields.Char(string="TAPPI Mill Code", size=2)

    @api.constrains("paper_gs1_prefix", "paper_ifra_manufacturer", "paper_tappi_mill")
    def _check_label_numbers(self):
        for company in self:
            prefix, mill = company.paper_gs1_prefix or "", company.paper_tappi_mill or ""
            if prefix and not (prefix.isascii() and prefix.isdigit() and 4 <= len(prefix) <= 12):
                raise LabelDataError(self.env._("A GS1 company prefix has 4 to 12 digits, not “%(prefix)s”.", prefix=prefix))
            if not 0 <= company.paper_ifra_manufacturer <= 99:
                raise LabelDataError(self.env._("The manufacturer of WAN-IFRA is a number from 0 to 99."))
            if mill and not (mill.isascii() and mill.isalnum()):
                raise LabelDataError(self.env._("The mill code of TAPPI has letters and digits only, not “%(mill)s”.", mill=mill))
