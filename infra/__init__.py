"""What the coach stands on, where it is not at home on a laptop: AWS, or a web server of one's own;
and how it gets there, with the skill that calls it."""
