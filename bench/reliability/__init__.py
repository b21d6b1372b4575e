"""Sessions behind a table that fails, and what is left of them: the figures of docs/reliability.md.

In reading order: `faults` what goes wrong, inside mitmproxy · `proxy` starts it · `sayings` what an answer says ·
`acts` what a person says · `ledger` what a person was told, against what the table holds · `way` between a speaker and
the coach · `witness` listens to a session · `people` who says what, and how it ends · `cells` a kind of fault at a rate
· `report` the table.
"""
