"""What is kept between builds, and what has to be made again."""
