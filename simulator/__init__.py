"""A smart speaker on a laptop, with the real interaction model and the real handler behind it.

In reading order: `clock` the time, `nlu` what was meant, `envelopes` what the service sends, `skill` the line to the
handler, `limits` what the platform refuses, `speech` SSML as it is heard, `playback` what is heard when, `heard` one
exchange, `device` the life of a session, `advice` what to type. `voices` are those of this computer, and `loudspeaker`
has the device and the handler speak in one of them. On top of these: `terminal` with its `screen` for a
person, `script` for lines from a file, `transcript` for conversations with their expectations, which `player` plays and
`recording` writes, `soundtrack` and `captions` for what was heard of a talk, `server` for other clients. `store` says
where progress is kept, `command_line` what can be asked.
"""
