"""The goods of a conversion: what was taken leaves stock, what was made enters it, with quantity and value; and back again."""

from . import stock_move, stock_lot, paper_roll_conversion
