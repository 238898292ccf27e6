from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestAttachment(TransactionCase):
    def _file(self, content):
        attachment = self.env["ir.attachment"].create({"name": "list.csv", "raw": content})
        return attachment, Path(attachment._full_path(attachment.store_fname))

    def test_a_file_that_was_cut_off(self):
        """R3.1.2: what a killed server left half written in the store does not keep out the same file for ever."""
        content = b"order no;width\n" * 200
        _first, path = self._file(content)
        path.write_bytes(content[:100])
        again, same = self._file(content)
        self.assertEqual((same, path.read_bytes(), again.raw), (path, content, content))

    def test_another_content_of_the_same_hash(self):
        """R3.1.2: a file that is whole is never written over."""
        content = b"order no;width\n" * 200
        _first, path = self._file(content)
        with self.assertRaises(UserError):
            self.env["ir.attachment"]._get_path(content + b"more", path.name)
        self.assertEqual(path.read_bytes(), content)
