from odoo import api, fields, models
from odoo.tools import SQL

KEEP = """
    INSERT INTO paper_purchase_promise (line_id, first_on)
    SELECT line.id, line.date_planned FROM purchase_order_line line JOIN purchase_order ord ON ord.id = line.order_id
     WHERE ord.state = 'purchase' AND line.date_planned IS NOT NULL AND %s
    ON CONFLICT (line_id) DO NOTHING
"""


class PaperPurchasePromise(models.Model):
    """The date that a supplier promised for an item when the order was confirmed. The order keeps the last date alone: the
    first one is kept here, by a trigger, and never changes."""

    _name = "paper.purchase.promise"
    _description = "First Promise of a Supplier"
    _auto = False
    _log_access = False
    _rec_name = "line_id"

    line_id = fields.Many2one("purchase.order.line", readonly=True)
    first_on = fields.Datetime(string="First Promise", readonly=True)

    def init(self):
        cr = self.env.cr
        cr.execute(
            """
            CREATE TABLE IF NOT EXISTS paper_purchase_promise (id bigserial PRIMARY KEY, line_id int NOT NULL UNIQUE,
                first_on timestamp)
            """
        )
        self._drop_trigger()
        # What was confirmed before the statistics came: the date that stands there now is the first that is known.
        cr.execute(SQL(KEEP, SQL("TRUE")))
        for table, column in (("purchase_order", SQL("line.order_id")), ("purchase_order_line", SQL("line.id"))):
            function = SQL.identifier(f"paper_purchase_promise_{table}")
            body = SQL(KEEP, SQL("%s IN (SELECT fresh.id FROM fresh)", column))
            cr.execute(
                SQL(
                    """
                    CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS
                    $function$ BEGIN %s; RETURN NULL; END $function$
                    """,
                    function,
                    body,
                )
            )
            for operation in ("INSERT", "UPDATE"):
                cr.execute(
                    SQL(
                        """
                        CREATE TRIGGER %s AFTER %s ON %s
                        REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION %s()
                        """,
                        SQL.identifier(f"paper_purchase_promise_{operation.lower()}"),
                        SQL(operation),
                        SQL.identifier(table),
                        function,
                    )
                )

    @api.model
    def _drop_trigger(self):
        """Take the triggers out of the database."""
        for table in ("purchase_order", "purchase_order_line"):
            function = SQL.identifier(f"paper_purchase_promise_{table}")
            self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", function))
