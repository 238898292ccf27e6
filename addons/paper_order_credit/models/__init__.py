# The review first: the ledger adds its figures to it.
from . import review
from . import ledger, suspension

from . import res_company, res_config_settings
from . import paper_desk
