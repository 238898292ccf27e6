"""The lists of after-sales among as many cases as the size says, and the sisters of a claimed roll among 200,000.

Cases of a hundred customers over five years, each with a defect and a roll, one in ten open. Asked are the first page of the
tickets and of the archive, the archive by Chinese words and by customer, and the figures of a quarter; queries are counted at
half the size as well: they may not grow with the number of cases. Plain Odoo has no such archive, so there is nothing beside it.
"""

from pathlib import Path

from odoo.tools import SQL

from tools.mill.programs import load

rolls = load(Path(__file__).with_name("genealogy.py"))

SIZES = [50_000]
LIMITS = {
    "tickets_50000_queries": 40,
    "archive_50000_queries": 40,
    "words_50000_seconds": 2,
    "customer_50000_seconds": 1,
    "summary_50000_seconds": 10,
    "more_queries": 0,
    "sisters_200000_seconds": 2,
}
PAGE = 80


def run(ctx):
    if not ctx.is_product:
        return
    for size in ctx.sizes:
        env = ctx.env
        counts = []
        for part in (size // 2, size - size // 2):
            make(env, part)
            counts.append({name: _queries(env, read) for name, read in READS.items()})
        ctx.figure("more_queries", max(counts[1][name] - counts[0][name] for name in READS), "queries")
        for name, read in READS.items():
            env.invalidate_all()
            with ctx.measure(f"{name}_{size}"):
                read(env)
        summary = env["paper.aftersales.summary"].new(
            {"period": "quarter", "date_from": "2034-01-01", "company_id": env.company.id}
        )
        with ctx.measure(f"summary_{size}"):
            summary._count()
    jumbos, _pallets = rolls.make(ctx.env, 200_000)
    made = ctx.env["stock.lot"].browse(jumbos[:1])._paper_descendants()
    lot = next(iter(made.values())).filtered(lambda own: own.paper_kind == "roll")[:1]
    with ctx.measure("sisters_200000"):
        lot._paper_sisters("jumbo")


def _tickets(env):
    env["helpdesk.ticket"].search([("stage_id.closed", "=", True)], limit=PAGE).web_read(
        {name: {} for name in ("number", "name", "defect_id", "severity", "claimed_kg", "deadline_state", "stage_id", "user_id")}
    )


def _archive(env):
    env["paper.aftersales.archive"].search([], limit=PAGE).web_read({"number": {}, "partner_id": {}, "lots": {}, "result": {}})


def _words(env):
    env["helpdesk.ticket"].search([("solution", "ilike", "第 4711 号")], limit=PAGE).mapped("name")


def _customer(env):
    customer = env["res.partner"].search([("name", "=", "Bench 7")], limit=1)
    env["paper.aftersales.archive"].search([("partner_id", "=", customer.id)], limit=PAGE).mapped("number")


READS = {"tickets": _tickets, "archive": _archive, "words": _words, "customer": _customer}


def _queries(env, read):
    env.flush_all()
    env.invalidate_all()
    start = env.cr.sql_log_count
    read(env)
    return env.cr.sql_log_count - start


def make(env, count):
    """Write cases by SQL: of a hundred customers, over five years."""
    partners = env["res.partner"].search([("name", "=like", "Bench %")])
    if not partners:
        partners = env["res.partner"].create([{"name": f"Bench {number}", "is_company": True} for number in range(100)])
    defects = env["paper.defect"].search([]).ids
    done = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id
    new = env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new").id
    env.flush_all()
    env.cr.execute(
        SQL(
            """INSERT INTO helpdesk_ticket (number, name, description, solution, partner_id, commercial_partner_id, company_id,
                      stage_id, severity, defect_id, claimed_kg, active, rating_status, create_date, closed_date, create_uid)
               SELECT 'B' || n, '纸边起毛 ' || n, '<p>卷筒纸边起毛</p>', '更换刀片，第 ' || n || ' 号',
                      (%(partners)s::int[])[1 + n %% 100], (%(partners)s::int[])[1 + n %% 100], %(company)s,
                      CASE WHEN n %% 10 = 0 THEN %(new)s ELSE %(done)s END,
                      CASE WHEN n %% 7 = 0 THEN 'serious' ELSE 'general' END,
                      (%(defects)s::int[])[1 + n %% %(many)s], n %% 900, TRUE, 'stage_change',
                      '2030-01-01'::timestamp + make_interval(hours => (n * 37) %% 43800),
                      CASE WHEN n %% 10 = 0 THEN NULL
                           ELSE '2030-01-08'::timestamp + make_interval(hours => (n * 37) %% 43800) END, 1
                 FROM generate_series(1, %(count)s) n""",
            partners=partners.ids,
            company=env.company.id,
            new=new,
            done=done,
            defects=defects,
            many=len(defects),
            count=count,
        )
    )
    env.cr.execute("ANALYZE helpdesk_ticket")
    env.invalidate_all()
