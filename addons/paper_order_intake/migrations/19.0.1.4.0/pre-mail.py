"""Orders by mail are an addon of their own: a mill that had them keeps them, with the addresses of its channels."""

from odoo.addons.paper_base.moving import hand_over

# They show what is the other addon's now, which is loaded later. Each view is checked together with those that extend it, so
# that these are empty until they are loaded from their files in turn.
SHOWED_MAILS = ("paper_intake_message_view_form_source", "paper_intake_channel_view_form_settings")


def migrate(cr, version):
    hand_over(cr, "paper_order_intake", "paper_order_intake_mail")
    cr.execute(
        """UPDATE ir_ui_view SET arch_db = '{"en_US": "<data/>"}'
            WHERE id IN (SELECT res_id FROM ir_model_data
                          WHERE module = 'paper_order_intake' AND model = 'ir.ui.view' AND name = ANY(%s))""",
        [list(SHOWED_MAILS)],
    )
