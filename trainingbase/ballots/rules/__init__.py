"""How answers are sealed, and when and as what they are released."""
