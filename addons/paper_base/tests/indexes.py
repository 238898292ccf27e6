"""What the lists that people open are looked up by, for the tests of every addon."""


def assert_indexed(test, wanted):
    """Assert that an index of PostgreSQL begins with each of the columns.

    :param wanted: ``{table: (column or "column, column", …)}``
    """
    for table, columns in wanted.items():
        test.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (table,))
        found = [definition.split("(", 1)[1] for (definition,) in test.env.cr.fetchall()]
        for names in columns:
            with test.subTest(table=table, columns=names):
                test.assertTrue(any(index.startswith((f"{names})", f"{names},")) for index in found))
