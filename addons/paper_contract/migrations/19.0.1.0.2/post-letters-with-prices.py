# Letters of paper orders that were sent before they were marked: those with a PDF are quotations and confirmations.
def migrate(cr, version):
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
