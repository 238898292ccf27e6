"""Random rolls are made, their labels printed by the server and read back by a decoder and a parser that are not ours."""

import json
import random
import tempfile
from pathlib import Path

from tools.mill import paths
from tools.mill.console import say
from tools.mill.shell import run as run_program

TITLE = "labels of random rolls, printed, decoded, equal"
SHORT = None  # thirty of them are printed among the tests of paper_roll
AT_ONCE = 50
GTIN = "90614141000015"


def options(parser):
    parser.add_argument("--count", type=int, default=1000, help="how many rolls (1000)")
    parser.add_argument("--seed", type=int, default=1, help="other rolls for another number (1)")


def run(trial):
    trial.start()
    admin = trial.person()
    company = admin.search("res.company", [], ["id"], limit=1)[0]["id"]
    admin.write("res.company", company, {"paper_gs1_prefix": "6901234", "paper_label_standard": "gs1"})
    product = admin.create(
        "product.product",
        {"name": "Trial paper", "type": "consu", "is_storable": True, "is_paper": True, "tracking": "lot", "barcode": GTIN},
    )
    chance, equal = random.Random(trial.args.seed), 0
    for start in range(0, trial.args.count, AT_ONCE):
        vals = [random_roll(chance, number, product) for number in range(start, min(start + AT_ONCE, trial.args.count))]
        rolls = dict(zip(admin.call("stock.lot", "create", vals), vals, strict=True))
        pdf = admin.get(f"/report/pdf/paper_roll.report_roll_label/{','.join(map(str, rolls))}")
        pages = read_back(pdf)
        trial.expect(len(pages) == len(rolls), f"{len(pages)} pages for {len(rolls)} rolls")
        for page, roll in zip(pages, rolls.values(), strict=False):
            elements, figures = page["elements"], page["figures"]
            weight = next((int(value) / 10 ** int(code[3]) for code, value in elements.items() if code.startswith("310")), None)
            measures = (
                f"{roll['paper_width']:04d}{roll['paper_length']:05d}{roll['paper_core']:03d}9{min(roll['paper_joints'], 9)}"
            )
            same = (
                elements.get("21") == roll["name"] == figures.get("ReelNumber")
                and elements.get("01") == GTIN
                and elements.get("8001") == measures
                and weight == roll["paper_gross_kg"]
            )
            equal += same
            trial.expect(same, f"{roll}: read {elements}, {figures}")
        say(f"{equal} of {start + len(rolls)} equal")
    trial.figure("labels", trial.args.count, "labels")
    trial.figure("equal", equal, "labels")


def read_back(pdf):
    """Return what the decoder reads of each page, see ``labels_read.py``."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "labels.pdf"
        file.write_bytes(pdf)
        told = run_program([paths.PYTHON, Path(__file__).with_name("labels_read.py"), file], what="reading the labels")
    return json.loads(told.strip().splitlines()[-1])


def random_roll(chance, number, product):
    width, length = chance.randint(200, 2800), chance.randint(500, 20000)
    signs = "".join(chance.choice("ABCXYZ0123456789-/.") for _sign in range(chance.randint(1, 9)))
    return {
        "name": f"{number}{signs}",
        "product_id": product,
        "paper_kind": "roll",
        "paper_width": width,
        "paper_length": length,
        "paper_core": chance.choice((70, 76, 152)),
        "paper_joints": chance.randint(0, 12),
        "paper_gross_kg": round(width * length * 80 / 1e6, chance.randint(0, 2)),
    }
