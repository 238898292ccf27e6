import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const BAR = 34; // width of a week's bar, in units of the drawing
const HEIGHT = 60;

/**
 * Draws the capacity plan of an order: what each day up to the promise is spent on, the ways out side by side, and the load
 * of each machine by week, before the order and with it.
 */
export class PaperCapacityBoard extends Component {
    static template = "paper_order_evaluation.PaperCapacityBoard";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.height = HEIGHT;
    }

    get board() {
        return this.props.record.data[this.props.name];
    }

    get hasMargin() {
        return this.board.remedies.some((remedy) => remedy.margin !== null);
    }

    get width() {
        return this.board.load.weeks.length * BAR + 4;
    }

    percent(share) {
        return `${(100 * share).toFixed(2)}%`;
    }

    /** The bars of one machine: open hours as a frame, booked ones, and on top of them what the order adds. */
    bars(machine) {
        const most = Math.max(...machine.weeks.map((week) => week.open), 1);
        return machine.weeks.map((week, index) => {
            const scale = HEIGHT / most;
            const before = week.before * scale;
            const added = week.added * scale;
            return {
                hint: week.hint,
                x: index * BAR + 3,
                width: BAR - 6,
                open: week.open * scale,
                before,
                added,
                used: week.open ? Math.round((100 * (week.before + week.added)) / week.open) : null,
            };
        });
    }

    daysText(remedy) {
        if (!remedy.days) {
            return "";
        }
        return remedy.days > 0 ? `+${remedy.days}` : `−${-remedy.days}`;
    }

    async choose(remedy, method) {
        await this.props.record.save();
        await this.orm.call("paper.evaluation.remedy", method, [[remedy.id]]);
        await this.props.record.load();
    }
}

registry.category("fields").add("paper_capacity_board", {
    component: PaperCapacityBoard,
    supportedTypes: ["json"],
});
