import ast

from odoo import models

# Models that open a reduced twin by themselves for those who may not read them.
PUBLIC = ("hr.employee",)


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Note what a field points at, on read-only views too, where Odoo does not."""
        result = super()._postprocess_tag_field(node, name_manager, node_info)
        field = name_manager.model._fields.get(node.get("name"))
        if field is not None and field.type == "many2one":
            node.set("paper_points_at", field.comodel_name)
        return result

    def _postprocess_access_rights(self, tree):
        """Show a record that the user may not read by its name alone, without the link that ends in a refusal.

        The name of a record is told to everybody who reads what points at it; what lies behind the link is not.
        """
        pointing = [(node, node.attrib.pop("paper_points_at")) for node in tree.xpath("//*[@paper_points_at]")]
        tree = super()._postprocess_access_rights(tree)
        closed = {
            name for name in {name for _node, name in pointing} if name not in PUBLIC and not self.env[name].has_access("read")
        }
        for node, name in pointing:
            if name in closed:
                self._paper_close_link(node)
        return tree

    def _paper_close_link(self, node):
        try:
            options = ast.literal_eval(node.get("options") or "{}")
        except (ValueError, SyntaxError):
            return  # an expression of the web client: a field that has one rules its link itself
        node.set("options", repr({**options, "no_open": True}))
