"""The sums of training quality: values in, values out."""
