from typing import Any

import strawberry


async def report_submit(info: strawberry.Info, input: Any) -> Any:
    raise NotImplementedError
