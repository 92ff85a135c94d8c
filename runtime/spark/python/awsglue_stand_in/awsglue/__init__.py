"""Stands in for AWS's `awsglue` where that cannot be installed: it wants Python 3.11 and no other."""
