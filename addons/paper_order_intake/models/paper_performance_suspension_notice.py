from odoo import models

from ..exceptions import SuspensionStateError


class PaperPerformanceSuspension(models.Model):
    """The notice to the customer: printed in his language, kept as it was given, sent."""

    _inherit = "paper.performance.suspension"

    def _keep_notice(self):
        """Print the notice in the customer's language and keep it with the record."""
        self.ensure_one()
        report = self.env.ref("paper_order_intake.action_report_suspension")
        # sudo: the report reads order and company, that legal may not open
        content, kind = report.sudo()._render_qweb_pdf(report.report_name, self.ids)
        name = self.env._("Notice of suspension %(order)s", order=self.order_id.name.replace("/", "-"))
        self.message_post(
            body=self.env._("The notice of suspension as it was given."), attachments=[(f"{name}.{kind}", content)]
        )

    def action_print_notice(self):
        """Print the notice, as a draft before it is given."""
        return self.env.ref("paper_order_intake.action_report_suspension").report_action(self)

    def action_send_notice(self):
        """Open the e-mail that carries the notice to the customer."""
        self.ensure_one()
        self._check_sendable()
        template = self.env.ref("paper_order_intake.mail_template_suspension")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Notice"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
            },
        }

    def _check_sendable(self):
        self.check_access("write")
        if self.state != "noticed":
            raise SuspensionStateError(self.env._("Give the notice first."))
