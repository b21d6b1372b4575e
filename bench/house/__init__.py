"""How the coach is laid out: a house with rooms, counted instead of judged."""
