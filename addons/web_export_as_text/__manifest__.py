{
    "name": "Exports as Text",
    "summary": "What people typed leaves in workbooks and .csv files as text, never as a formula or a link",
    "version": "19.0.1.0.0",
    "category": "Technical",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["web"],
}
