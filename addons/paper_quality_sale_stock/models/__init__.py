from . import mgmtsystem_nonconformity, qc_inspection, sale_order, sale_order_line, stock_move, stock_picking
