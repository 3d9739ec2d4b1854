"""Modules under names that users' settings may still have; `newscrawl` looks for its modules here, too."""
