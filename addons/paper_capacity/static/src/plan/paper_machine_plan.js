import { PaperBoard } from "@paper_base/board/paper_board";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Draws the plan of the machines: a row each, with its open hours, booked work orders, slots that orders have reserved, and
 * maintenance. A bar opens the order or the manufacturing order that it stands for.
 */
export class PaperMachinePlan extends PaperBoard {
    static template = "paper_capacity.PaperMachinePlan";

    ranges = [1, 2, 4, 8];

    asked() {
        return { weeks: this.params.weeks || 2 };
    }

    read(orm) {
        return orm.call("mrp.workcenter", "paper_plan_board", [], {
            date_from: this.state.dateFrom,
            weeks: this.state.weeks,
            workcenter_ids: this.params.workcenter_ids || false,
            order_id: this.params.order_id || false,
        });
    }

    get legend() {
        return [
            ["booked", _t("work order")],
            ["done", _t("made")],
            ["firm", _t("reserved, contract signed")],
            ["held", _t("held for an order under evaluation")],
            ["maintenance", _t("maintenance, days off")],
            ["closed", _t("no shift")],
        ];
    }

    rangeName(weeks) {
        return weeks === 1 ? _t("1 week") : _t("%s weeks", weeks);
    }

    place(share, width) {
        return `left:${(100 * share).toFixed(3)}%;width:${(100 * width).toFixed(3)}%`;
    }

    loadClass(machine) {
        if (machine.load === null) {
            return "text-muted";
        }
        return machine.load >= 95 ? "text-danger" : machine.load >= 75 ? "text-warning" : "text-success";
    }

    open(span) {
        if (span.id) {
            this.openRecord(span.model, span.id);
        }
    }

    openMachine(machine) {
        this.openRecord("mrp.workcenter", machine.id);
    }
}

registry.category("actions").add("paper_machine_plan", PaperMachinePlan);
