"""Stage `uninstall`: addons taken out of a database with everything; nothing of them may stay behind, the others must
still load.

The whole run takes them out of one database storey by storey: at once all those on which none of the others stands, then
those on which none of the rest stands; and once the ground, which takes all of them along. A named addon is taken out of a
database with everything, together with what stands on it.
"""

from .. import addons, databases, odoo, paths, templates
from . import gate
from .report import Result

CODE = """
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry


def take_out(env, names, gone, ours):
    '''Take out addons; print what of them and of what stands on them is left; load the others as a server that starts now.'''
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

    env['ir.module.module'].search([('name', 'in', names)]).button_immediate_uninstall()
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
    left += [f'{module} is {state} although it does not depend on {names}' for module, state in env.cr.fetchall()]
    for line in left:
        print('LEFT', line, 'after', *names, flush=True)
    env.cr.rollback()

    registry = Registry.new(env.cr.dbname)
    with registry.cursor() as cr:
        fresh = Environment(cr, SUPERUSER_ID, {})
        fresh['ir.ui.view']._validate_custom_views('sale.order')
        fresh['res.users'].search([], limit=1).read()
        fresh['sale.order'].get_views([(False, 'form'), (False, 'list'), (False, 'search')])


for names, gone, ours in STEPS:
    with Registry(env.cr.dbname).cursor() as cr:
        take_out(Environment(cr, SUPERUSER_ID, {}), names, gone, ours)
"""


def jobs(names, keep=False):
    """Return one job for each addon."""
    return [_job_of(name, keep) for name in names]


def _job_of(name, keep):
    gone = addons.dependents(name)
    stays = [other for other in addons.ours() if other not in gone]
    steps = [([name], [other for other in addons.ours() if other in gone], stays)]
    title = f"{name} uninstalled"
    return title, lambda: _job(title, f"uninstall_{name}", steps, 1, keep)


def whole(keep=False):
    """Return the jobs of the whole run: all addons storey by storey, and the ground at once."""
    names, steps = addons.ours(), list(_storeys())
    title = f"{len(names)} addons uninstalled in {len(steps)} storeys"
    return [(title, lambda: _job(title, "uninstall", steps, len(names), keep)), *jobs(names[:1], keep)]


def _job(title, target, steps, count, keep):
    result = Result(title, log=paths.LOGS / f"{target}.log")
    templates.clone_of(templates.everything(), target)
    odoo.shell("test", target, f"STEPS = {steps!r}\n{CODE}", result.log)
    result.problems += [line for line in result.log.read_text().splitlines() if line.startswith("LEFT")]
    result.problems += gate.read(result.log).complaints
    result.passed = 0 if result.problems else count
    if not keep:
        databases.drop("test", target)
    return result


def _storeys():
    """Yield (addons, the same, what of ours stays), from the top to the ground."""
    there = list(addons.ours())
    while there:
        top = [name for name in there if not set(addons.dependents(name)) - {name} & set(there)]
        there = [name for name in there if name not in top]
        yield top, top, there
