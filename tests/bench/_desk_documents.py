"""The documents of the bench's orders: each stage has its own, open where an order waits for it, done where it went on.

They are put into the database directly, hundreds of thousands of them in some minutes; what makes them in a mill is not
measured here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Documents:
    """Records of one model, made of what is there already.

    :param model: of the records
    :param source: what stands after FROM; ``o`` is the order, ``l`` its line
    :param values: ``{column: SQL}``
    """

    model: str
    source: str
    values: dict


def at(stage, waiting, done):
    """Return the SQL of one value where an order waits for a stage, and of another one elsewhere."""
    return f"CASE WHEN o.paper_stage = '{stage}' THEN {waiting} ELSE {done} END"


ORDERS = "sale_order o"
ORDER = {"order_id": "o.id"}
DUE = "current_date + (o.id % 20)::int - 5"
CLOCK = {"deadline_date": DUE}
MOMENT = f"({DUE})::timestamp"
COPIES = ("planning", "purchasing", "technical", "workshop", "logistics")

# Each in its turn: contracts before their reviews.
ALL = (
    Documents(
        "paper.evaluation",
        ORDERS,
        {**ORDER, **CLOCK, "partner_id": "o.partner_id", "state": at("evaluated", "'open'", "'passed'")},
    ),
    Documents(
        "paper.evaluation.opinion",
        "paper_evaluation e JOIN sale_order o ON o.id = e.order_id CROSS JOIN paper_evaluation_dimension d",
        {
            **ORDER,
            **CLOCK,
            "evaluation_id": "e.id",
            "dimension_id": "d.id",
            "dimension": "d.code",
            "sequence": "d.sequence",
            "proposal": "'yes'",
            "state": "CASE WHEN e.state = 'open' AND (e.id + d.id) % 3 > 0 THEN 'pending' ELSE 'given' END",
        },
    ),
    Documents(
        "paper.evaluation.price.round",
        "paper_evaluation e JOIN sale_order o ON o.id = e.order_id AND o.id % 5 = 0",
        {**ORDER, "evaluation_id": "e.id", "opened_on": "now()", "state": at("evaluated", "'open'", "'agreed'")},
    ),
    Documents(
        "paper.contract",
        ORDERS,
        {
            **ORDER,
            "name": "'HT' || o.id",
            "partner_id": "o.partner_id",
            "state": "CASE o.paper_stage WHEN 'contract' THEN 'draft' WHEN 'legal' THEN 'review'"
            " WHEN 'signed' THEN (CASE WHEN o.id % 3 = 0 THEN 'reviewed' ELSE 'sent' END) ELSE 'in_force' END",
            "customer_signed_on": at("signed", "CASE WHEN o.id % 2 = 0 THEN now() END", "now()"),
            "company_signed_on": at("signed", "NULL", "now()"),
        },
    ),
    Documents(
        "paper.contract.review",
        "paper_contract c JOIN sale_order o ON o.id = c.order_id",
        {
            **CLOCK,
            "contract_id": "c.id",
            "result": at("legal", "'open'", "'accepted'"),
            "turn": "CASE WHEN o.id % 3 = 0 THEN 'sales' ELSE 'legal' END",
        },
    ),
    Documents(
        "paper.contract.copy",
        "paper_contract c JOIN sale_order o ON o.id = c.order_id CROSS JOIN unnest(ARRAY[{copies}]) department",
        {**CLOCK, "contract_id": "c.id", "department_id": "department", "state": at("planned", "'unread'", "'read'")},
    ),
    Documents(
        "paper.contract.question",
        "paper_contract c JOIN sale_order o ON o.id = c.order_id AND o.id % 5 = 0",
        {"contract_id": "c.id", "asked_on": "now()", "state": at("signed", "'open'", "'answered'")},
    ),
    Documents(
        "paper.credit.review",
        ORDERS,
        {**ORDER, "partner_id": "o.partner_id", "state": at("credit", "'draft'", "'approved'")},
    ),
    Documents(
        "paper.intake.message",
        ORDERS,
        {
            "order_id": at("received", "NULL", "o.id"),
            "external_ref": "'bench:' || o.id",
            "number": "'A-' || o.id",
            "partner_id": "o.partner_id",
            "handler_id": "CASE WHEN o.id % 40 = 0 THEN o.user_id END",
            "received_on": "now()",
            "state": at("received", "'question'", "'order'"),
        },
    ),
    Documents(
        "paper.intake.suspicion",
        "paper_intake_message m JOIN sale_order o ON 'bench:' || o.id = m.external_ref AND o.id % 5 = 0",
        {"message_id": "m.id", "other_order_id": "o.id", "state": at("received", "'open'", "'both'")},
    ),
    Documents(
        "paper.production.plan",
        "sale_order o",
        {
            "name": "'PP' || o.id",
            "date_from": DUE,
            "state": "CASE WHEN o.paper_stage = 'planned' THEN (CASE WHEN o.id % 2 = 0 THEN 'draft' ELSE 'submitted' END)"
            " WHEN o.paper_stage = 'produced' THEN 'approved' ELSE 'done' END",
        },
    ),
    Documents(
        "mrp.production",
        "sale_order_line l JOIN sale_order o ON o.id = l.order_id JOIN paper_production_plan p ON p.name = 'PP' || o.id",
        {
            "name": "'MO' || l.id",
            "product_id": "l.product_id",
            "product_uom_id": "l.product_uom_id",
            "product_qty": "l.product_uom_qty",
            "sale_line_id": "l.id",
            "paper_spec_id": "l.paper_spec_id",
            "paper_plan_id": "p.id",
            "date_start": MOMENT,
            "date_deadline": MOMENT,
            "state": at("produced", "CASE WHEN o.id % 3 = 0 THEN 'progress' ELSE 'confirmed' END", "'done'"),
        },
    ),
    Documents(
        "mrp.workorder",
        "mrp_production r JOIN sale_order_line l ON l.id = r.sale_line_id JOIN sale_order o ON o.id = l.order_id",
        {"name": "'Paper machine'", "production_id": "r.id", "state": at("produced", "'ready'", "'done'")},
    ),
    Documents(
        "qc.inspection",
        "mrp_production r JOIN sale_order_line l ON l.id = r.sale_line_id JOIN sale_order o ON o.id = l.order_id",
        {
            "name": "'QC' || r.id",
            "production_id": "r.id",
            "paper_spec_id": "l.paper_spec_id",
            "date": MOMENT,
            "state": at("inspected", "CASE WHEN o.id % 3 = 0 THEN 'waiting' ELSE 'ready' END", "'success'"),
        },
    ),
    Documents(
        "paper.dispatch.notice",
        ORDERS,
        {
            **ORDER,
            **CLOCK,
            "name": "'DN' || o.id",
            "partner_id": "o.partner_id",
            "delivery_date": DUE,
            "weight_kg": "1000",
            "licence_plate": "'沪A' || o.id",
            "issued_on": "now()",
            "state": "CASE o.paper_stage WHEN 'notified' THEN (CASE WHEN o.id % 2 = 0 THEN 'draft' ELSE 'issued' END)"
            " WHEN 'dispatched' THEN 'planned' ELSE 'done' END",
        },
    ),
    Documents(
        "stock.picking",
        "paper_dispatch_notice n JOIN sale_order o ON o.id = n.order_id",
        {
            "name": "'OUT' || o.id",
            "sale_id": "o.id",
            "paper_notice_id": "n.id",
            "picking_type_id": "(SELECT min(id) FROM stock_picking_type WHERE code = 'outgoing')",
            "scheduled_date": MOMENT,
            "date_done": "now()",
            "state": at("dispatched", "'assigned'", "'done'"),
            "paper_proof_on": at("delivered", "NULL", "now()"),
        },
    ),
    Documents(
        "paper.quality.visit",
        ORDERS,
        {
            **ORDER,
            **CLOCK,
            "name": "'V' || o.id",
            "partner_id": "o.partner_id",
            "planned_date": DUE,
            "state": at("visited", "'planned'", "'done'"),
        },
    ),
    Documents(
        "helpdesk.ticket",
        "sale_order o WHERE o.id % 5 = 0",
        {
            **CLOCK,
            "number": "'HT0' || o.id",
            "name": "'Spots in the paper'",
            "sale_order_id": "o.id",
            "partner_id": "o.partner_id",
            "severity": "'normal'",
            "stage_id": at(
                "settled",
                "(SELECT min(id) FROM helpdesk_ticket_stage WHERE NOT closed)",
                "(SELECT min(id) FROM helpdesk_ticket_stage WHERE closed)",
            ),
        },
    ),
    Documents(
        "paper.ticket.question",
        "helpdesk_ticket t JOIN sale_order o ON o.id = t.sale_order_id CROSS JOIN unnest(ARRAY[{copies}]) department",
        {
            **CLOCK,
            "ticket_id": "t.id",
            "group_id": "department",
            "asked_on": "now()",
            "answered_on": at("settled", "NULL", "now()"),
        },
    ),
    Documents(
        "maintenance.request",
        "sale_order o WHERE o.id % 5 = 0",
        {
            "name": "'Grease the drier'",
            "schedule_date": MOMENT,
            "stage_id": "(SELECT min(id) FROM maintenance_stage WHERE done = (o.paper_stage = 'closed'))",
        },
    ),
)


def make(env, since):
    """Make the documents of all orders whose id is higher than ``since``, with nothing of an order but what is copied of it.

    Keys and checks of these tables are taken away before: the bench's database is thrown away.
    """
    copies = ", ".join(str(env.ref(f"paper_base.group_{code}").id) for code in COPIES)
    for documents in ALL:
        model = env[documents.model]
        _drop_checks(env.cr, model._table)
        values = {**_required(model, documents.values), **documents.values}
        source = documents.source.replace("{copies}", copies)
        source += f" {'AND' if ' WHERE ' in source else 'WHERE'} o.id > {int(since)} AND o.is_paper_order"
        columns = ", ".join(f'"{name}"' for name in values)
        env.cr.execute(f'INSERT INTO "{model._table}" ({columns}) SELECT {", ".join(values.values())} FROM {source}')


def _drop_checks(cr, table):
    cr.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f')", [table])
    for (name,) in cr.fetchall():
        cr.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE')
    cr.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')


def _required(model, given):
    """Return ``{column: SQL}`` of what such a record cannot be without, and who has it."""
    cr = model.env.cr
    cr.execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        " AND (is_nullable = 'NO' OR column_name IN ('company_id', 'active', 'create_date')) AND column_name != 'id'",
        [model._table],
    )
    plain = {"bool": "false", "jsonb": "'{}'", "timestamp": "now()", "date": "current_date", "varchar": "''", "text": "''"}
    values = {}
    for name, kind in cr.fetchall():
        field = model._fields.get(name)
        if name in given:
            continue
        if name == "company_id":
            values[name] = str(model.env.company.id)
        elif name == "active":
            values[name] = "true"
        elif field and field.type == "many2one":
            values[name] = f'(SELECT min(id) FROM "{model.env[field.comodel_name]._table}")'
        elif field and field.type == "selection":
            values[name] = f"'{field.get_values(model.env)[0]}'"
        else:
            values[name] = plain.get(kind, "0")
    return values
