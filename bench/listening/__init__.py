"""Ears before landing: whole routines as a listener gets them, and the limits that they are held to.

Rule: nothing here looks into the coach. A speaker of the simulator sends real requests and plays the answers; what is
judged is SSML, words and silences, and what was authored is read from the files of `content/` alone.

`limits` what is held, each with its reason · `authored` the sentences of the exercises · `framing` the words around
them · `script` SSML as sentences and silences · `works` a routine as leads, works and ways out · `evenings` somebody
who does a routine · `figures` one evening in numbers · `judging` what is beyond a limit in it · `comparing` the same
from evening to evening, and in all of them · `report` all of it, to read
"""
