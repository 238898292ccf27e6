from . import paper_intake_upload
