"""What each user of a database may open, judged by the server. Run in Odoo's shell on a copy that may be changed."""

import hashlib
import json

from lxml import etree
from odoo.tools.safe_eval import safe_eval
from odoo.tools.safe_eval import time as safe_time

LANG = "zh_CN"
OURS = "paper_base.menu_root"
KEEPER = "base.group_system"
# Where the self-check stands in the menu; what is found there must be found and is no fault.
PLANTED = "自检"
TEXTS = ("string", "placeholder", "confirm", "confirm-title", "confirm-label", "cancel-label", "help", "title", "sum", "avg")
# Fields whose choices are codes of a standard, the same in every language.
CODES = ("tz", "lang")
NEVER = ("1", "True", "true")
NOT = ("0", "False", "false")
MOST_RECORDS = 10
# Models that open a reduced twin by themselves for those who may not read them.
PUBLIC = ("hr.employee",)


def people(env, logins=()):
    """Return one user for each distinct set of rights among the internal users that are active."""
    users = env["res.users"].search([("share", "=", False), ("active", "=", True)], order="id")
    if logins:
        users = users.filtered(lambda user: user.login in logins)
    first = {}
    # The administrator comes last: the departments' screens are the daily ones.
    for user in sorted(users, key=lambda user: (user.has_group(KEEPER), user.id)):
        first.setdefault(frozenset(user.all_group_ids.ids), user)
    return env["res.users"].browse([user.id for user in first.values()])


def apps(menus):
    """Return the apps of a user's menu, those too that stand below More and not in the launcher."""
    shown = menus["root"]["children"]
    return [*shown, *(key for key, menu in menus.items() if key == menu.get("app_id") and key not in shown)]


def leaves(env, user):
    """Return a user's menu leaves, ours first: id, path of names, app, action."""
    menus = env["ir.ui.menu"].with_user(user).with_context(lang=LANG).load_menus(False)
    found = []

    def walk(menu_id, path, app):
        menu = menus[menu_id]
        path = [*path, menu["name"]]
        for child in menu["children"]:
            walk(child, path, app)
        if not menu["children"] and menu.get("action_id"):
            found.append(
                {
                    "menu": menu["id"],
                    "path": path,
                    "app": app,
                    "action": menu["action_id"],
                    "kind": menu["action_model"],
                    "ours": app == OURS,
                }
            )

    for app in apps(menus):
        walk(app, [], menus[app]["xmlid"])
    return sorted(found, key=lambda leaf: not leaf["ours"])


