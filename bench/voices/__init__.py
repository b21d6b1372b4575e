"""Synthesisers to measure with, to tell what all voices have in common from what one has.

Rule: each is one module behind the port of `simulator.voices`, which has eSpeak NG and Piper. None of them is Alexa,
and none is needed to run or test the coach.

`flite`, `festival` one each · `installed` those that are there · `lengths` how long each speaks a text, kept
"""
