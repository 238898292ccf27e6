"""Paper enters stock by the warehouse's note, on every path; counting is the supervisor's."""

from . import passage, res_company, res_config_settings, mrp_production, stock_move
