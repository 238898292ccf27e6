# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python maths of the paper trade; nothing in this package imports odoo."""
