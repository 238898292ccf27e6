def post_init_hook(env):
    """Mark letters of paper orders that were sent before: those with a PDF are quotations and confirmations.

    Where letters are marked already, an addon did so that held this before: the marks are left as they are.
    """
    cr = env.cr
    cr.execute("SELECT FROM mail_message WHERE paper_with_prices LIMIT 1")
    if cr.rowcount:
        return
    cr.execute(
        """UPDATE mail_message message SET paper_with_prices = TRUE
             FROM sale_order
            WHERE message.model = 'sale.order' AND message.res_id = sale_order.id AND sale_order.is_paper_order
              AND EXISTS (SELECT 1 FROM message_attachment_rel link
                            JOIN ir_attachment paper ON paper.id = link.attachment_id
                           WHERE link.message_id = message.id AND paper.mimetype = 'application/pdf')
        """
    )
    cr.execute(
        """UPDATE ir_attachment paper SET paper_with_prices = TRUE
             FROM message_attachment_rel link
             JOIN mail_message message ON message.id = link.message_id
            WHERE link.attachment_id = paper.id AND message.paper_with_prices AND paper.mimetype = 'application/pdf'
        """
    )
