"""Reading a request's body without being made to hold more than allowed."""

from starlette.requests import Request


class TooLarge(Exception):
    """The body is larger than the limit, whether or not it said so beforehand."""


def says_too_large(request: Request, most: int) -> bool:
    """Whether a body is too large by what its sender says of it."""
    told = request.headers.get("content-length", "")
    return told.isascii() and told.isdigit() and (len(told) > 12 or int(told) > most)


async def read_body(request: Request, most: int) -> bytes:
    """The whole body; stops reading as soon as it proves too large."""
    if says_too_large(request, most):
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)
