from .archive import test_contract_case
from .blank import test_contract_blanks
from .call_off import test_call_off, test_call_off_race
from .clause import test_zh_numbers
from .draft import (
    test_contract_access,
    test_contract_company,
    test_contract_draft,
    test_contract_flow,
    test_contract_paths,
    test_contract_steps,
)
from .evidence import test_contract_evidence, test_contract_frozen
from .handout import test_contract_copy
from .instalment import test_contract_instalment
from .number import test_contract_number
from .order import test_contract_blockers, test_contract_by_line, test_contract_entry, test_order_in_force
from .review import test_contract_opinions, test_contract_review
from .send import test_contract_links, test_contract_pdf
from .sign import test_contract_portal, test_contract_portal_routes, test_contract_signatures
from .supplement import test_contract_supplement
from .terms import test_contract_change, test_contract_moved
from .version import test_contract_versions
from .warning import test_contract_warnings
from . import test_contract_tours
