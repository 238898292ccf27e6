from . import (
    paper_intake_message,
    paper_intake_message_suspicion,
    product_product,
    product_template,
    sale_order,
    sale_order_acceptance,
    sale_order_line,
    sale_order_suspicion,
    website,
)
