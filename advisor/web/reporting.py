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
