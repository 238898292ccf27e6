"""The statistics over as many order lines as the size says, a third as many purchase lines and manufacturing orders: their first
fill, one changed order, and reports beside hand-written SQL on the documents and beside Odoo's own reports, in the same database.

A report is read as a screen reads it, through `_read_group`. Ratios below 1 are faster than what they are compared with.
"""

import resource
import time

SIZES = [200_000]
LIMITS = {
    "ratio_month_customer_vs_sql_200000": 1.2,
    "ratio_month_grade_vs_sql_200000": 1.2,
    "ratio_month_region_vs_sql_200000": 1.2,
    "ratio_month_customer_vs_sale_report_200000": 0.1,
    "ratio_purchases_vs_purchase_report_200000": 1,
    "ratio_production_vs_orders_200000": 1,
}
RUNS = 3
MONTHS, LINES, CUSTOMERS, GRADES = 24, 4, 400, 6
SHARES = 3


def run(ctx):
    if not ctx.is_product:
        return
    made = 0
    mill = Ground(ctx.env)
    for size in sorted(ctx.sizes):
        mill.make(size - made)
        made = size
        measure(ctx, mill, size)


class Ground:
    """What the lines stand on, and how more of them are made by SQL."""

    def __init__(self, env):
        self.env, self.cr, self.company = env, env.cr, env.company
        grades = env["paper.grade"].create([{"name": f"Bench {number}"} for number in range(GRADES)])
        specs = env["paper.spec"].create([{"grade_id": grade.id, "basis_weight": 80, "width": 787} for grade in grades])
        kilogram = env.ref("uom.product_uom_kgm")
        self.paper = env["product.product"].create(
            [{"name": f"Bench {number}", "is_paper": True, "uom_id": kilogram.id, "type": "consu"} for number in range(GRADES)]
        )
        self.pulp = env["product.product"].create({"name": "Bench pulp", "uom_id": kilogram.id, "type": "consu"})
        states = env["res.country.state"].search([("country_id.code", "=", "CN")]).ids
        self.customers = env["res.partner"].create(
            [
                {"name": f"Bench {n}", "country_id": env.ref("base.cn").id, "state_id": states[n % len(states)]}
                for n in range(CUSTOMERS)
            ]
        )
        self.specs, self.unit = specs, kilogram
        warehouse = env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.stock, self.out = warehouse.lot_stock_id, env.ref("stock.stock_location_customers")
        self.supplier, self.made_at = env.ref("stock.stock_location_suppliers"), self.pulp.property_stock_production
        self.types = warehouse.in_type_id, warehouse.manu_type_id
        env.flush_all()
        self.cr.execute("CREATE TEMP TABLE bench (id int, line int) ON COMMIT DROP")

    def make(self, lines):
        orders = lines // LINES
        ground = {
            "company": self.company.id,
            "currency": self.company.currency_id.id,
            "first_customer": self.customers[0].id,
            "customers": CUSTOMERS,
            "specs": self.specs.ids,
            "products": self.paper.ids,
            "unit": self.unit.id,
            "stock": self.stock.id,
            "out": self.out.id,
            "supplier": self.supplier.id,
            "made_at": self.made_at.id,
            "receipts": self.types[0].id,
            "manufacturing": self.types[1].id,
            "pulp": self.pulp.id,
            "orders": orders,
            "lines": LINES,
            "others": lines // SHARES,
            "days": MONTHS * 30,
        }
        for statement in (ORDERS, ORDER_LINES, SHIPPED, PURCHASES, PURCHASE_LINES, RECEIVED, MADE, OUTPUT):
            self.cr.execute(statement, ground)
        self.cr.execute(
            "ANALYZE sale_order; ANALYZE sale_order_line; ANALYZE stock_move; ANALYZE purchase_order; ANALYZE purchase_order_line"
        )
        self.env.invalidate_all()


