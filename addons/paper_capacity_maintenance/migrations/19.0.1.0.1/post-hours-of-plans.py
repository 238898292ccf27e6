"""Requests of maintenance plans stood for one hour at midnight UTC; they stand for the hours of their plan.

Only those that are open and stand as they were made: what somebody scheduled otherwise stays.
"""

from datetime import datetime, time, timedelta

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for plan in env["maintenance.plan"].with_context(active_test=False).search([]):
        made = plan._paper_open_requests().filtered(
            lambda rec: rec.schedule_date == datetime.combine(rec.request_date, time())
            and rec.schedule_end == rec.schedule_date + timedelta(hours=1)
        )
        plan._paper_schedule(made)
