import { registry } from "@web/core/registry";

const ROW = ".o_paper_board_row[data-machine='PM1']";

function press(key) {
    return ({ anchor }) => {
        anchor.focus();
        anchor.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    };
}

registry.category("web_tour.tours").add("paper_production_campaign_board", {
    steps: () => [
        {
            content: "The white campaign is moved before the heavy one by a key",
            trigger: `${ROW} .o_paper_board_campaign:eq(1)`,
            run: press("ArrowLeft"),
        },
        { content: "It can be taken back", trigger: ".o_paper_board_undo:enabled" },
        {
            content: "The grey campaign is dragged to the front, where white would follow it",
            trigger: `${ROW} .o_paper_board_campaign[data-campaign^='Grey']`,
            run: ({ anchor }) => {
                const track = anchor.closest(".o_paper_board_track");
                const dataTransfer = new DataTransfer();
                anchor.dispatchEvent(new DragEvent("dragstart", { bubbles: true, dataTransfer }));
                const clientX = track.getBoundingClientRect().left + 1;
                track.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer, clientX }));
            },
        },
        { content: "The server refuses in a sentence", trigger: ".o_paper_board_refused:contains('Forbidden Change')" },
        { content: "The change before is undone", trigger: ".o_paper_board_undo:enabled", run: "click" },
        { content: "Nothing is left to undo", trigger: ".o_paper_board_undo:disabled" },
    ],
});
