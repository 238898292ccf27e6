from . import ir_ui_menu, ir_ui_view, res_users, sale_order
