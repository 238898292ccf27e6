"""Stage `uninstall`: addons taken out of a database with everything; nothing of them may stay behind, the others must
still load.

The whole run takes them out one after another in one database, what stands on others first, so that each leaves while all
that does not need it is there; and once the ground, which takes all of them along. A named addon is taken out of a database
with everything, together with what stands on it.
"""

from .. import addons, databases, odoo, paths, templates
from . import gate
from .report import Result

CODE = """
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry


def take_out(env, name, gone, ours):
    '''Take out one addon; print what of it and of what stands on it is left; load the others as a server that starts now.'''
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
    left = [f'still {state}: {module}' for module, state in env.cr.fetchall()]
    query('''select module || '.' || name from ir_model_data
             where module = any(%s) and model != 'ir.module.module' order by 1 limit 20''', [gone])
    left += [f'record left: {row[0]}' for row in env.cr.fetchall()]
    query('select tablename from pg_tables where tablename = any(%s)', [tables])
    left += [f'table left: {row[0]}' for row in env.cr.fetchall()]
    query('select code from ir_sequence where code = any(%s)', [[code for code, module in made.items() if module in gone]])
    left += [f'sequence left: {row[0]}' for row in env.cr.fetchall()]
    query("select name, state from ir_module_module where name = any(%s) and state != 'installed'", [ours])
    left += [f'{module} is {state} although it does not depend on {name}' for module, state in env.cr.fetchall()]
    for line in left:
        print('LEFT', line, 'after', name, flush=True)
    env.cr.rollback()

    registry = Registry.new(env.cr.dbname)
    with registry.cursor() as cr:
        fresh = Environment(cr, SUPERUSER_ID, {})
        fresh['ir.ui.view']._validate_custom_views('sale.order')
        fresh['res.users'].search([], limit=1).read()
        fresh['sale.order'].get_views([(False, 'form'), (False, 'list'), (False, 'search')])


for name, gone, ours in STEPS:
    with Registry(env.cr.dbname).cursor() as cr:
        take_out(Environment(cr, SUPERUSER_ID, {}), name, gone, ours)
"""


def jobs(names, keep=False):
    """Return one job for each addon."""
    return [(f"{name} uninstalled", lambda name=name: _job(f"{name} uninstalled", [name], keep)) for name in names]


def whole(keep=False):
    """Return the jobs of the whole run: all addons one after another, and the ground at once."""
    names = addons.ours()
    title = f"{len(names)} addons uninstalled one after another"
    return [(title, lambda: _job(title, list(reversed(names)), keep)), *jobs(names[:1], keep)]


def _job(title, names, keep):
    target = f"uninstall_{names[0]}" if len(names) == 1 else "uninstall"
    result = Result(title, log=paths.LOGS / f"{target}.log")
    templates.clone_of(templates.everything(), target)
    odoo.shell("test", target, f"STEPS = {_steps(names)!r}\n{CODE}", result.log)
    result.problems += [line for line in result.log.read_text().splitlines() if line.startswith("LEFT")]
    result.problems += gate.read(result.log).complaints
    result.passed = 0 if result.problems else len(names)
    if not keep:
        databases.drop("test", target)
    return result


def _steps(names):
    """Return (addon, what goes with it, what of ours stays) in the order of going."""
    there, steps = list(addons.ours()), []
    for name in names:
        gone = [module for module in there if module in addons.dependents(name)]
        there = [module for module in there if module not in gone]
        steps.append((name, gone, there))
    return steps
