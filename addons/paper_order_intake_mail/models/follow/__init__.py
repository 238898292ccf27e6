"""Later mails: each finds the order or the arrival that it is about, and who handles that."""

from . import mail_thread, paper_intake_channel, paper_intake_message, sale_order
