"""What only steps write cannot be forged: one try of every path, for the tests of all addons."""

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

REFUSED = (UserError, AccessError, ValidationError)


def assert_not_forged(test, record, forged, users, given=None):
    """Try to write values that only steps write, on every path and as every user, each with and without sudo.

    A try is refused, or what it says is ignored.

    :param record: one record, of a model that only steps move
    :param forged: ``{field: value}`` of what nobody writes, other values than the record and a new one have
    :param users: res.users that may write on the model, if anybody
    :param given: ``{field: value}`` of what a new record needs
    """
    given = given or {}
    for user in users:
        for name, own in (("", record.with_user(user)), (" sudo", record.with_user(user).sudo())):
            for path, attempt in _attempts(own, forged, given).items():
                with test.subTest(user=user.login + name, path=path, forged=sorted(forged)):
                    _assert_refused(test, record, attempt, forged)
    with test.subTest(path="server action", forged=sorted(forged)):
        _assert_refused(test, record, lambda: _run(record, forged), forged)


def _attempts(own, forged, given):
    defaults = {f"default_{name}": value for name, value in forged.items()}
    made, preset = own.browse(), own.browse().with_context(**defaults)
    attempts = {
        "write": lambda: own.write(dict(forged)),
        "write with defaults": lambda: own.with_context(**defaults).write({}),
        "create": lambda: made.create({**given, **forged}),
        "defaults": lambda: preset.create(dict(given)),
        "copy": lambda: own.copy(dict(forged)),
        "copy with defaults": lambda: own.with_context(**defaults).copy(),
        "import": lambda: _load(own, {**given, **forged}),
        "import with defaults": lambda: _load(preset, given),
        "import over": lambda: _load(own, {"id": own.id, **forged}),
    }
    for name, value in forged.items():
        attempts[f"create {name}"] = lambda name=name, value=value: made.create({**given, name: value})
        attempts[f"write {name}"] = lambda name=name, value=value: own.write({name: value})
    return attempts


def _load(model, values):
    named = {name: value for name, value in values.items() if not isinstance(value, list)}
    columns = [f"{name}/.id" if name != "id" and model._fields[name].relational else name for name in named]
    columns = [".id" if name == "id" else name for name in columns]
    # A row that is refused is tried once more by the import, with what the first try made, and rolled back, beside it.
    with mute_logger("odoo.sql_db"):
        result = model.load(columns, [[_as_text(value) for value in named.values()]])
    return model.browse(result["ids"] or ())


def _as_text(value):
    return fields.Datetime.to_string(value) if hasattr(value, "hour") else str(value)


def _run(record, forged):
    action = record.env["ir.actions.server"].create(
        {
            "name": "Forge",
            "model_id": record.env["ir.model"]._get_id(record._name),
            "state": "code",
            "code": f"records.sudo().write({forged!r})",
        }
    )
    context = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
    return action.with_context(**context).run()


def _assert_refused(test, record, attempt, forged):
    try:
        with test.env.cr.savepoint():
            made = attempt()
            found = made if hasattr(made, "_fields") else record.browse()
            test.env.flush_all()
    except REFUSED:
        test.env.invalidate_all()
        return
    test.env.invalidate_all()
    for one in (record | found.with_env(record.env)).exists():
        for name, value in forged.items():
            held = one._fields[name].convert_to_write(one[name], one)
            test.assertNotEqual(_as_text(held), _as_text(value), f"{one}.{name} was forged")
