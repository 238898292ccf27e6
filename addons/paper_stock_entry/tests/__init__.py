from . import test_entry_note
from . import test_entry_page
from . import test_entry_places
