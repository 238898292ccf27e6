from odoo import api, fields, models

from ...exceptions import BadgeError
from ...lib.badges import digest

SHORTEST = 4
SUPERVISOR = ("paper_base.group_supervisor",)


class PaperFloorOperator(models.Model):
    """Who works at the machines: signs in on a tablet by badge or PIN and acts there with the rights of the own user, without a
    login. The production supervisor gives badges and PINs; of both only a hash is kept.
    """

    _name = "paper.floor.operator"
    _description = "Operator"
    _order = "name, id"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users", string="User", required=True, index=True, help="With whose rights the operator works at the tablet."
    )
    name = fields.Char(related="user_id.name", store=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    active = fields.Boolean(default=True)
    crew = fields.Char(help="Such as 甲班.")
    new_badge = fields.Char(
        string="Badge",
        compute="_compute_new_codes",
        inverse="_inverse_new_badge",
        store=False,
        help="Scan it; it is not shown again.",
    )
    new_pin = fields.Char(
        string="PIN", compute="_compute_new_codes", inverse="_inverse_new_pin", store=False, help="At least four figures."
    )
    badge_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    pin_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_badge = fields.Boolean(compute="_compute_has_codes", compute_sudo=True)
    has_pin = fields.Boolean(string="Has a PIN", compute="_compute_has_codes", compute_sudo=True)

    _user_once = models.UniqueIndex("(user_id, company_id) WHERE active", "This person is an operator already.")
    _badge_once = models.UniqueIndex("(badge_hash) WHERE badge_hash IS NOT NULL", "Somebody else has this badge.")
    _pin_once = models.UniqueIndex("(pin_hash) WHERE pin_hash IS NOT NULL", "Somebody else has this PIN.")

    def _compute_new_codes(self):
        self.new_badge = self.new_pin = False

    @api.depends("badge_hash", "pin_hash")
    def _compute_has_codes(self):
        for operator in self:
            operator.has_badge, operator.has_pin = bool(operator.badge_hash), bool(operator.pin_hash)

    def _inverse_new_badge(self):
        for operator in self.filtered("new_badge"):
            operator._give("badge_hash", operator.new_badge)

    def _inverse_new_pin(self):
        for operator in self.filtered("new_pin"):
            if not operator.new_pin.isdigit():
                raise BadgeError(self.env._("A PIN consists of figures."))
            operator._give("pin_hash", operator.new_pin)

    def _give(self, field, code):
        """Keep the hash of a badge or PIN, unless somebody has it: by it alone people are told apart.

        :raises BadgeError: for one that is too short, or somebody else's; whose it is is not said
        """
        self.check_access("write")
        if len(code.strip()) < SHORTEST:
            raise BadgeError(self.env._("A badge or PIN has at least %(number)s characters.", number=SHORTEST))
        key = self._hash(code)
        # sudo: hashes are read by nobody
        every = self.sudo().with_context(active_test=False)
        if every.search_count([("id", "!=", self.id), "|", ("badge_hash", "=", key), ("pin_hash", "=", key)]):
            raise BadgeError(self.env._("%(person)s: choose another badge or PIN, this one is taken.", person=self.name))
        self.sudo()[field] = key  # sudo: see above

    @api.model
    def _hash(self, code):
        # sudo: the database's secret
        return digest(code, self.env["ir.config_parameter"].sudo().get_param("database.secret") or "")

    @api.model
    def _of_code(self, code, company):
        """Return the operator of a badge or PIN, in sudo; none for any other input."""
        # sudo: nobody has signed in yet
        operators = self.sudo()
        if not isinstance(code, str) or not SHORTEST <= len(code.strip()) <= 100:
            return operators.browse()
        key = self._hash(code)
        found = operators.search(
            [("company_id", "=", company.id), "|", ("badge_hash", "=", key), ("pin_hash", "=", key)], limit=1
        )
        return found.filtered("user_id.active")
