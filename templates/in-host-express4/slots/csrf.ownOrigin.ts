// The port too, which Express 4 leaves out of its own `req.host`; and a proxy's word only where it is trusted.
const trusts: unknown = req.app.get("trust proxy fn");
const trusted = typeof trusts === "function" && trusts(req.socket.remoteAddress, 0) === true;
const forwarded = trusted ? req.get("X-Forwarded-Host")?.split(",", 1)[0]?.trim() : undefined;
const host = forwarded ?? req.get("Host");
return origin === `https://${host}` || origin === `${req.protocol}://${host}`;
