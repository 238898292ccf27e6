import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";

// A figure of so many is told without decimals: nobody reads the fen of a month's orders.
const WHOLE = 10000;

/** Open the list that people know, of these records and no filters of its own: it holds what was counted. */
export async function openList(service, xmlid, domain, name) {
    const action = await service.loadAction(xmlid);
    return service.doAction({ ...action, name, display_name: name, domain, context: {} });
}

/** Draws the figures of the management: each opens the records that it counts. */
export class PaperCockpit extends Component {
    static template = "paper_base.PaperCockpit";
    static props = { cockpit: Object };

    setup() {
        this.action = useService("action");
    }

    value(figure) {
        return formatFloat(figure.value, { digits: [16, Number.isInteger(figure.value) || figure.value >= WHOLE ? 0 : 1] });
    }

    width(bar, bars) {
        const most = Math.max(...bars.map((other) => other.value || other.count), 1);
        return `width:${((100 * (bar.value ?? bar.count)) / most).toFixed(1)}%`;
    }

    lateWidth(bar) {
        const whole = bar.value ?? bar.count;
        return `width:${whole ? ((100 * bar.late) / whole).toFixed(1) : 0}%`;
    }

    open(figure, domain, name) {
        if (figure.action) {
            return openList(this.action, figure.action, domain, name);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: figure.model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            target: "current",
        });
    }

    openDepartment(row) {
        return openList(this.action, "paper_base.action_paper_orders", row.domain, row.name);
    }
}
