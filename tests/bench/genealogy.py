"""What was made of a jumbo, what a roll was made of, and its sisters, among as many rolls as the size says.

Each jumbo gives three sets of six rolls; a third of the rolls is rewound in two, and every three rewound ones make a pallet.
Asked are the descendants of a hundred jumbos, the ancestors of a thousand pallets, and the sisters of one roll, from a cold
cache. Plain Odoo keeps no such tree, so there is nothing beside it.
"""

SIZES = [200_000, 1_000_000]
LIMITS = {
    "forward_200000_seconds": 2,
    "forward_200000_queries": 15,
    "backward_200000_seconds": 2,
    "backward_200000_queries": 15,
    "sisters_200000_seconds": 2,
    "sisters_200000_queries": 15,
    "forward_1000000_seconds": 3,
    "forward_1000000_queries": 15,
    "backward_1000000_seconds": 3,
    "backward_1000000_queries": 15,
    "sisters_1000000_seconds": 2,
    "sisters_1000000_queries": 15,
    "genealogy_seconds": 2,
}
SETS, ACROSS = 3, 6
# Of one jumbo: itself, sets, rolls, rewound rolls, pallets.
EACH = 1 + SETS + SETS * ACROSS + SETS * ACROSS * 2 // 3 + SETS * ACROSS * 2 // 9


def run(ctx):
    if not ctx.is_product:
        return
    for size in ctx.sizes:
        jumbos, pallets = make(ctx.env, size)
        lots = ctx.env["stock.lot"]
        with ctx.measure(f"forward_{size}"):
            below = lots.browse(jumbos[:100])._paper_descendants()
        if {len(own) for own in below.values()} != {EACH - 1}:
            raise AssertionError("not everything that was made of a jumbo was found")
        with ctx.measure(f"backward_{size}"):
            above = lots.browse(pallets[:1000])._paper_ancestors()
        if not all(set(own.ids) & set(jumbos) for own in above.values()):
            raise AssertionError("a pallet without its jumbo")
        roll = below[lots.browse(jumbos[0])].filtered(lambda lot: lot.paper_kind == "roll")[:1]
        for scope in ("jumbo", "position"):
            with ctx.measure(f"sisters_{size}" if scope == "jumbo" else f"sisters_position_{size}"):
                roll._paper_sisters(scope)
        slowest = max(ctx.figures[f"{way}_{size}_seconds"]["value"] for way in ("forward", "backward"))
        if size == SIZES[0]:
            ctx.figure("genealogy_seconds", slowest, "s")


def make(env, size):
    """Make as many lots with their links by SQL; return the ids of the jumbos and of the pallets."""
    product = env["product.product"].create({"name": "Bench paper", "is_storable": True, "is_paper": True, "tracking": "lot"})
    count = size // EACH
    cr, company = env.cr, env.company.id
    cr.execute("DROP TABLE IF EXISTS bench")
    cr.execute("CREATE TEMP TABLE bench (id int, kind text, jumbo int, place int, parent int) ON COMMIT DROP")
    layers = (
        ("jumbo", 1, None, 1),
        ("set", SETS, "jumbo", SETS),
        ("roll", SETS * ACROSS, "set", ACROSS),
        ("rewound", SETS * ACROSS * 2 // 3, "roll", 2),
        ("pallet", SETS * ACROSS * 2 // 9, None, 1),
    )
    for kind, each, above, share in layers:
        cr.execute(
            """INSERT INTO bench
               SELECT nextval('stock_lot_id_seq'), %s, jumbo, place, NULL
                 FROM generate_series(1, %s) jumbo, generate_series(0, %s - 1) place""",
            [kind, count, each],
        )
        if above:
            cr.execute(
                """UPDATE bench child SET parent = up.id FROM bench up
                    WHERE child.kind = %s AND up.kind = %s AND up.jumbo = child.jumbo AND up.place = child.place / %s""",
                [kind, above, share],
            )
    cr.execute(
        """INSERT INTO stock_lot (id, name, product_id, company_id, paper_kind, paper_disposition, paper_position)
           SELECT id, 'BENCH' || id, %s, %s, CASE kind WHEN 'rewound' THEN 'roll' ELSE kind END, 'sale', place %% %s + 1
             FROM bench""",
        [product.id, company, ACROSS],
    )
    cr.execute(
        """INSERT INTO paper_lot_link (parent_id, child_id, company_id, kg, from_m, to_m, position)
           SELECT parent, id, %s, 100, 0, 0, 0 FROM bench WHERE parent IS NOT NULL
           UNION ALL
           SELECT rewound.id, pallet.id, %s, 100, 0, 0, 0 FROM bench rewound JOIN bench pallet
               ON pallet.kind = 'pallet' AND pallet.jumbo = rewound.jumbo AND pallet.place = rewound.place / 3
            WHERE rewound.kind = 'rewound'""",
        [company, company],
    )
    cr.execute("ANALYZE paper_lot_link; ANALYZE stock_lot")
    found = []
    for kind in ("jumbo", "pallet"):
        cr.execute("SELECT id FROM bench WHERE kind = %s ORDER BY id", [kind])
        found.append([key for (key,) in cr.fetchall()])
    return found
