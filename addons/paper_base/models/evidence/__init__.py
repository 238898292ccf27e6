"""What is evidence stays: documents, files, messages, the names of people."""

# The mixin first: what is written on it asks whether a record is evidence.
from . import paper_evidence_mixin
from . import base, ir_attachment, mail_message, mail_tracking_value, mail_mail
from . import mail_thread, mail_compose_message, mail_scheduled_message, mail_template
from . import paper_pseudonym, res_partner, res_users, base_partner_merge_automatic_wizard, sale_order
