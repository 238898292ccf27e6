from odoo.addons.paper_order_intake.tests.common import IntakeCommon


class CompletenessCommon(IntakeCommon):
    """A mill whose orders have to be complete before they are evaluated."""

    own_blockers = IntakeCommon.own_blockers | {"incomplete"}
