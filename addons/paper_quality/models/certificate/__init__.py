"""The certificate of analysis."""

from . import ir_actions_report, qc_inspection, qc_inspection_line, stock_lot, paper_certificate, stock_picking
