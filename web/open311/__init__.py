"""Open311 GeoReport v2 under /open311/v2: civic tools read services and requests, and file some."""
