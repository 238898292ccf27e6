"""How the demo mill is filled, step by step, and how far it is."""

from . import ir_http, paper_mill_demo
