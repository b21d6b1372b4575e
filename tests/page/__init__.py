"""The page as a browser has it: `test_page` its port, `check_page` the whole of it in a real Chromium."""
