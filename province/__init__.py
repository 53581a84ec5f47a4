"""A province's data (agencies, communes, routing, policies) and the types that read it."""
