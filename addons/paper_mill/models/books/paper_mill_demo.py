from odoo import Command, api, models

CHART = "cn_large_bis"  # 企业会计准则


class PaperMillDemo(models.AbstractModel):
    """The demo mill's books: the chart of China's accounting standards, 13 % VAT, exports zero-rated."""

    _inherit = "paper.mill.demo"

    @api.model
    def _load_chart(self):
        company = self.env.ref("base.main_company")
        self.env["account.chart.template"].try_loading(CHART, company)
        taxes = self.env["account.tax"].search([("company_id", "=", company.id)])
        standard = taxes.filtered(lambda tax: tax.amount == 13)
        company.account_sale_tax_id = standard.filtered(lambda tax: tax.type_tax_use == "sale")[:1]
        company.account_purchase_tax_id = standard.filtered(lambda tax: tax.type_tax_use == "purchase")[:1]
        self._zero_rate_exports(company, taxes)

    def _zero_rate_exports(self, company, taxes):
        china = self.env.ref("base.cn")
        positions = self.env["account.fiscal.position"].create(
            [
                # A position without taxes takes all of them away.
                {
                    "name": "国内",
                    "sequence": 1,
                    "auto_apply": True,
                    "country_id": china.id,
                    "company_id": company.id,
                    "tax_ids": [Command.set(taxes.ids)],
                },
                {"name": "出口（零税率）", "sequence": 2, "auto_apply": True, "company_id": company.id},
            ]
        )
        self.env["account.tax"].create(
            {
                "name": "0%",
                "description": "出口零税率",
                "invoice_label": "0%",
                "amount": 0,
                "type_tax_use": "sale",
                "country_id": china.id,
                "company_id": company.id,
                "tax_group_id": self._export_group(company).id,
                "fiscal_position_ids": [Command.set(positions[1].ids)],
                "original_tax_ids": [Command.set(company.account_sale_tax_id.ids)],
            }
        )

    def _export_group(self, company):
        values = {"name": "出口零税率", "country_id": self.env.ref("base.cn").id, "company_id": company.id}
        return self.env["account.tax.group"].create(values)
