from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path, translate
from odoo.tools.translate import TranslationImporter, code_translations

from ... import extra_terms

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def _whole(path):
    return path if Path(path).is_absolute() else file_path(path)


@tagged("post_install", "-at_install")
class TestExtraTerms(TransactionCase):
    """Terms for another module: `paper_base` plays the addon that carries them, `base` the module that has none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.modules = cls.env["ir.module.module"]
        cls.folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.startClassPatcher(
            patch.object(
                extra_terms, "find_folders", lambda addons: {"base": [cls.folder]} if "paper_base" in list(addons) else {}
            )
        )
        # Odoo opens files of addons alone.
        cls.startClassPatcher(patch.object(translate, "file_open", lambda path, mode, env=None: open(_whole(path), mode)))

    def carry(self, *entries):
        """Write the addon's file: (reference, English, Chinese) triples."""
        blocks = [
            f'#. module: base\n{"#. odoo-python" if where.startswith("code:") else "#. "}\n#: {where}\n'
            f'msgid "{english}"\nmsgstr "{chinese}"\n'
            for where, english, chinese in entries
        ]
        (self.folder / "zh_CN.po").write_text("\n".join([HEADER, *blocks]))

    def record(self, model, xmlid, **values):
        record = self.env[model].create(values)
        self.env["ir.model.data"].create(
            {"module": "base", "name": xmlid, "model": model, "res_id": record.id, "noupdate": True}
        )
        return record

    def tag(self, name, number):
        return self.record("res.partner.category", f"paper_test_tag_{number}", name=name)

    def carry_tags(self, *pairs):
        self.carry(
            *(
                (f"model:res.partner.category,name:base.paper_test_tag_{number}", english, chinese)
                for number, (english, chinese) in enumerate(pairs)
            )
        )

    def chinese(self, record, field="name"):
        record.invalidate_recordset([field])
        return record.with_context(lang="zh_CN")[field]

    def test_gaps_are_filled(self):
        """R7.1.1: a record of another module that has no Chinese name, or its English one, gets ours."""
        tags = [self.tag("Reel", 0), self.tag("Sheet", 1)]
        tags[1].with_context(lang="zh_CN").name = "Sheet"
        self.carry_tags(("Reel", "卷筒纸"), ("Sheet", "平板纸"))
        self.modules._load_module_terms(["base"], ["zh_CN"])
        self.assertEqual([self.chinese(tag) for tag in tags], ["卷筒纸", "平板纸"])

    def test_what_a_person_wrote_stays(self):
        """R7.1.1: a name that somebody translated, or renamed in English, is not ours to change."""
        tags = [self.tag("Reel", 0), self.tag("Coated sheet", 1)]
        tags[0].with_context(lang="zh_CN").name = "我们的卷筒"
        self.carry_tags(("Reel", "卷筒纸"), ("Sheet", "平板纸"))
        self.modules._load_module_terms(["base"], ["zh_CN"])
        self.assertEqual([self.chinese(tag) for tag in tags], ["我们的卷筒", "Coated sheet"])

    def test_overwriting_is_asked_for(self):
        """R7.1.1: who loads a language and asks to overwrite gets our words, as he gets the module's."""
        tag = self.tag("Reel", 0)
        tag.with_context(lang="zh_CN").name = "我们的卷筒"
        self.carry_tags(("Reel", "卷筒纸"))
        self.modules._load_module_terms(["base"], ["zh_CN"], overwrite=True)
        self.assertEqual(self.chinese(tag), "卷筒纸")

    def test_terms_of_a_view(self):
        """R7.1.1: in a view, the sentences without Chinese get ours, those that a person translated stay."""
        view = self.record(
            "ir.ui.view",
            "paper_test_view",
            name="t",
            type="qweb",
            key="base.paper_test_view",
            arch="<div><p>Submit Ticket</p><p>Add Attachments</p></div>",
        )
        view.update_field_translations("arch_db", {"zh_CN": {"Add Attachments": "加附件"}})
        self.carry(
            ("model_terms:ir.ui.view,arch_db:base.paper_test_view", "Submit Ticket", "提交反馈"),
            ("model_terms:ir.ui.view,arch_db:base.paper_test_view", "Add Attachments", "添加附件"),
        )
        self.modules._load_module_terms(["base"], ["zh_CN"])
        arch = self.chinese(view, "arch_db")
        self.assertIn("提交反馈", arch)
        self.assertIn("加附件", arch)

    def test_after_an_upgrade_of_the_other_module(self):
        """R7.1.1: a module that was upgraded and read its own terms again has ours too, without an upgrade of ours."""
        tag = self.tag("Reel", 0)
        self.carry_tags(("Reel", "卷筒纸"))
        with (
            patch.object(self.registry, "ready", False),
            patch.object(self.registry, "updated_modules", ["base"]),
            # The hook of each module's own concerns is not what is tested.
            patch.object(extra_terms, "announce"),
        ):
            self.modules._load_extra_terms_of_updated()
        self.assertEqual(self.chinese(tag), "卷筒纸")

    def test_only_for_what_was_loaded(self):
        """R7.1.1: loading the terms of modules that have nothing to do with ours changes nothing."""
        tag = self.tag("Reel", 0)
        self.carry_tags(("Reel", "卷筒纸"))
        self.modules._load_module_terms(["web"], ["zh_CN"])
        self.assertEqual(self.chinese(tag), "Reel")

    def test_a_template_that_is_reset(self):
        """R7.1.1: a letter that is reset to what its module wrote is in Chinese again."""
        template = self.record(
            "mail.template",
            "paper_test_template",
            name="t",
            subject="Ticket closed",
            model_id=self.env.ref("base.model_res_users").id,
        )
        template.with_context(lang="zh_CN").subject = "随便"
        self.carry(("model:mail.template,subject:base.paper_test_template", "Ticket closed", "反馈单已关闭"))
        template._override_translation_term("base", ["paper_test_template", "base.paper_test_template"])
        self.assertEqual(self.chinese(template, "subject"), "反馈单已关闭")

    def test_terms_of_code(self):
        """R7.1.1: sentences of another module's Python code are ours where it has none, from the moment the addon is there."""
        self.carry(("code:addons/base/models/res_users.py:0", "Nobody says this anywhere", "没有人这样说"))
        self.assertNotIn("Nobody says this anywhere", code_translations.get_python_translations("base", "zh_CN"))
        extra_terms.announce("paper_test_database", {"base": [self.folder]})
        try:
            known = code_translations.get_python_translations("base", "zh_CN")
            self.assertEqual(known.get("Nobody says this anywhere"), "没有人这样说")
            self.assertTrue(set(known) - {"Nobody says this anywhere"}, "the module's own sentences are gone")
        finally:
            extra_terms.announce("paper_test_database", {})
        self.assertNotIn("Nobody says this anywhere", code_translations.get_python_translations("base", "zh_CN"))

    def test_terms_of_code_are_read_once(self):
        """R7.1.1: the files are read when a text is first wanted, not at each request."""
        code_translations.get_python_translations("base", "zh_CN")
        with patch.object(extra_terms, "paths", side_effect=AssertionError("a file was read again")):
            code_translations.get_python_translations("base", "zh_CN")
            extra_terms.announce(self.env.cr.dbname, extra_terms._folders_by_database.get(self.env.cr.dbname, {}))

    def test_own_importer_of_odoo_keeps_ours(self):
        """R7.1.1: terms that the other module loads later, without overwriting, leave ours alone."""
        tag = self.tag("Reel", 0)
        self.carry_tags(("Reel", "卷筒纸"))
        self.modules._load_module_terms(["base"], ["zh_CN"])
        importer = TranslationImporter(self.env.cr, verbose=False)
        importer.model_translations["res.partner.category"]["name"]["base.paper_test_tag_0"]["zh_CN"] = "卷"
        importer.save(overwrite=False)
        self.assertEqual(self.chinese(tag), "卷筒纸")
