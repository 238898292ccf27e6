"""What browser tests of the web client need, whatever distribution of Odoo they run on."""

# Stripped from some distributions of Odoo; its absence is an error in the browser's console.
STRIPPED = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def leave_out_stripped_file(test_class):
    """Take the file that may be missing out of the web client's assets, for the tests of a class."""
    test_class.env["ir.asset"].create(
        {"name": "stripped file", "bundle": "web.assets_backend", "directive": "remove", "path": STRIPPED}
    )
