"""How the coach is laid out, and how a turn runs through it: a house with rooms, counted instead of judged.

`layout` counts what the files say, `turns` what two real turns do, and `python -m bench.house` prints both, or writes
them as `page` into docs/house.md.
"""
