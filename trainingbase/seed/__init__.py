"""A fictional base of any size, for trying out how the portal bears it: `trainingbase seed`.

Everything in it is invented, and says so; the same seed makes the same base.
"""
