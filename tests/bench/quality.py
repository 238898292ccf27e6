"""The form of an inspection and its sheet of readings, among as many readings as the size says, and a certificate.

The inspections are made by SQL: twelve answers each, and one reading of each answer. The same inspection is opened, its sheet is
read and its chart is drawn among a hundred answers and among all. Plain Odoo keeps no readings, so there is nothing beside it.
"""

import statistics

SIZES = [2_400_000]
LIMITS = {"ratio_form_seconds": 1.2, "form_more_queries": 0, "sheet_more_queries": 0, "certificate_seconds": 3}
TESTS, SPECIMENS, ROLLS, TIMES = 12, 10, 40, 15


def run(ctx):
    if not ctx.is_product:
        return
    inspection = one(ctx.env)
    before = opened(ctx, inspection, "empty")
    for size in ctx.sizes:
        fill(ctx.env, size, inspection)
        after = opened(ctx, inspection, str(size))
        ctx.figure("ratio_form_seconds", round(after["form"] / before["form"], 3), "")
        ctx.figure("form_more_queries", after["form_queries"] - before["form_queries"], "queries")
        ctx.figure("sheet_more_queries", after["sheet_queries"] - before["sheet_queries"], "queries")
    certificate(ctx)


def one(env):
    """Return an inspection of twelve tests with ten readings each."""
    test = env["qc.test"].create(
        {
            "name": "Bench",
            "test_lines": [
                (0, 0, {"name": f"Property {number}", "type": "quantitative", "min_value": 70, "max_value": 90})
                for number in range(TESTS)
            ],
        }
    )
    model = env["qc.inspection"]
    questions = model._prepare_control_lines(test, env["paper.spec"], env["product.product"])
    inspection = model._by_step().create(
        {
            "kind": "process",
            "test": test.id,
            "state": "ready",
            "inspection_lines": [(0, 0, line) for line in questions],
        }
    )
    inspection.paper_record_sheet(
        [{"id": line.id, "values": ["80"] * SPECIMENS, "seen": 0} for line in inspection.inspection_lines]
    )
    env.flush_all()
    return inspection


def opened(ctx, inspection, name):
    """Open the inspection as the web client does, several times; return the median seconds and the queries."""
    form = ctx.env["qc.inspection"].get_view(view_type="form")
    names = [field for field in form["models"]["qc.inspection"] if field in inspection._fields]
    lines = [field for field in form["models"].get("qc.inspection.line", ()) if field in ctx.env["qc.inspection.line"]._fields]
    wanted = {field: {"fields": dict.fromkeys(lines, {})} if field == "inspection_lines" else {} for field in names}
    found = {}
    for part, work in (
        ("form", lambda: inspection.web_read(wanted)),
        ("sheet", inspection.paper_reading_sheet),
    ):
        seconds = []
        for number in range(TIMES):
            with ctx.measure(f"{part}_{name}"):
                work()
            if number:  # the first one fills what is kept of the registry
                seconds.append(ctx.figures[f"{part}_{name}_seconds"]["value"])
        found[part] = statistics.median(seconds)
        found[f"{part}_queries"] = ctx.figures[f"{part}_{name}_queries"]["value"]
        ctx.figure(f"{part}_{name}_seconds", round(found[part], 4), "s")
    return found


def fill(env, size, inspection):
    """Make as many readings, one for each answer of as many inspections as it takes, by SQL."""
    cr, line = env.cr, inspection.inspection_lines[0]
    count = size // TESTS
    cr.execute(
        """INSERT INTO qc_inspection (name, state, kind, test, company_id, date, create_date)
           SELECT 'BENCH' || number, 'success', 'process', %s, %s, now(), now() FROM generate_series(1, %s) number
           RETURNING id""",
        [inspection.test.id, env.company.id, count],
    )
    cr.execute(
        """INSERT INTO qc_inspection_line (inspection_id, name, question_type, quantitative_value, measured, success,
                                           reading_count)
           SELECT inspection.id, 'Property', 'quantitative', 80, TRUE, TRUE, 1
             FROM qc_inspection inspection, generate_series(1, %s) WHERE inspection.name LIKE 'BENCH%%'""",
        [TESTS],
    )
    cr.execute(
        """INSERT INTO paper_test_reading (line_id, number, value, user_id, taken_on)
           SELECT id, 1, 80, %s, now() FROM qc_inspection_line WHERE id > %s""",
        [env.uid, line.id],
    )
    cr.execute("ANALYZE qc_inspection; ANALYZE qc_inspection_line; ANALYZE paper_test_reading")
    env.invalidate_all()


def certificate(ctx):
    """Work out what a certificate of forty rolls and twelve tests says, in both languages."""
    env = ctx.env
    product = env["product.product"].create({"name": "Bench paper", "is_storable": True, "is_paper": True, "tracking": "lot"})
    lots = env["stock.lot"].create([{"name": f"BENCH-{number}", "product_id": product.id} for number in range(ROLLS)])
    inspections = env["qc.inspection"]
    for lot in lots:
        own = one(env)
        own._by_step().write({"lot_id": lot.id})
        inspections |= own
    with ctx.measure("certificate"):
        env["paper.certificate"]._content([(inspection, {inspection.lot_id: 800.0}) for inspection in inspections])
