import { PaperBoard } from "@paper_base/board/paper_board";
import { registry } from "@web/core/registry";

/** The supervisor's board: every machine with what it does now, what waits for somebody there, and what is wrong. */
export class PaperFloorBoard extends PaperBoard {
    static template = "paper_shopfloor.PaperFloorBoard";
    static every = 20000;

    read(orm) {
        return orm.call("mrp.workcenter", "paper_floor_board", []);
    }

    look(machine) {
        const alarmed = machine.calls.length || machine.state === "stopped";
        return alarmed ? "border-danger" : machine.state === "running" ? "border-success" : "";
    }
}

registry.category("actions").add("paper_shopfloor.floor_board", PaperFloorBoard);
