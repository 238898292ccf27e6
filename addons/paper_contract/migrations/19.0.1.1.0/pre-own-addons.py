"""What was part of the contract and is an addon of its own now stays where it was installed, with all its records."""

from odoo.addons.paper_base.moving import hand_over

OWN = (
    "paper_contract_certificate",
    "paper_contract_register",
    "paper_order_price_hiding",
    "paper_contract_order_price_hiding",
)


def migrate(cr, version):
    for addon in OWN:
        hand_over(cr, "paper_contract", addon)
