"""Records and pages of whoever means harm, and what becomes of them."""