ORDERS = """
    INSERT INTO sale_order (company_id, partner_id, partner_invoice_id, partner_shipping_id, name, date_order, picking_policy,
                            paper_order_type, is_paper_order, state, currency_id, currency_rate, commitment_date)
    SELECT %(company)s, c, c, c, 'BENCH' || n, d, 'direct', 'standard', TRUE, 'sale', %(currency)s, 1, d + interval '20 days'
      FROM (SELECT n, %(first_customer)s + n %% %(customers)s AS c,
                   '2024-01-01'::timestamp + (n %% %(days)s) * interval '1 day' + interval '5 hours' AS d
              FROM generate_series(1, %(orders)s) n) source
"""
ORDER_LINES = """
    INSERT INTO sale_order_line (order_id, name, product_id, product_uom_id, product_uom_qty, price_unit, customer_lead,
        paper_spec_id,
                                 paper_weight_kg, price_subtotal, price_total, qty_delivered, company_id, currency_id,
                                     state, order_partner_id, paper_weight_basis)
    SELECT ord.id, 'x', (%(products)s::int[])[1 + k %% 6], %(unit)s, 1000 + k, 5, 0, (%(specs)s::int[])[1 + k %% 6],
           1000 + k, 5 * (1000 + k), 5 * (1000 + k), 1000 + k, ord.company_id, ord.currency_id, 'sale', ord.partner_id,
           'net'
      FROM sale_order ord, generate_series(1, %(lines)s) k
     WHERE ord.name LIKE 'BENCH%%' AND NOT EXISTS (SELECT FROM sale_order_line line WHERE line.order_id = ord.id)
"""
SHIPPED = """
    INSERT INTO stock_move (company_id, product_id, product_uom, location_id, location_dest_id, procure_method, product_uom_qty,
                            quantity, date, state, sale_line_id)
    SELECT line.company_id, line.product_id, %(unit)s, %(stock)s, %(out)s, 'make_to_stock', line.product_uom_qty,
        line.product_uom_qty,
           ord.date_order + interval '18 days', 'done', line.id
      FROM sale_order_line line JOIN sale_order ord ON ord.id = line.order_id
     WHERE ord.name LIKE 'BENCH%%' AND NOT EXISTS (SELECT FROM stock_move move WHERE move.sale_line_id = line.id)
"""
PURCHASES = """
    INSERT INTO purchase_order (partner_id, currency_id, company_id, name, date_order, date_approve, picking_type_id,
        state, currency_rate)
    SELECT %(first_customer)s + n %% 40, %(currency)s, %(company)s, 'BENCH' || n, d, d, %(receipts)s, 'purchase', 1
      FROM (SELECT n, '2024-01-01'::timestamp + (n %% %(days)s) * interval '1 day' + interval '5 hours' AS d
              FROM generate_series(1, %(others)s / 4) n) source
"""
PURCHASE_LINES = """
    INSERT INTO purchase_order_line (order_id, name, product_id, product_uom_id, product_qty, product_uom_qty, price_unit,
        price_subtotal,
                                     price_total, company_id, partner_id, date_planned)
    SELECT ord.id, 'x', %(pulp)s, %(unit)s, 1000 + k, 1000 + k, 4, 4 * (1000 + k), 4 * (1000 + k), ord.company_id, ord.partner_id,
           ord.date_order + interval '10 days'
      FROM purchase_order ord, generate_series(1, 4) k
     WHERE ord.name LIKE 'BENCH%%' AND NOT EXISTS (SELECT FROM purchase_order_line line WHERE line.order_id = ord.id)
"""
RECEIVED = """
    INSERT INTO stock_move (company_id, product_id, product_uom, location_id, location_dest_id, procure_method, product_uom_qty,
                            quantity, date, state, purchase_line_id)
    SELECT line.company_id, line.product_id, %(unit)s, %(supplier)s, %(stock)s, 'make_to_stock', line.product_qty,
        line.product_qty,
           line.date_planned - interval '1 day', 'done', line.id
      FROM purchase_order_line line JOIN purchase_order ord ON ord.id = line.order_id
     WHERE ord.name LIKE 'BENCH%%' AND NOT EXISTS (SELECT FROM stock_move move WHERE move.purchase_line_id = line.id)
"""
MADE = """
    INSERT INTO mrp_production (product_id, product_uom_id, picking_type_id, location_src_id, location_dest_id, company_id,
        consumption,
                                product_qty, product_uom_qty, qty_producing, date_start, date_finished, state, name)
    SELECT (%(products)s::int[])[1 + n %% 6], %(unit)s, %(manufacturing)s, %(stock)s, %(stock)s, %(company)s, 'flexible',
        1000, 1000, 1000, d,
           d + interval '8 hours', 'done', 'BENCH' || n || '-' || %(orders)s
      FROM (SELECT n, '2024-01-01'::timestamp + (n %% %(days)s) * interval '1 day' + interval '5 hours' AS d
              FROM generate_series(1, %(others)s) n) source
"""
OUTPUT = """
    INSERT INTO stock_move (company_id, product_id, product_uom, location_id, location_dest_id, procure_method, product_uom_qty,
                            quantity, date, state, production_id)
    SELECT mo.company_id, mo.product_id, %(unit)s, %(made_at)s, %(stock)s, 'make_to_stock', 1000, 1000, mo.date_finished,
        'done', mo.id
      FROM mrp_production mo
     WHERE mo.name LIKE 'BENCH%%' AND NOT EXISTS (SELECT FROM stock_move move WHERE move.production_id = mo.id)
"""
# What one would write by hand on the documents for the same figures.
BY_HAND = """
    SELECT date_trunc('month', ord.date_order AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai') AS month, {dimension},
           SUM(line.paper_weight_kg), SUM(line.price_subtotal / COALESCE(NULLIF(ord.currency_rate, 0), 1))
      FROM sale_order_line line
      JOIN sale_order ord ON ord.id = line.order_id
      JOIN res_partner partner ON partner.id = ord.partner_id
      LEFT JOIN res_partner place ON place.id = ord.partner_shipping_id
      LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
     WHERE ord.state = 'sale' AND line.display_type IS NULL
     GROUP BY 1, 2
"""


