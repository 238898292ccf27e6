from . import paper_delivery_proof, paper_delivery_proof_line, paper_statement, paper_trip_link
