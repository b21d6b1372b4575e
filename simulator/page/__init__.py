"""The speaker in a browser, on this computer alone: its sound, the pose, a ring that counts, captions and buttons.

Rule: it is the simulator's own device, so that terminal and page cannot differ. The sound has the clock: what is drawn
follows it, and every command says how far it had come. Nothing here decides what is said.

`evening` one person's evening with the speaker · `view` an exchange as the page draws it · `routine` the line of
exercises and what is left of it · `server` the port and its addresses · `page.html`, `page.css`, `page.js` what the
browser shows
"""
