"""What the database itself refuses to alter of a contract in force, so that not even a statement past the system does
(R4.1.3). Each model sets its own triggers in ``init``.
"""

from odoo.tools import SQL

# Only the named columns are compared: an upgrade may add and fill columns of its own.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION paper_contract_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    own text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF TG_TABLE_NAME = 'paper_contract' AND to_jsonb(OLD) ->> 'state' <> to_jsonb(NEW) ->> 'state'
                AND (to_jsonb(OLD) ->> 'state' = 'cancelled' OR to_jsonb(NEW) ->> 'state' <> 'cancelled') THEN
            RAISE EXCEPTION 'state of the contract % is settled', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        FOREACH own IN ARRAY TG_ARGV LOOP
            IF to_jsonb(OLD) -> own IS DISTINCT FROM to_jsonb(NEW) -> own THEN
                RAISE EXCEPTION '% of % % is settled by a contract in force', own, TG_TABLE_NAME, OLD.id
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% % is settled by a contract in force', TG_TABLE_NAME, OLD.id USING ERRCODE = 'check_violation';
END
$body$;

CREATE OR REPLACE FUNCTION paper_contract_refuse_clause() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    own text;
BEGIN
    IF EXISTS (SELECT 1 FROM paper_contract WHERE in_force_on IS NOT NULL
                 AND id = CASE TG_OP WHEN 'INSERT' THEN NEW.contract_id ELSE OLD.contract_id END) THEN
        IF TG_OP <> 'UPDATE' THEN
            RAISE EXCEPTION 'the contract of this row of % is in force', TG_TABLE_NAME USING ERRCODE = 'check_violation';
        END IF;
        FOREACH own IN ARRAY TG_ARGV LOOP
            IF to_jsonb(OLD) -> own IS DISTINCT FROM to_jsonb(NEW) -> own THEN
                RAISE EXCEPTION '% of % % is settled by a contract in force', own, TG_TABLE_NAME, OLD.id
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$body$;

CREATE OR REPLACE FUNCTION paper_contract_refuse_line() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    their_order integer := CASE TG_OP WHEN 'INSERT' THEN NEW.order_id ELSE OLD.order_id END;
BEGIN
    -- Contacts that are merged move under the order; what was signed of them is kept as text.
    IF TG_OP = 'UPDATE' AND coalesce(current_setting('paper_contract.contacts_merged', true), '') = 'on'
        AND to_jsonb(OLD) - 'paper_shipping_id' = to_jsonb(NEW) - 'paper_shipping_id' THEN
        RETURN NEW;
    END IF;
    -- A supplement that is in force and not yet applied is the one thing that changes the order.
    IF EXISTS (SELECT 1 FROM paper_contract WHERE order_id = their_order AND parent_id IS NULL
                  AND state = 'in_force' AND in_force_on IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM paper_contract WHERE order_id = their_order AND parent_id IS NOT NULL
                  AND state = 'in_force' AND applied_on IS NULL) THEN
        RAISE EXCEPTION 'the lines of order % are settled by a contract in force', their_order
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$body$;

CREATE OR REPLACE FUNCTION paper_contract_refuse_order() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    own text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM paper_contract WHERE order_id = OLD.id AND parent_id IS NULL
                      AND state = 'in_force' AND in_force_on IS NOT NULL)
        OR EXISTS (SELECT 1 FROM paper_contract WHERE order_id = OLD.id AND parent_id IS NOT NULL
                      AND state = 'in_force' AND applied_on IS NULL) THEN
        RETURN NEW;
    END IF;
    FOREACH own IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) -> own IS DISTINCT FROM to_jsonb(NEW) -> own
            AND NOT (own IN ('partner_shipping_id', 'partner_invoice_id')
                     AND coalesce(current_setting('paper_contract.contacts_merged', true), '') = 'on') THEN
            RAISE EXCEPTION '% of order % is settled by a contract in force', own, OLD.id USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END
$body$;
"""
FUNCTION_NAMES = (
    "paper_contract_refuse",
    "paper_contract_refuse_clause",
    "paper_contract_refuse_line",
    "paper_contract_refuse_order",
)


def set_trigger(model, event, function, when=None, columns=()):
    """Set the trigger ``event`` of the model's table anew: ``BEFORE … FOR EACH ROW``.

    :param when: condition on OLD and NEW, as SQL text
    :param columns: columns that ``function`` refuses to change
    """
    name = SQL.identifier(f"paper_contract_{event.split()[0].lower()}")
    table = SQL.identifier(model._table)
    model.env.cr.execute(FUNCTIONS)
    model.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", name, table))
    model.env.cr.execute(
        SQL(
            "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH ROW %s EXECUTE FUNCTION %s(%s)",
            name,
            SQL(event),
            table,
            SQL(f"WHEN ({when})") if when else SQL(),
            SQL.identifier(function),
            SQL(", ").join(SQL("%s", column) for column in sorted(columns)),
        )
    )
