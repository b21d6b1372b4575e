"""Two other skills, to hold the coach against: what it costs to be written the usual way, and what it costs to answer.

Rule: they are written for the bench alone, and share nothing with the coach. Each folder is a bundle of its own.

`official` a routine of ten steps on Amazon's SDK for Python, in the manner of Amazon's own samples · `floor` the same
answers from a dictionary, without any library
"""
