from . import base, ir_http, paper_amount_mixin, paper_way_out
