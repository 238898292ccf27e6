from . import report_archive
