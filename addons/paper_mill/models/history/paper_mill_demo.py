import math
import random
from datetime import datetime, time, timedelta

from odoo import api, models
from psycopg2.extras import execute_values

ORDERS, DAYS, SEED = 480, 730, 2024
# (name, letters of the province, city, postcode, share of the orders)
CUSTOMERS = [
    ("江南文化印刷有限公司", "JS", "南京", "210000", 9),
    ("沪上包装股份有限公司", "SH", "上海", "200000", 8),
    ("岭南彩印有限公司", "GD", "广州", "510000", 8),
    ("齐鲁出版集团印务中心", "SD", "济南", "250000", 6),
    ("中原纸品有限公司", "HA", "郑州", "450000", 5),
    ("楚天印务有限公司", "HB", "武汉", "430000", 5),
    ("蜀都教材印刷厂", "SC", "成都", "610000", 4),
    ("燕赵瓦楞纸箱厂", "HE", "石家庄", "050000", 3),
    ("八闽纸业贸易有限公司", "FJ", "福州", "350000", 3),
    ("三秦办公用品有限公司", "SN", "西安", "710000", 2),
    ("湘江包装有限公司", "HN", "长沙", "410000", 2),
    ("津门报业印刷公司", "TJ", "天津", "300000", 1),
]
# (grade, g/m², yuan a tonne, tonnes from, to, kilowatt-like minutes a tonne, share)
PAPERS = [
    ("offset", 80, 5900, 5, 40, 6.0, 5),
    ("copy", 70, 6200, 5, 30, 6.5, 4),
    ("writing", 60, 6400, 3, 25, 7.5, 2),
    ("liner", 175, 3600, 20, 80, 3.2, 4),
    ("kraft", 70, 5100, 5, 30, 5.5, 1),
]
SUPPLIERS = [("pulp", 4200, 8, 3), ("import", 4900, 35, 12), ("mill", 4400, 5, 2)]  # yuan a tonne, days, spread


