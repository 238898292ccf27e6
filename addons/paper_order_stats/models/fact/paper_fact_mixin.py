import hashlib

from odoo import api, fields, models
from odoo.tools import SQL

from .paper_fact_queue import EVERYTHING

BATCH = 2000


class PaperFactMixin(models.AbstractModel):
    """Facts of one room: what happened to its documents, one row each with the day on which it happened.

    A room says how its rows are read from the documents (:meth:`_fact_events`) and which tables they come from
    (:meth:`_fact_watches`). Triggers queue the documents that changed; a batch writes their rows anew, in one transaction
    with the rows of the queue: what is broken off leaves nothing double and nothing out. A glue addon adds columns or events
    by overriding both.
    """

    _name = "paper.fact.mixin"
    _inherit = ["paper.figure.table"]
    _description = "Facts"
    _auto = False
    _log_access = False
    _order = "date desc, id desc"

    _fact_table = None  # the table whose ids name the documents
    _fact_documents = ()  # fields of the documents behind a figure, the nearest first
    _fact_month = None  # the model that sums the facts by month
    _fact_slice = ("company_id", "month")  # what of it is summed anew when a document changes

    key = fields.Char(readonly=True)
    document_id = fields.Integer(readonly=True, aggregator=None)
    date = fields.Date(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)

    # Override these

    def _fact_events(self, only):
        """Return ``{name: Event}``.

        :param only: SQL of a condition on the ids of documents (`only(SQL("ord.id"))`), true where all are read
        """
        return {}

    def _fact_watches(self):
        """Return the tables whose changes matter, as a list of ``Watch``."""
        return []

    def _fact_with(self, only):
        """Return what stands before the events' queries: SQL of common table expressions, without WITH."""
        return SQL("kilogram AS (SELECT factor, parent_path FROM uom_uom WHERE id = %s)", self.env.ref("uom.product_uom_kgm").id)

    def _days_over(self):
        """Return SQL of the ids of documents that are judged anew as a day is over; none unless overridden."""
        return SQL("SELECT 0 AS id WHERE FALSE")

    def action_open_document(self):
        """Open the document behind a figure: the nearest of those it names."""
        self.ensure_one()
        return next((self[name]._get_records_action() for name in self._fact_documents if self[name]), False)

    def _every_document(self):
        """Return SQL of the ids of all documents."""
        return SQL("SELECT id FROM %s", SQL.identifier(self._fact_table))

    # Reading the documents

    @api.model
    def _is_weight(self, uom):
        return SQL("split_part(%s.parent_path, '/', 1) = split_part(kilogram.parent_path, '/', 1)", uom)

    @api.model
    def _kilograms(self, quantity, uom):
        """Return a quantity in kg; 0 where its unit is no weight."""
        return SQL("CASE WHEN %s THEN %s * %s.factor / kilogram.factor ELSE 0 END", self._is_weight(uom), quantity, uom)

    @api.model
    def _day(self, moment, calendar="calendar"):
        """Return the day of a moment where the mill stands."""
        zone = SQL("COALESCE(%s, 'UTC')", SQL.identifier(calendar, "tz"))
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)

    def _fact_query(self, documents=None):
        """Return the query that reads the facts from the documents: the truth that the table is compared with.

        :param documents: ids; None for all
        """

        def only(column):
            return SQL("TRUE") if documents is None else SQL("%s = ANY(%s)", column, list(documents))

        columns, measures = self._columns(), set(self._measures())
        parts = []
        for name, event in self._fact_events(only).items():
            values = {
                **event.columns,
                "event": SQL("%s", name),
                "key": SQL("%s || ':' || %s", name, event.key),
                "month": SQL("date_trunc('month', %s)", event.columns["date"]),
            }
            selected = [self._typed(column, values.get(column), column in measures) for column in columns]
            parts.append(SQL("SELECT %s FROM %s", SQL(", ").join(selected), event.source))
        return SQL("WITH %s %s", self._fact_with(only), SQL(" UNION ALL ").join(parts))

    def _typed(self, name, value, is_measure):
        field = self._fields[name]
        if value is None:
            value = SQL("0") if is_measure else SQL("NULL")
        kind = SQL(self._kind(name))
        if field.type == "monetary" or field.type == "float":
            return SQL(
                "ROUND(COALESCE(%s, 0)::numeric, %s) AS %s", value, 2 if field.type == "monetary" else 3, SQL.identifier(name)
            )
        return SQL("(%s)::%s AS %s", value, kind, SQL.identifier(name))

    # Filling

    def init(self):
        if self._abstract:
            return
        self._make_table()
        cr, table = self.env.cr, SQL.identifier(self._table)
        for suffix, unique, columns in (
            ("key", SQL("UNIQUE"), ("key",)),
            ("document", SQL(""), ("document_id",)),
            ("slice", SQL(""), self._fact_slice),
        ):
            names = SQL(", ").join(map(SQL.identifier, columns))
            index = SQL.identifier(f"{self._table}_{suffix}_idx")
            cr.execute(SQL("CREATE %s INDEX IF NOT EXISTS %s ON %s (%s)", unique, index, table, names))
        self._make_watches()

    def _register_hook(self):
        """Read everything again when what is read has changed: the first time, and when a glue addon came or left."""
        super()._register_hook()
        if not self._abstract:
            self._queue_all_if_new()

    def _queue_all_if_new(self):
        cr = self.env.cr
        mark = hashlib.sha256(repr((self._fact_query().code, self._columns())).encode()).hexdigest()
        cr.execute("SELECT obj_description(%s::regclass)", [self._table])
        if cr.fetchone()[0] != mark:
            cr.execute(SQL("COMMENT ON TABLE %s IS %s", SQL.identifier(self._table), mark))
            self.env["paper.fact.queue"]._put(self._name, SQL("SELECT %s AS id", EVERYTHING))

    def _queue_days_over(self):
        self.env["paper.fact.queue"]._put(self._name, self._days_over())

    def _take_batch(self, size=BATCH):
        """Write the facts of the next documents of the queue; return how many rows of the queue were answered."""
        cr = self.env.cr
        cr.execute(
            """DELETE FROM paper_fact_queue WHERE id IN (SELECT id FROM paper_fact_queue WHERE fact = %s ORDER BY id LIMIT %s)
               RETURNING document_id""",
            [self._name, size],
        )
        rows = [document for (document,) in cr.fetchall()]
        documents = set(rows)
        if EVERYTHING in documents:
            documents.discard(EVERYTHING)
            every = SQL("%s UNION SELECT document_id FROM %s", self._every_document(), SQL.identifier(self._table))
            self.env["paper.fact.queue"]._put(self._name, every)
        if documents:
            self._write_documents(sorted(documents))
        return len(rows)

    def _write_documents(self, documents):
        """Write the facts of these documents as they are now, sum their months anew, and note what that changes in
        periods that are frozen."""
        periods = self.env["paper.stats.period"]
        before = periods._frozen_figures(self, documents)
        slices = self._slices(documents)
        columns = self._columns()
        names = SQL(", ").join(map(SQL.identifier, columns))
        table = SQL.identifier(self._table)
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS MATERIALIZED (%(query)s),
                gone AS (
                    DELETE FROM %(table)s fact WHERE fact.document_id = ANY(%(documents)s)
                       AND NOT EXISTS (SELECT FROM fresh WHERE fresh.key = fact.key)
                )
                INSERT INTO %(table)s AS fact (%(names)s) SELECT %(names)s FROM fresh
                    ON CONFLICT (key) DO UPDATE SET %(update)s WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                """,
                query=self._fact_query(documents),
                table=table,
                documents=documents,
                names=names,
                update=SQL(", ").join(SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name)) for name in columns),
                old=SQL(", ").join(SQL.identifier("fact", name) for name in columns),
                new=SQL(", ").join(SQL("EXCLUDED.%s", SQL.identifier(name)) for name in columns),
            )
        )
        if self._fact_month:
            self.env[self._fact_month]._sum_slices(self, slices | self._slices(documents))
        periods._note_corrections(self, documents, before)
        self.env.invalidate_all(flush=False)

    def _slices(self, documents):
        names = SQL(", ").join(map(SQL.identifier, self._fact_slice))
        table = SQL.identifier(self._table)
        self.env.cr.execute(SQL("SELECT DISTINCT %s FROM %s WHERE document_id = ANY(%s)", names, table, documents))
        return set(self.env.cr.fetchall())

    def _differences(self):
        """Compare the table with the documents; return ``(documents that differ, rows that differ, rows)``."""
        names = SQL(", ").join(map(SQL.identifier, self._columns()))
        table, cr = SQL.identifier(self._table), self.env.cr
        query = self._fact_query()
        cr.execute(
            SQL(
                """
                WITH truth AS MATERIALIZED (%(query)s), kept AS MATERIALIZED (SELECT %(names)s FROM %(table)s)
                SELECT document_id, COUNT(*) FROM (
                    (SELECT * FROM truth EXCEPT ALL SELECT * FROM kept) UNION ALL (SELECT *
                        FROM kept EXCEPT ALL SELECT * FROM truth)
                ) difference GROUP BY document_id ORDER BY document_id
                """,
                query=query,
                names=names,
                table=table,
            )
        )
        found = cr.fetchall()
        cr.execute(SQL("SELECT COUNT(*) FROM %s", table))
        return [row[0] for row in found], sum(row[1] for row in found), cr.fetchone()[0]

    # Triggers

    def _make_watches(self):
        self._drop_watches()
        for number, watch in enumerate(self._fact_watches()):
            self._make_watch(f"{self._table}_{number}", watch)

    def _make_watch(self, name, watch):
        """Make the triggers of a table: a row of the queue for each document that a statement touched."""
        cr, table = self.env.cr, SQL.identifier(watch.table)
        changed = SQL("SELECT * FROM fresh UNION ALL SELECT * FROM stale")
        if watch.columns:
            fresh, stale = (SQL(", ").join(SQL.identifier(row, column) for column in watch.columns) for row in ("fresh", "stale"))
            pairs = SQL("fresh JOIN stale ON stale.id = fresh.id WHERE (%s) IS DISTINCT FROM (%s)", fresh, stale)
            changed = SQL("SELECT fresh.* FROM %s UNION ALL SELECT stale.* FROM %s", pairs, pairs)
        sources = {"INSERT": SQL("SELECT * FROM fresh"), "DELETE": SQL("SELECT * FROM stale"), "UPDATE": changed}
        branches = SQL("").join(
            SQL(
                """
                IF TG_OP = %s THEN
                    INSERT INTO paper_fact_queue (fact, document_id)
                    WITH changed AS (%s)
                    SELECT DISTINCT %s, found.id FROM (%s) found(id) WHERE found.id IS NOT NULL;
                END IF;
                """,
                operation,
                source,
                self._name,
                SQL(watch.documents),
            )
            for operation, source in sources.items()
        )
        body = cr.mogrify(SQL("BEGIN %s RETURN NULL; END", branches)).decode()
        cr.execute(SQL("CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s", SQL.identifier(name), body))
        rows = {"INSERT": "NEW TABLE AS fresh", "DELETE": "OLD TABLE AS stale", "UPDATE": "NEW TABLE AS fresh OLD TABLE AS stale"}
        for operation, referencing in rows.items():
            cr.execute(
                SQL(
                    "CREATE TRIGGER %s AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %s()",
                    SQL.identifier(f"{name}_{operation.lower()}"),
                    SQL(operation),
                    table,
                    SQL(referencing),
                    SQL.identifier(name),
                )
            )

    @api.model
    def _drop_watches(self, table=None):
        """Take the triggers of these facts out of the database.

        :param table: those of this table alone
        """
        cr = self.env.cr
        names = SQL(
            "SELECT proname FROM pg_proc WHERE proname ~ %s AND pronamespace = current_schema::regnamespace",
            f"^{self._table}_[0-9]+$",
        )
        if table:
            watching = SQL("SELECT FROM pg_trigger WHERE tgfoid = pg_proc.oid AND tgrelid = %s::regclass", table)
            names = SQL("%s AND EXISTS (%s)", names, watching)
        cr.execute(names)
        for (name,) in cr.fetchall():
            cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
