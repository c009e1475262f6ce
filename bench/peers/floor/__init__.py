"""The floor: what a careful programmer gets from bare Starlette, psycopg2 and orjson, by hand, without a framework."""