class Judge:
    """What one user sees of an action: its views in his language, the words in them, what he may not read."""

    def __init__(self, env, user):
        self.user = user
        self.env = env(
            user=user.id, su=False, context={"lang": LANG, "tz": "Asia/Shanghai", "allowed_company_ids": user.company_ids.ids}
        )
        self.rights = {}

    def right(self, model):
        """Return the user's access to a model: the four operations and the record rules that bind him."""
        if model not in self.rights:
            allowed = [self.env[model].has_access(operation) for operation in ("read", "write", "create", "unlink")]
            rules = self.env["ir.rule"]._get_rules(model, "read").ids
            self.rights[model] = (*allowed, *sorted(rules))
        return self.rights[model]

    def judge(self, action, read):
        """Return {"fingerprint", "views", "texts", "unreadable", "refused", "model"} of a window action.

        :param read: the forms whose records have been read with these rights; this one's is added
        """
        model = action.res_model
        views = [(view_id or False, kind) for view_id, kind in action.views if kind != "search"]
        asked = [*views, (action.search_view_id.id or False, "search")]
        found = self.env[model].get_views(asked, {"action_id": action.id, "toolbar": True})
        texts, unreadable, screens, refused = {}, {}, {}, []
        for kind, view in found["views"].items():
            arch = etree.fromstring(view["arch"])
            reader = Reader(self, found["models"], texts, unreadable)
            reader.read(arch, model, kind)
            screens[kind] = _digest(model, view["arch"], self.right(model), self._readable(found["models"]))
            if kind == "form":
                exact = _digest(model, view["arch"], action.domain, self._rights_of(found["models"]))
                if exact not in read:
                    read.add(exact)
                    refused = self.read_records(action, arch, found["models"])
            for actions in view.get("toolbar", {}).values():
                for entry in actions:
                    texts.setdefault(entry.get("name") or "", "action")
        texts.setdefault(action.with_env(self.env).sudo().name, "action")
        return {
            "fingerprint": _digest(action.id, found["views"], found["models"], self.right(model)),
            "views": screens,
            "texts": texts,
            "unreadable": unreadable,
            "refused": refused,
            "model": model,
        }

    def read_records(self, action, arch, models):
        """Read the records of an action as its form does, and begin a new one; return what is refused."""
        model = self.env[action.res_model]
        asked = _asked(arch, action.res_model, models)
        refused = []

        def attempt(what, function):
            try:
                with self.env.cr.savepoint():
                    function()
            except Exception as error:  # noqa: BLE001 - whatever it is, the user gets it as a dialog
                refused.append((what, type(error).__name__, str(error)))
            self.env.invalidate_all()

        def read():
            values = {"uid": self.user.id, "context": {}, "allowed_company_ids": self.user.company_ids.ids, "time": safe_time}
            domain = safe_eval(action.domain or "[]", values)
            model.search(domain, limit=MOST_RECORDS).web_read(asked)

        if "active_id" not in (action.domain or ""):  # the browser shows what comes of that
            attempt("form", read)
        if arch.get("create") not in NOT and model.has_access("create"):
            attempt("new", lambda: model.onchange({}, [], asked))
        return refused

    def _readable(self, models):
        """Return which of the models in some views the user may read: what of their records is another rule's is read above,
        by the server, for each set of rights."""
        return [name for name, right in self._rights_of(models) if right[0]]

    def _rights_of(self, models):
        names = set(models)
        for described in models.values():
            names |= {field["relation"] for field in described["fields"].values() if field.get("relation") in self.env}
        return [(name, self.right(name)) for name in sorted(names)]


class Reader:
    """Reads a view as the user gets it."""

    def __init__(self, judge, models, texts, unreadable):
        self.judge, self.models, self.texts, self.unreadable = judge, models, texts, unreadable

    def read(self, node, model, view):
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "templates" if view != "kanban" else ""):
            return
        if node.get("invisible") in NEVER or node.get("column_invisible") in NEVER:
            return
        for name in TEXTS:
            if node.getparent() is not None and node.tag != "sheet":  # nobody is shown the name of the view itself
                self.note(node.get(name), f"{view} {name}")
        self.note(node.text, f"{view} text")
        inside = model
        if node.tag == "field" and node.get("name"):
            inside = self.field(node, model, view)
        for child in node:
            self.read(child, inside, view)
            self.note(child.tail, f"{view} text")

    def field(self, node, model, view):
        described = self.models.get(model, {}).get("fields", {}).get(node.get("name"))
        if not described:
            return model
        # A card shows values without their labels, and what stands beside its template not at all.
        card = view == "kanban"
        if card and next(node.iterancestors("templates"), None) is None:
            return model
        if not node.get("string") and not card:
            self.note(described.get("string"), f"{view} field {model}.{node.get('name')}")
        if view in ("form", "list"):
            self.note(described.get("help"), f"{view} help {model}.{node.get('name')}")
        if node.get("name") not in CODES and not node.get("name").endswith("_tz"):
            for _key, label in described.get("selection") or ():
                self.note(label, f"{view} choice {model}.{node.get('name')}")
        relation = described.get("relation")
        if relation and relation in self.judge.env and view in ("form", "list", "kanban"):
            linked = described["type"] != "many2one" or "no_open" not in (node.get("options") or "")
            if linked and relation not in PUBLIC and not self.judge.right(relation)[0]:
                self.unreadable[f"{model}.{node.get('name')}"] = relation
        return relation if described["type"] in ("one2many", "many2many") and len(node) else model

    def note(self, text, where):
        text = " ".join((text or "").split())
        if text:
            self.texts.setdefault(text, where)


