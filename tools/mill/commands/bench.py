"""Measure one thing with the product and with the same standard modules alone; print a table, write JSON.

  ./mill bench                          which benches there are
  ./mill bench order-flow               runs tests/bench/order_flow.py
  ./mill bench order-flow 1 10 100 --json flow.json
  ./mill bench trim 60 --book FILE      an order book of one's own

A bench is a file tests/bench/<name>.py:

  SIZES = [1, 10]                                     # used when the command line names none
  LIMITS = {"ratio_confirm_10_queries": 1.25}         # more than that ends with 1
  def run(ctx):                                       # called twice: on all addons, and on plain Odoo
      for size in ctx.sizes:
          orders = ...                                # ctx.env, ctx.is_product
          with ctx.measure(f"confirm_{size}"):        # records confirm_10_queries and confirm_10_seconds
              orders.action_confirm()
      return {"orders": {"value": 3, "unit": "orders"}}   # or ctx.figure(name, value, unit)

A bench that needs no Odoo says `PLAIN = True`: it runs once, in plain Python, `ctx.env` is None, and it may not import odoo.
Its figures named ratio_… are ratios already. What `--book` names stands in `ctx.books`.

A figure with the same name in both gives ratio_<name> = product / plain. A dictionary value of the returned one has
`value` and `unit`."""

import ast
import datetime
import json
import subprocess

from .. import addons, databases, odoo, paths, python_env, setup, steps, templates
from ..console import Problem, plain, say, table
from ..shell import run

BENCHES = paths.TESTS / "bench"
PLAIN_CODE = """
import sys
sys.path.insert(0, {root!r})
from tools.mill.bench.context import execute_plain
execute_plain({path!r}, {sizes!r}, {books!r}, {target!r})
"""
CODE = """
import sys
sys.path.insert(0, {root!r})
from tools.mill.bench.context import execute
execute(env, {path!r}, {variant!r}, {sizes!r}, {target!r})
"""


def options(parser):
    parser.add_argument("name", nargs="?", help="the bench; none lists them")
    parser.add_argument("sizes", nargs="*", type=int, help="sizes to measure at")
    parser.add_argument("--book", action="append", default=[], metavar="FILE", help="an order book to measure with")
    parser.add_argument("--json", metavar="FILE", help="write one JSON object with every figure")


def call(args):
    if not args.name:
        for path in _benches():
            plain(f"  {path.stem.replace('_', '-')}")
        return 0
    path = BENCHES / f"{args.name.replace('-', '_')}.py"
    if path not in _benches():
        raise Problem(
            f"There is no bench {args.name}.",
            f"There are: {', '.join(p.stem.replace('_', '-') for p in _benches()) or 'none yet'}",
        )
    books = [str(paths.given(book)) for book in args.book]
    if is_plain(path):
        product, standard = _measure_plain(path, args.sizes, books), {"figures": {}}
    else:
        setup.ensure("test", browser=False)
        product = _measure(path, "product", templates.everything(), args.sizes)
        standard = _measure(path, "plain", templates.std(addons.standard(*addons.ours())), args.sizes)
    result = combine(args.name, product, standard)
    show(result)
    if args.json:
        target = paths.given(args.json)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
        say(f"written: {target}")
    # A limit is set on a ratio, or on a figure of the product itself.
    measured = {key: figure["value"] for key, figure in product["figures"].items()} | result
    broken = [
        f"{key} is {measured.get(key)}, more than {limit}"
        for key, limit in product["limits"].items()
        # With sizes of one's own, the limits of the others are not measured.
        if (key in measured or not args.sizes) and (measured.get(key) is None or measured[key] > limit)
    ]
    for line in broken:
        plain(f"too much: {line}")
    return 1 if broken else 0


def _benches():
    return [path for path in sorted(BENCHES.glob("*.py")) if not path.name.startswith(("_", "test_", "conftest"))]


def _measure(path, variant, template, sizes):
    database = f"bench_{variant}"
    templates.clone_of(template, database)
    target = paths.LOCAL / f"bench-{variant}.json"
    target.unlink(missing_ok=True)
    say(f"{path.stem}: {variant}")
    code = CODE.format(root=str(paths.ROOT), path=str(path), variant=variant, sizes=sizes, target=str(target))
    odoo.shell("test", database, code, paths.LOGS / f"bench-{path.stem}-{variant}.log")
    databases.drop("test", database)
    return json.loads(target.read_text())


def is_plain(path):
    """Whether a bench says that it needs no Odoo; the others cannot be imported to be asked."""
    tree = ast.parse(path.read_text())
    return any(
        isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PLAIN" and ast.literal_eval(node.value)
        for node in tree.body
    )


def _measure_plain(path, sizes, books):
    with steps.alone():
        python_env.ensure()
    target = paths.LOCAL / "bench-product.json"
    target.unlink(missing_ok=True)
    say(f"{path.stem}: plain Python")
    code = PLAIN_CODE.format(root=str(paths.ROOT), path=str(path), sizes=sizes, books=books, target=str(target))
    log = f"bench-{path.stem}.log"
    run([paths.PYTHON, "-c", code], cwd=paths.ROOT, what=f"the bench {path.stem}", log=log)
    return json.loads(target.read_text())


def combine(name, product, standard):
    """Put both variants' figures and their ratios into one object."""
    commit = subprocess.run(
        ["git", "-C", paths.ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    result = {
        "bench": name,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "sizes": product["sizes"],
        "versions": {**product["versions"], "commit": commit},
        "product": product["figures"],
        "plain": standard["figures"],
    }
    for key, figure in product["figures"].items():
        if key.startswith("ratio_"):
            result[key] = figure["value"]
        other = standard["figures"].get(key)
        if other and isinstance(figure["value"], int | float) and other["value"]:
            result[f"ratio_{key}"] = round(figure["value"] / other["value"], 3)
    return result


def show(result):
    """Print the figures side by side."""
    rows = []
    for key in [*result["product"], *(k for k in result["plain"] if k not in result["product"])]:
        ours, theirs = result["product"].get(key), result["plain"].get(key)
        rows.append(
            (
                key,
                ours["value"] if ours else "-",
                theirs["value"] if theirs else "-",
                (ours or theirs)["unit"],
                result.get(f"ratio_{key}", "-"),
            )
        )
    plain()
    table(rows, ("figure", "product", "plain Odoo", "unit", "ratio"))
