"""What people hand in: documents and pictures, known by their content and kept in the database."""
