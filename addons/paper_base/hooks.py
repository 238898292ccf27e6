"""Installing and leaving: what paper_base changes outside its own tables."""

from odoo.tools import file_open

from . import extra_terms
from .lib import cn_holidays

PRECISION = "Product Unit"
PRECISION_DIGITS = 3
PRECISION_BEFORE = "paper_base.product_unit_digits_before"


def post_init_hook(env):
    _raise_quantity_precision(env)
    _load_cn_calendar(env)


def uninstall_hook(env):
    before = env["ir.config_parameter"].get_param(PRECISION_BEFORE)
    precision = env["decimal.precision"].search([("name", "=", PRECISION)])
    if before and precision.digits == PRECISION_DIGITS:
        precision.digits = int(before)
    env["ir.config_parameter"].set_param(PRECISION_BEFORE, False)
    extra_terms.announce(env.cr.dbname, {})


def _raise_quantity_precision(env):
    """Two digits would round tonnes to 10 kg; a mill weighs to the kilogram."""
    precision = env["decimal.precision"].search([("name", "=", PRECISION)])
    if precision and precision.digits < PRECISION_DIGITS:
        env["ir.config_parameter"].set_param(PRECISION_BEFORE, str(precision.digits))
        precision.digits = PRECISION_DIGITS


def _load_cn_calendar(env):
    if env["paper.calendar.day"].search_count([], limit=1):
        return
    with file_open("paper_base/data/cn_calendar.csv", "rb") as source:
        rows, _errors = cn_holidays.parse_calendar_csv(source.read())
    env["paper.calendar.day"]._load_rows(rows, company=env["res.company"], country=env.ref("base.cn"))
