import { patch } from "@web/core/utils/patch";
import { ViewButton } from "@web/views/view_button/view_button";

/** A button whose step is blocked says so, and why, before it is pressed; pressed, the refusal leads to the way out. */
patch(ViewButton.prototype, {
    /** What stands in the way, sentence by sentence; "" where nothing does. */
    get paperBlocked() {
        const step = this.props.attrs["data-paper-step"];
        const timeline = step && this.props.record?.data.paper_timeline;
        const blockers = timeline ? timeline.blockers : [];
        return blockers
            .filter((blocker) => blocker.step === step && !blocker.overridden)
            .map((blocker) => blocker.message)
            .join("\n");
    },

    getClassName() {
        const name = super.getClassName();
        return this.paperBlocked ? `${name} o_paper_blocked` : name;
    },
});
