"""robots.txt: its groups and tokens (`parser`), and what a run knows of the files of all hosts (`hosts`)."""
