from . import report_certificate, report_certificate_both, report_lot_certificate
