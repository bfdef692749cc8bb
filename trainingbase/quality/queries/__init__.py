"""The numbers of training quality, each from one function, whatever page shows it."""
