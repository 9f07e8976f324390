"""What a running process knows of itself: how often what happened, and when each part was at work last."""
