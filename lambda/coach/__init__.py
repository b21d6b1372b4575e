"""A voice coach for tight hips and sore backs.

A turn runs downhill through its rooms: an envelope comes in at the top, and each room knows only those below it.

    bootstrap       puts it all together: settings in, a handler out
    alexa           the edge to Alexa: envelopes to requests, turns to responses, the services of a speaker
    players         what players ask, and what they tell of their streams
    answering       one request from what is remembered to what is kept, whoever asks
    turns           the turn of a request, on what is remembered
    asking          what somebody asks, and what an answer reaches for outside
    metrics         what an operator sees of a turn
    reels           answers as one sound of known length, where there is a voice pack
    conversation    what is meant, where the body is, what is said: one turn, pure
    persistence     what outlives a turn or an evening, and where it is kept
    speaking        from sayings to a timeline, and the formats it is written in
    planning        what there is to do, in which order, for how long
    config          the settings
    days            the date that it is where somebody lives
    errors          the failures that are told apart
    log             one structured line for an operator
    values          a value that is like another one but for some fields

Each folder's own first page says its rule, what is in it, and what others may take from it.
"""
