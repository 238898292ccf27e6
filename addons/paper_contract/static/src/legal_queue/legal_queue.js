import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { listView } from "@web/views/list/list_view";
import { ListRenderer } from "@web/views/list/list_renderer";

/** What waits for legal, in one line above its queue: how many, how many late, how much they are worth. */
export class LegalQueueHeadline extends Component {
    static template = "paper_contract.LegalQueueHeadline";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.state = useState({ queue: null });
        useBus(this.env.searchModel, "update", () => this.load());
        onWillStart(() => this.load());
    }

    async load() {
        this.state.queue = await this.orm.call("paper.contract.review", "get_queue", []);
    }

    filter(name) {
        const items = this.env.searchModel.getSearchItems((item) => item.type === "filter");
        const item = items.find((each) => each.name === name);
        if (item) {
            this.env.searchModel.clearQuery();
            this.env.searchModel.toggleSearchItem(item.id);
        }
    }
}

class LegalQueueListRenderer extends ListRenderer {
    static template = "paper_contract.LegalQueueListRenderer";
    static components = { ...ListRenderer.components, LegalQueueHeadline };
}

class LegalQueueKanbanRenderer extends KanbanRenderer {
    static template = "paper_contract.LegalQueueKanbanRenderer";
    static components = { ...KanbanRenderer.components, LegalQueueHeadline };
}

registry.category("views").add("paper_legal_queue_list", { ...listView, Renderer: LegalQueueListRenderer });
registry.category("views").add("paper_legal_queue_kanban", { ...kanbanView, Renderer: LegalQueueKanbanRenderer });
