import hashlib
import os
import tempfile

from odoo import models


class IrAttachment(models.Model):
    """A file of the store that a killed server left half written is written anew; it must not keep out its own content."""

    _inherit = "ir.attachment"

    def _same_content(self, bin_data, filepath):
        if super()._same_content(bin_data, filepath):
            return True
        with open(filepath, "rb") as file:
            there = hashlib.sha1(file.read(), usedforsecurity=False).hexdigest()
        if there == os.path.basename(filepath):
            return False  # two contents of one hash: the store can hold one of them
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(filepath), delete=False) as whole:
            whole.write(bin_data)
        os.chmod(whole.name, 0o644)
        os.replace(whole.name, filepath)
        return True
