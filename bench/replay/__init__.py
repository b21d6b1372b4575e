"""What people heard and what was kept of them, turn by turn, recorded from one checkout and held against another.

Rule: everything here speaks in envelopes and plain JSON, but for `house`, which alone knows the insides of the coach.
"""
