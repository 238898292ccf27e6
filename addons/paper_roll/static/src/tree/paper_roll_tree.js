import {_t} from "@web/core/l10n/translation";
import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const TONES = {
    sale: "text-bg-success",
    held: "text-bg-warning",
    rework: "text-bg-warning",
    downgrade: "text-bg-warning",
    cull: "text-bg-danger",
    broke: "text-bg-danger",
    pending: "text-bg-secondary",
};

/**
 * Where a roll comes from and what became of it: a nested list from the jumbo down, each step with width, metres and weight.
 */
export class PaperRollTree extends Component {
    static template = "paper_roll.Tree";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({rows: [], leftOut: 0});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => this.load(next.record.resId));
    }

    async load(resId) {
        this.own = resId;
        const tree = resId ? await this.orm.call("stock.lot", "get_paper_tree", [[resId]]) : {nodes: {}, edges: [], roots: []};
        this.state.rows = this.rowsOf(tree);
        this.state.leftOut = tree.left_out || 0;
    }

    /** Return the rows from the roots down; a roll made of several parents stands under each of them. */
    rowsOf({nodes, edges, roots}) {
        const below = {};
        for (const [parent, child, kg, from, to] of edges) {
            (below[parent] ||= []).push({child, kg, from, to});
        }
        const rows = [];
        const add = (id, depth, link) => {
            rows.push({key: rows.length, guides: Array.from({length: depth}, (_, step) => step), link, node: nodes[id], id});
            for (const next of below[id] || []) {
                add(next.child, depth + 1, next);
            }
        };
        roots.forEach((root) => add(root, 0, null));
        return rows;
    }

    get alone() {
        return this.state.rows.length < 2;
    }

    /** What nothing is left of is neither for sale nor on hold: it has become what stands below it. */
    tone(node) {
        return node.used ? "text-bg-light border" : TONES[node.paper_disposition];
    }

    word(node) {
        return node.used ? _t("Converted") : node.disposition;
    }

    figures({node, link}) {
        const number = (value, digits = 0) => value.toLocaleString(undefined, {maximumFractionDigits: digits});
        const parts = [];
        if (node.paper_width) {
            parts.push(_t("%s mm", number(node.paper_width)));
        }
        if (node.paper_length) {
            parts.push(_t("%s m", number(node.paper_length)));
        }
        if (node.paper_net_kg) {
            parts.push(_t("%s kg", number(node.paper_net_kg, 1)));
        }
        if (link && link.to > link.from) {
            parts.push(_t("from %(from)s to %(to)s m", {from: number(link.from), to: number(link.to)}));
        }
        if (node.paper_joints) {
            parts.push(_t("%s joints", node.paper_joints));
        }
        return parts.join(" · ");
    }

    open(id) {
        this.action.doAction({type: "ir.actions.act_window", res_model: "stock.lot", res_id: id, views: [[false, "form"]]});
    }
}

registry.category("view_widgets").add("paper_roll_tree", {component: PaperRollTree});
