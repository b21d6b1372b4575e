"""Synthesisers that speak English here without a network, to tell what all voices have in common from what one has.

Rule: each is one module behind one port. It is given plain words, never SSML, because each makes its own of a break;
silences are written by the caller. None of them is Alexa, and none is needed to run or test the coach.

`port` what a synthesiser can do · `sound` samples and their length · `espeak`, `flite`, `festival`, `piper` one each ·
`installed` those that are there · `lengths` how long each speaks a text, kept
"""
