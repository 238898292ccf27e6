import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const { DateTime } = luxon;

/**
 * Draws the plan of the machines: a row each, with its open hours, booked work orders, slots that orders have reserved, and
 * maintenance. A bar opens the order or the manufacturing order that it stands for.
 */
export class PaperMachinePlan extends Component {
    static template = "paper_capacity.PaperMachinePlan";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.params = this.props.action.params || {};
        this.ranges = [1, 2, 4, 8];
        this.state = useState({ board: null, weeks: this.params.weeks || 2, dateFrom: this.params.date_from || false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.board = await this.orm.call("mrp.workcenter", "paper_plan_board", [], {
            date_from: this.state.dateFrom,
            weeks: this.state.weeks,
            workcenter_ids: this.params.workcenter_ids || false,
            order_id: this.params.order_id || false,
        });
    }

    get board() {
        return this.state.board;
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

    async move(weeks) {
        const from = DateTime.fromISO(this.board.date_from);
        this.state.dateFrom = weeks ? from.plus({ weeks: weeks * this.state.weeks }).toISODate() : false;
        await this.load();
    }

    async zoom(weeks) {
        this.state.weeks = weeks;
        await this.load();
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
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: span.model,
                res_id: span.id,
                views: [[false, "form"]],
            });
        }
    }

    openMachine(machine) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "mrp.workcenter",
            res_id: machine.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("paper_machine_plan", PaperMachinePlan);
