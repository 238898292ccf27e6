"""Arrivals know the item of the order that was made of them."""


def migrate(cr, version):
    # An order made of one arrival had one item; the web shop's, which bring several papers in one arrival, name none.
    cr.execute(
        """UPDATE paper_intake_message message
              SET order_line_id = line.id
             FROM (SELECT order_id, min(id) AS id
                     FROM sale_order_line
                    WHERE display_type IS NULL
                    GROUP BY order_id
                   HAVING count(*) = 1) line
            WHERE line.order_id = message.order_id
              AND message.order_line_id IS NULL
              AND message.form != 'web_order'"""
    )
