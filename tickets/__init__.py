"""The business: what can happen to a ticket, who may do it, who hears of it, and when."""
