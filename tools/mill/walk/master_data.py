"""What the mill needs before its first order: machine, products, recipe, stock, terms. Set up by the administrator."""

from ..clock import ZONE

KG_OF_PULP_PER_TONNE = 1080
PULP_STOCK_KG = 2_000_000
PRICE_PER_KG = 6.8


def prepare(admin, tag, web):
    """Create the mill's master data and return the ids that the walk goes by.

    :param tag: what makes the codes of this walk its own
    :param web: width of the paper machine's web, mm
    """
    _settle_company(admin)
    uom = admin.xmlid("uom.product_uom_kgm")
    grade = admin.create(
        "paper.grade",
        {"name": "涂布白卡纸", "code": f"{tag}-grade", "standard": "Q/QJ 001", "standard_edition": "2026"},
    )
    stored = {"type": "consu", "is_storable": True, "uom_id": uom}
    pulp = admin.create("product.product", {"name": "漂白化学浆", "standard_price": 3.9, **stored})
    paper = admin.create(
        "product.product",
        {
            "name": "涂布白卡纸",
            "default_code": f"{tag}-paper",
            "is_paper": True,
            "paper_grade_id": grade,
            "tracking": "lot",
            "paper_two_levels": True,
            **stored,
            "list_price": PRICE_PER_KG,
            "standard_price": 4.6,
            "route_ids": [(6, 0, _routes(admin))],
        },
    )
    centre = admin.create("mrp.workcenter", {"name": "PM1 纸机", "costs_hour": 1800, "paper_deckle": web})
    winder = admin.create("mrp.workcenter", {"name": "复卷机", "costs_hour": 260, "paper_is_winder": True})
    sheeter = admin.create("mrp.workcenter", {"name": "切纸机", "costs_hour": 220})
    operations = [
        {"name": "抄造", "workcenter_id": centre, "time_cycle_manual": 6, "paper_level": "run"},
        {"name": "复卷", "workcenter_id": winder, "time_cycle_manual": 3, "paper_level": "cut"},
        {"name": "切纸", "workcenter_id": sheeter, "time_cycle_manual": 5, "paper_level": "cut", "paper_format": "sheet"},
    ]
    template = admin.read("product.product", paper, "product_tmpl_id")["product_tmpl_id"][0]
    admin.create(
        "mrp.bom",
        {
            "product_tmpl_id": template,
            "product_qty": 1000,
            "product_uom_id": uom,
            "bom_line_ids": [(0, 0, {"product_id": pulp, "product_qty": KG_OF_PULP_PER_TONNE, "product_uom_id": uom})],
            "operation_ids": [(0, 0, {"time_mode": "manual", **operation}) for operation in operations],
        },
    )
    _stock_up(admin, pulp)
    return {
        "grade": grade,
        "product": paper,
        "pulp": pulp,
        "workcenter": centre,
        "winder": winder,
        "web": web,
        "payment_term": admin.xmlid("account.account_payment_term_30days"),
    }


def _settle_company(admin):
    currency = admin.xmlid("base.CNY")
    admin.write("res.currency", currency, {"active": True})
    company = admin.search("res.company", [], ["currency_id", "resource_calendar_id"], limit=1)[0]
    if company["currency_id"][0] != currency:
        admin.write("res.company", company["id"], {"currency_id": currency})
    foreign = admin.search("product.pricelist", [("currency_id", "!=", currency)], ["name"])
    admin.call("product.pricelist", "write", [pricelist["id"] for pricelist in foreign], {"currency_id": currency})
    admin.write("resource.calendar", company["resource_calendar_id"][0], {"tz": ZONE})
    values = {"name": "清江纸业有限公司", "street": "江滨路1号", "city": "岳阳", "country_id": admin.xmlid("base.cn")}
    # No text messages go out of a demo, so nobody has to be asked about them at the first delivery.
    values |= {"stock_text_confirmation": False, "has_received_warning_stock_sms": True, "logo": False}
    values |= {"vat": "91430602MA4QJ0036H", "phone": "+86 730 8200 0001"}
    admin.write("res.company", company["id"], values)


def _routes(admin):
    return [admin.xmlid("stock.route_warehouse0_mto"), admin.xmlid("mrp.route_warehouse0_manufacture")]


def _stock_up(admin, product):
    warehouse = admin.search("stock.warehouse", [], ["lot_stock_id"], limit=1)[0]
    quant = admin.call(
        "stock.quant",
        "create",
        [{"product_id": product, "location_id": warehouse["lot_stock_id"][0], "inventory_quantity": PULP_STOCK_KG}],
        context={"inventory_mode": True},
    )[0]
    admin.call("stock.quant", "action_apply_inventory", [quant])
