from . import ir_http, paper_mill_demo
