# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the headings of lists and the labels of letters mean, in Chinese, English and German."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .figures import BASIS, LENGTHS, QUANTITIES, THICKNESS, key, plain, price_unit, unit_name

_NAMES = {
    "index": "序号 行号 项次 项 序 no nr line item pos position po-line 行 项目号 行项目 lfdnr zeile",
    "number": "编号 单号 号码 number ref reference",
    "order_number": "订单号 订单编号 采购单号 采购订单号 计划号 合同号 客户订单号 订货单号 單號 訂單號 po po-number po-no p.o. "
    "p.o.-no"
    " order-number order-no purchase-order purchase-order-no purchase-order-number our-order-no our-order-number fabreq"
    " bestellnummer bestell-nr bestellung auftragsnummer auftrags-nr unsere-bestellnummer abrufnummer orderno order",
    "item_number": "物料编码 物料号 料号 物料代码 客户料号 存货编码 buyer's-item-no our-item-no our-item-number customer-item"
    " customer-item-no customer-item-number unsere-artikelnr unsere-artikelnummer kundenartikelnummer kundenartikelnr"
    " your-material material-no material-number item-number",
    "supplier_item": "ihre-artikelnr ihre-artikelnummer your-item-no your-article your-item-number",
    "grade": "品名 纸种 产品名称 名称 品种 产品 货物名称 纸张名称 品名规格 grade product description your-grade stock paper "
    "quality"
    " paper-grade sorte papiersorte bezeichnung artikel artikelbezeichnung produkt papier material qualität",
    "basis_weight": "定量 克重 克数 定量克重 basis-weight grammage substance basis gsm flächengewicht grammatur gewicht-je-m2",
    "thickness": "厚度 thickness caliper dicke stärke",
    "size": "规格 规格型号 尺寸 规格尺寸 纸张规格 size sheet-size format bogenformat sheet-format dimensions",
    "width": "宽 宽度 寬度 纸宽 w width sheet-width breite bogenbreite",
    "reel_width": "幅宽 门幅 門幅 幅寬 卷宽 reel-width roll-width rollenbreite bahnbreite web-width",
    "length": "长 长度 長度 l length sheet-length länge bogenlänge",
    "grain": "丝向 纹向 纤维方向 纸纹 grain grain-direction laufrichtung faserrichtung",
    "diameter": "直径 外径 卷径 外徑 卷筒直径 diameter reel-diameter roll-diameter outside-dia outside-diameter dia "
    "max-diameter od"
    " rollendurchmesser außendurchmesser durchmesser ø ømax",
    "diameter_min": "外径下限 最小外径 diameter-from diameter-min outside-diameter-from outside-diameter-min diamextmin",
    "diameter_max": "外径上限 最大外径 diameter-to diameter-max outside-diameter-to outside-diameter-max diamextmax",
    "core": "纸芯 芯径 纸芯内径 内径 芯徑 管芯 core core-id core-diameter core-inside-diameter inside-diameter hülse hülsen-ø"
    " hülsendurchmesser hülsen diamint",
    "quantity": "数量 重量 订货量 订购数量 订单数量 净重 需求量 采购数量 总量 quantity qty order-qty order-quantity weight "
    "net-weight"
    " weigth menge bestellmenge gewicht nettogewicht",
    "unit": "单位 計量單位 计量单位 unit uom unit-of-measure einheit me",
    "packages": "件数 卷数 托数 packages pallets reels-no number-of-reels kolli palettenzahl rollenzahl",
    "price": "单价 含税单价 不含税单价 价格 含税价 未税单价 price unit-price net-price preis einzelpreis",
    "amount": "金额 总价 含税金额 小计金额 amount line-total total-price value betrag gesamtpreis",
    "delivery_date": "交货日期 交期 要求到货日期 到货日期 要求到货 交货期 交货时间 到货时间 送货日期 交貨日期 发货日期 "
    "需求日期 delivery-date"
    " required-date due-date delivery need-by ship-date required-by eta"
    " date-required needed-by delivery-on deliver-by lieferdatum"
    " liefertermin wunschtermin termin",
    "delivery_place": "交货地点 收货地址 送货地址 交货地址 到货地点 收货地点 送货地点 卸货地点 deliver-to ship-to "
    "delivery-address"
    " delivery-place place-of-delivery destination lieferadresse lieferanschrift lieferort empfangsort anlieferung",
    "payment": "付款方式 付款 付款条件 结算方式 付款条款 货款 结算 payment payment-terms terms terms-of-payment zahlung "
    "zahlungsbedingung"
    " zahlungsbedingungen zahlungsziel",
    "trade_term": "贸易术语 贸易条款 交货条件 trade-term incoterm incoterms delivery-terms lieferbedingung lieferbedingungen",
    "remark": "备注 说明 附注 remark remarks note notes comment comments mark marks 唛头 bemerkung bemerkungen hinweis anmerkung",
    "tolerance": "公差 数量公差 允差 tolerance toler toleranz",
    "quality": "质量要求 品质要求 技术要求 quality-requirements qualitätsanforderungen",
    "packing": "包装 包装方式 包装要求 packing packaging verpackung",
    "certificate": "认证 证书 certificate certification zertifikat",
    "deckle": "母卷幅宽 纸机幅宽 deckle master-reel-width",
    "currency": "币种 货币 currency währung",
    "total": "合计 总计 小计 共计 总数 total sum grand-total subtotal sub-total summe gesamt gesamtsumme zwischensumme",
    "party": "需方 供方 买方 卖方 客户 客户名称 终端客户 客戶 采购单位 供应商 buyer seller"
    " customer supplier käufer lieferant kunde besteller",
    "contact": "电话 手机 传真 地址 联系人 联系电话 邮箱 tel telephone phone fax mobile fon telefon email e-mail address adresse"
    " hrb ust-idnr vat",
    "order_date": "下单日期 订单日期 订购日期 制单日期 日期 date order-date bestelldatum datum",
}  # fmt: skip
NAMES = {key(name): field for field, names in _NAMES.items() for name in names.split()}
_LONGEST = sorted(NAMES, key=len, reverse=True)
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_TAX = (("不含税", "excluded"), ("未税", "excluded"), ("含税", "included"), ("incl. vat", "included"), ("excl. vat", "excluded"))


