from typing import Any

import strawberry


async def read(info: strawberry.Info) -> Any:
    raise NotImplementedError
