"""What a run is made of besides its parts: arguments, lock, log files, pings, summary, reasons of failures."""