@dataclass(frozen=True)
class Heading:
    """What a heading stands for, and the unit that it names."""

    field: str
    unit: str = ""
    text: str = ""
    tax: str = ""


def fits(field, unit):
    """Say whether a unit is one that a field's figures are written in."""
    name = unit_name(unit)
    if field in ("width", "reel_width", "length", "size", "diameter", "diameter_min", "diameter_max", "core", "deckle"):
        return name in LENGTHS
    if field in ("quantity", "packages"):
        return name in QUANTITIES
    if field == "basis_weight":
        return name in BASIS
    if field == "thickness":
        return name in THICKNESS
    if field == "price":
        return bool(price_unit(unit)[0])
    return field == "tolerance" and name == "%"


def tax_of(text):
    """Return ``included`` or ``excluded`` where a text says so of tax."""
    text = plain(text).lower()
    return next((state for word, state in _TAX if word in text), "")


@lru_cache(maxsize=4096)
def read_heading(text):
    """Return the :class:`Heading` of a column or label; None if it is none that is known.

    >>> read_heading("数量/吨").unit, read_heading("Reel width in").unit, read_heading("含税单价(元/吨)").tax
    ('吨', 'in', 'included')
    >>> read_heading("g/m²").field, read_heading("USD/MT").field, read_heading("Tonnes").field
    ('basis_weight', 'price', 'quantity')
    """
    text = plain(text)
    if not text or len(text) > 60:
        return None
    tax = tax_of(text)
    units = [unit for unit in _BRACKET.findall(text) if unit]
    bare = _BRACKET.sub(" ", text).strip(" :：")
    found = _named(bare)
    if not found:
        return _unit_alone(text, tax)
    field, rest = found
    if field == "grade" and any(fits("basis_weight", one) for one in units):
        field = "basis_weight"
    unit = next((one for one in [*units, rest] if one and fits(field, one)), "")
    if field == "basis_weight" and not unit and any("lb" in one.lower() or "#" in one for one in units):
        unit = "lb"
    other = [one for one in [*units, rest] if one and one != unit]
    if not unit and other and field in ("quantity", "width", "length", "reel_width", "size", "diameter", "core") and rest:
        return None
    return Heading(field, unit, text, tax)


def _named(text):
    """Return (field, rest of the text) by the name that a text is or begins with."""
    name = key(text)
    if name in NAMES:
        implied = {"gsm": "gsm"}.get(name, "")
        return NAMES[name], implied
    for cut in re.finditer(r"[\s/,]+", text):
        head, rest = text[: cut.start()], text[cut.end() :]
        field = NAMES.get(key(head))
        if field and (fits(field, rest) or key(rest) in ("max", "min", "kg", "inside", "id")):
            return field, rest if fits(field, rest) else ""
    whole = text.lower()
    for known in _LONGEST:
        if not known.isascii() and whole.startswith(known) and fits(NAMES[known], whole[len(known) :]):
            return NAMES[known], whole[len(known) :]
    return None


def _unit_alone(text, tax):
    """A heading that is nothing but a unit says by it what stands below."""
    name = unit_name(text)
    if name in BASIS and name not in ("g", "克", "gr"):
        return Heading("basis_weight", text, text)
    if name in QUANTITIES and len(name) > 2 or name in ("kg", "t", "mt", "吨数", "令数", "张数", "吨", "令", "张"):
        return Heading("quantity", text, text)
    currency, per, _share = price_unit(text)
    if currency and (per or name in ("元/吨",)):
        return Heading("price", text, text, tax)
    return None
