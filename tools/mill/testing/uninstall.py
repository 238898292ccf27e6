"""Stage `uninstall`: each addon taken out of the database with everything; nothing of it may stay behind, the others
must still load."""

from .. import addons, databases, odoo, paths, templates
from . import gate
from .report import Result

CODE = """
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

name, gone, ours = {name!r}, {gone!r}, {ours!r}
Data, query = env['ir.model.data'], env.cr.execute

models = env['ir.model'].browse(Data.search([('module', 'in', gone), ('model', '=', 'ir.model')]).mapped('res_id'))
own = [m.model for m in models if set(m.modules.replace(' ', '').split(',')) <= set(gone) and m.model in env]
tables = [env[model]._table for model in own if env[model]._auto and not env[model]._abstract]

# What a mill that works has made on demand.
for method in ('_next_contract_number', '_next_order_number', '_register_sequence'):
    for company in env['res.company'].search([]) if hasattr(env['res.company'], method) else ():
        getattr(company, method)()
made = dict.fromkeys(('paper.contract', 'paper.order'), 'paper_contract')
made['paper.contract.register'] = 'paper_contract_register'

env['ir.module.module'].search([('name', '=', name)]).button_immediate_uninstall()
env.cr.commit()

query("select name, state from ir_module_module where name = any(%s) and state != 'uninstalled'", [gone])
left = [f'still {{state}}: {{module}}' for module, state in env.cr.fetchall()]
query('''select module || '.' || name from ir_model_data
         where module = any(%s) and model != 'ir.module.module' order by 1 limit 20''', [gone])
left += [f'record left: {{row[0]}}' for row in env.cr.fetchall()]
query('select tablename from pg_tables where tablename = any(%s)', [tables])
left += [f'table left: {{row[0]}}' for row in env.cr.fetchall()]
query('select code from ir_sequence where code = any(%s)', [[code for code, module in made.items() if module in gone]])
left += [f'sequence left: {{row[0]}}' for row in env.cr.fetchall()]
others = [module for module in ours if module not in gone]
query("select name, state from ir_module_module where name = any(%s) and state != 'installed'", [others])
left += [f'{{module}} is {{state}} although it does not depend on {{name}}' for module, state in env.cr.fetchall()]
for line in left:
    print('LEFT', line)
env.cr.rollback()

# The others, as a server that starts now finds them.
registry = Registry.new(env.cr.dbname)
with registry.cursor() as cr:
    fresh = Environment(cr, SUPERUSER_ID, {{}})
    fresh['ir.ui.view']._validate_custom_views('sale.order')
    fresh['res.users'].search([], limit=1).read()
    fresh['sale.order'].get_views([(False, 'form'), (False, 'list'), (False, 'search')])
"""


def jobs(names, keep=False):
    """Return one job for each addon."""
    return [(f"{name} uninstalled", lambda name=name: _job(name, keep)) for name in names]


def _job(name, keep):
    target = f"uninstall_{name}"
    result = Result(f"{name} uninstalled", log=paths.LOGS / f"{target}.log")
    templates.clone_of(templates.everything(), target)
    code = CODE.format(name=name, gone=addons.dependents(name), ours=list(addons.ours()))
    odoo.shell("test", target, code, result.log)
    result.problems += [line for line in result.log.read_text().splitlines() if line.startswith("LEFT")]
    result.problems += gate.read(result.log).complaints
    result.passed = int(not result.problems)
    if not keep:
        databases.drop("test", target)
    return result
