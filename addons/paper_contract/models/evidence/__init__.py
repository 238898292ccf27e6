"""What a contract in force keeps from being altered, merged or deleted."""

from . import base, base_partner_merge_automatic_wizard, sale_order
