"""The customer in the portal: who of a company may do what, the documents of an order, its repetition, changes of the
customer's own data, and the mails that the customer wants."""

from . import paper_mail_kind, paper_partner_change, res_partner, res_users, sale_order
