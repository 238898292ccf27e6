"""Who changes what of a paper order by hand: the one table that forms, calls and imports ask.

=============  =====================================  ===========================================================
               figured out, ``by_steps``               everything else
=============  =====================================  ===========================================================
quotation      nobody                                  sales
confirmed      nobody                                  ``FIXED``: nobody, but for a change that no blocker of the step
                                                       "change" refuses (a supplement in force); the rest: sales
cancelled      nobody                                  sales
departments    nobody                                  nobody, in any state
=============  =====================================  ===========================================================

What is figured out is said by its field (computed and read only), what steps write by ``by_steps``, and what is agreed of
ours by ``agreed``. The tables below say it of Odoo's own fields. A field that is in neither makes a test fail.

>>> [model for model in FIXED if set(FIXED[model]) & set(WORKING[model])]
[]
"""

# What a confirmed paper order says to the customer, or is computed from.
FIXED = {
    "sale.order": (
        "name",
        "company_id",
        "partner_id",
        "partner_invoice_id",
        "partner_shipping_id",
        "pricelist_id",
        "payment_term_id",
        "fiscal_position_id",
        "incoterm",
        "incoterm_location",
        "commitment_date",
        "client_order_ref",
        "date_order",
        "validity_date",
        "note",
        "require_signature",
        "require_payment",
        "prepayment_percent",
        "signature",
        "signed_by",
        "signed_on",
    ),
    "sale.order.line": (
        "name",
        "display_type",
        "combo_item_id",
        "product_custom_attribute_value_ids",
        "product_no_variant_attribute_value_ids",
        "technical_price_unit",
        "extra_tax_data",
        "is_optional",
        "collapse_prices",
        "collapse_composition",
        "is_delivery",
        "linked_line_id",
        "linked_line_ids",
    ),
}

# What the mill works with and no customer agreed on.
WORKING = {
    "sale.order": (
        "paper_internal_note",
        "origin",
        "reference",
        "user_id",
        "team_id",
        "tag_ids",
        "campaign_id",
        "source_id",
        "medium_id",
        "journal_id",
        "preferred_payment_method_line_id",
        "pending_email_template_id",
        "sale_order_template_id",
        "quotation_document_ids",
        "customizable_pdf_form_fields",
        "warehouse_id",
        "picking_policy",
        "carrier_id",
        "delivery_message",
        "recompute_delivery_price",
        "shipping_weight",
        "pickup_location_data",
        "access_token",
        # Of the web shop.
        "website_id",
        "cart_recovery_email_sent",
        "shop_warning",
        # Lists of documents that have rules of their own.
        "order_line",
        "transaction_ids",
        "picking_ids",
        "stock_reference_ids",
    ),
    "sale.order.line": (
        "sequence",
        "customer_lead",
        "analytic_distribution",
        "analytic_line_ids",
        "route_ids",
        "virtual_id",
        "linked_virtual_id",
        "product_document_ids",
        "shop_warning",  # of the web shop
        "move_ids",
        "purchase_line_ids",
        "qty_delivered",  # see sale.order.line._check_delivered_by_transfers
    ),
}

# What an invoice of a down payment writes of its line in the order.
BY_INVOICE = ("name", "price_unit", "tax_ids")
