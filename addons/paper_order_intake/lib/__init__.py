# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plain Python readers of what customers send; nothing in this package imports odoo."""
