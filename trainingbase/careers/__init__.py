"""After the training: service that is owed, where graduates work, promotion and honours."""
