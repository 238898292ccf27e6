"""What is refused on whatever path it comes, and how a refusal is told, with its way out."""

from . import base, ir_http, paper_amount_mixin, paper_way_out
