"""Local output files that outlive a kill and a full disk: grouped durable writes, and recovery after a kill."""
