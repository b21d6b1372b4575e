"""Voices that speak English on this computer, and an answer as it sounds in one of them.

Rule: a synthesiser is given plain words, never SSML, because each makes its own of a break; silences are written here.
None of them is Alexa, and none is needed to talk to the coach.

`port` what a synthesiser can do · `sound` samples and their length · `espeak` and `piper` one each · `clips` what was
spoken, kept · `chime` a soft bell · `rendering` an answer and its clips, as samples · `playing` the system's player ·
`installed` which of them there are.
"""