def _asked(node, model, models):
    """Return what the web client asks of a record for a view: the fields shown, with those of the lists inside."""
    asked = {}
    for field in node.iter("field"):
        if next(field.iterancestors("field"), None) not in (None, node) or field is node:
            continue
        described = models.get(model, {}).get("fields", {}).get(field.get("name"))
        if not described:
            continue
        hidden = field.get("invisible") in NEVER
        kind, inside = described["type"], {}
        if kind in ("many2one", "reference"):
            inside = {"fields": {} if hidden else {"display_name": {}}}
        elif kind in ("one2many", "many2many") and not hidden:
            lists = [child for child in field if child.tag in ("list", "kanban")]
            shown = _asked(field, described["relation"], models) if lists else {"display_name": {}}
            inside = {"fields": shown, "limit": 40}
        asked[field.get("name")] = inside
    return asked


def _digest(*parts):
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def session(env, user):
    """Log a user in on the server's own store of sessions; return the cookie."""
    from odoo.http import get_default_session, root
    from odoo.service import security

    fresh = root.session_store.new()
    fresh.update(get_default_session(), db=env.cr.dbname)
    fresh.uid, fresh.login = user.id, user.login
    fresh.context = {"lang": LANG, "tz": "Asia/Shanghai", "uid": user.id}
    fresh.session_token = security.compute_session_token(fresh, env(user=user.id))
    root.session_store.save(fresh)
    return fresh.sid


def plant(env, user):
    """Give the first user menus that must be found out: an action that crashes, one without the right, an English column."""
    partner = env["ir.model"]._get("res.partner").id
    view = env["ir.ui.view"].create(
        {
            "name": PLANTED,
            "model": "res.partner",
            "arch": '<list><field name="name" string="Planted heading" /></list>',
            "priority": 99,
        }
    )
    server = {"type": "ir.actions.server", "model_id": partner, "state": "code", "name": PLANTED}
    actions = {
        "english": (
            "ir.actions.act_window",
            {"name": PLANTED, "res_model": "res.partner", "view_id": view.id, "view_mode": "list"},
        ),
        "client": ("ir.actions.act_window", {"name": PLANTED, "res_model": "res.partner", "domain": "[('id', '=', active_id)]"}),
        "server": ("ir.actions.server", {**server, "code": "{}['自检 log']"}),
        "right": ("ir.actions.server", {**server, "code": FORBIDDEN}),
    }
    group = env["res.groups"].create({"name": PLANTED, "user_ids": [(4, user.id)]})
    root = env["ir.ui.menu"].create({"name": PLANTED, "parent_id": env.ref(OURS).id, "group_ids": [(4, group.id)]})
    for name, (model, values) in actions.items():
        action = env[model].create(values)
        env["ir.ui.menu"].create({"name": f"{PLANTED} {name}", "parent_id": root.id, "action": f"{model},{action.id}"})


# Of a model that no department may read.
FORBIDDEN = "action = {'type': 'ir.actions.act_window', 'res_model': 'ir.mail_server', 'views': [[False, 'list']]}"


def plan(env, logins=(), once=False):
    """Return [{login, name, sid, planted, leaves}], each leaf with what the server knows of it.

    :param once: read the records of a form once for all whose rights to it are the same
    """
    users = people(env, logins)
    users.partner_id.write({"lang": LANG, "tz": "Asia/Shanghai"})
    plant(env, users[:1])
    found, read = [], set()
    for user in users:
        judge = Judge(env, user)
        read = read if once else set()
        listed = leaves(env, user)
        for leaf in listed:
            leaf["judged"] = None
            if leaf["kind"] == "ir.actions.act_window":
                action = env["ir.actions.act_window"].browse(leaf["action"])
                try:
                    leaf["judged"] = judge.judge(action, read)
                except Exception as error:  # noqa: BLE001 - the browser shows what it means to the user
                    leaf["refused"] = f"{type(error).__name__}: {error}"
        found.append(
            {"login": user.login, "name": user.name, "groups": _digest(sorted(user.all_group_ids.ids)), "leaves": listed}
        )
    # Where a department works; what only the administrator has is left to the whole walk.
    daily = {
        leaf["app"] for entry, user in zip(found, users, strict=True) if not user.has_group(KEEPER) for leaf in entry["leaves"]
    }
    for leaf in (leaf for entry in found for leaf in entry["leaves"]):
        leaf["daily"] = leaf["ours"] or leaf["app"] in daily
    for entry, user in zip(found, users, strict=True):
        entry["sid"], entry["planted"] = session(env, user), user == users[0]
    env.cr.commit()
    return found