class PaperMillDemo(models.AbstractModel):
    """Two years of orders, production and purchases from before the system: they were taken over for the statistics, all of them
    done, and are nobody's work any more. Written by SQL, the same for the same day; no step of a document is taken.
    """

    _inherit = "paper.mill.demo"

    @api.model
    def _history(self):
        self.env.flush_all()
        mill = self._history_ground()
        chance = random.Random(SEED)
        orders = self._history_orders(mill, chance)
        lines = self._history_lines(mill, chance, orders)
        self._history_shipped(mill, chance, lines)
        self._history_made(mill, chance, lines)
        self._history_bought(mill, chance)
        self._history_feedback(mill, chance, orders)
        self.env.invalidate_all()
        self.env.ref("paper_order_stats.cron_paper_fact_fill").sudo()._trigger()  # sudo: the statistics take it over at once

    @api.model
    def _history_ground(self):
        """Return the records that the history stands on; its products are its own, so that nothing is valued or planned by it."""
        env, company = self.env, self.env.ref("base.main_company")
        kilogram, china = env.ref("uom.product_uom_kgm"), env.ref("base.cn")
        customers = env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "country_id": china.id,
                    "state_id": env.ref(f"base.state_cn_{letters}").id,
                    "city": city,
                    "zip": postcode,
                }
                for name, letters, city, postcode, _share in CUSTOMERS
            ]
        )
        papers = {}
        for name, weight, *_rest in PAPERS:
            grade = env.ref(f"paper_mill.grade_{name}")
            values = {
                "name": f"{grade.name}（接管前）",
                "is_paper": True,
                "uom_id": kilogram.id,
                "type": "consu",
                "sale_ok": False,
            }
            product = env["product.product"].create({**values, "paper_grade_id": grade.id})
            spec = env["paper.spec"].create(
                {"grade_id": grade.id, "basis_weight": weight, "width": 787, "company_id": company.id}
            )
            papers[name] = (product, spec)
        pulp = env["product.product"].create(
            {"name": "木浆（接管前）", "uom_id": kilogram.id, "type": "consu", "sale_ok": False, "purchase_ok": False}
        )
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        channels = env["paper.intake.channel"].search([("company_id", "=", company.id)], order="sequence, id")
        env.flush_all()
        return {
            "company": company,
            "customers": customers,
            "papers": papers,
            "pulp": pulp,
            "unit": kilogram,
            "warehouse": warehouse,
            "stock": warehouse.lot_stock_id.id,
            "out": env.ref("stock.stock_location_customers").id,
            "supplier": env.ref("stock.stock_location_suppliers").id,
            "made": pulp.property_stock_production.id,
            "channels": channels.ids or [None],
            "seller": env.ref("paper_mill.user_sales").id,
            "last": company._paper_today() - timedelta(days=1),
        }

    @api.model
    def _insert(self, table, rows):
        """Insert rows, all with the same columns; return their ids in the same order.

        What the model requires beside them is as the model has it from the start.
        """
        model = next(model for model in self.env.registry.values() if model._table == table and model._auto)
        required = [
            name
            for name, field in model._fields.items()
            if field.required and field.store and field.column_type and name not in rows[0] and field.default
        ]
        values = self.env[model._name].default_get(required)
        rows = [{**values, **row} for row in rows]
        columns = list(rows[0])
        names = ", ".join(columns)
        query = f"INSERT INTO {table} ({names}) VALUES %s RETURNING id"
        rows = [tuple(row[column] for column in columns) for row in rows]
        return [key for (key,) in execute_values(self.env.cr._obj, query, rows, page_size=1000, fetch=True)]

    @api.model
    def _at(self, day, hour):
        return datetime.combine(day, time(hour))

    @api.model
    def _history_orders(self, mill, chance):
        """Orders grow by a fifth a year, with a high season before school begins and before the New Year of the calendar."""
        first, days = mill["last"] - timedelta(days=DAYS), []
        while len(days) < ORDERS:
            day = first + timedelta(days=chance.randrange(DAYS))
            season = 1 + 0.35 * math.sin((day.timetuple().tm_yday - 120) / 365 * 2 * math.pi) + 0.2 * ((day - first).days / 365)
            if day.weekday() < 6 and chance.random() < season / 1.8:
                days.append(day)
        orders = []
        for number, day in enumerate(sorted(days), start=1):
            place = chance.choices(range(len(CUSTOMERS)), [row[-1] for row in CUSTOMERS])[0]
            due = day + timedelta(days=chance.randrange(12, 30))
            orders.append({"day": day, "due": due, "customer": mill["customers"][place].id, "number": number})
        rows = [
            {
                "company_id": mill["company"].id,
                "partner_id": order["customer"],
                "partner_invoice_id": order["customer"],
                "partner_shipping_id": order["customer"],
                "name": f"H{order['day']:%y}{order['number']:04}",
                "date_order": self._at(order["day"], 4),
                "commitment_date": self._at(order["due"], 4),
                "picking_policy": "direct",
                "paper_order_type": "standard",
                "state": "sale",
                "locked": True,
                "paper_stage": "closed",
                "invoice_status": "invoiced",
                "delivery_status": "full",
                "currency_id": mill["company"].currency_id.id,
                "currency_rate": 1,
                "user_id": mill["seller"],
                "intake_channel_id": chance.choice(mill["channels"]),
                "warehouse_id": mill["warehouse"].id,
            }
            for order in orders
        ]
        for order, key in zip(orders, self._insert("sale_order", rows), strict=True):
            order["id"] = key
        return orders

    @api.model
    def _history_lines(self, mill, chance, orders):
        lines, rows = [], []
        for order in orders:
            for paper in chance.choices(PAPERS, [row[-1] for row in PAPERS], k=1 + (chance.random() < 0.3)):
                name, _weight, price, least, most, minutes, _share = paper
                product, spec = mill["papers"][name]
                drift = 1 + 0.04 * math.sin((order["day"] - mill["last"]).days / 200)
                kg, price = chance.randrange(least, most + 1) * 1000, round(price * drift / 1000, 3)
                lines.append({**order, "product": product.id, "kg": kg, "minutes": minutes * kg / 1000, "paper": name})
                rows.append(
                    {
                        "order_id": order["id"],
                        "order_partner_id": order["customer"],
                        "company_id": mill["company"].id,
                        "currency_id": mill["company"].currency_id.id,
                        "name": product.name,
                        "product_id": product.id,
                        "product_uom_id": mill["unit"].id,
                        "product_uom_qty": kg,
                        "qty_delivered": kg,
                        "qty_invoiced": kg,
                        "price_unit": price,
                        "price_subtotal": round(kg * price, 2),
                        "price_total": round(kg * price, 2),
                        "customer_lead": 0,
                        "paper_spec_id": spec.id,
                        "paper_weight_kg": kg,
                        "state": "sale",
                        "invoice_status": "invoiced",
                    }
                )
        for line, key in zip(lines, self._insert("sale_order_line", rows), strict=True):
            line["line_id"] = key
        return lines

    @api.model
    def _move(self, mill, product, kg, moment, origin, target, **links):
        empty = {"sale_line_id": None, "purchase_line_id": None, "production_id": None, "raw_material_production_id": None}
        return {
            "company_id": mill["company"].id,
            "product_id": product,
            "product_uom": mill["unit"].id,
            "product_uom_qty": kg,
            "product_qty": kg,
            "quantity": kg,
            "location_id": origin,
            "location_dest_id": target,
            "procure_method": "make_to_stock",
            "date": moment,
            "state": "done",
            "picked": True,
            "to_refund": False,
            **empty,
            **links,
        }

    @api.model
    def _history_shipped(self, mill, chance, lines):
        """Nine trips of ten leave in time, some are late, a few reels come back."""
        moves = []
        for line in lines:
            late = chance.random() < 0.09
            leaves = min(line["due"] + timedelta(days=chance.randrange(1, 6) if late else -chance.randrange(0, 4)), mill["last"])
            line["leaves"] = leaves
            sale = {"sale_line_id": line["line_id"]}
            moves.append(self._move(mill, line["product"], line["kg"], self._at(leaves, 2), mill["stock"], mill["out"], **sale))
            if chance.random() < 0.02:
                back = min(leaves + timedelta(days=9), mill["last"])
                moves.append(self._move(mill, line["product"], 1000, self._at(back, 6), mill["out"], mill["stock"], **sale))
        self._insert("stock_move", moves)

    @api.model
    def _history_made(self, mill, chance, lines):
        """One manufacturing order a line; the second paper machine stands more often than the first, and yields less."""
        machines = [self.env.ref(f"paper_mill.workcenter_pm{number}").id for number in (1, 2)]
        losses = self.env["mrp.workcenter.productivity.loss"]
        runs = losses.search([("loss_type", "=", "productive")], limit=1).id
        stands = losses.search([("loss_type", "=", "availability")], limit=1).id
        made = []
        for line in lines:
            is_board = line["paper"] in ("liner", "kraft")
            day = max(line["day"], min(line["leaves"], line["due"]) - timedelta(days=chance.randrange(2, 7)))
            made.append(
                {**line, "made_on": day, "machine": machines[is_board], "loss": 0.04 + 0.03 * is_board + 0.02 * chance.random()}
            )
        orders = [
            {
                "name": f"H/MO/{number:05}",
                "product_id": line["product"],
                "product_uom_id": mill["unit"].id,
                "picking_type_id": mill["warehouse"].manu_type_id.id,
                "location_src_id": mill["stock"],
                "location_dest_id": mill["stock"],
                "company_id": mill["company"].id,
                "consumption": "flexible",
                "product_qty": line["kg"],
                "product_uom_qty": line["kg"],
                "qty_producing": line["kg"],
                "date_start": self._at(line["made_on"], 0),
                "date_finished": self._at(line["made_on"], 8),
                "state": "done",
                "sale_line_id": line["line_id"],
            }
            for number, line in enumerate(made, start=1)
        ]
        works, moves = [], []
        for line, key in zip(made, self._insert("mrp_production", orders), strict=True):
            moment, used = self._at(line["made_on"], 8), round(line["kg"] * (1 + line["loss"]))
            moves.append(self._move(mill, line["product"], line["kg"], moment, mill["made"], mill["stock"], production_id=key))
            moves.append(
                self._move(mill, mill["pulp"].id, used, moment, mill["stock"], mill["made"], raw_material_production_id=key)
            )
            broke = used - line["kg"]
            moves.append(self._move(mill, mill["pulp"].id, broke, moment, mill["made"], mill["stock"], production_id=key))
            works.append(
                {
                    "name": "抄造",
                    "production_id": key,
                    "workcenter_id": line["machine"],
                    "state": "done",
                    "qty_produced": line["kg"],
                    "duration_expected": line["minutes"],
                    "date_start": self._at(line["made_on"], 0),
                    "date_finished": moment,
                }
            )
        self._insert("stock_move", moves)
        logs = []
        for line, work, key in zip(made, works, self._insert("mrp_workorder", works), strict=True):
            slow = 1.02 + 0.12 * chance.random() + 0.05 * (line["machine"] == machines[1])
            for loss, minutes in ((runs, line["minutes"] * slow), (stands, line["minutes"] * line["loss"] * 2)):
                logs.append(
                    {
                        "workcenter_id": line["machine"],
                        "company_id": mill["company"].id,
                        "workorder_id": key,
                        "loss_id": loss,
                        "date_start": work["date_start"],
                        "date_end": work["date_start"] + timedelta(minutes=minutes),
                        "duration": minutes,
                    }
                )
        self._insert("mrp_workcenter_productivity", logs)

    @api.model
    def _history_bought(self, mill, chance):
        """Pulp twice a month from each supplier; its price rises over the two years, and the ship is often late."""
        orders, first = [], mill["last"] - timedelta(days=DAYS)
        for supplier, price, days, spread in SUPPLIERS:
            partner = self.env.ref(f"paper_mill.supplier_{supplier}").id
            for step in range(0, DAYS - 60, 15):
                day = first + timedelta(days=step + chance.randrange(5))
                drift = 1 + 0.12 * step / DAYS + 0.05 * math.sin(step / 90)
                promised, came = days, max(1, round(chance.gauss(days + spread * 0.2, spread / 2)))
                values = {"supplier": partner, "day": day, "price": round(price * drift / 1000, 3)}
                kg = chance.randrange(40, 120) * 1000
                orders.append(
                    {**values, "promised": day + timedelta(days=promised), "came": day + timedelta(days=came), "kg": kg}
                )
        rows = [
            {
                "name": f"H/PO/{number:05}",
                "partner_id": order["supplier"],
                "company_id": mill["company"].id,
                "currency_id": mill["company"].currency_id.id,
                "currency_rate": 1,
                "picking_type_id": mill["warehouse"].in_type_id.id,
                "date_order": self._at(order["day"], 3),
                "date_approve": self._at(order["day"], 3),
                "date_planned": self._at(order["promised"], 3),
                "state": "purchase",
                "locked": True,
                "invoice_status": "invoiced",
                "receipt_status": "full",
            }
            for number, order in enumerate(orders, start=1)
        ]
        keys = self._insert("purchase_order", rows)
        lines = [
            {
                "order_id": key,
                "partner_id": order["supplier"],
                "company_id": mill["company"].id,
                "name": mill["pulp"].name,
                "product_id": mill["pulp"].id,
                "product_uom_id": mill["unit"].id,
                "product_qty": order["kg"],
                "product_uom_qty": order["kg"],
                "qty_received": order["kg"],
                "qty_invoiced": order["kg"],
                "price_unit": order["price"],
                "price_subtotal": round(order["kg"] * order["price"], 2),
                "price_total": round(order["kg"] * order["price"], 2),
                "date_planned": self._at(order["promised"], 3),
            }
            for key, order in zip(keys, orders, strict=True)
        ]
        moves = []
        for order, key in zip(orders, self._insert("purchase_order_line", lines), strict=True):
            received = self._at(min(order["came"], mill["last"]), 5)
            purchase = {"purchase_line_id": key}
            moves.append(self._move(mill, mill["pulp"].id, order["kg"], received, mill["supplier"], mill["stock"], **purchase))
            if chance.random() < 0.05:
                back = self._at(min(order["came"] + timedelta(days=2), mill["last"]), 5)
                moves.append(self._move(mill, mill["pulp"].id, 5000, back, mill["stock"], mill["supplier"], **purchase))
        self._insert("stock_move", moves)

    @api.model
    def _history_feedback(self, mill, chance, orders):
        """A complaint about one order in twenty, closed since, some of them serious."""
        stage = self.env["helpdesk.ticket.stage"].search([("closed", "=", True), ("paper_unfounded", "=", False)], limit=1)
        rows = []
        for order in chance.sample(orders, ORDERS // 20):
            came = min(order["due"] + timedelta(days=chance.randrange(3, 20)), mill["last"])
            rows.append(
                {
                    "number": f"H{order['number']:05}",
                    "name": chance.choice(("纸边起毛", "卷筒松紧不一", "水分偏高", "外包装破损", "色差")),
                    "description": "<p>接管前的反馈</p>",
                    "solution": "已与客户协商解决",
                    "severity": "serious" if chance.random() < 0.2 else "general",
                    "active": True,
                    "stage_id": stage.id,
                    "partner_id": order["customer"],
                    "sale_order_id": order["id"],
                    "company_id": mill["company"].id,
                    "user_id": mill["seller"],
                    "create_date": self._at(came, 3),
                    "closed_date": self._at(min(came + timedelta(days=chance.randrange(1, 15)), mill["last"]), 3),
                }
            )
        self._insert("helpdesk_ticket", rows)