def best(call):
    """Return the shortest of a few runs, in seconds."""
    times = []
    for _number in range(RUNS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)


def measure(ctx, mill, size):
    env, cr = ctx.env, ctx.env.cr
    queue = env["paper.fact.queue"]
    began = time.perf_counter()
    queue._fill()
    ctx.figure(f"first_fill_{size}_seconds", round(time.perf_counter() - began, 2), "s")
    cr.execute(
        "ANALYZE paper_fact_order; ANALYZE paper_fact_order_month; ANALYZE paper_fact_purchase; ANALYZE paper_fact_production"
    )
    began = time.perf_counter()
    differences = sum(env["paper.fact.check"]._check_all().mapped("difference_count"))
    ctx.figure(f"check_{size}_seconds", round(time.perf_counter() - began, 2), "s")
    ctx.figure(f"differences_{size}", differences, "rows")
    cr.execute("SELECT id FROM sale_order WHERE name LIKE 'BENCH%%' ORDER BY id DESC LIMIT 1")
    (order,) = cr.fetchone()
    cr.execute("UPDATE sale_order_line SET price_subtotal = price_subtotal + 1 WHERE order_id = %s", [order])
    ctx.figure(f"fresh_order_{size}_seconds", round(best_fresh(env, cr, order), 4), "s")
    orders(ctx, env, cr, size)
    others(ctx, env, cr, size)
    cr.execute("SELECT COUNT(*) FROM paper_fact_order_month")
    ctx.figure(f"month_rows_{size}", cr.fetchone()[0], "rows")
    cr.execute("SELECT pg_total_relation_size('paper_fact_order')")
    ctx.figure(f"fact_megabytes_{size}", round(cr.fetchone()[0] / 1024**2), "MB")
    ctx.figure(f"memory_{size}", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "MB")


