"""Local output files that outlive a kill and a full disk: grouped durable writes, and what a kill left is finished."""
