from . import (
    paper_figures_hidden,
    paper_price_hidden,
    ir_actions_report,
    ir_attachment,
    mail_message,
    mail_tracking_value,
    product_product,
    product_template,
    sale_order,
    sale_order_line,
)
