import { Component, onWillStart, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const EVERY = 1500; // ms between two looks at how far the computing has come
const BUSY = ["waiting", "computing"];

/**
 * Draws the results of a trim problem: patterns to scale with customer and order, bound and waste beside them, what each order gets,
 * what would fill the trim, and two results side by side. While the trim is being computed it shows how far that has come.
 */
export class PaperTrimBoard extends Component {
    static template = "paper_trim.Board";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ board: null, left: false, right: false });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((next) => this.load(next.record));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    async load(record) {
        clearTimeout(this.timer);
        const id = record.resId;
        this.id = id;
        const board = id ? await this.orm.call("paper.trim.problem", "trim_board", [[id]]) : null;
        if (this.id !== id) {
            return;
        }
        const idsOf = (shown) => (shown ? shown.results.map((result) => result.id) : []);
        const [ids, before] = [idsOf(board), idsOf(this.state.board)];
        this.state.board = board;
        if (!ids.includes(this.state.left)) {
            this.state.left = (board && board.chosen) || ids[0] || false;
        }
        if (!ids.includes(this.state.right)) {
            this.state.right = false;
        }
        // What was typed or planned round a fault just now is compared with what stood there.
        if (ids.includes(before[0]) && ids.length > before.length) {
            this.state.right = ids.findLast((other) => !before.includes(other) && other !== this.state.left) || this.state.right;
        }
        if (board && BUSY.includes(board.state)) {
            this.timer = setTimeout(() => this.look(), EVERY);
        } else if (board && BUSY.includes(record.data.state)) {
            // It was computed between the reading of the record and that of the board: the buttons are those of before.
            this.timer = setTimeout(() => record.model.load());
        }
    }

    async look() {
        const id = this.id;
        let progress;
        try {
            progress = await this.orm.silent.call("paper.trim.problem", "trim_progress", [[id]]);
        } catch {
            // The server is being restarted, or somebody logged out: ask again.
        }
        if (this.id !== id) {
            return;
        }
        if (progress && !BUSY.includes(progress.state)) {
            await this.props.record.model.load();
            return;
        }
        if (progress) {
            this.state.board.progress = progress;
        }
        this.timer = setTimeout(() => this.look(), EVERY);
    }

    get board() {
        return this.state.board;
    }

    get busy() {
        return this.board && BUSY.includes(this.board.state);
    }

    get shown() {
        const ids = [this.state.left, this.state.right].filter(Boolean);
        return ids.map((id) => this.board.results.find((result) => result.id === id)).filter(Boolean);
    }

    get percent() {
        const { seconds, limit } = this.board.progress;
        return Math.min(100, Math.round((100 * seconds) / (limit || 1)));
    }

    show(side, ev) {
        this.state[side] = parseInt(ev.target.value) || false;
    }

    number(value, digits = 0) {
        return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    }

    millimetres(value) {
        return value.toLocaleString(undefined, { maximumFractionDigits: 1 });
    }

    signed(value) {
        const rounded = Math.round(10 * value) / 10 || 0; // no minus before a zero
        return (rounded > 0 ? "+" : "") + this.number(rounded, 1);
    }

    width(share) {
        return `width:${share.toFixed(3)}%`;
    }

    headOf(run) {
        const parts = [];
        if (run.reel) {
            parts.push(_t("stock reel %s", run.reel));
        }
        if (run.sets) {
            parts.push(_t("%s sets", run.sets));
        }
        parts.push(_t("%s m", this.number(run.metres)));
        if (run.diameter) {
            parts.push(_t("Ø %s", this.millimetres(run.diameter)));
        }
        return parts.join(" · ");
    }

    partOf(piece, part) {
        if (piece.parts.length < 2) {
            return "";
        }
        return part.reels ? _t("%s reels", part.reels) : _t("%s m", this.number(part.metres));
    }

    tip(piece, part) {
        return [`${this.millimetres(piece.width)} mm`, part.order, part.customer, this.partOf(piece, part)].filter(Boolean).join(" · ");
    }

    fillerOf(filler) {
        return _t("%(least)s–%(most)s mm over %(metres)s m (patterns %(patterns)s)", {
            least: this.number(filler.least),
            most: this.number(filler.most),
            metres: this.number(filler.metres),
            patterns: filler.patterns.join(", "),
        });
    }

    byOf(result) {
        if (result.by_rule) {
            return _t("by a rule of thumb, the solver is not installed");
        }
        return result.kind === "typed" ? _t("typed") : _t("by %(name)s in %(seconds)s s", { name: result.by, seconds: this.number(result.seconds, 1) });
    }

    async choose(result) {
        await this.orm.call("paper.trim.result", "action_choose", [[result.id]]);
        await this.props.record.model.load();
    }

    async fault(run) {
        const action = await this.orm.call("paper.trim.pattern", "action_fault", [[run.id]]);
        this.action.doAction(action);
    }
}

registry.category("view_widgets").add("paper_trim_board", { component: PaperTrimBoard });
