from . import paper_roll_conversion, paper_lot_link, stock_lot
