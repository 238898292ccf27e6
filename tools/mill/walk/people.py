"""Who works in the mill: one person for each department, and the customer."""

from ..clock import ZONE
from .client import Person

DEPARTMENTS = {
    "sales": "销售",
    "credit": "信用",
    "planning": "生产计划",
    "supervisor": "生产主管",
    "workshop": "车间",
    "purchasing": "采购",
    "technical": "技术",
    "finance": "财务",
    "legal": "法务",
    "quality": "质检",
    "equipment": "设备",
    "warehouse": "仓库",
    "logistics": "物流",
    "management": "管理层",
}
CUSTOMER = "walk.customer"


def engage(admin, tag):
    """Create the users of all departments and return ``{department: login}``; the password is the login."""
    employee = admin.xmlid("base.group_user")
    values = [
        {
            "name": f"{name}部",
            "login": f"{tag}.{code}",
            "password": f"{tag}.{code}",
            "email": f"{tag}.{code}@mill.example",
            "lang": "zh_CN",
            "tz": ZONE,
            "group_ids": [(6, 0, [employee, admin.xmlid(f"paper_base.group_{code}")])],
        }
        for code, name in DEPARTMENTS.items()
    ]
    admin.call("res.users", "create", values, context={"no_reset_password": True})
    return {code: f"{tag}.{code}" for code in DEPARTMENTS}


def log_in(url, database, logins):
    """Return ``{department: Person}``."""
    return {code: Person(url, database, login, login) for code, login in logins.items()}


def engage_customer(admin, url, database, tag):
    """Create a customer with a portal login and return (partner id, Person)."""
    china = admin.xmlid("base.cn")
    partner = admin.create(
        "res.partner",
        {
            "name": "晨光印务有限公司",
            "is_company": True,
            "street": "印刷路18号",
            "city": "苏州",
            "zip": "215000",
            "country_id": china,
            "email": f"{tag}.customer@print.example",
            "phone": "+86 512 5555 0188",
            "lang": "zh_CN",
        },
    )
    login = f"{tag}.customer"
    values = {
        "login": login,
        "password": login,
        "partner_id": partner,
        "lang": "zh_CN",
        "tz": ZONE,
        "group_ids": [(6, 0, [admin.xmlid("base.group_portal")])],
    }
    admin.call("res.users", "create", [values], context={"no_reset_password": True})
    return partner, Person(url, database, login, login)
