import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { openList, PaperCockpit } from "./paper_cockpit";

const { DateTime } = luxon;
const LISTENED = "paper_desk";
// What moves within this time is read together; a desk of a busy mill is read so often, and no oftener.
const TOGETHER = 1500;
const BETWEEN = 10000;

/**
 * The home of everybody in the mill: what waits for me, and for my department, late first, with what blocks it, who has
 * it, until when, and the button that goes on. It is read again when something moves.
 */
export class PaperDesk extends Component {
    static template = "paper_base.PaperDesk";
    static components = { Layout, PaperCockpit };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.bus = useService("bus_service");
        this.keepLast = new KeepLast();
        this.display = { controlPanel: {} };
        this.state = useState({ desk: null, cockpit: null, kind: false, blockers: {}, setup: 0, busy: false });
        this.reload = this.reload.bind(this);
        this.onMoved = this.onMoved.bind(this);
        this.bus.addChannel(LISTENED);
        this.bus.subscribe("paper_desk_moved", this.onMoved);
        // Somebody was told of something to do, or that it is done.
        this.bus.subscribe("mail.activity/updated", this.reload);
        useExternalListener(document, "visibilitychange", () => this.missed && this.reload());
        onWillStart(() => this.load());
        onWillUnmount(() => {
            clearTimeout(this.waiting);
            this.bus.unsubscribe("paper_desk_moved", this.onMoved);
            this.bus.unsubscribe("mail.activity/updated", this.reload);
            this.bus.deleteChannel(LISTENED);
        });
    }

    async load(scope, kind) {
        this.missed = false;
        this.readOn = Date.now();
        // The rows of all kinds are the most urgent ones; those of one kind are asked for when it is chosen.
        const asked = { scope: scope || null, kind: kind || null };
        const desk = await this.keepLast.add(this.orm.call("paper.desk", "get_desk", [], asked));
        if (kind && !desk.kinds.some((each) => each.code === kind)) {
            return this.load(scope);
        }
        Object.assign(this.state, { desk, kind: kind || false });
        const [blockers, cockpit, setup] = await Promise.all([
            this.orm.call("paper.desk", "get_blockers", [
                desk.tasks.filter((row) => row.step && row.order_id).map((row) => [row.order_id, row.step]),
            ]),
            desk.scope === "all" ? this.orm.call("paper.desk", "get_cockpit", []) : null,
            // What is left of setting up the mill, for who manages or keeps it.
            desk.scope === "all" ? this.orm.call("paper.setup.step", "get_left", []) : 0,
        ]);
        Object.assign(this.state, { blockers, cockpit, setup });
    }

    get setupText() {
        return _t("Steps of setting up the mill that are left: %s", this.state.setup);
    }

    openSetup() {
        this.action.doAction("paper_base.action_paper_setup_step", { additionalContext: { search_default_open: 1 } });
    }

    /** Orders moved: read the desk of whoever has one of them, or has it now. */
    onMoved({ departments, orders }) {
        const { desk } = this.state;
        const concerned =
            desk?.scope === "all" ||
            desk?.department_ids.some((id) => departments.includes(id)) ||
            desk?.tasks.some((row) => orders.includes(row.order_id));
        if (concerned) {
            this.reload();
        }
    }

    /** Many documents may move in one moment: the desk is read once for all of them, and not while nobody looks. */
    reload() {
        if (document.hidden) {
            this.missed = true;
            return;
        }
        if (!this.waiting) {
            const wait = Math.max(TOGETHER, this.readOn + BETWEEN - Date.now());
            this.waiting = setTimeout(() => {
                this.waiting = null;
                this.load(this.state.desk?.scope, this.state.kind);
            }, wait);
        }
    }

    get desk() {
        return this.state.desk;
    }

    get rows() {
        return this.desk.tasks;
    }

    /** Columns that have something to say: a department without orders, such as equipment, is shown none of them. */
    get shownColumns() {
        const names = ["order_id", "customer", "spec", "kg", "who"];
        return Object.fromEntries(names.map((name) => [name, this.rows.some((row) => row[name])]));
    }

    get scopeNames() {
        return { mine: _t("Mine"), department: _t("My department"), all: _t("Whole mill") };
    }

    get count() {
        return this.desk.kinds.reduce((sum, kind) => sum + kind.count, 0);
    }

    get late() {
        return this.desk.kinds.reduce((sum, kind) => sum + kind.late, 0);
    }

    choose(kind) {
        return this.load(this.desk.scope, this.state.kind === kind ? false : kind);
    }

    get chosen() {
        return this.desk.kinds.find((kind) => kind.code === this.state.kind);
    }

    /** All that waits of a kind: a desk shows no more than the first of them. */
    openKind(kind) {
        return openList(this.action, kind.action, kind.domain, kind.name);
    }

    blocker(row) {
        return this.state.blockers[`${row.order_id}-${row.step}`] || "";
    }

    due(row) {
        return row.deadline ? formatDate(DateTime.fromISO(row.deadline)) : "";
    }

    dueInWords(row) {
        if (row.days === null || row.days === undefined) {
            return "";
        }
        if (row.days === 0) {
            return row.late ? _t("late today") : _t("today");
        }
        return row.days < 0
            ? _t("%s days late", -row.days)
            : row.days === 1
              ? _t("tomorrow")
              : _t("in %s days", row.days);
    }

    since(row) {
        return row.since ? formatDate(DateTime.fromSQL(row.since, { zone: "utc" }).setZone("local")) : "";
    }

    light(row) {
        return row.late ? "late" : row.days !== null && row.days <= 1 ? "soon" : "fine";
    }

    lightName(row) {
        return { late: _t("Late"), soon: _t("Due soon"), fine: _t("In time") }[this.light(row)];
    }

    tonnes(row) {
        return row.kg ? _t("%s t", formatFloat(row.kg / 1000, { digits: [16, 3] })) : "";
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    openOrder(row) {
        return this.open({ model: "sale.order", id: row.order_id });
    }

    async goOn(row) {
        if (!row.button) {
            return this.open(row);
        }
        this.state.busy = true;
        try {
            const action = await this.orm.call("paper.desk", "go_on", [row.kind, row.id]);
            if (action && action.type) {
                await this.action.doAction(action, { onClose: () => this.load(this.desk.scope, this.state.kind) });
            } else {
                await this.load(this.desk.scope, this.state.kind);
            }
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("paper_base.desk", PaperDesk);
