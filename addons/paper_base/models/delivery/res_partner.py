from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _paper_address(self):
        """Return the address as one line for a print: from the large to the small in Chinese, else from the small to the large.

        The country is left out where it is the company's own.
        """
        self.ensure_one()
        home = (self.company_id or self.env.company).country_id
        country = self.country_id.name if self.country_id != home else False
        if (self.env.lang or "").startswith("zh"):
            town = "".join(filter(None, (country, self.state_id.name, self.city, self.street, self.street2)))
            return " ".join(filter(None, (town, self.zip)))
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town, self.state_id.name, country)))

    def _paper_consignee(self):
        """Return who takes the goods at this address, with a telephone number where one is known."""
        self.ensure_one()
        return " ".join(filter(None, (self.name or self.commercial_partner_id.name, self.phone)))
