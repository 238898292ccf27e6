from odoo import models

from ... import extra_terms


class TemplateResetMixin(models.AbstractModel):
    _inherit = "template.reset.mixin"

    def _override_translation_term(self, module_name, xml_ids):
        """A template that is reset gets our words for it again, as it gets its module's."""
        result = super()._override_translation_term(module_name, xml_ids)
        folders = extra_terms.find_folders(self.pool._init_modules).get(module_name, ())
        importer = extra_terms.ExtraTermsImporter(self.env.cr)
        for lang, _name in self.env["res.lang"].get_installed():
            for path in extra_terms.paths(folders, lang):
                importer.load_file(path, lang, xmlids=xml_ids)
        importer.save(force_overwrite=True)
        return result
