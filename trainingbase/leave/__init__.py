"""Leave: asked for on the phone, approved along a chain, taken, ended, and what it does."""
