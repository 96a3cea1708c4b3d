assert.equal(headers["access-control-allow-credentials"], "true");
