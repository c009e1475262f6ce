"""Users, organizations, memberships, invitations and personal access tokens.

The one domain that reaches across organizations: before a request can act in an organization, this domain has found
out who calls (`access`) and what they may do there. `users` and `invitations` hold the statements that do so by name;
everything else stays inside the organization of the request. It needs no hooks: nothing here refers to records of
other domains.
"""
