"""What a message asks: of a drug, a dose, a course, in general, or in a word about what went before."""
