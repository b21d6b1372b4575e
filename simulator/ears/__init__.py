"""Ears on this computer: what was recorded of a person, as words, so that the coach can be talked to and not typed to.

Rule: words are all that comes of a recording. It is kept nowhere and leaves this computer for nowhere. What is heard
goes the way of what is typed. None of it is Alexa's hearing, and none is needed to talk to the coach.

`port` what a recogniser can do · `whisper` the one there is · `ears` a wav file as words, and what is refused ·
`microphone` what is said beside this computer
"""
