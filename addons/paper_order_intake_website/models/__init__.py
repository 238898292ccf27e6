from . import (
    paper_intake_message,
    product_product,
    product_template,
    sale_order,
    sale_order_acceptance,
)