def best_fresh(env, cr, order):
    fact, times = env["paper.fact.order"], []
    for _number in range(RUNS):
        cr.execute("UPDATE sale_order_line SET price_subtotal = price_subtotal + 1 WHERE order_id = %s", [order])
        began = time.perf_counter()
        fact._take_batch()
        times.append(time.perf_counter() - began)
    return min(times)


def orders(ctx, env, cr, size):
    months, facts, sale = env["paper.fact.order.month"], env["paper.fact.order"], env["sale.report"]
    sums = ["ordered_kg:sum", "ordered_amount:sum"]
    dimensions = {
        "customer": ("partner_id", "partner.commercial_partner_id"),
        "grade": ("grade_id", "spec.grade_id"),
        "region": ("region_id", "place.state_id"),
    }
    for name, (field, column) in dimensions.items():
        report = best(lambda field=field: months._read_group([], ["month:month", field], sums))
        by_hand = best(lambda column=column: (cr.execute(BY_HAND.format(dimension=column)), cr.fetchall()))
        ctx.figure(f"month_{name}_{size}_seconds", round(report, 4), "s")
        ctx.figure(f"month_{name}_by_hand_{size}_seconds", round(by_hand, 4), "s")
        ctx.figure(f"ratio_month_{name}_vs_sql_{size}", round(report / by_hand, 3), "")
        detail = best(
            lambda field=field: facts._read_group(
                [("event", "=", "ordered")], ["month:month", field], [*sums, "orders:count_distinct"]
            )
        )
        ctx.figure(f"ratio_days_{name}_vs_sql_{size}", round(detail / by_hand, 3), "")
    standard = best(
        lambda: sale._read_group(
            [("state", "=", "sale")], ["date:month", "partner_id"], ["product_uom_qty:sum", "price_subtotal:sum"]
        )
    )
    ctx.figure(f"sale_report_{size}_seconds", round(standard, 3), "s")
    report = ctx.figures[f"month_customer_{size}_seconds"]["value"]
    ctx.figure(f"ratio_month_customer_vs_sale_report_{size}", round(report / standard, 4), "")
    by_day = (
        ctx.figures[f"ratio_days_customer_vs_sql_{size}"]["value"]
        * ctx.figures[f"month_customer_by_hand_{size}_seconds"]["value"]
    )
    ctx.figure(f"ratio_days_customer_vs_sale_report_{size}", round(by_day / standard, 4), "")


def others(ctx, env, cr, size):
    bought, standard = env["paper.fact.purchase.month"], env["purchase.report"]
    report = best(
        lambda: bought._read_group(
            [], ["month:month", "partner_id"], ["ordered_kg:sum", "ordered_amount:sum", "last_percent:avg"]
        )
    )
    other = best(
        lambda: standard._read_group(
            [("state", "=", "purchase")], ["date_approve:month", "partner_id"], ["qty_ordered:sum", "untaxed_total:sum"]
        )
    )
    ctx.figure(f"purchases_{size}_seconds", round(report, 4), "s")
    ctx.figure(f"ratio_purchases_vs_purchase_report_{size}", round(report / other, 4), "")
    made = env["paper.fact.production.month"]
    report = best(lambda: made._read_group([], ["month:month", "product_id"], ["made_kg:sum", "oee_percent:avg"]))
    other = best(
        lambda: env["mrp.production"]._read_group(
            [("state", "=", "done")], ["date_finished:month", "product_id"], ["product_uom_qty:sum"]
        )
    )
    ctx.figure(f"production_{size}_seconds", round(report, 4), "s")
    ctx.figure(f"ratio_production_vs_orders_{size}", round(report / other, 4), "")
