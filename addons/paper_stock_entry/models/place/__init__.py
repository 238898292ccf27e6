"""Where paper is put: by format, grade, customer and climate, as long as there is room."""

from . import stock_location, paper_grade, paper_place_rule
