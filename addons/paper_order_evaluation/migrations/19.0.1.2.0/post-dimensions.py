"""What each company had ticked of the five dimensions is a list of dimensions now."""

# Beginning of the old columns' names, the table of the list that takes their place, and what the list holds where the
# release before knew no such choice.
CHOICES = (
    (
        "paper_evaluation_needs_",
        "paper_evaluation_mandatory_rel",
        ("sales", "capacity", "materials", "technical", "cost"),
    ),
    ("paper_sample_needs_", "paper_evaluation_sample_rel", ("capacity", "technical")),
)


def migrate(cr, version):
    cr.execute("SELECT id, code FROM paper_evaluation_dimension")
    dimensions = cr.fetchall()
    cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'res_company'")
    columns = {name for (name,) in cr.fetchall()}
    for beginning, table, usual in CHOICES:
        known = any(name.startswith(beginning) for name in columns)
        cr.execute(f"SELECT 1 FROM {table} LIMIT 1")
        if not known and cr.fetchone():
            continue
        for key, code in dimensions:
            column = f"{beginning}{code}"
            if column in columns:
                cr.execute(f"DELETE FROM {table} WHERE paper_evaluation_dimension_id = %s", (key,))
            if column in columns or not known and code in usual:
                cr.execute(
                    f"""INSERT INTO {table} (res_company_id, paper_evaluation_dimension_id)
                        SELECT id, %s FROM res_company WHERE {column if known else "true"}""",
                    (key,),
                )
