"""Exercises of the lessons: one module `lesson_NN` each, with a dict `EXERCISES` by name."""
