"""The parts of a decision record, in the order in which it has them."""
