import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { useReload } from "../reload/reload";

/** An order book that is being read in the background: its figures move while somebody looks at them. */
export class PaperIntakeUploadController extends FormController {
    setup() {
        super.setup();
        useReload(3000, async () => {
            const root = this.model.root;
            if (root.data.pending_count && !(await root.isDirty())) {
                await this.model.load();
            }
        });
    }
}

registry.category("views").add("paper_intake_upload_form", { ...formView, Controller: PaperIntakeUploadController });
