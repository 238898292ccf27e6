import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

const EVERY = 3000; // ms between two looks at how far the filling has come
const READY = 20000; // ms for which it is said that the demo mill is whole

/** Says how far the demo mill is filled, below everything else, until it is whole. */
export class DemoProgress extends Component {
    static template = "paper_mill.DemoProgress";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.state = useState({ ...session.paper_mill_demo, ready: false, closed: false });
        onMounted(() => this.lookAgain());
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get text() {
        if (this.state.ready) {
            return _t("The demo mill is ready.");
        }
        const { step, total, words, error } = this.state;
        if (error) {
            return _t("The demo mill could not be filled (%(step)s/%(total)s, %(words)s): %(error)s", {
                step,
                total,
                words,
                error,
            });
        }
        return _t("The demo mill is being prepared: %(step)s/%(total)s %(words)s", { step, total, words });
    }

    get percent() {
        return this.state.ready ? 100 : Math.round((100 * (this.state.step - 1)) / this.state.total);
    }

    lookAgain() {
        this.timer = setTimeout(() => this.look(), EVERY);
    }

    async look() {
        try {
            const progress = await this.orm.silent.call("paper.mill.demo", "progress", []);
            if (!progress) {
                this.state.error = "";
                this.state.ready = true;
                this.timer = setTimeout(() => this.close(), READY);
                return;
            }
            Object.assign(this.state, progress);
        } catch {
            // The server is being restarted, or somebody logged out: ask again.
        }
        this.lookAgain();
    }

    reload() {
        window.location.reload();
    }

    close() {
        this.state.closed = true;
    }
}

if (session.paper_mill_demo) {
    registry.category("main_components").add("paper_mill.DemoProgress", { Component: DemoProgress });
}
