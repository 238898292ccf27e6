import { PaperBoard } from "@paper_base/board/paper_board";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Draws the campaigns of a version of the production plan: a row a paper machine. A campaign is dragged to another place, or moved
 * with the arrow keys; the server says no in a sentence, and the last change can be undone.
 */
export class PaperCampaignBoard extends PaperBoard {
    static template = "paper_production.PaperCampaignBoard";
    static every = 30000;

    ranges = [7, 14, 30, 60];

    asked() {
        return { version: this.params.version_id || false, days: 14, refused: "", busy: false, chosen: false };
    }

    read(orm) {
        return orm.call("paper.plan.version", "campaign_board", [], {
            version_id: this.state.version,
            date_from: this.state.dateFrom,
            days: this.state.days,
        });
    }

    get isIdle() {
        return super.isIdle && !this.state.busy;
    }

    async show(version) {
        await this.ask({ version: Number(version), refused: "" });
    }

    rangeName(days) {
        return _t("%s days", days);
    }

    place(share, width) {
        return `left:${(100 * share).toFixed(3)}%;width:${(100 * width).toFixed(3)}%`;
    }

    colour(campaign) {
        return `hsl(${(campaign.grade * 67) % 360} 45% 45%)`;
    }

    loadClass(percent) {
        return percent > 100 ? "bg-danger" : percent >= 90 ? "bg-warning" : "bg-success";
    }

    /** Ask the server for a change; what it refuses stands above the board. */
    async change(method, args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        this.state.refused = "";
        try {
            await this.orm.call("paper.plan.version", method, [[this.board.version.id], ...args, this.board.version.revision]);
        } catch (error) {
            this.state.refused = error.data?.message || error.message;
        } finally {
            this.state.busy = false;
        }
        await this.load();
    }

    async undo() {
        await this.change("undo_move", []);
    }

    onDragStart(ev, campaign) {
        this.dragged = campaign.id;
        ev.dataTransfer.effectAllowed = "move";
        ev.dataTransfer.setData("text/plain", String(campaign.id));
    }

    onDragEnd() {
        this.dragged = null;
    }

    async onDrop(ev, machine) {
        const id = this.dragged;
        this.dragged = null;
        if (!id) {
            return;
        }
        const box = ev.currentTarget.getBoundingClientRect();
        const share = (ev.clientX - box.left) / box.width;
        const next = machine.campaigns.find((one) => one.id !== id && one.place + one.width / 2 > share);
        await this.change("move_campaign", [id, machine.id, next ? next.id : false]);
    }

    async onKey(ev, machine, index) {
        const campaign = machine.campaigns[index];
        const machines = this.board.machines;
        const row = machines.findIndex((one) => one.id === machine.id);
        if (ev.key === "z" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            return this.undo();
        }
        if (ev.key === "ArrowLeft" && index) {
            ev.preventDefault();
            await this.change("move_campaign", [campaign.id, machine.id, machine.campaigns[index - 1].id]);
        } else if (ev.key === "ArrowRight" && index + 1 < machine.campaigns.length) {
            ev.preventDefault();
            const after = machine.campaigns[index + 2];
            await this.change("move_campaign", [campaign.id, machine.id, after ? after.id : false]);
        } else if ((ev.key === "ArrowUp" && row) || (ev.key === "ArrowDown" && row + 1 < machines.length)) {
            ev.preventDefault();
            const target = machines[row + (ev.key === "ArrowUp" ? -1 : 1)];
            const next = target.campaigns.find((one) => one.place >= campaign.place);
            await this.change("move_campaign", [campaign.id, target.id, next ? next.id : false]);
        }
    }

    openPlan() {
        this.openRecord("paper.production.plan", this.board.plan.id);
    }

    newPlan() {
        this.action.doAction("paper_production.action_paper_production_plan");
    }
}

registry.category("actions").add("paper_campaign_board", PaperCampaignBoard);
