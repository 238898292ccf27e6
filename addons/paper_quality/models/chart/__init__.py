"""Control charts of what inspections read, and their alarms."""

from . import paper_spc_chart, paper_spc_alarm, qc_inspection
