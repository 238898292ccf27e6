"""The mill whose gates ./mill trial doors tries: who works there and in a second company, and documents at every stage."""

from doors_try import Chooser, Visitor

from tools.mill.clock import ZONE
from tools.mill.walk.client import Refused
from tools.mill.walk.people import DEPARTMENTS

FIRST, SECOND = 1, 2
# Departments of the second company that try what they may reach of the first, and their own documents.
ELSEWHERE = ("sales", "planning", "supervisor", "workshop", "warehouse", "logistics", "quality", "management")


class Mill:
    """People and documents.

    :ivar people: ``{login: Person}``
    :ivar companies: numbers for :meth:`who`: the demo mill, and the company beside it
    """

    companies = (FIRST, SECOND)

    def __init__(self, trial):
        self.trial = trial
        self.admin = trial.person("admin")
        self.ids = {}
        self.people = {"admin": self.admin}
        for login in (*DEPARTMENTS, "online"):
            self.people[login] = trial.person(login)
        self.other = self._found_company()
        # The administrator with both companies chosen.
        self.both = Chooser(trial.url, trial.database, "admin", "admin")
        self.both.companies = [self.other, self.ids["company"]]
        for code in ELSEWHERE:
            self.people[f"second.{code}"] = trial.person(f"second.{code}")
        self.people["customer"] = trial.person("customer")
        self.people["nobody"] = Visitor(trial.url)
        self._prepare()

    def who(self, company):
        """Return who tries paths through documents of a company."""
        if company == FIRST:
            return list(self.people.values())
        own = [person for login, person in self.people.items() if login.startswith("second.")]
        return [self.both, *own, self.people["nobody"]]

    def is_allowed(self, person, departments, company):
        """Say whether the path is that department's own step, in its own company."""
        code = person.login.removeprefix("second.")
        at_home = (company == SECOND) == person.login.startswith("second.") or person.login == "admin"
        return at_home and code in departments

    # Looking things up

    def row(self, statement):
        """Return the first row of a query as a dictionary of its columns, named in it by ``as``; None without one."""
        names = [part.rpartition(" as ")[2].strip() for part in _columns(statement)]
        rows = self.trial.query(statement + " limit 1")
        return dict(zip(names, rows[0], strict=True)) if rows else None

    def company(self, company):
        """Return the id of a company by its number here."""
        return self.ids["company"] if company == FIRST else self.other

    # The second company and what the first still lacks

    def _found_company(self):
        admin = self.admin
        first = self.trial.query("select company_id from res_users where login = 'sales'")[0][0]
        self.ids["company"] = int(first)
        other = admin.create("res.company", {"name": "北岸纸业有限公司", "country_id": admin.xmlid("base.cn")})
        admin.write("res.users", admin.uid, {"company_ids": [(4, other)]})
        both = {"allowed_company_ids": [other, int(first)]}
        admin.call("stock.warehouse", "create", [{"name": "北岸", "code": "NORTH", "company_id": other}], context=both)
        employee = admin.xmlid("base.group_user")
        values = [
            {
                "name": f"北岸{DEPARTMENTS[code]}",
                "login": f"second.{code}",
                "password": f"second.{code}",
                "email": f"{code}@north.example",
                "lang": "zh_CN",
                "tz": ZONE,
                "company_id": other,
                "company_ids": [(6, 0, [other])],
                "group_ids": [(6, 0, [employee, admin.xmlid(f"paper_base.group_{code}")])],
            }
            for code in ELSEWHERE
        ]
        admin.call("res.users", "create", values, context={"no_reset_password": True, **both})
        return other

    def _prepare(self):
        """Make what the demo mill does not hold: a submitted plan, a paper order and open documents next door."""
        ids = self.ids
        ids["paper"] = int(
            self.trial.query(
                "select p.id from product_product p join product_template t on t.id = p.product_tmpl_id "
                "where t.is_paper and t.company_id is null order by (select count(*) from stock_quant q "
                "join stock_location l on l.id = q.location_id where q.product_id = p.id and q.lot_id is not null "
                "and q.quantity > 0 and l.usage = 'internal') > 0 desc, p.id limit 1"
            )[0][0]
        )
        planning = self.people["planning"]
        loose = self.trial.query(
            "select id from mrp_production where paper_plan_id is null and state = 'confirmed' order by id limit 1"
        )[0][0]
        plan = planning.create("paper.production.plan", {"production_ids": [(4, int(loose))]})
        planning.call("paper.production.plan", "action_submit", [plan])
        ids["submitted"], ids["loose"] = plan, int(loose)
        self._prepare_other()

    def _prepare_other(self):
        person, paper = self.people["second.sales"], self.ids["paper"]
        partner = self.admin.create("res.partner", {"name": "北岸印刷厂", "is_company": True})
        self.ids["service"] = self.admin.create("product.product", {"name": "门", "type": "service"})
        line = {"product_id": paper, "product_uom_qty": 1000, "price_unit": 6}
        for make in (
            lambda: person.create("sale.order", {"partner_id": partner, "order_line": [(0, 0, line)]}),
            lambda: self.people["second.planning"].create(
                "mrp.production", {"product_id": paper, "product_qty": 1000, "company_id": self.other}
            ),
            lambda: self.people["second.planning"].create("paper.production.plan", {}),
        ):
            try:
                make()
            except Refused as refusal:
                self.trial.expect(False, f"the second company cannot be prepared: {refusal.name} {refusal}")


def _columns(statement):
    """Split what stands between select and from at its top level."""
    text = statement[statement.index("select ") + 7 :]
    depth, found, word = 0, [], ""
    for position, char in enumerate(text):
        if depth == 0 and text.startswith(" from ", position):
            break
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            found.append(word)
            word = ""
        else:
            word += char
    return [*found, word]
