"""Terms of other people's modules in the languages of a mill, where those modules have none.

An addon carries them in ``i18n_extra/<module>/<language>.po``, written as the module itself would write them. The texts of
records (fields, views, menus, stages …) go into the database, see ``ir.module.module``; those of Python and JavaScript are
read here, by Odoo's own loader, which keeps them per process.
"""

from pathlib import Path

from odoo.modules import Manifest
from odoo.tools import SQL, translate

FOLDER = "i18n_extra"
# database -> {module: folders with its terms}. The texts of code are shared by all databases of a process: a term is
# known to each of them as soon as one has an addon that carries it.
_folders_by_database = {}
_own_po_paths = translate.get_po_paths


def find_folders(addons):
    """Return {module: folders} of the extra terms that these addons carry."""
    found = {}
    for addon in sorted(addons):
        manifest = Manifest.for_addon(addon, display_warning=False)
        root = Path(manifest.path, FOLDER) if manifest else None
        if root and root.is_dir():
            for folder in sorted(root.iterdir()):
                if folder.is_dir():
                    found.setdefault(folder.name, []).append(folder)
    return found


def announce(database, folders):
    """Make the extra terms that a database's addons carry known to Odoo's reader of the texts of code."""
    before = _folders_by_database.get(database, {})
    if folders == before:
        return
    _folders_by_database[database] = folders
    changed = {module for module in folders.keys() | before.keys() if folders.get(module) != before.get(module)}
    codes = translate.code_translations
    # Read again in place: another thread that has just looked for the key must still find it.
    for cache, load in (
        (codes.python_translations, codes._load_python_translations),
        (codes.web_translations, codes._load_web_translations),
    ):
        for module, lang in list(cache):
            if module in changed:
                load(module, lang)


def paths(folders, lang):
    """Return the files of these folders for a language, the more general ones first."""
    files = (folder / f"{base}.po" for base in translate.get_base_langs(lang) for folder in folders)
    return [str(file) for file in files if file.is_file()]


def _po_paths(module_name, lang):
    """Return the files with a module's texts of code: its own first, those of others win."""
    yield from _own_po_paths(module_name, lang)
    folders = {folder: None for known in list(_folders_by_database.values()) for folder in known.get(module_name, ())}
    yield from paths(folders, lang)


translate.get_po_paths = _po_paths


class ExtraTermsImporter(translate.TranslationImporter):
    """Odoo's importer, for terms that come from outside of a module.

    It fills gaps only: what the module or a person has translated stays, and a text whose English somebody has changed
    is no longer the one that was translated.
    """

    def __init__(self, cr):
        super().__init__(cr, verbose=False)
        self._sources = {}

    def _load(self, reader, lang, xmlids=None):
        rows = list(reader)
        for row in rows:
            if row["type"] == "model":
                self._sources[row["name"], f"{row['module']}.{row['imd_name']}"] = row["src"]
        return super()._load(rows, lang, xmlids)

    def save(self, overwrite=False, force_overwrite=False):
        model_translations, self.model_translations = self.model_translations, translate.DeepDefaultDict()
        # Here Odoo itself tells a term that is translated from one that is not, text by text.
        super().save(overwrite=overwrite, force_overwrite=force_overwrite)
        for model_name, fields in model_translations.items():
            for field_name, records in fields.items():
                wanted = self._gaps(model_name, field_name, records, overwrite or force_overwrite)
                if wanted:
                    self.model_translations[model_name][field_name] = wanted
        return super().save(force_overwrite=True)

    def _gaps(self, model_name, field_name, records, overwrite):
        """Return the part of {xmlid: {lang: value}} that may be written."""
        wanted = {}
        for xmlid, values in self._stored(model_name, field_name, records):
            english = values.get("en_US")
            if xmlid not in records or english != self._sources[f"{model_name},{field_name}", xmlid]:
                continue
            missing = {
                lang: term for lang, term in records[xmlid].items() if overwrite or values.get(lang) in (None, "", english)
            }
            if missing:
                wanted[xmlid] = missing
        return wanted

    def _stored(self, model_name, field_name, xmlids):
        """Return (xmlid, {lang: value}) of the records that exist, and of some others."""
        model = self.env[model_name]
        modules, names = zip(*(xmlid.split(".", maxsplit=1) for xmlid in xmlids), strict=True)
        self.env.flush_all()
        self.cr.execute(
            SQL(
                """SELECT imd.module || '.' || imd.name, m.%(field)s
                     FROM ir_model_data imd JOIN %(table)s m ON m.id = imd.res_id
                    WHERE imd.model = %(model)s AND imd.module = ANY(%(modules)s) AND imd.name = ANY(%(names)s)
                      AND m.%(field)s IS NOT NULL""",
                field=SQL.identifier(field_name),
                table=SQL.identifier(model._table),
                model=model_name,
                modules=list(set(modules)),
                names=list(names),
            )
        )
        return self.cr.fetchall()
