"""How long a test waits before it takes something for stuck.

Rule: no test measures by a wall clock how fast something is: a machine may be busy with twenty other things. What must
not wait is shown while what it might wait for never comes; what must fit into seconds is reckoned from its limits.
"""

PATIENCE_SECONDS = 120
