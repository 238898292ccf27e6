import { onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";

const EVERY_MS = 60000;

/** The tiles of the channels, read again every minute while they are looked at. */
export class PaperIntakeDashboardController extends KanbanController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), EVERY_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        if (document.visibilityState === "visible") {
            await this.model.load();
        }
    }
}

registry.category("views").add("paper_intake_dashboard", {
    ...kanbanView,
    Controller: PaperIntakeDashboardController,
});
