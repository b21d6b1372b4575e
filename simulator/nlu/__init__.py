"""What a sentence means, by the interaction model: the part of Alexa that a laptop does not have.

It reads Amazon's own model file and knows nothing of the coach. In reading order: `language` the words of the language,
`words` a sentence as tokens, `numbers`, `durations`, `times`, `dates` the built-in slot types, `model` the file as
templates and catalogues, `readings` the ways to take a sentence, `likeness` how likely each intent is for a reading,
`slots` what the skill is sent, `understanding` the choice, `invocation` the words that call the skill. `evaluation`
says how well that goes, and `stock` how well it goes elsewhere.

Rule: no more generous than Alexa. A sample that fits is taken first, then the likeliest intent, and what is hardly
likelier than other people's talk is the fallback intent.
"""

from simulator.nlu.invocation import Invocation
from simulator.nlu.language import LanguageError
from simulator.nlu.model import path_of
from simulator.nlu.understanding import FALLBACK, Match, Understanding

__all__ = ["FALLBACK", "Invocation", "LanguageError", "Match", "Understanding", "path_of"]
