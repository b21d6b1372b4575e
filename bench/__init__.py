"""Measurements on real parts: how far the coach's own idea of time and speed is from what is heard and waited for.

Alexa's own voice and AWS's own latency cannot be measured here; each bench says what stands in for them.
"""
