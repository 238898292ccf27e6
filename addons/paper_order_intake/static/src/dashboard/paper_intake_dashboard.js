import { registry } from "@web/core/registry";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { useReload } from "../reload/reload";

const EVERY_MS = 60000;

/** The tiles of the channels, read again every minute while they are looked at. */
export class PaperIntakeDashboardController extends KanbanController {
    setup() {
        super.setup();
        useReload(EVERY_MS, () => this.model.load());
    }
}

registry.category("views").add("paper_intake_dashboard", {
    ...kanbanView,
    Controller: PaperIntakeDashboardController,
});
