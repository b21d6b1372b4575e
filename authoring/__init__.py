"""What is done when the coach is built, and never while it speaks: content is checked here, and compiled."""
