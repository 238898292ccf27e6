"""The course of the walk: who goes first, what is counted, and when it has failed."""

import time
from decimal import Decimal

from . import complete, deliver, intake, ledger, master_data, people, produce, steps
from .client import Person, Refused
from .report import Timeline, closing_table


def main(url, database, orders, out, admin_password):
    """Walk all orders of a file and return the exit code: 0 only if nothing is lost and all numbers add up.

    :param url: address of the running server
    :param orders: path of the order book
    :param out: folder for the PDFs
    """
    out.mkdir(parents=True, exist_ok=True)
    tag = f"walk{int(time.time()) % 1_000_000}"
    admin = Person(url, database, "admin", admin_password)
    partner, customer = people.engage_customer(admin, url, database, tag)
    staff = people.log_in(url, database, people.engage(admin, tag))
    mill = master_data.prepare(admin, tag, ledger.web(orders))
    desk = steps.Desk(staff, customer, mill, out, mailbox=admin)
    return Walk(desk, orders, partner).run()


class Walk:
    """One order book on its way; keeps what was counted.

    :ivar arrivals: the inbox after the upload
    :ivar orders: the orders made of it, as dictionaries with id, name, kg, rows and timeline; a purchase order of
        several rows is one of them
    """

    def __init__(self, desk, book, partner):
        self.desk, self.book, self.partner = desk, book, partner
        self.arrivals, self.orders, self.failures = [], [], []
        self.runs = []

    def run(self):
        self._take_in()
        for stage in (self._complete, self._agree, self._plan, self._make, self._hand_over):
            stage()
        for order in self.orders:
            order["timeline"].print()
        self._close()
        for failure in self.failures:
            print(f"FAILED: {failure}", flush=True)
        return 1 if self.failures else 0

    # Stages

    def _take_in(self):
        desk = self.desk
        self.arrivals = intake.receive(desk, self.book, self.partner)
        again = intake.receive_again(desk, self.book, self.partner)
        if again:
            self.failures.append(f"the same file once more added {again} arrivals")
        intake.ask_customer(desk, self.arrivals)
        self._open()
        print(f"{self.book.name}: {len(self.arrivals)} rows arrived, {len(self.orders)} orders", flush=True)
        for arrival in self.arrivals:
            if arrival["state"] != "order":
                kg = f"{arrival['weight']:.1f} kg"
                print(f"  line {arrival['line_no']}: {arrival['state']}, {kg}: {arrival['reason']}", flush=True)
        if self.orders:
            intake.decide_credit(desk, self.orders[0])

    def _open(self):
        """Take up the orders that the rows became: rows of one purchase order share one, each is a line of it."""
        rows = {}
        for arrival in self.arrivals:
            if arrival["state"] == "order":
                rows.setdefault(tuple(arrival["order_id"]), []).append(arrival)
        for (order_id, name), own in rows.items():
            kg = sum(arrival["weight"] for arrival in own)
            places = "、".join(str(arrival["line_no"]) for arrival in own)
            timeline = Timeline(f"{name}（客户订单号 {own[0]['number']}，{len(own)} 行，{kg:.1f} kg）")
            timeline.add("销售", f"接收：第 {places} 行")
            order = {"id": order_id, "name": name, "kg": kg, "rows": len(own), "timeline": timeline, "reached": set()}
            self.orders.append(order)

    def _each(self, stage, step, ready=None):
        """Take every order that has reached ``ready`` through ``step``; a refusal fails that order only."""
        for order in self.orders:
            if ready and ready not in order["reached"]:
                continue
            try:
                if step(self.desk, order, order["timeline"]):
                    order["reached"].add(stage)
                else:
                    self.failures.append(f"{order['name']} stopped at {stage}")
            except Refused as refusal:
                order["timeline"].add("！", f"{stage}: {refusal}")
                self.failures.append(f"{order['name']} at {stage}: {refusal.name}: {refusal}")
            print(f"\r{stage}: {order['name']}      ", end="", flush=True)
        print(flush=True)

    def _complete(self):
        """Have the customer complete what his orders lack; what he cannot say waits, and is no failure of the walk."""
        for order in self.orders:
            try:
                if complete.complete(self.desk, order, order["timeline"]):
                    order["reached"].add("complete")
            except Refused as refusal:
                order["timeline"].add("！", f"complete: {refusal}")
                self.failures.append(f"{order['name']} at complete: {refusal.name}: {refusal}")
                order["reached"].add("failed")

    def _waiting(self):
        """Return the orders that wait for the customer's word."""
        return [order for order in self.orders if not {"complete", "failed"} & order["reached"]]

    def _agree(self):
        self._each("evaluated", steps.evaluate, "complete")
        self._each("confirmed", steps.contract, "evaluated")

    def _plan(self):
        ready = [order for order in self.orders if "confirmed" in order["reached"]]
        try:
            for run in produce.plan(self.desk, ready):
                self.runs.append(produce.run(self.desk, run))
        except Refused as refusal:
            self.failures.append(f"production plan and runs: {refusal.name}: {refusal}")

    def _make(self):
        self._each("produced", produce.make, "confirmed")

    def _hand_over(self):
        self._each("delivered", deliver.dispatch, "produced")
        self._each("visited", deliver.visit, "delivered")
        done = [order for order in self.orders if "delivered" in order["reached"]]
        if done:
            try:
                deliver.complain(self.desk, done[0], done[0]["timeline"])
            except Refused as refusal:
                self.failures.append(f"complaint: {refusal.name}: {refusal}")

    # Counting

    def _close(self):
        rows, kg = ledger.count(self.book)
        weight = {state: self._kg(state) for state in ("order", "question", "rejected", "received", "duplicate")}
        count = {state: sum(a["state"] == state for a in self.arrivals) for state in weight}
        waiting = self._waiting()
        waiting_kg = sum(order["kg"] for order in waiting)
        for order in waiting:
            print(f"  {order['name']} waits, {order['kg']:.1f} kg: {order['open']}", flush=True)
        incomplete = [order for order in self.orders if not self._is_complete(order)]
        reached = {stage: [o for o in self.orders if stage in o["reached"]] for stage in ("confirmed", "produced", "delivered")}
        figures = self._statistics()
        complete = [order for order in self.orders if order not in incomplete]
        table = [
            ("rows in the file", rows, kg),
            ("arrived in the inbox", len(self.arrivals), sum(weight.values())),
            ("rows that became orders", count["order"], weight["order"]),
            ("orders in", len(self.orders), sum(o["kg"] for o in self.orders)),
            ("complete", len(complete), sum(o["kg"] for o in complete)),
            ("waiting for the customer's word", len(waiting), waiting_kg),
            ("questioned", count["question"], weight["question"]),
            ("unreadable, kept with their line", count["rejected"], weight["rejected"]),
            ("confirmed", len(reached["confirmed"]), figures["confirmed_kg"]),
            ("produced", len(reached["produced"]), figures["produced_kg"]),
            ("delivered", len(reached["delivered"]), figures["delivered_kg"]),
        ]
        closing_table(table)
        self._weigh_up()
        self._expect("rows of the file and of the inbox", rows, len(self.arrivals))
        self._expect("rows by outcome", rows, sum(count[state] for state in ("order", "question", "rejected")))
        if self.book.suffix.lower() == ".dat":
            # A line that cannot be read has no figures in the inbox; its own text says what it weighs.
            lost = sum(ledger.weigh(arrival["raw"]) for arrival in self.arrivals if arrival["state"] == "rejected")
            read = sum(kg for state, kg in weight.items() if state != "rejected")
            self._expect("kg of the file and of the inbox", kg, lost + Decimal(str(round(read, 3))))
        self._expect("rows that became orders and lines of these orders", count["order"], self._lines())
        for stage in ("confirmed", "produced", "delivered"):
            going, kg_going = len(self.orders) - len(waiting), weight["order"] - waiting_kg
            self._expect(f"orders {stage}", going, len(reached[stage]))
            self._expect(f"kg {stage} in the statistics", round(kg_going, 1), round(figures[f"{stage}_kg"], 1))

    def _weigh_up(self):
        """Print the mass balance of all runs and cuts, and expect each to balance to the kilogram."""
        cuts = [balance for order in self.orders for balance in order.get("balances", ())]
        for title, balances in (("runs", self.runs), ("cuts", cuts)):
            sums = {name: sum(balance[name] for balance in balances) for name in produce.BALANCE}
            figures = ", ".join(f"{name} {kg:,.1f}" for name, kg in sums.items())
            print(f"  {len(balances)} {title}, kg: {figures}", flush=True)
            for balance in balances:
                if abs(balance["difference"]) > 1:
                    self.failures.append(f"{balance['name']} does not balance: {balance['difference']:+.1f} kg")
        wanted = sum(balance["taken"] for balance in cuts)
        if abs(sum(balance["made"] for balance in self.runs) - wanted) > 1 + len(self.runs):
            self.failures.append(f"base paper made and taken do not add up: {wanted:,.1f} kg taken")
        rolls, orphans = self._rolls()
        print(f"  {rolls} rolls and pallets, each with its jumbo but for {orphans}", flush=True)
        self._expect("rolls without a jumbo", 0, orphans)

    def _rolls(self):
        """Return how many rolls these orders have, and how many of them no jumbo stands above."""
        workshop = self.desk["workshop"]
        domain = [("sale_line_id.order_id", "in", [order["id"] for order in self.orders if order.get("balances")])]
        made = workshop.search("mrp.production", domain, ["paper_roll_ids"])
        rolls = [roll for production in made for roll in production["paper_roll_ids"]]
        parents = [("id", "in", rolls), ("paper_parent_link_ids.parent_id.paper_kind", "=", "jumbo")]
        return len(rolls), len(rolls) - workshop.call("stock.lot", "search_count", parents)

    def _lines(self):
        """Return how many items of paper these orders hold."""
        domain = [("order_id", "in", [order["id"] for order in self.orders]), ("display_type", "=", False)]
        return self.desk["sales"].call("sale.order.line", "search_count", domain)

    def _kg(self, state):
        return sum(arrival["weight"] for arrival in self.arrivals if arrival["state"] == state)

    def _is_complete(self, order):
        return not self.desk["sales"].read("sale.order", order["id"], "paper_missing")["paper_missing"]

    def _statistics(self):
        """Read the figures of these orders where the management reads them."""
        sums = ["ordered_kg:sum", "confirmed_kg:sum", "produced_kg:sum", "delivered_kg:sum"]
        domain = [("order_id", "in", [order["id"] for order in self.orders])]
        rows = self.desk["management"].call("paper.order.report", "formatted_read_group", domain, [], sums)
        return {name.partition(":")[0]: (rows[0][name] or 0) if rows else 0 for name in sums}

    def _expect(self, what, wanted, found):
        if wanted != found:
            self.failures.append(f"{what} do not add up: {wanted} expected, {found} found")
