"""What records do not say outright: who is named where, who says so too, who is living, what readers may see."""
