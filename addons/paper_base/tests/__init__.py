from .blocker import test_blockers, test_override
from .cached import test_cached
from .clock import test_calendar, test_deadline
from .delivery import test_line_delivery
from .desk import test_desk
from .department import test_delegation, test_delegation_concurrency, test_delegation_upgrade, test_departments, test_telling
from .evidence import test_attachment, test_evidence
from .health import test_health
from .keeping import test_uninstall
from .leading import test_leading
from .link import test_links
from .milestone import test_live, test_milestones
from .moving import test_moving
from .order import test_invoicing, test_order_by_hand, test_order_line_quantity, test_query_count
from .order_type import test_order_type
from .portal import test_own_data, test_page, test_repeat, test_rights
from .printing import test_order_print
from .refusal import test_refusals, test_unreadable
from .screen import test_doors, test_tours
from .search import test_search
from .setup import test_setup
from .spec import test_spec_geometry, test_spec_lock, test_spec_names
from .standing import test_standing
from .status import test_status
from .steps import test_example_document, test_reason_wizard, test_steps
from .webhook import test_webhook
from .words import test_extra_terms
