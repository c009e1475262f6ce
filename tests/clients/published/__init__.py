"""The clients that we publish: clients/python, clients/typescript."""
