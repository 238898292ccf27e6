# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python reader of mails; nothing in this package imports odoo."""
