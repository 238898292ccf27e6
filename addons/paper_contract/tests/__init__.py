from . import (
    test_contract_access,
    test_contract_blockers,
    test_contract_change,
    test_contract_company,
    test_contract_draft,
    test_contract_flow,
    test_contract_paths,
    test_contract_pdf,
    test_contract_portal,
    test_contract_review,
    test_zh_numbers,
)
