"""What residents did: cases, procedures, community work; confirmed by whoever supervised it, and
counted once for every screen."""
