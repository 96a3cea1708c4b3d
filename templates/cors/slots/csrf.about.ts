*
* @param isAllowedOrigin tells which other origins may send such requests
