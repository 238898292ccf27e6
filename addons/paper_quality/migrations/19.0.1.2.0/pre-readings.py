from odoo.tools import sql

# Answers from before have no readings: nothing is worked out for millions of them.
COLUMNS = {
    "reading_count": "int4",
    "reading_lowest": "numeric",
    "reading_highest": "numeric",
    "reading_deviation": "numeric",
    "reading_variation": "numeric",
    "reading_ratio": "numeric",
}


def migrate(cr, version):
    """Make the columns of readings empty, so that they are not computed for each old answer."""
    for name, kind in COLUMNS.items():
        if not sql.column_exists(cr, "qc_inspection_line", name):
            sql.create_column(cr, "qc_inspection_line", name, kind)
