"""The resident's picture, early warning, and the competence committee that decides by it."""
