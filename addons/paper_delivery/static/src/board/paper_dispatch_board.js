import { PaperBoard } from "@paper_base/board/paper_board";
import { registry } from "@web/core/registry";

/**
 * The dispatcher's board: days across, vehicles or docks down, trips in between. What was announced and is on no trip stands at
 * the left, and is dragged onto a trip, or onto a day for a trip of its own. The server judges each drop.
 */
export class PaperDispatchBoard extends PaperBoard {
    static template = "paper_delivery.DispatchBoard";
    static every = 20000;

    asked() {
        return { by: "vehicle" };
    }

    read(orm) {
        const args = { date_from: this.state.dateFrom, by: this.state.by };
        return orm.call("stock.picking.batch", "paper_dispatch_board", [], args);
    }

    trips(row, day) {
        return this.board.trips.filter((trip) => trip.row === row.id && trip.day === day.day);
    }

    full(trip) {
        return trip.capacity ? Math.min(100, Math.round((100 * trip.load) / trip.capacity)) : 0;
    }

    drag(kind, id) {
        this.dragged = { kind, id };
    }

    async drop(day, row, trip) {
        const { kind, id } = this.dragged || {};
        this.dragged = null;
        if (!kind || (kind === "trip" && trip)) {
            return;
        }
        try {
            if (kind === "notice" && trip) {
                await this.orm.call("stock.picking.batch", "action_assign_notice", [[trip.id], id]);
            } else if (kind === "notice") {
                await this.orm.call("stock.picking.batch", "paper_board_plan", [id, day.day, this.state.by, row.id]);
            } else {
                await this.orm.call("stock.picking.batch", "paper_board_move", [[id], day.day, this.state.by, row.id]);
            }
        } finally {
            await this.load();
        }
    }

    open(model, id) {
        const name = model === "stock.picking.batch" ? "paper_delivery.action_paper_trips" : "paper_delivery.action_paper_dispatch_notices";
        return this.action.doAction(name, { viewType: "form", props: { resId: id } });
    }
}

registry.category("actions").add("paper_dispatch_board", PaperDispatchBoard);
