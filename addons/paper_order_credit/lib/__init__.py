# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python of what a customer's credit rests on; nothing in this package imports odoo."""
