"""Links to the form that takes reports, at the address that whoever runs the site has set."""

from urllib.parse import urlencode, urlsplit, urlunsplit


def report_address(form: str, title: str, body: str) -> str:
    """Return the address that opens the form filled in; empty where there is no form.

    Args:
        form: address of the form; what its query string holds already is kept.
        title: what the report is about, in a line.
        body: all that somebody needs who looks into it.
    """
    if not form:
        return ""
    parts = urlsplit(form)
    filled_in = urlencode({"title": title, "body": body})
    query = f"{parts.query}&{filled_in}" if parts.query else filled_in
    return urlunsplit(parts._replace(query=query))


def report_body(subject: str, rules_hash: str, where: str) -> str:
    """Return what a report says before anybody has written into it.

    Args:
        subject: what it is about, in lines.
        rules_hash: the hash of the rules that it was read with.
        where: the address at which it was read, with its host.
    """
    return (
        f"{subject}\nRules hash: {rules_hash}\nWhere: {where}\n\n"
        "What is wrong, and how can that be seen?\n"
    )
