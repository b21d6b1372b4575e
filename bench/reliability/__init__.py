"""Sessions behind a table that fails, and what is left of them: the figures of docs/reliability.md.

In reading order: `faults` what goes wrong, inside mitmproxy · `proxy` starts it · `witness` what a person was told and
what the table holds · `people` who says what, and how it ends · `cells` a kind of fault at a rate · `report` the table.
"""
