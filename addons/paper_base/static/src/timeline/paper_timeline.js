import { Component, useEffect, useRef } from "@odoo/owl";
import { usePaperStatus } from "../live/paper_status";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Draws the way of an order: the regulation's steps with date, owner and deadline, and under them
 * what still stands in the way, each with what resolves it.
 */
export class PaperTimeline extends Component {
    static template = "paper_base.PaperTimeline";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        usePaperStatus(() => this.props.record);
        this.steps = useRef("steps");
        useEffect(() => this.showRunningStep());
    }

    /** Scroll to what the order waits for, leaving the step before it in sight. */
    showRunningStep() {
        const line = this.steps.el;
        const waiting = line && [...line.children].find((step) => !/_(done|skipped)$/.test(step.className.trim()));
        if (waiting) {
            line.scrollLeft = waiting.offsetLeft - line.offsetLeft - waiting.offsetWidth;
        }
    }

    get timeline() {
        return this.props.record.data[this.props.name] || { milestones: [], blockers: [] };
    }

    get blockersByStep() {
        const steps = new Map();
        for (const blocker of this.timeline.blockers) {
            if (!steps.has(blocker.step)) {
                const title = _t("In the way of “%s”", blocker.step_name);
                steps.set(blocker.step, { title, items: [] });
            }
            steps.get(blocker.step).items.push(blocker);
        }
        return [...steps.entries()].map(([step, group]) => ({ step, ...group }));
    }

    /** A step that is done shows its date, and one not begun is grey: their state needs no word of its own. */
    isStateEvident(item) {
        return item.state === "todo" || (item.state === "done" && Boolean(item.date));
    }

    hint(item) {
        return [item.name, item.state_name, item.date || item.due, item.owner, item.clause].filter(Boolean).join(" · ");
    }

    async resolve(blocker) {
        await this.openAndReload(blocker.action);
    }

    async override(blocker) {
        const action = await this.orm.call("sale.order", "action_override_blocker", [
            [this.props.record.resId],
            blocker.step,
            blocker.code,
        ]);
        await this.openAndReload(action);
    }

    async openAndReload(action) {
        await this.action.doAction(action, { onClose: () => this.props.record.load() });
    }
}

registry.category("fields").add("paper_timeline", {
    component: PaperTimeline,
    supportedTypes: ["json"],
});
