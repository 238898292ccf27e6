from . import paper_material_line, paper_material_plan, purchase_requisition_line
