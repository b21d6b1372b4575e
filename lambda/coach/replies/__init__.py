"""What each row of the table says and does, a few lines each, by what a person wants of it.

`answer` what a reply gives back, and how a conversation goes on after it · `moving` through the routine · `choosing` a
routine · `asking` about it · `changing` how it is done · `keeping` what is remembered · `reminding` the speaker's
reminders.
"""
