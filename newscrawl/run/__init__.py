"""Parts of a run: arguments, lock, log files, pings, summary, reasons of failures."""
