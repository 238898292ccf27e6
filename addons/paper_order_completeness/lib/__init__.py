# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python of what an order must tell; nothing in this package imports odoo."""
