"""What is deployed, measured: the bundle, on the function's own Python, talking over TLS to a table.

    python -m bench.deployed [--runs 15] [--short] [--python python3.13]

Beside it run, turn by turn on the same machine, a skill in the manner of Amazon's samples and one that only answers
(`bench.baseline`). The ratio to the first is what carries over to other machines; AWS's own latency cannot be measured
here.

Rule: a run is a fresh process that lives one life: it starts, answers, and has whole routines. What it took is taken
inside it, and nothing is left out of a turn: the request is read from JSON and the answer written to it.

`lives` the script that every subject is given · `process` one run, from inside; run as a script · `subjects` what is
measured, and how it is made · `installing` packages and bytecode for another Python · `table` a table behind TLS, in a
process of its own · `conditions` the conditions that it can check · `serving` its life, and what it counted · `runs`
the subjects in turn · `figures` what runs came to, and how sure that is · `goals` how good is good enough · `report`
the table to read · `function` a function under AWS's own client of the runtime, for `bench.load`
"""
