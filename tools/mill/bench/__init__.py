"""The frame of `./mill bench`: runs tests/bench/<name>.py inside Odoo, with the product and without it."""
