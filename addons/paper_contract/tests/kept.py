"""What holds for every record that the steps of a contract make and keep: nobody writes it by hand."""

from odoo.exceptions import UserError


class KeptRecords:
    def other_value(self, record, field):
        value = record[field.name]
        if field.type == "many2one":
            known = self.env[field.comodel_name].search([("id", "!=", value.id)], limit=1) or value
            return known.id if known != value else False
        if field.type == "selection":
            return next(key for key in field.get_values(self.env) if key != value)
        return {
            "integer": 999,
            "many2one_reference": 999,
            "float": 999.0,
            "boolean": not value,
            "date": "2020-01-01",
            "datetime": "2020-01-01 00:00:00",
            "json": {"forged": True},
        }.get(field.type, "forged")

    def assert_kept(self, record, people, model):
        """Check that a record is written, made, copied and deleted by none of the people, nor with ``sudo()``."""
        self.assertEqual(len(record), 1, model)
        names = [
            name
            for name in record._step_fields()
            if record._by_hand(name) == {} and record._fields[name].column_type and not record._fields[name].related
        ]
        self.assertTrue(names, model)
        values = {name: self.other_value(record, record._fields[name]) for name in names}
        count = record.search_count([])
        for user in people:
            for rec in (record.with_user(user), record.with_user(user).sudo()):
                with self.subTest(model=model, user=user.login, su=rec.env.su):
                    for name, value in values.items():
                        with self.assertRaises(UserError, msg=name), self.env.cr.savepoint():
                            rec.write({name: value})
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        rec.create(values)
                    context = {f"default_{name}": value for name, value in values.items()}
                    with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                        # What nobody gives is missing, so that there is no such record at all.
                        rec.with_context(**context).create({})
                        self.env.flush_all()
                    with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                        rec.copy()
                        self.env.flush_all()
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        rec.unlink()
        self.assertEqual(record.search_count([]), count, model)
