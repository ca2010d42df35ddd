"""What fires, what it is worth, which plans there are, who leads, and why."""
