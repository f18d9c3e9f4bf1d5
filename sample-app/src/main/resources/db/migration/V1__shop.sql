-- The shop as it was yesterday: the lines of an order are a JSON array in its row,
-- [{"sku": "SKU-0815", "quantity": 2, "price": 19.90}, ...]

CREATE TABLE orders (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer   text        NOT NULL,
    line_items jsonb       NOT NULL DEFAULT '[]',
    placed_at  timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- The books of the demo, which no shop would have: who has added how much. Each request books in its own transaction, so
-- that in any snapshot the books and the orders say the same, unless something was lost.
CREATE TABLE ledger (
    account  text PRIMARY KEY,
    orders   bigint NOT NULL DEFAULT 0,
    items    bigint NOT NULL DEFAULT 0,
    quantity bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- Which versions of the shop were taken out of service for good
CREATE TABLE retired_version (
    name text PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT now()
);
