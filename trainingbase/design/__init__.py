"""One page that shows every part of the design system in every state, for those who build pages."""
