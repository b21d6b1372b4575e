"""A voice coach for tight hips and sore backs.

To read it in order: `routine` what there is to coach · `cues` what is heard and when · `plan` what is being done, and
where the person is in it · `progress` what is kept of a person · `changes` what a turn changed of it · `errand` what
is done outside the conversation · `session` the memory of one conversation · `planner` the steps that a plan is
played as · `sketch` and `wish` the plan that suits what was asked for · `score` a script laid out in time · `scene`
all that a reply may look at · `coaching` how steps are spoken · `replies` what each row of the table says ·
`settling` where the person is by now · `guards` what an event means here · `machine` the table itself · `turn` one
turn from end to end · `memory` what goes from one turn to the next.

Around them: `content` and `speech` bring the words, `stores` keep the progress, `alexa` is the edge to the speaker,
`config` and `bootstrap` put it all together, `metrics` is what an operator sees of a turn; `platform`, `estimate`,
`errors` and `log` are what everybody may use.
"""
