"""Insights: what shoppers asked and did not find, read from the logs that hosts write.

Pages send events (theme/assets/insights.js), a host logs them (hosting/), and `make insights` reads
the logs: events.py counts, findings.py ranks what a writer does next, report.py shows it.
"""
