"""A document with a clock, that exists in the tests of the deadline engine only."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry


def add_clock_model(test_class):
    """Add the model ``paper.test.clock`` to the registry of a TransactionCase class until its end."""

    class PaperTestClock(models.Model):
        _name = "paper.test.clock"
        _description = "Test Document with a Clock"
        _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
        _module = None

        name = fields.Char(required=True)
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
        user_id = fields.Many2one("res.users")

        def _clock_users(self):
            return self.user_id

    add_model(test_class, PaperTestClock)


def add_model(test_class, *definitions):
    """Add models that users may read and write to the registry of a TransactionCase class until its end."""
    registry, env = test_class.registry, test_class.env
    names = [definition._name for definition in definitions]
    for definition in definitions:
        add_to_registry(registry, definition)
    test_class.addClassCleanup(_remove, registry, names)
    registry._setup_models__(env.cr, names)
    registry.init_models(env.cr, names, {"models_to_check": True})
    for name in names:
        env["ir.model.access"].create(
            {
                "name": name,
                "model_id": env["ir.model"]._get_id(name),
                "group_id": env.ref("base.group_user").id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True),
            }
        )


def _remove(registry, names):
    for model_class in registry.values():
        model_class._inherit_children.difference_update(names)
    for name in names:
        del registry[name]
