from . import report_core_label, report_roll_label, report_roll_zpl
