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

    name = PaperTestClock._name
    registry, env = test_class.registry, test_class.env
    add_to_registry(registry, PaperTestClock)
    test_class.addClassCleanup(_remove, registry, name)
    registry._setup_models__(env.cr, [name])
    registry.init_models(env.cr, [name], {"models_to_check": True})
    model = env["ir.model"]._get(name)
    env["ir.model.access"].create(
        {
            "name": name,
            "model_id": model.id,
            "group_id": env.ref("base.group_user").id,
            **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True),
        }
    )


def _remove(registry, name):
    for model_class in registry.values():
        model_class._inherit_children.discard(name)
    del registry[name]
