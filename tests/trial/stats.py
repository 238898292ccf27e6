"""Random histories of orders against the statistics: confirmed, shipped, returned, refused, cancelled, supplemented, at other
rates, in two companies; facts equal an independent recomputation after each, months and documents at the end."""

import json

from tools.mill import odoo, paths
from tools.mill.console import say

TITLE = "random histories of orders, recomputed beside the statistics"
SHORT = None  # thirty of them are among the tests of paper_order_stats
CODE = """
from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.addons.paper_order_stats.tests.history import History

class Mill(StatisticsCase):
    pass

Mill.env, Mill.cr, Mill.registry = env, env.cr, env.registry
Mill._prepare()
currency = env["res.currency"].create({"name": "XPS", "symbol": "X", "rounding": 0.01})
other = env["res.company"].create({"name": "Another mill", "currency_id": currency.id})
other.resource_calendar_id.tz = "Asia/Shanghai"
different = []
for seed in range(FIRST, FIRST + COUNT):
    history = History(Mill, seed, other).run(12)
    if history.figures("paper.fact.order") != history.expected():
        different.append(seed)
checks = env["paper.fact.check"]._check_all()
import json, pathlib
pathlib.Path(TARGET).write_text(json.dumps({"different": different, "documents": sum(checks.mapped("difference_count"))}))
env.cr.rollback()
"""


def options(parser):
    parser.add_argument("--count", type=int, default=500, help="how many histories (500)")
    parser.add_argument("--seed", type=int, default=1000, help="others for another number (1000)")


def run(trial):
    trial.make_database()
    target = paths.LOGS / "stats-trial.json"
    target.unlink(missing_ok=True)
    head = f"FIRST, COUNT, TARGET = {trial.args.seed}, {trial.args.count}, {str(target)!r}\n"
    odoo.shell(trial.where, trial.database, head + CODE, paths.LOGS / "stats-trial.log")
    found = json.loads(target.read_text())
    say(f"{trial.args.count - len(found['different'])} of {trial.args.count} histories equal")
    trial.figure("histories", trial.args.count, "histories")
    trial.expect(not found["different"], f"histories {found['different'][:20]} differ from their facts")
    trial.expect(not found["documents"], f"{found['documents']} rows differ from the documents")
