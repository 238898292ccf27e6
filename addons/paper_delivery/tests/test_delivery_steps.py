from unittest.mock import patch

from odoo import fields
from odoo.addons.paper_base.tests.forging import assert_not_forged
from odoo.addons.paper_delivery.exceptions import DispatchRightError, NoticeStateError, ProofError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import DeliveryCommon, signature


@tagged("post_install", "-at_install")
class TestDeliverySteps(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.admin = cls.env.ref("base.user_admin")

    def _new_notice(self):
        return {"order_id": self.order.id, "partner_id": self.customer.id}

    def test_a_notice_is_not_forged(self):
        """R6.2.1: nobody announces or plans in another's name, on whatever path."""
        notice = self._draft(self.order)
        stamps = {"issued_by_id": self.logistics.id, "issued_on": fields.Datetime.to_datetime("2026-01-01 08:00:00")}
        for forged in (
            {"state": "planned", **stamps, "planned_by_id": self.logistics.id},
            {"licence_plate": "A1", "driver_name": "Li", "planned_date": "2030-01-01"},
            {"name": "DN1"},
        ):
            assert_not_forged(self, notice, forged, self.sales | self.logistics | self.stock | self.admin, self._new_notice())
        self.assertEqual(notice.state, "draft")

    def test_a_delivery_is_not_forged(self):
        """R6.2.2, R6.3.1: nobody writes down that goods were announced, loaded or signed for, on whatever path."""
        notice = self._draft(self._order())
        picking = self._order().picking_ids
        given = {
            "picking_type_id": picking.picking_type_id.id,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "sale_id": self.order.id,
        }
        moment = fields.Datetime.to_datetime("2026-01-01 08:00:00")
        for forged in (
            {"paper_notice_id": notice.id, "paper_loading_state": "passed", "paper_loaded_by_id": self.sales.id},
            {"paper_signer": "Forged", "paper_proof_on": moment, "paper_accepted": True, "paper_received_on": "2026-01-01"},
        ):
            assert_not_forged(self, picking, forged, self.sales | self.logistics | self.stock | self.admin, given)

    def test_a_signature_is_not_forged(self):
        """R6.3.1: the signature of a delivery of paper comes with its proof; that of another transfer is written as ever."""
        picking = self._dispatch(self._order())
        for user in (self.stock, self.logistics, self.admin):
            with self.subTest(user=user.login), self.assertRaises(ProofError):
                picking.with_user(user).sudo().signature = signature()
        pallet = self.env["product.product"].create({"name": "Pallet", "is_storable": True, "uom_id": self.kg.id})
        other = self._order(product=pallet, spec=self.env["paper.spec"]).picking_ids.with_user(self.stock)
        other.signature = signature()
        self.assertTrue(other.signature)

    def test_checklist_and_receipts_are_not_forged(self):
        """R6.2.2, R6.3.1: who ticked off is stamped, and what was received is written by the proof alone."""
        picking = self._load(self._order())
        check = picking.paper_check_ids[:1]
        forged = {"user_id": self.sales.id, "checked_on": fields.Datetime.to_datetime("2026-01-01 08:00:00")}
        assert_not_forged(self, check, forged, self.stock | self.logistics, {"picking_id": picking.id, "kind": "damp"})
        picking.with_user(self.stock).button_validate()
        receipt = picking.paper_receipt_ids
        given = {"picking_id": picking.id, "product_id": self.paper.id}
        assert_not_forged(self, receipt, {"received_kg": 7.0}, self.stock | self.logistics | self.admin, given)
        with self.assertRaises(NoticeStateError):
            check.with_user(self.stock).sudo().note = "Dry"

    def test_sudo_asks_the_person(self):
        """R6.2: a step asks who takes it, whatever rights it was called with."""
        notice = self._draft(self.order)
        with self.assertRaises(DispatchRightError):
            notice.with_user(self.stock).sudo().action_issue()
        notice.with_user(self.sales).action_issue()
        with self.assertRaises(DispatchRightError):
            notice.with_user(self.sales).sudo().action_plan(licence_plate="A1")
        with self.assertRaises(DispatchRightError):
            self.order.picking_ids.with_user(self.sales).sudo().action_check_loading()

    def test_who_writes_by_hand_is_named(self):
        """R6.2: who may not write by hand is told who may, whichever way the field names them: by the state, for every
        state, or for the moment when the notice is made."""
        notice, model = self._draft(self.order), self.registry["paper.dispatch.notice"]
        logistics = "paper_base.group_logistics"
        name = self.env.ref(logistics).name
        for record, by_hand in (
            (notice, {"draft": (logistics,)}),
            (notice, {"any": (logistics,)}),
            (notice.browse(), {"new": (logistics,), "draft": ()}),
        ):
            with self.subTest(by_hand=by_hand), patch.object(model, "_by_hand", lambda _self, _name, found=by_hand: found):
                with self.assertRaises(DispatchRightError) as caught:
                    record.with_user(self.sales)._refuse_hand(["delivery_place"])
                self.assertIn(name, str(caught.exception))

    def test_buttons(self):
        """R6.2: whoever may take a step sees its button, and nobody else."""
        notice = self._draft(self.order)
        sales, logistics = notice.with_user(self.sales), notice.with_user(self.logistics)
        self.assertEqual((sales.can_issue, sales.can_plan, sales.can_cancel), (True, False, True))
        self.assertFalse(logistics.can_issue or logistics.can_plan or logistics.can_cancel)
        sales.action_issue()
        self.assertEqual((logistics.can_plan, sales.can_plan, sales.can_cancel), (True, False, True))
        logistics.action_plan(licence_plate="A1", driver_name="Li", planned_date=self.env.company._paper_today())
        picking = self.order.picking_ids
        self.assertTrue(picking.with_user(self.stock).can_check_loading)
        self.assertFalse(picking.with_user(self.sales).can_check_loading)
        self._pack(picking)
        picking.with_user(self.stock).action_check_loading()
        self.assertFalse(picking.with_user(self.stock).can_check_loading)
        picking.move_ids.quantity = 990
        self.assertTrue(picking.with_user(self.stock).can_check_loading)
        picking.move_ids.quantity = 1000
        picking.with_user(self.stock).button_validate()
        self.assertTrue(picking.with_user(self.logistics).can_record_proof)
        self.assertFalse(picking.with_user(self.stock).can_record_proof)

    def test_only_its_own_to_dos_end(self):
        """R6.2.1: moving on ends what the step before asked for, and nothing that people noted for themselves."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.logistics.lang = "zh_CN"
        gone = new_test_user(self.env, "deliv_gone", groups="paper_base.group_logistics")
        gone.active = False
        notice = self._draft(self.order)
        own = notice.activity_schedule("mail.mail_activity_data_todo", summary="Call the driver", user_id=self.stock.id)
        notice.with_user(self.sales).action_issue()
        asked = notice.activity_ids - own
        self.assertIn(self.logistics, asked.user_id)
        self.assertNotIn(gone, asked.user_id)
        words = asked.filtered(lambda activity: activity.user_id == self.logistics).summary
        self.assertEqual(words, "制定发货计划：车辆、人员、日期")
        today = self.env.company._paper_today()
        notice.with_user(self.logistics).action_plan(licence_plate="A1", driver_name="Li", planned_date=today)
        self.assertEqual(notice.activity_ids, own)

    @freeze_time("2026-03-02 20:00:00")
    def test_the_day_is_the_mill_s(self):
        """R6.2.1: whether a notice is late is counted in the days of the mill, where it may be tomorrow already."""
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        notice = self._draft(self.order)
        notice.with_user(self.sales).write({"delivery_date": "2026-03-05", "early_consent": "Ms Chen, by phone"})
        latest = notice._latest_issue()
        self.assertEqual(str(latest), "2026-03-02")
        notice.with_user(self.sales).action_issue(late_reason="Asked today")
        self.assertTrue(notice.is_late)
