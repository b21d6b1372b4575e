"""The edge to Alexa: envelopes to requests, turns to responses, and the services of a speaker.

Rule: nothing outside this folder and the settings knows Alexa. What comes in is input from outside.

`limits` the numbers of the platform · `envelope` what comes in, checked and opened · `requests` and `slots` what was
meant by it, and `touch` what a screen tells · `responses` turns, written, with `elicitation` for what is listened for
and `card` for the app; `player` plays by itself what is a sound, and `playback` hears of it; `screen` shows them, in
the `scenes` of their timeline · `service` Alexa's own services, called · `reminders`, `permission` and `zone` what they
are called for · `speaker` the device behind a request · `handlers` the edge to ask-sdk, and `rehearsal` a turn before
anybody is there.
"""
