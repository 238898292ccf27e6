from odoo import models

# As res.partner._contract_place() lists them.
PLACE = ("street", "street2", "city", "zip", "country_id")


class SaleOrder(models.Model):
    """Where the goods of an order go, as it was signed."""

    _inherit = "sale.order"

    def _paper_signed_place(self, partner):
        # sudo: logistics send the goods where it was signed, without reading the contract
        contract = self.sudo()._open_contract()
        if contract.state != "in_force":
            return super()._paper_signed_place(partner)
        terms = contract._agreed_terms() or {}
        own = [line.get("place") for line in terms.get("lines", []) if line.get("paper_shipping_id") == partner.id]
        place = next(filter(None, own), terms.get("place"))
        if not place:
            return super()._paper_signed_place(partner)
        beside = {"state_id": partner.state_id.id, "company_id": partner.company_id.id}
        signed = partner.new({**dict(zip(PLACE, place, strict=False)), **beside})
        return signed.with_context(lang=partner.lang or self.env.lang)._paper_address()
