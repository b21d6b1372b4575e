"""Voice packs, made once for a voice and a pace: `make voice VOICE=piper`, or `VOICE=polly:Matthew` to buy one.

`vocabulary` what has to be spoken · `mp3` sounds as frames that can be joined · `makers` the voices that there are, and
`polly` the one that is bought · `shop` the clips that are there, and those that are missing · `pack` the one file ·
`layer` what brings packs to AWS
"""
