from odoo import models
from odoo.addons.paper_capacity.lib.capability import STAGES, verdict


class PaperEvaluation(models.Model):
    """Technology: what each specification asks, held property by property against what each machine can make. What
    nobody has recorded of a machine is not known, and never a yes (R3.3.4).
    """

    _inherit = "paper.evaluation"

    def _facts_technical(self):
        """Return, for each paper line, the checks on each machine, what is missing or contradicts, and what is not known."""
        result = {}
        for company, evaluations in self.grouped("company_id").items():
            lines = evaluations._asked_orders().order_line.filtered("is_paper")
            machines = self._machines_of(lines, company)
            lines.paper_spec_id._read_ahead()
            for evaluation in evaluations:
                rows = [self._technical_row(line.paper_spec_id, line, machines[line]) for line in evaluation._paper_lines()]
                result[evaluation] = {
                    "proposal": self._propose_technical(rows),
                    "rows": rows,
                    "gaps": [gap for row in rows for gap in row["gaps"]],
                    "unknown": [name for row in rows for name in row["unknown"]],
                    "machines": sorted({check["machine"] for row in rows for check in row["checks"] if check["machine"]}),
                }
        return result

    def _machines_of(self, lines, company):
        """Return ``{line: capabilities}``: of the machines of its routing and their alternatives, all where it has none."""
        capabilities = self.env["paper.machine.capability"].search([("company_id", "in", (False, company.id))])
        found = self._find_recipes(lines.product_id, company)["recipes"]
        return {line: self._capable_on_route(line.product_id, found, capabilities) for line in lines}

    def _capable_on_route(self, product, recipes, capabilities):
        centres, todo, seen = self.env["mrp.workcenter"], [product], set()
        while todo:
            made = todo.pop()
            if made in recipes and made not in seen:
                seen.add(made)
                centres |= recipes[made].key.operation_ids.workcenter_id
                todo += [material for material, _quantity in recipes[made].lines]
        centres |= centres.alternative_workcenter_ids
        on_route = capabilities.filtered(lambda capability: capability.workcenter_id in centres)
        # Winding and cutting are often no operations of their own: what the route does not name is looked for in the mill.
        stages = ("makes_web", "winds_reels", "cuts_sheets")
        lacking = [name for name in stages if not any(on_route.mapped(name))]
        return on_route | capabilities.filtered(lambda capability: any(capability[name] for name in lacking))

    def _technical_row(self, spec, line, machines):
        row = {
            "line": line._origin.id,
            "spec": spec.display_name if spec else line.product_id.display_name,
            "width": spec.width if spec else 0.0,
            "deckle": spec._widest_deckle() if spec else 0.0,
            "missing": spec._missing_figures() if spec else ["paper_spec_id"],
            "contradictions": spec._contradictions() if spec else [],
            "checks": [],
            "gaps": [],
            "unknown": [],
            "ok": None,
        }
        if spec:
            stages = self._check_stages(spec, machines)
            row["checks"] = [check for stage in stages for check in stage["checks"]]
            row["ok"] = verdict(stage["ok"] for stage in stages)
            # The machine that comes nearest tells what is missing.
            failing = [check for stage in stages if stage["ok"] is False for check in stage["best"]]
            open_ones = [check for stage in stages if stage["ok"] is None for check in stage["best"]]
            row["gaps"] = [self._gap_facts(check) for check in failing if check["ok"] is False]
            row["unknown"] = [check["name"] for check in open_ones if check["ok"] is None]
        return row

    def _gap_facts(self, check):
        return {key: check[key] for key in ("property", "name", "required", "achievable", "unit", "machine")}

    def _check_stages(self, spec, machines):
        """Check a specification on each machine that takes part in its making.

        :return: for each stage (web, then reel or sheet) ``ok``, ``checks`` of all machines, the one that comes nearest
            first, and ``best``, the checks of that one
        """
        asked = spec._asked_properties()
        stages = []
        for stage, flag in (("web", "makes_web"), ("reel", "winds_reels"), ("sheet", "cuts_sheets")):
            properties = [item for item in asked if STAGES[item["property"]] == stage]
            if not properties:
                continue
            found = []
            for capability in machines.filtered(flag):
                checks = [capability._check_property(item) for item in properties]
                answers = [check["ok"] for check in checks]
                found.append((answers.count(False), answers.count(None), len(found), checks))
            found.sort(key=lambda item: item[:3])
            if not found:
                unknown = [{**item, "machine": "", "achievable": "", "ok": None, "nearest": None} for item in properties]
                found = [(0, len(unknown), 0, unknown)]
            best = found[0]
            stages.append(
                {
                    "ok": False if best[0] else None if best[1] else True,
                    "best": best[3],
                    "checks": [check for item in found for check in item[3]],
                }
            )
        return stages

    def _propose_technical(self, rows):
        if any(row["contradictions"] or row["ok"] is False for row in rows):
            return "no"
        if any(row["missing"] for row in rows):
            return "conditional"
        return "yes" if rows and all(row["ok"] for row in rows) else False
