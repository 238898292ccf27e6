from odoo import api, models

from ... import extra_terms


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _register_hook(self):
        # First: what the hooks of others translate while a database is being made reads the texts of code.
        extra_terms.announce(self.env.cr.dbname, extra_terms.find_folders(self.pool._init_modules))
        super()._register_hook()
        self._load_extra_terms_of_updated()

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if self.pool.ready:  # a language was added; while modules are being loaded, the hook does it once for all
            self._load_extra_terms(modules, langs, overwrite=overwrite)
        return result

    @api.model
    def _load_extra_terms_of_updated(self):
        """Load the extra terms at the end of an installation or upgrade, when all records are there."""
        if self.pool.updated_modules and not self.pool.ready:
            langs = [code for code, _name in self.env["res.lang"].get_installed()]
            self._load_extra_terms(self.pool.updated_modules, langs)

    @api.model
    def _load_extra_terms(self, modules, langs, overwrite=False):
        """Load what installed addons carry for these modules, and what these modules carry for others."""
        importer = extra_terms.ExtraTermsImporter(self.env.cr)
        carried = set()
        for addon in self.pool._init_modules:
            for module, folders in extra_terms.find_folders([addon]).items():
                if module in self.pool._init_modules and {module, addon} & set(modules):
                    carried.add(module)
                    for lang in langs:
                        for path in extra_terms.paths(folders, lang):
                            importer.load_file(path, lang)
        importer.save(overwrite=overwrite)
        if "account" in carried and "account" not in modules:
            # Names of taxes and accounts: their records are made from a chart, their words are texts of code. With its own
            # terms account reads them itself.
            self.env["account.chart.template"]._load_translations(langs=langs)
