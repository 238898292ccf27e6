"""Our words for terms of other modules."""

from . import ir_module_module, template_reset_mixin
