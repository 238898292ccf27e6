from . import paper_intake_message, product_product, product_template, sale_order, sale_order_line, website

# What a web order waits for, and what becomes of one that came twice.
from . import gate, suspicion
