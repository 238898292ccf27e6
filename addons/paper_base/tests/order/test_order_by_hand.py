from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exceptions import ChangeBlockedError, OrderRightError, PaperError, PaperProductError, StepFieldError
from ...lib.order_fields import FIXED, WORKING
from ...models.steps.permit import StepPermit
from ..common import PaperCommon
from ..order_terms import assert_terms_fixed, extra_lines

MODELS = ("sale.order", "sale.order.line")


@tagged("post_install", "-at_install")
class TestOrderByHand(PaperCommon):
    """Who writes what of an order by hand: the table of ``lib.order_fields``, on every path."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        departments = cls.env.ref("paper_base.group_paper_user")
        groups = cls.env["res.groups"].search([("implied_ids", "in", departments.ids)])
        salesman = cls.env.ref("sales_team.group_sale_salesman")
        cls.readers = [
            cls.env["res.users"].create({"name": group.name, "login": f"hand.{group.id}", "group_ids": [Command.link(group.id)]})
            for group in groups
            if salesman not in group.all_implied_ids
        ]
        # What Odoo gives stock, production and accounting, whatever is installed here.
        for model in MODELS:
            cls.env["ir.model.access"].create(
                {
                    "name": "stock and production",
                    "model_id": cls.env["ir.model"]._get_id(model),
                    "group_id": departments.id,
                    **{f"perm_{operation}": True for operation in ("read", "write", "create", "unlink")},
                }
            )
        cls.env["ir.rule"].search([("model_id.model", "in", MODELS)]).perm_write = False

    def _agreed_order(self):
        """Return a confirmed order that is agreed by its confirmation."""
        self.env.company.paper_sample_limit_kg = 5000
        sheet = self._prepare_line(self._create_sheet())
        order = self.env["sale.order"].with_user(self.salesman).create(
            {"partner_id": self.customer.id, "paper_order_type": "sample", "order_line": [Command.create(sheet)]}
        )
        order.action_confirm()
        return order.sudo(False).with_user(self.env.user)

    def test_every_field_has_its_place(self):
        """R4.1.3: each field of an order and its lines is the system's, a term of the order, or what the mill works with."""
        for name in MODELS:
            model = self.env[name]
            known = {*model._fixed_fields(), *model._working_fields()}
            for field in model._fields.values():
                if field.type == "one2many" or not model._is_own(field) or model._by_hand(field.name) is not None:
                    continue
                self.assertIn(field.name, known, f"{field}: say in lib/order_fields.py who writes it")
            self.assertFalse(set(FIXED[name]) & set(WORKING[name]))

    def test_departments_write_no_order(self):
        """R4.2.2: departments read orders: making, writing, deleting, importing and copying one, or a line of it, names sales."""
        order = self._create_order()
        line = order.order_line
        self.assertGreater(len(self.readers), 8)
        for user in self.readers:
            own, own_line = order.with_user(user), line.with_user(user)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.has_access(operation) or own_line.has_access(operation), (user.name, operation))
                self.assertFalse(own.browse().has_access(operation) or own_line.browse().has_access(operation))
            self.assertTrue(own.has_access("read") and own_line.has_access("read"))
            tries = {
                "write": lambda own=own: own.write({"commitment_date": "2031-01-01"}),
                "write what is tagged": lambda own=own: own.write({"tag_ids": [Command.clear()]}),
                "write the line": lambda own=own_line: own.write({"price_unit": 0.01}),
                "write by the order": lambda own=own, line=line: own.write(
                    {"order_line": [Command.update(line.id, {"product_uom_qty": 1})]}
                ),
                "create": lambda own=own: own.create({"partner_id": self.customer.id}),
                "create a line": lambda own=own_line: own.create({"order_id": order.id, "product_id": self.pallet.id}),
                "copy": lambda own=own: own.copy(),
                "unlink": lambda own=own: own.unlink(),
                "unlink a line": lambda own=own_line: own.unlink(),
                "cancel": lambda own=own: own.action_cancel(),
                "lock": lambda own=own: own.action_lock(),
            }
            for path, attempt in tries.items():
                with self.subTest(user=user.name, path=path):
                    with self.assertRaises(OrderRightError) as refused, self.env.cr.savepoint():
                        attempt()
                    self.assertIn("Sales Department", str(refused.exception))
            result = own.load([".id", "client_order_ref"], [[str(order.id), "forged"]])
            self.assertFalse(result["ids"])
        self.assertIsInstance(refused.exception, AccessError)
        self.assertIsInstance(refused.exception, PaperError)

    def test_the_screen_says_so(self):
        """R4.2.2: a department's form of an order can be read only, that of sales can be written."""
        for user, offered in ((self.readers[0], False), (self.salesman, True)):
            arch = self.env["sale.order"].with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual('edit="False"' not in arch.split(">")[0], offered, user.name)

    def test_others_without_a_department(self):
        """R4.2.2: who belongs to no department and not to sales writes no paper order, whatever Odoo's groups give him."""
        stranger = self._create_user("t_stranger", "base.group_user")
        self.env["ir.model.access"].search([("name", "=", "stock and production")]).group_id = self.env.ref("base.group_user")
        self.env["ir.rule"].search([("model_id.model", "in", MODELS)]).active = False
        plain = self._create_order({"product_id": self.pallet.id, "product_uom_qty": 2})
        plain.with_user(stranger).client_order_ref = "theirs"
        with self.assertRaises(OrderRightError):
            self._create_order().with_user(stranger).client_order_ref = "theirs"

    def test_no_order_is_named_to_whom_it_is_not(self):
        """R4.2.2: the refusal names the order to who reads it, another company's and a customer's try names none."""
        order = self._create_order()
        order.partner_id.name = "Rival Printers"
        mill = self.env["res.company"].create({"name": "Second Mill"})
        elsewhere = self._create_user(
            "t_elsewhere", "paper_base.group_workshop", company_id=mill.id, company_ids=[Command.set(mill.ids)]
        )
        portal = self._create_user("t_portal", "base.group_portal")
        for user in (self.readers[0], elsewhere, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError) as refused:
                order.with_user(user).with_context(sale_show_partner_name=True).check_access("write")
            named = str(refused.exception)
            self.assertEqual(order.name in named, user == self.readers[0], named)
            self.assertEqual("Rival" in named, user == self.readers[0], named)
            self.assertEqual(isinstance(refused.exception, OrderRightError), user != portal, named)

    def test_departments_ask_in_its_messages(self):
        """R4.2.2: who only reads an order writes a message to sales; a customer does not by that."""
        order = self._create_order()
        message = order.with_user(self.readers[0]).message_post(body="When is it needed?")
        self.assertEqual(message.author_id, self.readers[0].partner_id)
        portal = self._create_user("t_portal", "base.group_portal")
        operation = order.with_user(portal)._mail_get_operation_for_mail_message_operation("create")
        self.assertEqual(set(operation.values()), {"write"})

    def test_figures_are_the_systems(self):
        """R4.1.3: what the system figures out is written by nobody, in a quotation as in a confirmed order."""
        for order in (self._create_order(), self._agreed_order()):
            for record in (order, order.order_line):
                names = [name for name, field in record._fields.items() if field.store and record._is_figured_out(field)]
                self.assertGreater(len(names), 5)
                for name in names:
                    if record._fields[name].type not in ("float", "monetary"):
                        continue
                    before = record[name]
                    for user in (self.salesman, self.manager, self.env.ref("base.user_admin")):
                        with self.subTest(field=name, user=user.login):
                            with self.assertRaises(StepFieldError), self.env.cr.savepoint():
                                record.with_user(user).write({name: before + 1})
                            self.env.invalidate_all()
        line = self._prepare_line(self._create_sheet())
        made = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "amount_total": 1, "order_line": [Command.create({**line, "price_total": 1})]}
        )
        self.assertNotIn(1, [made.amount_total, made.order_line.price_total])

    def test_agreed_by_confirmation(self):
        """R4.1.3: of an order that is agreed by its confirmation no term changes, of the order or its lines."""
        users = (self.salesman, self.manager)
        self.assertGreater(assert_terms_fixed(self, self._agreed_order(), users, ChangeBlockedError), 25)
        order = self._agreed_order()
        for kind, values in extra_lines(order, self.pallet).items():
            with self.subTest(line=kind), self.assertRaises(PaperError), self.env.cr.savepoint():
                order.order_line.with_user(self.salesman).create(values)
        with self.assertRaises(UserError):
            order.order_line.with_user(self.salesman).unlink()
        order.with_user(self.salesman).write({"tag_ids": [Command.create({"name": "Urgent"})], "user_id": self.manager.id})

    def test_a_quotation_is_free(self):
        """R4.1.3: sales writes the terms of a quotation, and a confirmed order is written as it is."""
        order = self._create_order().with_user(self.salesman)
        order.write({"client_order_ref": "PO-1", "note": "Soon", "name": "Q-1"})
        self.assertEqual((order.client_order_ref, order.name), ("PO-1", "Q-1"))
        confirmed = self._agreed_order().with_user(self.salesman)
        confirmed.write({"client_order_ref": confirmed.client_order_ref, "name": confirmed.name, "note": confirmed.note})

    def test_locked_by_its_buttons(self):
        """R4.1.3: an order is locked and unlocked by its buttons, by sales."""
        order = self._create_order().with_user(self.salesman)
        with self.assertRaises(StepFieldError), self.env.cr.savepoint():
            order.locked = True
        order.action_lock()
        self.assertTrue(order.locked)
        order.action_unlock()
        self.assertFalse(order.locked)

    def test_a_down_payment(self):
        """R4.1.3: the invoice of a down payment makes its line in a confirmed order, which nobody makes by hand."""
        order = self._agreed_order()
        total = order.amount_total
        wizard = self.env["sale.advance.payment.inv"].with_context(active_model="sale.order", active_ids=order.ids)
        invoice = wizard.create({"advance_payment_method": "percentage", "amount": 30})._create_invoices(order)
        line = order.order_line.filtered(lambda rec: rec.is_downpayment and not rec.display_type)
        self.assertTrue(line)
        invoice.action_post()
        self.assertEqual(order.amount_total, total)
        with self.assertRaises(ChangeBlockedError), self.env.cr.savepoint():
            line.product_uom_qty = -5
        with self.assertRaises(StepFieldError), self.env.cr.savepoint():
            line.is_downpayment = False

    def test_a_product_is_not_turned_round(self):
        """R4.1.3: a product stops being paper under no open order, and becomes it under none that lacks what paper takes."""
        order = self._create_order()
        product = order.order_line.product_id
        for record in (product, product.product_tmpl_id):
            with self.assertRaises(PaperProductError) as refused:
                record.is_paper = False
            self.assertIn(order.name, str(refused.exception))
        order._action_cancel()
        product.is_paper = False
        board = self._create_product("Board", self.kg)
        other = self._create_order({"product_id": board.id, "product_uom_qty": 500})
        other.action_confirm()
        self._block("confirm")
        with self.assertRaises(PaperProductError) as refused, self.env.cr.savepoint():
            board.is_paper = True
        self.assertIn(other.name, str(refused.exception))
        self.env.invalidate_all()
        self.assertFalse(board.is_paper or other.is_paper_order)
        other_template = self._create_product("Kraft", self.kg, is_paper=True).product_tmpl_id
        other_template.product_variant_ids.active = False
        with self.assertRaises(PaperProductError), self.env.cr.savepoint():
            board.product_tmpl_id = other_template
        self.env.invalidate_all()

    def test_cancelling_says_what_is_against_it(self):
        """R4.2.1: what stands against cancelling is said first, and one button or several orders at once ask the same."""
        order = self._agreed_order().with_user(self.salesman)
        wizard = self.env["sale.mass.cancel.orders"].with_user(self.salesman).create({"sale_order_ids": order.ids})
        self._block("cancel")
        for cancel in (order.action_cancel, wizard.action_mass_cancel, order.sudo()._action_cancel):
            with self.assertRaises(PaperError) as refused:
                cancel()
            self.assertEqual(refused.exception.step, "cancel")
        self.assertEqual(order.state, "sale")

    def test_its_status_is_moved_by_its_steps(self):
        """R4.2.1: nobody writes where a paper order stands; sales move it by its buttons, and an order of other goods is
        Odoo's."""
        for user in (self.salesman, self.env.ref("base.user_admin"), self.env.user):
            order = self._create_order().with_user(user)
            kept = {"partner_id": self.customer.id, "order_line": [Command.create(self._prepare_line(self._create_sheet()))]}
            tries = {
                "sent": lambda order=order: order.write({"state": "sent"}),
                "cancelled": lambda order=order: order.write({"state": "cancel"}),
                "by the system": lambda order=order: order.sudo().write({"state": "cancel"}),
                "by a text": lambda order=order: order.with_context(paper_step="sale.order.state").write({"state": "cancel"}),
                "by another's permit": lambda order=order: order.with_context(
                    paper_step=StepPermit("sale.order.name", "paper.spec.state")
                ).write({"state": "cancel"}),
                "made": lambda order=order, kept=kept: order.create({**kept, "state": "sent"}),
                "confirmed": lambda order=order: order.write({"state": "sale"}),
            }
            for name, way in tries.items():
                with self.subTest(name, user=user.login), self.assertRaises(StepFieldError), self.env.cr.savepoint():
                    way()
            self.assertEqual(order.with_context(default_state="cancel").create(kept).state, "draft")
            order.action_quotation_sent()
            self.assertEqual(order.state, "sent")
            order.action_cancel()
            order.action_draft()
            order.with_context(mark_so_as_sent=True).message_post(body="Our quotation")
            self.assertEqual(order.state, "sent")
        board = self._create_product("Board", self.kg)
        other = self._create_order({"product_id": board.id, "product_uom_qty": 500})
        other.state = "sent"
        self.assertEqual(other.state, "sent")

    def test_an_internal_note_at_any_time(self):
        """R4.1.3: sales write a note for the mill on an order that is agreed; no term of it, no print and no customer has it."""
        order = self._agreed_order().with_user(self.salesman)
        order.paper_internal_note = "Call the driver before noon"
        order.message_post(body="Called", subtype_xmlid="mail.mt_note")
        self._block("change")
        with self.assertRaises(ChangeBlockedError), self.env.cr.savepoint():
            order.note = "Free of charge"
        self.assertEqual(order._fields["paper_internal_note"].groups, "base.group_user")
        self.assertFalse(order.copy().paper_internal_note)
        for reader in self.readers[:3]:
            self.assertEqual(order.with_user(reader).paper_internal_note, "Call the driver before noon")
            with self.assertRaises(OrderRightError):
                order.with_user(reader).paper_internal_note = "No"
