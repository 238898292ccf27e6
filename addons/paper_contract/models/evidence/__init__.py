from . import base, base_partner_merge, sale_order
