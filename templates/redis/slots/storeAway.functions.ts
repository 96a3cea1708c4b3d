
/** What the client says without a connection, or when it breaks. */
const REDIS_AWAY = [
  ClientClosedError,
  ClientOfflineError,
  DisconnectsClientError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
];
/** What Redis says while it loads its data, is full, or follows a server that is gone. */
const REDIS_BUSY = /^(?:LOADING|OOM|READONLY|MASTERDOWN|CLUSTERDOWN|BUSY|MISCONF|NOREPLICAS)\b/;

function isRedisAway(error: Error): boolean {
  if (error instanceof ErrorReply) return REDIS_BUSY.test(error.message);
  return isNetworkError(error) || REDIS_AWAY.some((kind) => error instanceof kind);
}
