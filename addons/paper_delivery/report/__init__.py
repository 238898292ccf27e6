from . import certificate_report
