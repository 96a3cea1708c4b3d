return origin === `https://${req.host}` || origin === `${req.protocol}://${req.host}`;
