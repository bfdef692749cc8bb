"""How a placement is judged at its end: values in, values out."""
