import { registry } from "@web/core/registry";

const TESTS = 6;
const SPECIMENS = 10;

/** What is typed into a cell of the sheet: near 80, and never twice the same in a column. */
const typed = (column, row) => `${80 + column / 10 + row / 100}`;

const cells = [];
for (let column = 0; column < TESTS; column++) {
    for (let row = 0; row < SPECIMENS; row++) {
        cells.push({
            // Enter has led there: nothing is clicked from the first cell to the last.
            trigger: `.o_paper_reading_sheet input[data-column='${column}'][data-row='${row}']${column || row ? ":focus" : ""}`,
            run: `edit ${typed(column, row)} && press Enter`,
        });
    }
}

registry.category("web_tour.tours").add("paper_quality_laboratory", {
    steps: () => [
        { trigger: ".o_form_view .nav-link[name='readings']", run: "click" },
        ...cells,
        { content: "the last Enter keeps the readings", trigger: ".o_paper_reading_sheet tfoot td:contains(n 10)" },
    ],
});
