# Names no framework: nothing here is our business.
total = sum(range(10))
