import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WIDTH = 900;
const HEIGHT = 220;
const EDGE = 60;

/** Draws a control chart: points with centre and limits, ranges or deviations below, and what breaks a rule in red. */
export class PaperSpcChart extends Component {
    static template = "paper_quality.SpcChart";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ data: null });
        this.width = WIDTH;
        this.height = HEIGHT;
        this.edge = EDGE;
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
    }

    async load(record) {
        this.state.data = record.resId ? await this.orm.call("paper.spc.chart", "paper_chart_data", [[record.resId]]) : null;
    }

    figure(value) {
        return value === null || value === undefined ? "–" : formatFloat(value, { digits: [16, 3], trailingZeros: false });
    }

    get panels() {
        const { data } = this.state;
        const limits = data.limits || {};
        const broken = new Set(data.alarms.map(([index]) => index));
        const means = [limits.lower, limits.centre, limits.upper, data.lower, data.upper];
        const spreads = [limits.spread_lower, limits.spread, limits.spread_upper];
        return [
            this.panel("points", data.points, means, [["centre", limits.centre], ["limit", limits.lower], ["limit", limits.upper], ["agreed", data.lower], ["agreed", data.upper]], broken),
            this.panel("spreads", data.spreads, spreads, [["centre", limits.spread], ["limit", limits.spread_lower], ["limit", limits.spread_upper]], new Set()),
        ];
    }

    panel(key, values, bounds, lines, broken) {
        const all = [...values, ...bounds].filter((value) => value !== null && value !== undefined);
        const low = Math.min(...all);
        const span = Math.max(...all) - low || 1;
        const y = (value) => HEIGHT - 20 - ((value - low) / span) * (HEIGHT - 40);
        const x = (index) => EDGE + ((WIDTH - 2 * EDGE) * (index + 0.5)) / Math.max(values.length, 1);
        const points = values
            .map((value, index) => ({ index, value, x: x(index), y: y(value), broken: broken.has(index) }))
            .filter((point) => point.value !== null);
        return {
            key,
            points,
            path: points.map((point) => `${point.x},${point.y}`).join(" "),
            lines: lines
                .filter(([, value]) => value !== null && value !== undefined)
                .map(([kind, value], index) => ({ index, kind, y: y(value), text: this.figure(value) })),
        };
    }

    get alarms() {
        const { alarms, rules, labels } = this.state.data;
        return alarms.map(([index, rule]) => `${labels[index]}: ${rules[rule]}`);
    }
}

registry.category("view_widgets").add("paper_spc_chart", { component: PaperSpcChart });
