"""files methods: the three-step upload, and what is known of a file."""

from __future__ import annotations

from bot.sandbox.api.call import ApiCall, ApiError, Json, Method
from bot.sandbox.entries import with_ids
from bot.sandbox.refuse import Problem, Surface, problems_in_blocks
from bot.sandbox.workspace import BOT_USER_ID

_LONGEST_ALT = 1000


def _upload_url(call: ApiCall) -> Json:
    name = call.required("filename")
    length = call.required("length")
    if not length.isdecimal() or int(length) == 0:
        raise ApiError("invalid_arguments", Problem("must be greater than 0", "/length"))
    alt_txt = call.text("alt_txt")
    if len(alt_txt) > _LONGEST_ALT:
        raise ApiError("alt_txt_too_large")
    file = call.state.files.expect(name, int(length), BOT_USER_ID, call.state.now(), alt_txt)
    return {"upload_url": f"{call.state.base_url}/upload/{file.id}", "file_id": file.id}


def _complete(call: ApiCall) -> Json:
    """Share what was uploaded, once. Slack answers with ids and titles, and not with where the
    message stands; it looks at `blocks` only when there is no `initial_comment`."""
    wanted = call.structure("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments", Problem("missing required field: files", ""))
    if not all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in wanted):
        raise ApiError("invalid_arguments", Problem("missing required field: id", "/files"))
    channels = _channels(call)
    comment = call.text("initial_comment")
    blocks = [] if comment else call.structure("blocks", "invalid_blocks_format") or []
    call.refuse("invalid_blocks", tuple(problems_in_blocks(blocks, Surface.MESSAGE)))
    files = call.state.files
    if not all(files.is_received(item["id"]) for item in wanted):
        raise ApiError("file_not_found")
    found = [
        files.complete(item["id"], item.get("title") or "", channels).to_slack(call.state.base_url)
        for item in wanted
    ]
    for channel in channels:
        call.state.messages.add(
            channel,
            BOT_USER_ID,
            comment,
            blocks=with_ids(blocks),
            files=tuple(found),
            thread_ts=call.text("thread_ts") or None,
        )
    return {"files": [{"id": file["id"], "title": file["title"]} for file in found]}


def _channels(call: ApiCall) -> tuple[str, ...]:
    if call.text("channel_id"):
        names = [call.text("channel_id")]
    else:
        names = [name for name in call.text("channels").split(",") if name]
    if any(name not in call.state.directory.members for name in names):
        raise ApiError("channel_not_found")
    if not all(call.bot_is_in(name) for name in names):
        raise ApiError("not_in_channel")
    return tuple(names)


def _info(call: ApiCall) -> Json:
    file = call.state.files.find(call.required("file", "file_not_found"))
    if file is None:
        raise ApiError("file_not_found")
    return {"file": file.to_slack(call.state.base_url)}


def _delete(call: ApiCall) -> Json:
    """A deleted file leaves its messages, which show it no more."""
    file_id = call.required("file", "file_not_found")
    if not call.state.files.delete(file_id):
        raise ApiError("file_not_found")
    call.state.messages.forget_file(file_id)
    return {}


METHODS = {
    "files.getUploadURLExternal": Method(_upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(_complete, ("files:write",)),
    "files.delete": Method(_delete, ("files:write",)),
    "files.info": Method(_info, ("files:read",)),
}
