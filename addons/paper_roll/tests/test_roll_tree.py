from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..exceptions import MassBalanceError, RollParentError, RollWidthError
from .common import PaperRollCommon


@tagged("post_install", "-at_install")
class TestRollTree(PaperRollCommon):
    def test_jumbo_to_pallets_both_ways(self):
        """R5.2.2, R7.1.1: one jumbo, three sets, rolls for several orders, two rewound, three pallets: the lists of what was made
        of each, and of what each was made, agree.
        """
        jumbo, sets, rolls = self.jumbo(sets=3, across=3)
        rewound = (
            rolls[0]
            .with_user(self.winder)
            ._paper_convert(
                [
                    {
                        "name": f"RW{number}",
                        "paper_width": 400,
                        "paper_length": 3000,
                        "paper_gross_kg": 96,
                        "paper_position": number,
                    }
                    for number in (1, 2)
                ],
                "rewind",
            )
            .with_env(self.env)
        )
        pallets = (
            (rolls[1] | rolls[2] | rolls[3])
            .with_user(self.keeper)
            ._paper_convert(
                [{"name": f"P{number}", "paper_kind": "pallet", "paper_gross_kg": 190} for number in (1, 2, 3)],
                "sheet",
                broke_kg=6,
            )
            .with_env(self.env)
        )
        everything = jumbo | sets | rolls | rewound | pallets
        below, above = everything._paper_descendants(), everything._paper_ancestors()
        self.assertEqual(below[jumbo], everything - jumbo)
        self.assertEqual(above[pallets[0]], jumbo | sets[0] | sets[1] | rolls[1] | rolls[2] | rolls[3])
        self.assertEqual(above[rewound[0]], jumbo | sets[0] | rolls[0])
        for parent in everything:
            for child in everything:
                self.assertEqual(child in below[parent], parent in above[child])
        self.assertEqual([roll._paper_left_kg() for roll in rolls[:2]], [0, 0])
        conversion = pallets.paper_parent_link_ids.conversion_id
        self.assertEqual(
            (conversion.parents_kg, conversion.children_kg, conversion.broke_kg, conversion.difference_kg), (576, 570, 6, 0)
        )
        self.assertEqual(conversion.user_id, self.keeper)

    def test_queries_do_not_grow(self):
        """R7.1.1: forward, backward and sisters are asked in as many queries for many rolls as for one."""
        _jumbo, _sets, rolls = self.jumbo(sets=2, across=3)
        for method in ("_paper_descendants", "_paper_ancestors", "_paper_sisters"):
            counts = []
            for lots in (rolls[:1], rolls):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                getattr(lots, method)()
                counts.append(self.cr.sql_log_count - before)
            self.assertEqual(counts[0], counts[1], method)
            self.assertLessEqual(counts[0], 5)

    def test_masses_balance(self):
        """R5.3.1, R6.1.2: more than was taken cannot come out; what is missing has a reason, and what is left stays."""
        roll = self.roll("R1", net=100, paper_width=800)
        as_winder = roll.with_user(self.winder)
        with self.assertRaisesRegex(MassBalanceError, "5 kg too many"), self.env.cr.savepoint():
            as_winder._paper_convert([{"name": "A", "paper_gross_kg": 105}], "split", reason="scales")
        with self.assertRaisesRegex(MassBalanceError, "5 kg are missing"), self.env.cr.savepoint():
            as_winder._paper_convert([{"name": "A", "paper_gross_kg": 90}], "split", broke_kg=5)
        with self.assertRaises(MassBalanceError), self.env.cr.savepoint():
            as_winder._paper_convert([{"name": "A", "paper_gross_kg": 110}], "split", broke_kg=-10)
        part = as_winder._paper_convert([{"name": "A", "paper_gross_kg": 40}], "split", left_kg=60)
        self.assertEqual((roll._paper_left_kg(), part.paper_parent_link_ids.kg), (60, 40))
        rest = as_winder._paper_convert([{"name": "B", "paper_gross_kg": 50}], "split", reason="Dried out in store")
        self.assertEqual(rest.sudo().paper_parent_link_ids.conversion_id.difference_kg, 10)
        self.assertEqual(roll._paper_left_kg(), 0)
        with self.assertRaises(MassBalanceError), self.env.cr.savepoint():
            as_winder._paper_convert([{"name": "C", "paper_gross_kg": 50}], "split")

    def test_children_are_no_wider(self):
        """R5.2.2: what is cut side by side is no wider than the roll that it is cut from; what is cut one after the other is."""
        wide = {"paper_width": 500, "paper_gross_kg": 50}
        for places in ([{"position": 1}, {"position": 2}], [{"from_m": 0, "to_m": 10}, {"from_m": 5, "to_m": 20}]):
            roll = self.roll(f"W{places[0]}", net=100, paper_width=900)
            with self.subTest(places=places), self.assertRaises(RollWidthError), self.env.cr.savepoint():
                roll.with_user(self.winder)._paper_convert(
                    [{"name": str(place), **wide, "parts": [{"parent": roll, "kg": 50, **place}]} for place in places], "slit"
                )
        places = [{"from_m": 0, "to_m": 10}, {"from_m": 10, "to_m": 20}]
        made = roll.with_user(self.winder)._paper_convert(
            [{"name": str(place), **wide, "parts": [{"parent": roll, "kg": 50, **place}]} for place in places], "slit"
        )
        self.assertEqual(len(made), 2)

    def test_sets_of_different_patterns(self):
        """R5.2.2: of one jumbo two sets are cut by different patterns: what stands in one place of each is not side by side."""
        jumbo = self.roll("J9", "jumbo", net=200, paper_width=2400)
        cuts = [(1, 1, 1600), (1, 2, 800), (2, 1, 800), (2, 2, 1600)]
        rolls = [
            {"name": f"J9-{turn}{at}", "paper_width": width, "paper_gross_kg": 50, "paper_set_number": turn, "paper_position": at}
            for turn, at, width in cuts
        ]
        made = jumbo.with_user(self.winder)._paper_convert(rolls, "slit")
        self.assertEqual(len(made), 4)

    def test_no_roll_is_its_own_parent(self):
        """R5.2.2: neither at once nor over others does a roll become its own parent, and it is linked to a parent once."""
        first, second, third = self.roll("R1", net=10), self.roll("R2", net=10), self.roll("R3", net=10)
        with self.assertRaises(RollParentError), self.env.cr.savepoint():
            first.with_user(self.winder)._paper_convert([{"lot": first}], "rewind")
        first.with_user(self.winder)._paper_convert([{"lot": second}], "rewind")
        second.with_user(self.winder)._paper_convert([{"lot": third}], "rewind")
        with self.assertRaises(RollParentError), self.env.cr.savepoint():
            third.with_user(self.winder)._paper_convert([{"lot": first}], "rewind")

    def test_the_tree_is_nobodys_to_write(self):
        """R5.2.2: links and balances come from conversions alone: no create, write, copy, nor a line of the lot makes one."""
        _jumbo, _sets, rolls = self.jumbo(sets=1, across=2)
        link = rolls[0].paper_parent_link_ids
        other = self.roll("X1", net=10)
        vals = {"parent_id": rolls[0].id, "child_id": other.id, "company_id": self.company.id}
        for user in (self.winder, self.inspector, self.env.ref("base.user_admin")):
            own = link.with_user(user)
            for attempt in (
                lambda own=own: own.create(vals),
                lambda own=own: own.with_context(**{f"default_{name}": value for name, value in vals.items()}).create({}),
                lambda own=own: own.copy({"child_id": other.id}),
                lambda own=own: own.write({"kg": 1}),
                lambda user=user: other.with_user(user).write(
                    {"paper_parent_link_ids": [Command.create({"parent_id": rolls[0].id})]}
                ),
                lambda own=own: own.conversion_id.write({"broke_kg": 1}),
                lambda user=user: rolls[0].with_user(user).write({"paper_taken_kg": 5}),
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    attempt()

    def test_who_converts(self):
        """R5.2.2: the workshop and the warehouse convert, sales do not; what is stopped is converted by nobody."""
        roll = self.roll("R1", net=100)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            roll.with_user(self.seller)._paper_convert([{"name": "A", "paper_gross_kg": 100}], "split")
        self.give(roll, "held")
        with self.assertRaisesRegex(UserError, "first the quality department"), self.env.cr.savepoint():
            roll.with_user(self.winder)._paper_convert([{"name": "A", "paper_gross_kg": 100}], "split")

    def test_what_is_drawn(self):
        """R7.1.1: whoever reads a roll sees its whole tree: from the jumbo down, its own place in it."""
        jumbo, sets, rolls = self.jumbo(sets=2, across=2)
        tree = rolls[0].with_user(self.seller).get_paper_tree()
        self.assertEqual(set(tree["nodes"]), {jumbo.id, *sets.ids, *rolls.ids})
        self.assertEqual((tree["roots"], tree["own"], tree["left_out"]), ([jumbo.id], rolls[0].id, 0))
        self.assertIn([sets[1].id, rolls[2].id], [edge[:2] for edge in tree["edges"]])

    def test_what_was_never_weighed_is_used_up(self):
        """R7.1.1: a lot without a weight of its own that became pallets is drawn as converted, not as for sale."""
        lot = self.give(self.roll("MO1"), "sale")
        self.stock(lot, 100)
        pallets = lot.with_user(self.keeper)._paper_convert(
            [{"name": "MO1P1", "paper_kind": "pallet", "paper_gross_kg": 100}], "repack", with_goods=True
        )
        nodes = pallets.with_user(self.seller).get_paper_tree()["nodes"]
        self.assertEqual((nodes[lot.id]["used"], nodes[pallets.id]["used"]), (True, False))
